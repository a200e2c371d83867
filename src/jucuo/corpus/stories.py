"""Annotations by reference: offsets into public stories whose text is not part of the repository.

A line of ``assets/news/annotations.jsonl`` names a story by id and by the SHA-256 of its text, and holds
spans as offsets only. Joined with the stories it gives the same annotated texts as the marked-up files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import JucuoError
from ..records import LINKS, Claim, Entity, Measure, Record, build, plain
from .formats import jsonl
from .markup import AnnotatedText


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def detach(item: AnnotatedText) -> dict[str, Any]:
    """An annotated story as plain data without any of its text."""
    record = item.record
    return {
        "id": record.id,
        "published": record.published,
        "kind": item.kind,
        **({"tags": list(item.tags)} if item.tags else {}),
        "sha256": digest(item.text),
        "entities": [[e.start, e.end, e.label] for e in record.entities],
        "claims": [bare(c) for c in record.claims],
        "measures": [bare(m) for m in record.measures],
        "relations": jsonl.relations(item),
    }


def bare(fact: Entity | Claim | Measure) -> dict[str, Any]:
    """A fact as plain data without its texts: links are offsets, what is None is left out."""
    out = {k: v for k, v in plain(fact).items() if v is not None and k != "text"}
    for key in LINKS:
        if key in out:
            out[key] = [out[key]["start"], out[key]["end"]]
    return out


def whole(data: dict[str, Any], text: str) -> dict[str, Any]:
    """The reverse of `bare`: plain data with its texts."""
    out = {**data, "text": text[data["start"] : data["end"]]}
    for key in LINKS:
        if key in out:
            start, end = out[key]
            out[key] = {"start": start, "end": end, "text": text[start:end]}
    return out


def verify(row: dict[str, Any], text: str) -> None:
    """Make sure that a row is about a text.

    Raises
    ------
    JucuoError
        J013 if the text is not the one that was annotated.
    """
    if digest(text) != row["sha256"]:
        raise JucuoError("J013", f"the text of story {row['id']} is not the one that was annotated")


def attach(row: dict[str, Any], text: str) -> AnnotatedText:
    """Join annotations with the text of their story.

    Raises
    ------
    JucuoError
        J013 if the text is not the one that was annotated.
    """
    verify(row, text)
    record = Record(
        id=row["id"],
        published=row["published"],
        entities=tuple(Entity(s, e, text[s:e], label) for s, e, label in row["entities"]),
        claims=tuple(build(Claim, whole(c, text)) for c in row["claims"]),
        measures=tuple(build(Measure, whole(m, text)) for m in row["measures"]),
    )
    relations, ids = jsonl.named(row["relations"])
    return AnnotatedText(text, record, row["kind"], tuple(row.get("tags", ())), relations, ids)


def read(annotations: Path, stories: Path) -> Iterator[AnnotatedText]:
    """Annotated texts of the stories found in a folder of ``*.jsonl`` files with ``id`` and ``text``.

    Raises
    ------
    JucuoError
        J007 if a story is not there, J013 if it is another text.
    """
    for row, text in join(annotations, stories):
        yield attach(row, text)


def join(path: Path, stories: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """The rows of a file by reference, each with the text of its story, which is not verified.

    Raises
    ------
    JucuoError
        J007 if a story is not there.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = find_texts({row["id"] for row in rows}, stories)
    for row in rows:
        if row["id"] not in texts:
            raise JucuoError("J007", f"story {row['id']} is not among the texts", str(stories))
        yield row, texts[row["id"]]


def find_texts(ids: Iterable[str], stories: Path) -> dict[str, str]:
    """Texts of stories by id."""
    wanted, out = set(ids), {}
    for path in sorted(stories.glob("*.jsonl")):
        with open(path, encoding="utf-8") as f:
            for line in f:
                row = json.loads(line)
                if row["id"] in wanted:
                    out[row["id"]] = row["text"]
    return out
