"""Against the project's gold texts and its judge, where they lie beside the checkout."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.vocab import Vocab

import jucuo
from jucuo.evaluation import evaluate
from jucuo.pipeline.tokenizer import ZhTokenizer

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "gold" / "gold.jsonl"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the gold texts are not here")


@pytest.fixture(scope="module")
def gold():
    return [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def test_no_annotation_falls_inside_a_token(gold):
    tokenizer = ZhTokenizer(Vocab())
    for row in gold:
        doc = tokenizer(row["text"])
        spans = [x for key in ("entities", "claims", "measures") for x in row[key]]
        spans += [c[key] for c in row["claims"] for key in ("subject", "where") if c[key]]
        assert spans
        for span in spans:
            assert doc.char_span(span["start"], span["end"]) is not None, span["text"]


def test_evaluation_gives_the_figures_of_the_judge(gold, nlp, tmp_path):
    found = jucuo.extract([r["text"] for r in gold], [r["published"] for r in gold], nlp)
    predicted = [{**p.to_dict(), "id": r["id"]} for p, r in zip(found, gold, strict=True)]
    out = tmp_path / "predicted.jsonl"
    out.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predicted), "utf-8")
    judge = [sys.executable, str(SHARED / "eval" / "score.py"), str(GOLD), str(out), "--json"]
    theirs = json.loads(subprocess.run(judge, check=True, capture_output=True, text=True).stdout)
    ours = evaluate((r["text"], r, p) for r, p in zip(gold, predicted, strict=True)).to_dict()
    assert ours == theirs
