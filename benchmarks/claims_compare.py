"""Claims beside what jionlp and Microsoft's recognizers find: speed and right values, in one run.

usage: claims_compare.py FOLDER [--rounds 3] [--wrong]

FOLDER holds stories as YYYY.jsonl with `id`, `text` and `published`. Each tool reads the stories of
`claims_sample.tsv`, and the 200 expressions of the sample are judged. How to make the environment: README.md.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import time
from typing import NamedTuple

from claims_tools import Fact, Found, Tool, by_line, facts_of, jionlp, jucuo, recognizers
from jucuo.corpus.markup import parse_claim
from jucuo.records import Claim

SAMPLE = pathlib.Path(__file__).with_name("claims_sample.tsv")
_SLACK = 2
"""How many characters more than ours a tool may take in on either side: 达, 从 … 起, 以来 and the like."""
_CLAIMED = {"jionlp": {"money", "date", "time", "duration"}}
"""The kinds a tool sets out to read; all where it is not named."""


class Expression(NamedTuple):
    """One expression of the sample: where it stands, what must be covered of it, and its right reading."""

    story: str
    published: str
    claim: Claim
    core: tuple[int, int]


def sample() -> list[Expression]:
    """Read the sample."""
    out = []
    for line in SAMPLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            story, published, *places, value = line.split("\t")
            start, length, core, core_length = map(int, places)
            claim, _ = parse_claim((start, start + length, ""), value)
            out.append(Expression(story, published, claim, (core, core + core_length)))
    return out


def stories(folder: pathlib.Path, ids: set[str]) -> dict[str, tuple[str, str]]:
    """Text and published date of the stories with these ids."""
    out = {}
    for path in sorted(folder.glob("[0-9]*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            story = json.loads(line)
            if story["id"] in ids:
                out[story["id"]] = (story["text"], story["published"])
    return out


def judge(x: Expression, found: list[Found]) -> tuple[bool, bool]:
    """Whether a tool has the expression, and whether one of those findings has its right value."""
    at = [
        f
        for f in found
        if x.claim.start - _SLACK <= f.start <= x.core[0] and x.core[1] <= f.end <= x.claim.end + _SLACK
    ]
    right = facts_of(x.claim)
    return bool(at), any(_same(right, f.facts, x.claim.kind) for f in at)


def _same(right: frozenset[Fact], facts: frozenset[Fact], kind: str) -> bool:
    if right & facts:
        return True
    if kind in ("count", "ordinal", "percent"):  # a number is enough: classifiers and pp are our own
        values = {f[1] for f in right}
        return any(f[0] == "number" and f[1] in values for f in facts)
    return False


def form(claim: Claim, text: str) -> str:
    """How an expression is written: as a range, bounded or vague, in Chinese numerals, or plainly."""
    if claim.high is not None or "/" in (claim.timex or ""):
        return "range"
    if claim.bound not in (None, "exact"):
        return "bounded"
    digits = any(c.isdigit() for c in text[claim.start : claim.end])
    return "plain" if digits else "no digits"


def timed(tool: Tool, texts: dict[str, tuple[str, str]]) -> tuple[float, dict[str, list[Found]]]:
    """Characters a second of processor time over all texts, and what was found in each."""
    start = time.process_time()
    found = {key: tool(*text) for key, text in texts.items()}
    seconds = time.process_time() - start
    return sum(len(text) for text, _ in texts.values()) / seconds, found


def table(tools: list[str], rows: list[tuple[str, dict[str, str]]]) -> None:
    """Print a table of Markdown."""
    print("|", " | ".join(["", *tools]), "|")
    print("|---" * (len(tools) + 1) + "|")
    for name, cells in rows:
        print("|", " | ".join([name, *(cells[t] for t in tools)]), "|")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument(
        "--rounds", type=int, default=3, help="passes over the stories, of which the best counts"
    )
    parser.add_argument("--wrong", action="store_true", help="list what each tool has wrong")
    args = parser.parse_args()
    expressions = sample()
    texts = stories(args.folder, {x.story for x in expressions})
    tools: dict[str, Tool] = {"jucuo": jucuo, "jionlp": jionlp(), "recognizers": recognizers()}
    best: dict[str, float] = dict.fromkeys(tools, 0.0)
    found: dict[str, dict[str, list[Found]]] = {}
    for _ in range(args.rounds):
        for name, tool in tools.items():
            speed, found[name] = timed(tool, texts)
            best[name] = max(best[name], speed)
    _, found["recognizers"] = timed(by_line(tools["recognizers"]), texts)  # it then finds more, but is slower
    characters = sum(len(text) for text, _ in texts.values())
    print(f"{len(texts)} stories, {characters:,} characters\n")
    table(
        list(tools),
        [
            ("characters/s", {t: f"{best[t]:,.0f}" for t in tools}),
            ("jucuo is faster by", {t: f"{best['jucuo'] / best[t]:.1f}" for t in tools}),
        ],
    )
    report(expressions, texts, found, args.wrong)


def report(
    expressions: list[Expression],
    texts: dict[str, tuple[str, str]],
    found: dict[str, dict[str, list[Found]]],
    wrong: bool,
) -> None:
    """Print how many expressions each tool has, and how many with the right value."""
    tools = list(found)
    counts: dict[str, dict[str, collections.Counter[str]]] = collections.defaultdict(
        lambda: {t: collections.Counter() for t in tools}
    )
    for x in expressions:
        for tool in tools:
            if x.claim.kind not in _CLAIMED.get(tool, {x.claim.kind}):
                continue
            bounds, value = judge(x, found[tool][x.story])
            for row in (x.claim.kind, form(x.claim, texts[x.story][0]), "all"):
                counts[row][tool].update(n=1, bounds=int(bounds), value=int(value))
            if wrong and not value:
                print(tool, x.story, x.claim.start, texts[x.story][0][x.claim.start : x.claim.end])
    rows = []
    for row in sorted(counts, key=lambda k: (k == "all", k in ("range", "bounded", "no digits", "plain"), k)):
        cells = {}
        for tool in tools:
            c = counts[row][tool]
            cells[tool] = f"{c['bounds']} / {c['value']} of {c['n']}" if c["n"] else "-"
        rows.append((row, cells))
    table(tools, rows)


if __name__ == "__main__":
    main()
