"""What a number counts, where it holds, and as of when: links for the claims of a text.

>>> from jucuo.linking import link
"""

from __future__ import annotations

from .link import link

__all__ = ["link"]
