"""Make the training files of the project: ``train``, ``dev`` and ``test.spacy``, the last two as JSONL too.

Part A comes from ``assets/articles``; part B, annotations by reference, needs the texts of the stories
(``--news``, a folder of JSONL) and is left out, with a message, without them.

usage: build_corpus.py OUTPUT_FOLDER [--news FOLDER] [--limit N]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from jucuo.corpus import docs, sources
from jucuo.corpus.formats import rows

ASSETS = Path(__file__).resolve().parent.parent / "assets"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("output", type=Path)
    ap.add_argument("--news", default="", help="folder with the stories of part B; empty: without them")
    ap.add_argument("--limit", type=int, help="at most so many texts a split, for a quick trial")
    args = ap.parse_args()
    inputs = [ASSETS / "articles"]
    if args.news:
        inputs.append(ASSETS / "news" / "annotations.jsonl")
    else:
        print("no texts of part B: training goes on with part A alone (see assets/README.md)")
    items = sources.load_strictly(inputs, Path(args.news))
    split = json.loads((ASSETS / "split.json").read_text("utf-8"))
    home = {id: name for name, ids in split.items() for id in ids}
    tokenizer = docs.blank_tokenizer()
    for name in split:
        part = [a for a in items if home[a.id] == name][: args.limit]
        n = docs.save((docs.to_doc(tokenizer, a.text, a.record) for a in part), args.output / f"{name}.spacy")
        print(f"{name:6} {n:4} texts {sum(len(a.text) for a in part):8,} characters")
        if name != "train":
            rows.write(({**a.record.to_dict(), "text": a.text} for a in part), args.output / f"{name}.jsonl")


if __name__ == "__main__":
    main()
