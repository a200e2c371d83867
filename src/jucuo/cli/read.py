"""``jucuo read``: what was understood of a file, before anything is extracted from it."""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import JucuoError
from ..records import plain

if TYPE_CHECKING:
    from ..reading import Document

_ORIGIN = {
    "meta": "from the metadata",
    "page": "shown on the page",
    "filename": "from the file's name",
    "argument": "as given by --published",
    "inferred": "inferred from the text",
}


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Add the command ``read`` to the parsers of ``jucuo``."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "read",
        help="show the articles, titles, dates and furniture that are read from files",
        description="Show what is understood of files before extraction: encoding, published date and where "
        "it was found, and each article with its span, headline, by-line, source and page furniture.",
    )
    add_reading_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a text, with the text itself")
    parser.set_defaults(run=run)
    return parser


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that reads texts."""
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder, or - for standard input")
    parser.add_argument(
        "--published", metavar="DATE", help="day for texts that show none, such as 2020-03-11"
    )
    parser.add_argument("--encoding", help="read with this encoding instead of finding it out")
    parser.add_argument(
        "--errors",
        choices=["strict", "replace"],
        default="strict",
        help="what to do with bytes that cannot be read",
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; return 0, or 1 if some text could not be read."""
    failed = False
    for item in read_arguments(args):
        if isinstance(item, JucuoError):
            failed = True
            print(f"error: {item}", file=sys.stderr)
        elif args.json:
            print(json.dumps(plain(item), ensure_ascii=False))
        else:
            print(to_text(item))
    return int(failed)


def read_arguments(args: argparse.Namespace, ours: Iterable[Path] = ()) -> Iterator[Document | JucuoError]:
    """The documents and errors of the inputs of a command, ``-`` included; `ours` are the files it writes.

    Raises
    ------
    JucuoError
        At once, if an option is wrong.
    """
    from ..reading import read_bytes, read_inputs

    options = {"encoding": args.encoding, "errors": args.errors, "published": args.published}
    parts = [
        read_bytes(sys.stdin.buffer.read(), **options)
        if standard_input
        else read_inputs(list(inputs), **options, ours=ours)
        for standard_input, inputs in itertools.groupby(args.inputs, key="-".__eq__)
    ]
    return itertools.chain.from_iterable(parts)


def to_text(document: Document) -> str:
    """A document as a person reads it: an overview, then each article."""
    day = (
        f"{document.published} ({_ORIGIN[document.published_origin or 'page']})"
        if document.published
        else "unknown"
    )
    rows = [
        f"{document.id}",
        f"  published  {day}",
        f"  source     {document.source or '-'}",
        f"  text       {len(document.text):,} characters"
        + (f", {document.encoding}" if document.encoding else "")
        + (", extracted" if document.extracted else ""),
    ]
    for number, article in enumerate(document.articles, 1):
        rows.append(f"  article {number}  {article.start}-{article.end}  {article.title or '(no headline)'}")
        for name in ("byline", "source"):
            if value := getattr(article, name):
                rows.append(f"    {name:<10} {value}")
        if article.published and article.published != document.published:
            rows.append(f"    published  {article.published}")
        rows += [f"    furniture  {x.start}-{x.end}  {_short(x.text)}" for x in article.furniture]
    return "\n".join(rows) + "\n"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:37] + "..."
