"""Structured facts from Chinese public-affairs news: who, how much, when, and what was done."""

__version__ = "0.1.0"
