"""Mix the training file of the last stage: the corpus, public sets, and stories that the teacher labelled.

The public sets keep their own labels; the config says what these may stand for (``jucuo_entities.schemes``).

usage: mix.py train.spacy LABELLED.msgpack OUTPUT.spacy --public uner=UNER.jsonl:200000 ... [--stories 400000]

Sizes are in tokens. LABELLED is the output of ``categories.py``; of it the raw texts are taken.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import srsly
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans
from texts import Text, parse_public, read_lines

from jucuo.corpus import docs
from jucuo.errors import JucuoError
from jucuo.pipeline.taggers import SCHEME
from jucuo.pipeline.tokenizer import ZhTokenizer
from jucuo.records import Record


def public(tokenizer: ZhTokenizer, scheme: str, row: Text) -> Doc | None:
    """A text with the labels of a public set, of nested names the outer; None if a token cuts a name."""
    doc = tokenizer(row["text"])
    spans = [doc.char_span(start, end, label=label) for start, end, label in row["spans"]]
    if None in spans:
        return None
    doc.set_ents(filter_spans(spans))
    doc.user_data[SCHEME] = scheme
    return doc


def story(tokenizer: ZhTokenizer, row: Text) -> Doc | None:
    """A text as the teacher labelled it; None if a token cuts a span."""
    text = row["text"]

    def facts(spans: list, key: str) -> list[Text]:
        return [{"start": s, "end": e, "text": text[s:e], key: label, "score": None} for s, e, label in spans]

    measures = [{**fact, "actor": None} for fact in facts(row["measures"], "category")]
    record = {
        "id": row["id"],
        "entities": facts(row["entities"], "label"),
        "claims": [],
        "measures": measures,
    }
    try:
        return docs.to_doc(tokenizer, text, Record.from_dict(record))
    except JucuoError:
        return None


def up_to(size: float, found: Iterator[Doc | None]) -> list[Doc]:
    """The first docs, until they have `size` tokens."""
    out, n = [], 0
    while n < size and (doc := next(found, False)) is not False:
        if doc is not None:
            out.append(doc)
            n += len(doc)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "labelled", "output"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--public", nargs="*", default=[], help="public sets, with their size in tokens")
    ap.add_argument("--stories", type=float, default=400_000, help="tokens of stories")
    args = ap.parse_args()
    random.seed(0)
    tokenizer = docs.blank_tokenizer()
    parts = {"corpus": list(DocBin().from_disk(args.corpus).get_docs(tokenizer.vocab))}
    for scheme, path, size in map(parse_public, args.public):
        rows = read_lines(path)
        random.shuffle(rows)
        parts[scheme] = up_to(size, (public(tokenizer, scheme, row) for row in rows))
    rows = [row for row in srsly.read_msgpack(args.labelled) if not row["scheme"]]
    random.shuffle(rows)
    parts["stories"] = up_to(args.stories, (story(tokenizer, row) for row in rows))
    for name, part in parts.items():
        print(f"{name:16} {len(part):6} texts {sum(map(len, part)):9,} tokens")
    mixed = [doc for part in parts.values() for doc in part]
    random.shuffle(mixed)
    docs.save(mixed, args.output)


if __name__ == "__main__":
    main()
