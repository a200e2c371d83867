"""Dates, times and lengths of time in Chinese text, as TIMEX3 values. Knows nothing of spaCy."""

from .days import days
from .finder import find, parse
from .model import Timex

__all__ = ["Timex", "days", "find", "parse"]
