"""Agreement of two annotations of the same texts."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import JucuoError
from ..evaluation import Evaluation, evaluate
from .markup import AnnotatedText


def compare(first: Iterable[AnnotatedText], second: Iterable[AnnotatedText]) -> tuple[int, Evaluation]:
    """Score the second annotation against the first, on the texts that both have.

    Raises
    ------
    JucuoError
        J013 if a text is not the same in both, J004 if no text is in both.
    """
    theirs = {x.id: x for x in second}
    rows = []
    for item in first:
        other = theirs.get(item.id)
        if other is None:
            continue
        if other.text != item.text:
            raise JucuoError("J013", f"the two texts of {item.id} differ")
        rows.append((item.text, item.record.to_dict(), other.record.to_dict()))
    if not rows:
        raise JucuoError("J004", "no text is in both")
    return len(rows), evaluate(rows)
