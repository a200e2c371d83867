"""``jucuo corpus``: check, count, convert, split and compare annotated texts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import JucuoError

_INPUTS = "marked-up texts, JSONL with text, annotations by reference, or folders of them"
_STORIES = "folder with the texts (JSONL) of annotations by reference"


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Add the command ``corpus`` to the parsers of ``jucuo``."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "corpus", help="check, count, convert, split and compare annotated texts"
    )
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")

    def part(name: str, run: Any, help: str, inputs: bool = True) -> argparse.ArgumentParser:
        description = f"{help[0].upper()}{help[1:]}."
        sub: argparse.ArgumentParser = parts.add_parser(name, help=help, description=description)
        if inputs:
            sub.add_argument("inputs", nargs="*", default=["assets/articles"], metavar="INPUT", help=_INPUTS)
        sub.add_argument("--stories", type=Path, metavar="FOLDER", help=_STORIES)
        sub.set_defaults(run=run)
        return sub

    sub = part("check", check, "report every fault, with file, line and column")
    sub.add_argument(
        "--gold", action="append", default=[], metavar="FILE", help="texts no sentence may stand in"
    )
    sub.add_argument("--no-warnings", action="store_true", help="print errors only")
    sub = part("stats", stats, "count texts, labels, kinds and categories, and measure variety")
    sub.add_argument("--json", action="store_true", help="print the figures as JSON")
    sub = part("convert", convert, "convert from and to the formats of other tools", inputs=False)
    sub.add_argument("inputs", nargs="+", metavar="INPUT", help=_INPUTS + "; or what --from names")
    sub.add_argument("--from", dest="source", metavar="FORMAT", help="format of the input, if not ours")
    sub.add_argument("--to", dest="target", required=True, metavar="FORMAT", help="format of the output")
    sub.add_argument("-o", "--output", required=True, type=Path, help="file, or folder for marked and brat")
    sub = part("detach", detach, "turn marked stories into annotations by reference")
    sub.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")
    sub = part("split", split, "give each text its part: train, dev or test; what has one keeps it")
    sub.add_argument("--file", type=Path, default=Path("assets/split.json"), help="read and written")
    sub = part("sample", sample, "draw unmarked copies for a second annotation, evenly from each kind")
    sub.add_argument("--share", type=float, default=0.1, help="share of the texts (default 0.1)")
    sub.add_argument("--seed", default="agreement", help="another seed, another sample")
    sub.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    sub = part("agree", agree, "compare two annotations of the same texts", inputs=False)
    sub.add_argument("first", metavar="FIRST", help="file or folder")
    sub.add_argument("second", metavar="SECOND", help="file or folder")
    sub.add_argument("--errors", type=int, default=0, metavar="N", help="show N differences of each sort")
    sub.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def check(args: argparse.Namespace) -> int:
    """Print faults and counts; return 1 if there are errors."""
    from ..corpus import check as checks
    from ..corpus import docs, sources

    found, faults = sources.load(args.inputs, args.stories)
    faults += checks.check(found, docs.blank_tokenizer(), _others(args.gold, args.stories))
    errors = [f for f in faults if not f.warning]
    for f in errors if args.no_warnings else sorted(faults):
        print(f)
    print("; ".join(f"{label} {n}" for label, n in sorted(checks.counts(found).items())))
    print(f"{len(found)} texts, {len(errors)} errors, {len(faults) - len(errors)} warnings")
    return int(bool(errors))


def _others(gold: list[str], stories: Path | None) -> Iterator[tuple[str, str]]:
    for path in [*map(Path, gold), *(sorted(stories.glob("*.jsonl")) if stories else [])]:
        if not path.exists():
            raise JucuoError("J001", "file not found", str(path))
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                try:
                    row = json.loads(line)
                    yield f"{path.name}:{row['id']}", row["text"]
                except (ValueError, KeyError, TypeError) as e:
                    raise JucuoError("J006", f"no id and text: {e}", str(path), number) from None


def stats(args: argparse.Namespace) -> int:
    """Print figures of each input side by side; return 0."""
    from ..corpus import sources
    from ..corpus import stats as figures

    parts: dict[str, list[Any]] = {}
    for name in args.inputs:
        items = sources.load_strictly([name], args.stories)
        for item in sorted(items, key=lambda item: figures.DRAFTED in item.tags):
            drafted = ", claims drafted" if figures.DRAFTED in item.tags else ""
            parts.setdefault(name + drafted, []).append(item)
    if len(parts) > 1:
        parts["together"] = [item for items in parts.values() for item in items]
    found = {name: figures.stats(items) for name, items in parts.items()}
    print(json.dumps(found, ensure_ascii=False, indent=1) if args.json else figures.table(found))
    return 0


def convert(args: argparse.Namespace) -> int:
    """Convert; return 1 if something had to be left out."""
    from ..corpus import formats, sources

    if args.source:
        items, faults = formats.read(args.source, [Path(p) for p in args.inputs])
    else:
        found, faults = sources.load(args.inputs, args.stories)
        items = [s.item for s in found]
    try:
        faults += formats.write(args.target, items, args.output)
    except OSError as e:
        raise JucuoError("J009", f"cannot be written: {e.strerror}", str(args.output)) from None
    for f in faults:
        print(f, file=sys.stderr)
    print(f"{len(items)} texts to {args.output}; holds {formats.holds(args.target)}", file=sys.stderr)
    return int(any(not f.warning for f in faults))


def detach(args: argparse.Namespace) -> int:
    """Write annotations by reference; return 1 if a story had to be left out."""
    from ..corpus import sources
    from ..corpus.detaching import detach as to_lines

    if args.stories is None:
        raise JucuoError("J001", "detach needs --stories, the folder with the texts of the stories")
    found, faults = sources.load(args.inputs)
    broken = {f.file for f in faults}
    lines, more = to_lines([s for s in found if s.file not in broken], args.stories)
    for f in (*faults, *more):
        print(f, file=sys.stderr)
    args.output.parent.mkdir(parents=True, exist_ok=True)
    args.output.write_text(lines, "utf-8")
    print(f"{lines.count(chr(10))} stories to {args.output}", file=sys.stderr)
    return int(bool(faults or more))


def split(args: argparse.Namespace) -> int:
    """Add what is new to the split; return 0."""
    from ..corpus import sources
    from ..corpus.split import assign
    from ..corpus.stats import DRAFTED

    items = sources.load_strictly(args.inputs, args.stories)
    before = json.loads(args.file.read_text("utf-8")) if args.file.exists() else {}
    kinds = {x.id: x.kind for x in items}
    result = assign(kinds, before, train_only={x.id for x in items if DRAFTED in x.tags})
    args.file.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(", ".join(f"{name} {len(ids)}" for name, ids in result.items()))
    return 0


def sample(args: argparse.Namespace) -> int:
    """Write unmarked copies; return 0."""
    from ..corpus import markup, sources
    from ..corpus.split import sample as draw

    items = {x.id: x for x in sources.load_strictly(args.inputs, args.stories)}
    args.output.mkdir(parents=True, exist_ok=True)
    ids = draw({id: x.kind for id, x in items.items()}, args.share, args.seed)
    for id in ids:
        (args.output / f"{id}.txt").write_text(markup.write(markup.bare(items[id])), "utf-8")
    print(f"{len(ids)} of {len(items)} texts to {args.output}")
    return 0


def agree(args: argparse.Namespace) -> int:
    """Print the agreement of two annotations; return 0."""
    from ..corpus import sources
    from ..corpus.agreement import compare

    first = sources.load_strictly([args.first], args.stories)
    second = sources.load_strictly([args.second], args.stories)
    n, result = compare(first, second)
    data = result.to_dict()
    print(json.dumps(data, ensure_ascii=False, indent=1) if args.json else result.table(args.errors))
    print(f"{n} texts", file=sys.stderr)
    return 0
