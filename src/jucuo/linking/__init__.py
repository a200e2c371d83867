"""What a number counts, where it holds, and as of when; who takes a measure: links for the facts of a text.

>>> from jucuo.linking import link, link_all
"""

from __future__ import annotations

from .link import link, link_all

__all__ = ["link", "link_all"]
