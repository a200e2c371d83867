"""Structured facts from Chinese public-affairs news: who, how much, when, and what was done.

>>> import jucuo
>>> record = jucuo.extract("3月5日，青河区设立检查站12个。", published="2020-03-06")
>>> [(c.text, c.timex or c.value) for c in record.claims]
[('3月5日', '2020-03-05'), ('12个', 12)]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .api import extract, load, pipe
    from .errors import JucuoError
    from .records import Article, Claim, Entity, Measure, Record, Span

_HOMES = {
    "extract": "api",
    "load": "api",
    "pipe": "api",
    "JucuoError": "errors",
    **dict.fromkeys(("Article", "Claim", "Entity", "Measure", "Record", "Span"), "records"),
}
__all__ = [
    "Article",
    "Claim",
    "Entity",
    "JucuoError",
    "Measure",
    "Record",
    "Span",
    "__version__",
    "extract",
    "load",
    "pipe",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: importing the package stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
