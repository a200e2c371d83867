"""Speed of finding claims: characters a second on one core, without spaCy.

usage: claims_speed.py FOLDER [--year 2023] [--rounds 5] [--profile]

FOLDER holds stories as YYYY.jsonl with `text` and `published`. Prints the rate on the stories (the first pass
and the best of the rounds, as other work only ever slows a pass) and the best on three texts made to be hard:
digits only, Chinese numerals only, a million characters without punctuation.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import time

from jucuo import claims, quantities, timex


def rate(texts: list[tuple[str, str | None]], find=claims.find) -> tuple[float, int]:
    """Characters a second of processor time and the number of claims."""
    characters = sum(len(text) for text, _ in texts)
    start = time.process_time()
    found = sum(len(find(text, published)) for text, published in texts)
    return characters / (time.process_time() - start), found


def best(texts: list[tuple[str, str | None]], rounds: int, find=claims.find) -> float:
    """The best rate of some passes."""
    return max(rate(texts, find)[0] for _ in range(rounds))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--year", default="2023")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    args = parser.parse_args()
    stories = []
    with open(args.folder / f"{args.year}.jsonl", encoding="utf-8") as f:
        for line in f:
            story = json.loads(line)
            stories.append((story["text"], story["published"]))
    rate(stories[:50])
    if args.profile:
        import cProfile

        cProfile.runctx("rate(stories)", globals(), {"stories": stories}, sort="tottime")
        return
    speed, found = rate(stories)
    characters = sum(len(text) for text, _ in stories)
    print(f"stories of {args.year}: {found} claims in {characters:,} characters")
    print(f"  first pass: {speed:,.0f} characters/s")
    print(f"  best of {args.rounds} passes: {best(stories, args.rounds):,.0f} characters/s")
    for name, find in (("times", timex.find), ("quantities", lambda text, _: quantities.find(text))):
        print(f"  {name} alone: {best(stories, args.rounds, find):,.0f} characters/s")
    rng = random.Random(0)
    prose = "".join(c for text, _ in stories[:600] for c in text if c.isalnum())
    hard = {
        "100,000 digits": "".join(rng.choices("0123456789", k=100_000)),
        "100,000 Chinese numerals": "".join(rng.choices("一二三四五六七八九十百千万亿", k=100_000)),
        "1,000,000 characters without punctuation": (prose * (1 + 1_000_000 // len(prose)))[:1_000_000],
    }
    for name, text in hard.items():
        print(f"{name}: {best([(text, '2023-01-01')], args.rounds):,.0f} characters/s")


if __name__ == "__main__":
    main()
