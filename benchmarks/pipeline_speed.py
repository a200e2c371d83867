"""Characters per second of the shipped pipeline against one of the architecture of ``zh_core_web_sm``.

Both run on the same stories in the same process, in turns, on one core. The other pipeline has random weights
(timing does not depend on them): tok2vec 96 wide, 4 deep, tagger, parser, attribute_ruler, ner, jieba words.

usage: OPENBLAS_NUM_THREADS=1 python benchmarks/pipeline_speed.py STORIES.jsonl [--texts 200] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.training import Example

import jucuo


def core_web_sm(text: str) -> Any:
    """A pipeline of the architecture of zh_core_web_sm with random weights and many labels."""
    try:
        nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
        nlp.make_doc(text)
        words = "jieba words"
    except (ImportError, ValueError):
        nlp = spacy.blank("zh")
        words = "character tokens (jieba is not installed)"
    encoder = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    nlp.add_pipe("tok2vec", config={"model": encoder})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    nlp.add_pipe("parser", config={"model": parser})
    nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("ner", config={"model": {**parser, "state_type": "ner"}})
    doc = nlp.make_doc(text[:400])
    n = len(doc)
    gold = {
        "tags": [f"T{i % 35}" for i in range(n)],
        "heads": [max(0, i - 1) for i in range(n)],
        "deps": ["ROOT" if i == 0 else f"d{i % 40}" for i in range(n)],
        "entities": [f"U-E{i % 18}" for i in range(n)],
    }
    nlp.initialize(lambda: [Example.from_dict(doc, gold)])
    return nlp, words


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("stories", type=Path)
    ap.add_argument("--texts", type=int, default=200)
    ap.add_argument("--rounds", type=int, default=3)
    args = ap.parse_args()
    with open(args.stories, encoding="utf-8") as f:
        rows = [json.loads(line) for _, line in zip(range(args.texts), f, strict=False)]
    texts = [r["text"] for r in rows]
    size = sum(map(len, texts))
    ours = jucuo.load()
    other, words = core_web_sm(texts[0])
    runs = {
        "jucuo": lambda: list(jucuo.pipe(ours, [(r["text"], r["published"]) for r in rows])),
        f"zh_core_web_sm architecture, {words}": lambda: list(other.pipe(texts)),
    }
    best = dict.fromkeys(runs, 0.0)
    for _ in range(args.rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            best[name] = max(best[name], size / (time.perf_counter() - start))
    for name, rate in best.items():
        print(f"{rate:10,.0f} characters/s  {name}")
    fast, slow = best.values()
    print(f"{fast / slow:10.2f} times as fast  ({len(texts)} stories, {size:,} characters)")
    print("\nprocessor time, best round")
    rounds = [part_times(ours, rows) for _ in range(args.rounds)]
    for name in rounds[0]:
        print(f"{min(r[name] for r in rounds) / size * 1e6:6.2f} µs/character  {name}")


def part_times(nlp: Any, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Seconds of processor time that each component takes for all texts."""
    start = time.process_time()
    docs = [nlp.make_doc(r["text"]) for r in rows]
    for doc, row in zip(docs, rows, strict=True):
        doc._.published = row["published"]
    out = {"tokenizer": time.process_time() - start}
    for name, component in nlp.pipeline:
        start = time.process_time()
        docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(d) for d in docs]
        out[name] = time.process_time() - start
    return out


if __name__ == "__main__":
    main()
