"""Words that bound a number: 约, 近, 超过, 不足 before it, 多, 余, 以上, 左右 behind it."""

from __future__ import annotations

from importlib.resources import files


def _read() -> tuple[dict[str, str], dict[str, str]]:
    sides: dict[str, dict[str, str]] = {"left": {}, "right": {}}
    for line in files(__package__).joinpath("data/bounds.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            word, side, bound = line.split("\t")
            sides[side][word] = bound
    return sides["left"], sides["right"]


LEFT, RIGHT = _read()
"""Modifiers before and behind a number, each with its bound."""
