"""The command ``jucuo``."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from .. import __version__
from ..errors import JucuoError
from . import corpus, evaluate, extract, read


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0, 1 if some text failed, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="jucuo", description="Structured facts from Chinese public-affairs news."
    )
    parser.add_argument("--version", action="version", version=f"jucuo {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (extract, read, evaluate, corpus):
        module.add_parser(commands)
    args = parser.parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):  # what goes into a pipe or a file is UTF-8 everywhere
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    try:
        return int(args.run(args))
    except JucuoError as e:
        print(f"error: {e}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130
