"""``jucuo extract``: texts in, facts out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import JucuoError
from ..export import FORMATS, write
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
    )
    add_reading_options(parser)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="file to write (default: standard output)"
    )
    parser.add_argument("--format", choices=FORMATS, help="default: by the name of OUT, else jsonl")
    parser.add_argument("--model", metavar="NAME", help="another pipeline: a package or a folder")
    parser.add_argument("--taxonomy", metavar="FILE", help="name measures by your own taxonomy (JSON)")
    parser.set_defaults(run=run)
    return parser


class Report:
    """Counts texts and errors; tells the errors, and the progress where standard error is a terminal."""

    def __init__(self) -> None:
        self.done = self.failed = 0
        self.live = sys.stderr.isatty()

    def documents(self, items: Iterable[Document | JucuoError]) -> Iterator[Document]:
        """Pass documents on and report errors."""
        for item in items:
            if isinstance(item, JucuoError):
                self.failed += 1
                self.clear()
                print(f"error: {item}", file=sys.stderr)
            else:
                yield item

    def count(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Pass records on and show how many there were."""
        for row in rows:
            self.done += 1
            if self.live and self.done % 10 == 0:
                print(f"\r{self.done} texts", end="", file=sys.stderr, flush=True)
            yield row
        self.clear()

    def clear(self) -> None:
        if self.live:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def run(args: argparse.Namespace) -> int:
    """Run the command; return 0, or 1 if some text could not be read."""
    from ..api import load, records

    format = args.format or _format_of(args.output)
    if args.output is not None:
        if args.output.is_dir() or not args.output.absolute().parent.is_dir():
            raise JucuoError("J009", "cannot write here: not a file in an existing folder", str(args.output))
        _not_an_input(args.output, args.inputs)
    own = {"components.jucuo_measures.taxonomy": args.taxonomy} if args.taxonomy else {}
    nlp = load(args.model, config=own)
    report = Report()
    rows = report.count(records(nlp, report.documents(read_arguments(args))))
    write(rows, args.output, format, sys.stdout)
    return int(report.failed > 0)


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return {"htm": "html"}.get(suffix, suffix if suffix in FORMATS else "jsonl")


def _not_an_input(output: Path, inputs: list[str]) -> None:
    for given in inputs:
        if given != "-" and output.exists() and Path(given).exists() and os.path.samefile(output, given):
            raise JucuoError("J009", "the output would overwrite an input", str(output))
