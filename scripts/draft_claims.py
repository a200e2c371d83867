"""Draft the claims of marked-up texts whose tags say ``claims-drafted``, in place.

Their entities and measures are annotated by reading; numbers and dates are filled in by the library's own
finder and linker, so these texts train entities and measures and never measure claims.

usage: draft_claims.py FILE.txt ...
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from jucuo import claims, linking
from jucuo.corpus import markup
from jucuo.corpus.stats import DRAFTED


def draft(item: markup.AnnotatedText) -> markup.AnnotatedText:
    """The text with the claims that the library finds outside its entities."""
    record = item.record
    found = claims.find(item.text, record.published, record.entities)
    edges = [(m.start, m.end) for m in record.measures]
    kept = [
        c
        for c in found
        if c.timex != ""
        and not any(s < c.start < e < c.end or c.start < s < c.end < e for s, e in edges)
        and not any(e.start < c.end and c.start < e.end for e in record.entities)
    ]
    linked = linking.link(item.text, kept, record.entities, record.published)
    return replace(item, record=replace(record, claims=tuple(linked)), claim_ids={}, relations=())


def main() -> None:
    for name in sys.argv[1:]:
        path = Path(name)
        item = markup.read(path.read_text("utf-8"), name)
        if DRAFTED not in item.tags:
            sys.exit(f"{name}: its tags do not say {DRAFTED}")
        path.write_text(markup.write(draft(item)), "utf-8")


if __name__ == "__main__":
    main()
