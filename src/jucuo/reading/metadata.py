"""What an HTML page says of itself: date, source and address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from . import dates
from .tables import values

_SCRIPT = 100_000  # characters of the longest script that is looked at
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)(\S{1,300}) -->")  # what browsers put into pages they save
_CREATED = re.compile(r"""\bct\s*=\s*["'](\d{10})["']""")  # WeChat: seconds
_PLATFORM = "微信公众平台"  # WeChat's name for itself, not for the account


def metadata(root: Any) -> dict[str, str]:
    """Values of the meta elements by lower-case name; JSON-LD and microdata dates under ``datepublished``."""
    out: dict[str, str] = {}
    for e in root.iter("meta"):
        name = e.get("property") or e.get("name") or e.get("itemprop") or e.get("http-equiv") or ""
        key = re.sub(r"\s", "", name.lower())
        if key and e.get("content") and key not in out:
            out[key] = e.get("content").strip()
    for e in root.iter("script"):
        if (e.get("type") or "").lower() == "application/ld+json" and e.text and len(e.text) < _SCRIPT:
            for key in ("datePublished", "pubDate"):
                for day in _values(e.text, key):
                    out.setdefault("datepublished", day)
    for e in root.iter("time", "span", "div"):
        if (e.get("itemprop") or "").lower() == "datepublished" or (
            e.tag == "time" and e.get("pubdate") is not None
        ):
            out.setdefault("datepublished", e.get("datetime") or e.get("content") or e.text_content()[:40])
    return out


def _values(text: str, key: str) -> Iterator[str]:
    """The strings under a key of the items of JSON-LD."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for item in items:
        if isinstance(item, dict) and isinstance(item.get(key), str):
            yield item[key]


def published(root: Any, meta: dict[str, str]) -> str | None:
    """The day of publication: of the metadata, of WeChat's script, or of the page's first ``time``."""
    for name in names("date"):
        if day := dates.to_day(meta.get(name)):
            return day
    for e in root.iter("script"):
        if e.text and len(e.text) < _SCRIPT and (m := _CREATED.search(e.text)):
            return dates.to_day(m[1])
    for e in root.iter("time"):
        if e.get("datetime") and next(e.iterancestors("li", "aside", "nav", "footer"), None) is None:
            return dates.to_day(e.get("datetime"))
    return None


def publisher(root: Any, meta: dict[str, str]) -> str | None:
    """The paper, site or account that published the page."""
    source = first(meta, "source")
    if source is None or source == _PLATFORM:
        account = next((e for e in root.iter("a", "strong", "span") if e.get("id") == "js_name"), None)
        name = "" if account is None else " ".join(account.text_content().split())
        return name or meta.get("og:article:author") or source
    return source


def address(root: Any, meta: dict[str, str], source: str) -> str | None:
    """The page's own address."""
    link = next((e.get("href") for e in root.iter("link") if e.get("rel") == "canonical"), None)
    saved = _SAVED.search(source[:2000])
    return link or meta.get("og:url") or (saved[1] if saved else None)


def names(kind: str) -> tuple[str, ...]:
    """Names of a kind in ``html.tsv``."""
    return values("html.tsv", kind)


def first(meta: dict[str, str], kind: str) -> str | None:
    """The value of the first name of a kind that the page has."""
    return next((meta[k] for k in names(kind) if meta.get(k)), None)
