"""Names of papers, agencies, stations and sites, which tell of others and seldom of themselves."""

from __future__ import annotations

from functools import lru_cache

from ..records import Entity
from .lexicon import roles

_ENDINGS = tuple(roles()["medium"] | roles()["channel"])


def is_media(entity: Entity) -> bool:
    """Whether an entity is a newspaper, station or site, whose by-line says nothing of where."""
    return entity.label == "ORG" and _media_name(entity.text)


@lru_cache(maxsize=4096)
def _media_name(name: str) -> bool:
    return name.endswith(_ENDINGS) and not name.endswith("电网")
