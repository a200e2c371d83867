"""The taxonomy of measures: 26 categories, read from ``measures.json`` beside this module.

Each category has an id, a Chinese and an English name, a definition in both languages, examples that
belong to it and examples that do not (with the category they belong to, or why they are no measure), and a
crosswalk to three schemes by which policies on COVID-19 were coded:

===========  ==========================================  =============================================
scheme       whose                                       a code
===========  ==========================================  =============================================
oxcgrt       Oxford COVID-19 Government Response Tracker ``H2``
coronanet    CoronaNet Research Project                  ``Quarantine``, or type and sub-type:
                                                         ``Health Resources > Masks``
who_phsm     WHO public health and social measures       ``3.1.2``
===========  ==========================================  =============================================

`schemes` tells source, version and date of each codebook, whether the codes were checked against it, and the
name of every code. A code means that an act of the category may fall under it, not that every act does; the
``note`` of a category says when. The schemes are about the epidemic, so codes of texts about other matters
mean nothing, and categories about livelihoods, disasters or farming often have none. Measures have no sign:
what lifts a limit has the category, and the codes, of what imposes it.

A taxonomy of your own is a JSON file of the same form, or one that maps our ids to yours::

    {
     "name": "office",
     "categories": [{"id": "A1", "zh": "检测排查"}, {"id": "B2", "zh": "企业服务"}],
     "maps_to": {"testing": "A1", "screening": "A1", "finance": ["B2"]}
    }

With ``maps_to``, `load` gives our categories with your ids as one more scheme of the crosswalk, under your
``name``; ``categories`` may be left out, and a category that is not mapped has no code. Without it, `load`
gives your categories; only ``id`` and one of ``zh`` and ``en`` must be there.

A pipeline takes such a file as `taxonomy` of its component ``jucuo_measures``; `namings` says what becomes of
its measures then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..errors import JucuoError
from .checks import OURS, check, codes_of

__all__ = ["CATEGORIES", "OURS", "crosswalk", "load", "namings", "read", "schemes"]

Rows = dict[str, dict[str, Any]]
Naming = tuple[str, dict[str, list[str]]]
"""What a measure is called, and its crosswalk."""


def load(path: str | Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the categories of a taxonomy: id to names, definition, examples and crosswalk.

    Parameters
    ----------
    path
        A taxonomy of your own (JSON, see the module); ours if None.

    Raises
    ------
    JucuoError
        J001 no such file, J002 cannot be read, J005 bytes that are no UTF-8, J006 broken JSON, J007 a
        missing or wrong key, or a code that its scheme does not have.

    Examples
    --------
    >>> load()["testing"]["zh"]
    '检测'
    """
    return _rows() if path is None else _own(Path(path))[0]


def schemes(path: str | Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the schemes of the crosswalk: key to title, source, version, date, checked and codes.

    `path` and errors are those of `load`.

    Examples
    --------
    >>> schemes()["oxcgrt"]["codes"]["H2"]
    'Testing policy'
    """
    return _shipped()["schemes"] if path is None else _own(Path(path))[1]


def crosswalk(category: str, scheme: str, path: str | Path | None = None) -> list[str]:
    """Return the codes of `scheme` that acts of `category` may fall under; empty if it has none.

    Parameters
    ----------
    category
        Id of a category: one of ours, or one of yours, which has the codes that you give it, and otherwise
        those of all our categories that are mapped to it.
    scheme
        ``oxcgrt``, ``coronanet``, ``who_phsm``, or the name of a scheme of your own. For one of your ids also
        ``jucuo``: our categories.
    path
        A taxonomy of your own; ours if None.

    Raises
    ------
    JucuoError
        J007 when the taxonomy has no such category or scheme; and the errors of `load`.

    Examples
    --------
    >>> crosswalk("testing", "who_phsm")
    ['3.1.1', '3.1.2']
    """
    rows, known, file = _rows(), schemes(), None
    if path is not None:
        data, file = read(path), str(path)
        rows, known = _merged(data)
        if "maps_to" in data:
            rows, known = {**_theirs(data, rows), **rows}, {**known, OURS: {}}
    if category not in rows:
        raise JucuoError("J007", f"no category {category!r}; there are: {', '.join(rows)}", file)
    if scheme not in known:
        raise JucuoError("J007", f"no scheme {scheme!r}; there are: {', '.join(known)}", file)
    return list(rows[category].get("crosswalk", {}).get(scheme, ()))


def _theirs(data: dict[str, Any], rows: Rows) -> Rows:
    """The ids of a user's taxonomy that maps our categories (`rows`), each with its crosswalk."""
    name, given = data["name"], {row["id"]: row.get("crosswalk", {}) for row in data.get("categories", ())}
    mapped: dict[str, list[str]] = {id_: [] for id_ in given}
    for ours, value in data["maps_to"].items():
        for id_ in codes_of(value):
            mapped.setdefault(id_, []).append(ours)
    out: Rows = {}
    for id_, members in mapped.items():
        codes: dict[str, list[str]] = {name: [id_], OURS: members}
        for scheme in _shipped()["schemes"]:
            found = (code for ours in members for code in rows[ours]["crosswalk"].get(scheme, ()))
            codes[scheme] = list(dict.fromkeys(found))
        out[id_] = {"crosswalk": {**codes, **given.get(id_, {})}}
    return out


@cache
def _shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files(__package__).joinpath("measures.json").read_text("utf-8"))
    return data


@cache
def _rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in _shipped()["categories"]}


CATEGORIES: tuple[str, ...] = tuple(_rows())
"""Category ids in order of precedence: of two that fit, the earlier wins."""


def namings(data: dict[str, Any], labels: Sequence[str]) -> dict[str, Naming | None]:
    """Return what the measures of a pipeline are called under a taxonomy of your own.

    With ``maps_to``, a measure gets the first of your ids for its category. Its crosswalk has the codes of
    our category, those that you give yours in their place, all your ids under your ``name``, and our category
    under ``jucuo``. Without it, labels stay and the crosswalk is yours.

    Parameters
    ----------
    data
        A taxonomy from `read`.
    labels
        The labels the pipeline was trained with.

    Returns
    -------
    dict
        Label to its naming; None where a measure has no place in your taxonomy.

    Raises
    ------
    JucuoError
        J007 when the taxonomy knows nothing of a label.

    Examples
    --------
    >>> data = {"name": "office", "maps_to": {"testing": "A1"}}
    >>> namings(data, ["testing", "supply"])["testing"][0]
    'A1'
    >>> namings(data, ["testing", "supply"])["supply"] is None
    True
    """
    rows, _ = _merged(data)
    strange = [label for label in labels if label not in rows]
    if strange:
        advice = "say with maps_to which of your categories ours belong to"
        if "maps_to" in data:
            advice = "maps_to maps our categories, and the pipeline was trained with others"
        raise JucuoError("J007", f"taxonomy {data['name']!r} has no category {', '.join(strange)}; {advice}")
    if "maps_to" not in data:
        return {label: (label, rows[label]["crosswalk"]) for label in labels}
    own = {row["id"]: row.get("crosswalk", {}) for row in data.get("categories", ())}
    out: dict[str, Naming | None] = {}
    for label in labels:
        codes = rows[label]["crosswalk"][data["name"]]
        if codes:
            out[label] = codes[0], {**rows[label]["crosswalk"], **own.get(codes[0], {}), OURS: [label]}
        else:
            out[label] = None
    return out


def _own(path: Path) -> tuple[Rows, Rows]:
    """Categories and schemes of a user's file."""
    return _merged(read(path))


def _merged(data: dict[str, Any]) -> tuple[Rows, Rows]:
    """Categories and schemes of a user's taxonomy, with ours as far as it builds on them."""
    rows = {row["id"]: {"crosswalk": {}, **row} for row in data.get("categories", ())}
    known = {**_shipped()["schemes"], **data.get("schemes", {})}
    if "maps_to" not in data:
        return rows, known
    name, theirs = data["name"], {id_: codes_of(value) for id_, value in data["maps_to"].items()}
    names = {id_: row.get("en") or row["zh"] for id_, row in rows.items()}
    known[name] = {
        "title": data.get("title", name),
        "codes": names or {code: code for codes in theirs.values() for code in codes},
    }
    mapped = {
        id_: {**row, "crosswalk": {**row["crosswalk"], name: theirs.get(id_, [])}}
        for id_, row in _rows().items()
    }
    return mapped, known


def read(path: str | Path) -> dict[str, Any]:
    """Return the content of a taxonomy file after checking it; errors as for `load`."""
    data: dict[str, Any] = _json(Path(path))
    check(data, str(path), CATEGORIES, _shipped()["schemes"])
    return data


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise JucuoError("J001", "no such taxonomy file", str(path)) from None
    except OSError as e:
        raise JucuoError("J002", f"cannot be read: {e.strerror}", str(path)) from None
    except UnicodeDecodeError:
        raise JucuoError("J005", "not UTF-8; save the taxonomy as UTF-8", str(path)) from None
    except json.JSONDecodeError as e:
        raise JucuoError("J006", f"not JSON: {e.msg}", str(path), e.lineno) from None
