"""``jucuo extract``: texts in, facts out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import JucuoError
from ..export import FORMATS, part_of, write
from .read import add_reading_options, read_arguments

if TYPE_CHECKING:
    from ..reading import Document


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Add the command ``extract`` to the parsers of ``jucuo``."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "extract",
        help="extract entities, claims and measures",
        description="Extract entities, claims and measures from files (.txt .md .html .jsonl .docx .pdf),"
        " folders, or - for standard input.",
        epilog="JSONL holds all that was found, a line a text. CSV and Parquet hold a row a fact, with the"
        " offsets of links and the codes of other schemes for measures; they leave out texts without facts,"
        " by-lines, page furniture, further keys of the input and the text extracted from pages. OUT is"
        " replaced when all is done; a run that is broken off leaves what it has done in OUT.part.",
    )
    add_reading_options(parser)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="file to write (default: -, standard output)"
    )
    parser.add_argument("--format", choices=FORMATS, help="default: by the name of OUT, else jsonl")
    parser.add_argument("--model", metavar="NAME", help="another pipeline: a package or a folder")
    parser.add_argument("--taxonomy", metavar="FILE", help="name measures by your own taxonomy (JSON)")
    parser.set_defaults(run=run)
    return parser


_SUFFIXES = {name: name for name in FORMATS} | {"htm": "html", "ndjson": "jsonl", "pq": "parquet"}


class Report:
    """Counts texts and errors; tells the errors, and the progress where standard error is a terminal."""

    def __init__(self) -> None:
        self.done = self.failed = self.twice = 0
        self.ids: set[str] = set()
        self.live = sys.stderr.isatty()

    def documents(self, items: Iterable[Document | JucuoError]) -> Iterator[Document]:
        """Pass documents on and report errors."""
        for item in items:
            if isinstance(item, JucuoError):
                self.failed += 1
                self.clear()
                print(f"error: {item}", file=sys.stderr)
            else:
                self.twice += item.id in self.ids
                self.ids.add(item.id)
                yield item

    def count(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Pass records on and show how many there were."""
        for row in rows:
            self.done += 1
            if self.live and self.done % 10 == 0:
                print(f"\r{self.done} texts", end="", file=sys.stderr, flush=True)
            yield row
        self.clear()

    def finish(self) -> None:
        """Tell what a reader of the outcome must know: texts left out, and ids that name several."""
        if self.twice:
            print(f"note: {self.twice} texts have the id of another text", file=sys.stderr)
        if self.failed:
            print(f"{self.done} texts done, {self.failed} errors", file=sys.stderr)

    def clear(self) -> None:
        if self.live:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def run(args: argparse.Namespace) -> int:
    """Run the command; return 0, or 1 if some text could not be read."""
    from ..api import load, records

    if args.output == Path("-"):
        args.output = None
    format = args.format or _format_of(args.output)
    if args.output is not None:
        if args.output.is_dir() or not args.output.absolute().parent.is_dir():
            raise JucuoError("J009", "cannot write here: not a file in an existing folder", str(args.output))
        _not_an_input(args.output, args.inputs)
    ours = [args.output, part_of(args.output)] if args.output is not None else []
    found = read_arguments(args, ours)
    own = {"components.jucuo_measures.taxonomy": args.taxonomy} if args.taxonomy else {}
    nlp = load(args.model, config=own)
    report = Report()
    rows = report.count(records(nlp, report.documents(found)))
    try:
        written = write(rows, args.output, format, sys.stdout)
    except BaseException:
        if args.output is not None and report.done and part_of(args.output).exists():
            report.clear()
            print(f"broken off: {report.done} texts are in {part_of(args.output)}", file=sys.stderr)
        raise
    if args.output is not None and not written:
        print(f"nothing to write; {args.output} is as it was", file=sys.stderr)
    report.finish()
    return int(report.failed > 0)


def _format_of(output: Path | None) -> str:
    """The format that the name of the output stands for; a name without a suffix stands for JSONL."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if suffix and suffix not in _SUFFIXES and output and not output.exists():
        known = ", ".join(f".{x}" for x in _SUFFIXES)
        raise JucuoError("J009", f"no format for .{suffix}; name it {known}, or use --format", str(output))
    return _SUFFIXES.get(suffix, "jsonl")


def _not_an_input(output: Path, inputs: list[str]) -> None:
    """Refuse to write over a text that is to be read, be it named or in a folder."""
    from ..reading.folders import is_read

    if not output.exists():
        return
    for given in map(Path, inputs):
        if str(given) == "-" or not given.exists():
            continue
        if os.path.samefile(output, given):
            raise JucuoError("J009", "the output would overwrite an input", str(output))
        if given.is_dir() and given.resolve() in output.resolve().parents and is_read(output):
            raise JucuoError(
                "J009",
                "stands in a folder that is read: write elsewhere, or delete it first",
                str(output),
            )
