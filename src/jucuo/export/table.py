"""One row a fact: the table that spreadsheets and data frames want.

The table leaves out what a text has besides its facts: furniture and by-lines, further keys of the input
(``meta``), the extracted text, and texts without facts. They are in JSONL, under the same ``id``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import JucuoError
from ..records import LINKS, Measure, Record, Span
from .codes import SCHEMES, codes_of

if TYPE_CHECKING:
    from . import Row

COLUMNS = {
    "id": str,
    "published": str,
    "fact": str,  # entity, claim or measure
    "start": int,
    "end": int,
    "text": str,
    "label": str,  # label of an entity, kind of a claim, category of a measure
    "value": float,
    "low": float,
    "high": float,
    "unit": str,
    "bound": str,
    "trend": str,
    "base": str,
    "timex": str,
    "subject": str,
    "where": str,
    "as_of": str,
    "actor": str,
    "score": float,
    "source": str,
    "article": str,  # headline of the item of the page that the fact stands in
    "article_published": str,
    **{scheme: str for scheme in SCHEMES},  # codes that a measure may fall under, parted by "; "
    **{f"{link}_{edge}": int for link in LINKS for edge in ("start", "end")},
    "base_category": str,  # category of ours, where the label is one of a taxonomy of one's own
}
"""The columns and their types."""


def facts(record: Record) -> Iterator[dict[str, Any]]:
    """The rows of a record; a cell that does not apply is None."""
    for name, items, label in (
        ("entity", record.entities, "label"),
        ("claim", record.claims, "kind"),
        ("measure", record.measures, "category"),
    ):
        articles = list(record.articles)
        for item in items:
            row: dict[str, Any] = dict.fromkeys(COLUMNS)
            for key in COLUMNS:
                value = getattr(item, key, None)
                if isinstance(value, Span):
                    row[key], row[f"{key}_start"], row[f"{key}_end"] = value.text, value.start, value.end
                elif value is not None:
                    row[key] = value
            row.update(id=record.id, published=record.published, source=record.source)
            row.update(fact=name, label=getattr(item, label))
            while len(articles) > 1 and articles[1].start <= item.start:
                articles.pop(0)
            if articles:
                row.update(article=articles[0].title, article_published=articles[0].published)
            if isinstance(item, Measure):
                row.update({scheme: "; ".join(codes) for scheme, codes in codes_of(item).items() if codes})
            yield row


def write_csv(rows: Iterable[Row], f: IO[str]) -> None:
    """Write a header and a row a fact; UTF-8 with a byte-order mark, which spreadsheet programs need."""
    f.write("\ufeff")
    writer = csv.DictWriter(f, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    for _, record in rows:
        writer.writerows(facts(record))


def check_parquet(out: Path | None) -> None:
    """Whether Parquet can be written: only to a file, and with pyarrow (``pip install jucuo[parquet]``)."""
    if out is None:
        raise JucuoError("J009", "Parquet cannot go to standard output; name a file with -o")
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise JucuoError("J011", "Parquet needs pyarrow: pip install 'jucuo[parquet]'") from None


def write_parquet(rows: Iterable[Row], out: Path) -> None:
    """Write a row a fact with typed columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    with pq.ParquetWriter(out, schema) as writer:
        for _, record in rows:
            found = list(facts(record))
            for row in found:
                for key in ("value", "low", "high"):
                    row[key] = None if row[key] is None else float(row[key])
            if found:
                writer.write_table(pa.Table.from_pylist(found, schema=schema))
