"""What a time expression says before and after it is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Timex:
    """The normal form of one time expression.

    Parameters
    ----------
    value
        ISO 8601 / TIMEX3, such as ``2020-03-05``, ``2020-03-09TMO``, ``P3D``, ``A/B`` for a span; None if
        the expression names a day that does not exist (30 February).
    kind
        ``date``, ``time`` or ``duration``.
    bound
        ``approx``, ``over``, ``under`` or ``range`` for a duration that is not exact, else None.
    problem
        Why `value` is None.
    """

    value: str | None
    kind: str
    bound: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Deixis:
    """A distance from an anchor: `grain` Y Q M W D; `anchor` pub, ref or ctx (see ``data/words.tsv``)."""

    grain: str
    anchor: str
    shift: int


@dataclass(slots=True)
class Point:
    """A date or time as written; what is not written is None. Never changed once made, though not frozen.

    (A frozen one takes three times as long to make.)
    """

    deixis: Deixis | None = None
    year: int | None = None
    cycle: str | None = None  # "199X", "19XX"
    sub: str | None = None  # of the year: H1 Q1 SP B M E
    month: int | None = None
    third: str | None = None  # of the month: B M E
    day: int | None = None
    weekday: int | None = None  # 1 Monday ... 7; 8 weekend
    lunar: tuple[int, int, bool] | None = None  # month, day (0 none), leap
    festival: str | None = None
    part: str | None = None  # MO MI AF EV NI
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    same: bool = False  # 同期
    is_time: bool = field(init=False)
    only_time: bool = field(init=False)  # no day is written with the time

    def __post_init__(self) -> None:
        no_day = self.day is self.deixis is self.lunar is self.festival is self.weekday is None
        self.is_time = self.part is not None or self.hour is not None
        self.only_time = self.is_time and no_day

    def but(self, **changes: Any) -> Point:
        """A copy with some fields changed (`dataclasses.replace`, in a third of its time)."""
        return Point(**{**dict(zip(_FIELDS, _values(self), strict=True)), **changes})


_FIELDS = tuple(f.name for f in fields(Point) if f.init)
_values = attrgetter(*_FIELDS)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: its ISO form (or two for a span) and bound, None if it is exact."""

    value: str
    bound: str | None
