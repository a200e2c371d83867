"""The day a text was published, as people give it: a string, a date, or nothing in one of its many forms."""

from __future__ import annotations

import datetime
from typing import Any

from .errors import JucuoError

Published = str | datetime.date | None


def missing(value: Any) -> bool:
    """Whether a value stands for none: None, a float NaN, NaT and NA of pandas and numpy.

    >>> missing(float("nan")), missing(""), missing("2020-03-06")
    (True, False, False)
    """
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):  # pandas.NA is neither equal nor unequal; an array is both
        return type(value).__name__ == "NAType"


def day(published: Any) -> str | None:
    """A published date as ``YYYY-MM-DD``; None for a missing value (see `missing`).

    >>> day(datetime.date(2020, 3, 6)), day("2020-03-06"), day(None)
    ('2020-03-06', '2020-03-06', None)

    Raises
    ------
    JucuoError
        J008 if it is no date.
    """
    if missing(published):
        return None
    if isinstance(published, datetime.date):
        return published.isoformat()[:10]  # of a datetime: its day
    if type(published).__name__ == "datetime64":  # numpy's
        published = str(published)[:10]
    try:
        return datetime.date.fromisoformat(published).isoformat()
    except (TypeError, ValueError):
        raise JucuoError("J008", f"{published!r} is no date; write it as 2020-03-11") from None
