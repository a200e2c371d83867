"""The taxonomy of measures, read from ``measures.json`` beside this module."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load() -> dict[str, dict[str, Any]]:
    """Return the taxonomy: category id to its names, definition, examples and crosswalk codes."""
    data = json.loads(files(__package__).joinpath("measures.json").read_text("utf-8"))
    return {row["id"]: row for row in data["categories"]}


CATEGORIES: tuple[str, ...] = tuple(load())
"""Category ids in order of precedence: of two that fit, the earlier wins."""
