"""Annotated texts in the formats of other tools: a module a format with ``write``, ``read`` and ``HOLDS``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import JucuoError

if TYPE_CHECKING:
    from ..faults import Fault
    from ..markup import AnnotatedText

NAMES = ("marked", "jsonl", "docbin", "doccano", "labelstudio", "prodigy", "brat", "conll")


def write(name: str, items: Sequence[AnnotatedText], output: Path) -> list[Fault]:
    """Write texts to a file (``marked`` and ``brat``: a folder); return faults and what is lost."""
    module = _module(name)
    output.parent.mkdir(parents=True, exist_ok=True)
    faults: list[Fault] = module.write(items, output)
    return faults


def read(name: str, paths: Sequence[Path]) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read texts; what had to be left out is in the faults.

    Raises
    ------
    JucuoError
        J001 if there is no such file.
    """
    module = _module(name)
    items: list[AnnotatedText] = []
    faults: list[Fault] = []
    for path in paths:
        if not path.exists():
            raise JucuoError("J001", "file or folder not found", str(path))
        found, more = module.read(path)
        items += found
        faults += more
    return items, faults


def holds(name: str) -> str:
    """What a format can hold, in words."""
    return str(_module(name).HOLDS)


def _module(name: str) -> Any:
    if name not in NAMES:
        raise JucuoError("J009", f"unknown format {name!r}; there are {', '.join(NAMES)}")
    return import_module(f".{name}", __package__)
