"""Whether a taxonomy has the form it must have; every fault is a `JucuoError` J007 that says where."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NoReturn

from ..errors import JucuoError

SUB = " > "
"""What stands between a type and its sub-type in a code."""

OURS = "jucuo"
"""The scheme under which a mapped measure keeps its category among ours."""


def codes_of(value: str | list[str] | None) -> list[str]:
    """Return a code, a list of codes or None as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def known_codes(scheme: dict[str, Any]) -> set[str]:
    """Return every code of a scheme, sub-types as ``type > sub-type``."""
    known = set(scheme["codes"])
    for code, inner in scheme["codes"].items():
        if isinstance(inner, list):
            known.update(f"{code}{SUB}{sub}" for sub in inner)
    return known


def check(data: Any, file: str | None, ours: Collection[str], shipped: dict[str, dict[str, Any]]) -> None:
    """Raise at the first fault of a taxonomy.

    Parameters
    ----------
    data
        The file as read from JSON.
    file
        Its name, for the message.
    ours
        Ids of our categories, which ``maps_to`` may map.
    shipped
        Our schemes, known to every taxonomy.

    Raises
    ------
    JucuoError
        J007, with the place in the file and what is wrong there.
    """
    _Check(file).taxonomy(data, ours, shipped)


class _Check:
    def __init__(self, file: str | None):
        self.file = file

    def fail(self, where: str, what: str) -> NoReturn:
        raise JucuoError("J007", f"{where}: {what}", self.file)

    def text(self, holder: dict[str, Any], key: str, where: str) -> str:
        value = holder.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(f"{where}{key}", "must be a text that is not empty")
        return value

    def mapping(self, value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fail(where, "must be an object {...}")
        return value

    def texts(self, value: Any, where: str) -> None:
        if not isinstance(value, list) or not all(isinstance(x, str) and x.strip() for x in value):
            self.fail(where, "must be a list of texts that are not empty")

    def taxonomy(self, data: Any, ours: Collection[str], shipped: dict[str, dict[str, Any]]) -> None:
        self.mapping(data, "the file")
        name = self.text(data, "name", "")
        own = self.mapping(data.get("schemes", {}), "schemes")
        for key, scheme in own.items():
            if key == OURS:
                self.fail(f"schemes.{key}", "stands for our categories; choose another name")
            self.scheme(scheme, f"schemes.{key}")
        if "maps_to" not in data and "categories" not in data:
            self.fail("the file", "has neither categories nor maps_to")
        rows = data.get("categories", [])
        if not isinstance(rows, list) or ("categories" in data and not rows):
            self.fail("categories", "must be a list that is not empty")
        ids: set[str] = set()
        for number, row in enumerate(rows, 1):
            self.mapping(row, f"category {number}")
            id_ = self.text(row, "id", f"category {number}: ")
            if id_ in ids:
                self.fail(f"category {number}", f"id {id_!r} stands twice")
            ids.add(id_)
        for row in rows:
            self.category(row, ids | set(ours), {**shipped, **own})
        if "maps_to" in data:
            if name in shipped or name in own or name == OURS:
                self.fail("name", f"{name!r} is the name of another scheme; choose your own")
            self.maps_to(data["maps_to"], ours, ids)

    def scheme(self, scheme: Any, where: str) -> None:
        self.mapping(scheme, where)
        codes = self.mapping(scheme.get("codes"), f"{where}.codes")
        for code, inner in codes.items():
            if isinstance(inner, list):
                self.texts(inner, f"{where}.codes.{code}")
            elif not isinstance(inner, str):
                self.fail(f"{where}.codes.{code}", "must be its name or a list of its sub-types")

    def category(self, row: dict[str, Any], ids: set[str], schemes: dict[str, dict[str, Any]]) -> None:
        where = f"category {row['id']!r}"
        if not any(isinstance(row.get(key), str) and row[key].strip() for key in ("zh", "en")):
            self.fail(where, "has no name; give zh or en")
        for language, value in self.mapping(row.get("definition", {}), f"{where}: definition").items():
            if not isinstance(value, str):
                self.fail(f"{where}: definition.{language}", "must be a text")
        examples = self.mapping(row.get("examples", {}), f"{where}: examples")
        self.texts(examples.get("positive", []), f"{where}: examples.positive")
        self.negative(examples.get("negative", []), f"{where}: examples.negative", row["id"], ids)
        for key, codes in self.mapping(row.get("crosswalk", {}), f"{where}: crosswalk").items():
            self.texts(codes, f"{where}: crosswalk.{key}")
            if key not in schemes:
                self.fail(f"{where}: crosswalk.{key}", "no such scheme; describe it under schemes")
            for code in codes:
                if code not in known_codes(schemes[key]):
                    self.fail(f"{where}: crosswalk.{key}", f"the scheme has no code {code!r}")

    def negative(self, rows: Any, where: str, own: str, ids: set[str]) -> None:
        if not isinstance(rows, list):
            self.fail(where, "must be a list")
        for row in rows:
            self.text(self.mapping(row, where), "text", f"{where}: ")
            instead = row.get("instead")
            if instead is not None and (instead == own or instead not in ids):
                self.fail(f"{where}: instead", f"{instead!r} is no other category; null is for no measure")

    def maps_to(self, pairs: Any, ours: Collection[str], theirs: set[str]) -> None:
        if not self.mapping(pairs, "maps_to"):
            self.fail("maps_to", "is empty")
        for id_, value in pairs.items():
            if id_ not in ours:
                self.fail("maps_to", f"{id_!r} is none of our categories: {', '.join(ours)}")
            if isinstance(value, list):
                self.texts(value, f"maps_to.{id_}")
            elif value is not None and (not isinstance(value, str) or not value.strip()):
                self.fail(f"maps_to.{id_}", "must be an id, a list of ids or null")
            for code in codes_of(value):
                if theirs and code not in theirs:
                    self.fail(f"maps_to.{id_}", f"{code!r} is no id of your categories")
