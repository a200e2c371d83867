"""Label Studio's JSON tasks; offsets there count UTF-16 units, so characters beyond the BMP count two.

The labels are a ``<Labels name="label" toName="text">``, the further fields of a span a per-region
``<TextArea name="note" toName="text" perRegion="true">``, on a ``<Text name="text" value="$text">``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..faults import Fault
from ..markup import AnnotatedText
from . import layers

HOLDS = "spans, labels and their fields (as notes), date and kind of the text; no relations"


def utf16_offsets(text: str) -> list[int]:
    """The UTF-16 offset of each character, and of the end.

    >>> utf16_offsets("在𠮷村")
    [0, 1, 3, 4]
    """
    return [0, *accumulate(2 if ord(ch) > 0xFFFF else 1 for ch in text)]


def write(items: Sequence[AnnotatedText], path: Path) -> list[Fault]:
    """Write a file of tasks; say what is lost."""
    path.write_text(json.dumps([_task(x) for x in items], ensure_ascii=False, indent=1) + "\n", "utf-8")
    return layers.lost(items, str(path), notes=True)


def _task(item: AnnotatedText) -> dict[str, Any]:
    units = utf16_offsets(item.text)
    result: list[dict[str, Any]] = []
    for number, m in enumerate(layers.marks(item)):
        value = {"start": units[m.start], "end": units[m.end], "text": m.text}
        region = {"id": f"s{number}", "from_name": "label", "to_name": "text", "type": "labels"}
        result.append({**region, "value": {**value, "labels": [m.label]}})
        if m.note:
            note = {**region, "from_name": "note", "type": "textarea"}
            result.append({**note, "value": {"start": value["start"], "end": value["end"], "text": [m.note]}})
    return {"data": {"text": item.text, **layers.meta(item)}, "annotations": [{"result": result}]}


def read(path: Path) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read a JSON import or export; of several annotations of a task the first that is not cancelled."""
    out: list[AnnotatedText] = []
    faults: list[Fault] = []
    try:
        tasks = json.loads(path.read_text("utf-8"))
    except ValueError as e:
        return [], [Fault(str(path), 0, 0, f"not JSON: {e}")]
    for number, task in enumerate(tasks, 1):
        try:
            item, more = _item(task, str(path))
        except (KeyError, TypeError, AttributeError) as e:
            faults.append(Fault(str(path), 0, 0, f"task {number} cannot be read: {e!r}"))
        else:
            out.append(item)
            faults += more
    return out, faults


def _item(task: dict[str, Any], file: str) -> tuple[AnnotatedText, list[Fault]]:
    data = task["data"]
    text = data["text"]
    chars = {unit: i for i, unit in enumerate(utf16_offsets(text))}
    kept = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
    result = kept[0]["result"] if kept else []
    notes = {x["id"]: "".join(x["value"]["text"]) for x in result if x["type"] == "textarea"}
    found: list[layers.Mark] = []
    faults: list[Fault] = []
    for x in result:
        if x["type"] != "labels":
            continue
        value = x["value"]
        start, end = chars.get(value["start"]), chars.get(value["end"])
        for label in value["labels"]:
            if start is None or end is None:
                where = f"{value['start']} to {value['end']} in UTF-16"
                message = (
                    f"{data.get('text_id')}: {label} at {where} left out: no character has its edge there"
                )
                faults.append(Fault(file, 0, 0, message))
            else:
                found.append(layers.Mark(start, end, label, notes.get(x["id"], ""), value.get("text")))
    item, more = layers.assemble(text, data, found, file)
    return item, faults + more
