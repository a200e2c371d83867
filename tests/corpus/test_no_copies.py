"""No sentence of the texts at hand while developing stands in the repository.

Runs of twelve Han characters, common phrases apart (``src/jucuo/corpus/common_phrases.txt``). Needs the
folder ``shared`` beside the checkout, which the repository must not contain.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jucuo.corpus import markup, shingles

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def tracked() -> dict[str, str]:
    """Every text file of the repository by name.

    The package, whose data are tables, line by line; annotated texts without their marks, which would part
    what stands together.
    """
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True, text=True
    )
    out = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        try:
            content = path.read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        if name.startswith("src/"):
            out |= {f"{name}:{i}": line for i, line in enumerate(content.split("\n"), 1)}
        elif name.startswith("assets/articles/"):
            out[name] = markup.read(content, name).text
        else:
            out[name] = content
    return out


def others() -> Iterator[tuple[str, str]]:
    """Every text of the shared folder: gold, stories, texts of the entity data sets, guidelines."""
    for path in sorted(SHARED.rglob("*.jsonl")):
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                row = json.loads(line)
                yield f"{path.name}:{row.get('id', number)}", row.get("text") or "".join(row.get("words", ()))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared is not beside this checkout")
def test_no_sentence_of_others_in_the_repository() -> None:
    found = shingles.shared(tracked(), others())
    assert not found, "\n".join(f"{name} at {at}: {run} ({other})" for name, at, run, other in found)


def test_a_copied_sentence_is_found() -> None:
    own = {"a": "前面一句。全队人马冒着大雨，把最后3批桥墩浇筑完毕。"}
    copied = "全队人马冒着大雨把最后批桥墩浇筑完毕"
    ((name, at, run, other),) = shingles.shared(own, [("b", "无关。"), ("c", copied)])
    assert (name, at, run, other) == ("a", 5, copied[:12], "c")
    assert not shingles.shared(own, [("c", copied[:11])])


def test_common_phrases_do_not_count() -> None:
    phrase = "应对新型冠状病毒感染肺炎疫情联防联控机制"
    assert not shingles.shared({"a": f"据{phrase}的通知"}, [("b", f"{phrase}发布")])
