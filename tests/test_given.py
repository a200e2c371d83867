"""What the evaluation says of the links that were given."""

import json

from jucuo.cli import main
from jucuo.evaluation import evaluate

TEXT = "青河区有企业62家、学校9所、桥3座。"


def claim(start, text, **links):
    none = dict.fromkeys(("subject", "where", "as_of", "trend", "low", "high", "timex"))
    fixed = {"kind": "count", "value": 1.0, "unit": "个", "bound": "exact"}
    return {"start": start, "end": start + len(text), "text": text, **none, **fixed, **links}


PLACE = {"start": 0, "end": 3, "text": "青河区"}
OTHER = {"start": 6, "end": 8, "text": "东山"}


def record(*claims):
    return {"id": "1", "text": TEXT, "entities": [], "claims": list(claims), "measures": []}


GOLD = record(claim(6, "62家", where=PLACE, as_of="2020"), claim(12, "9所"), claim(16, "3座", where=PLACE))
FOUND = record(
    claim(6, "62家", where=PLACE), claim(12, "9所", where=PLACE, as_of="2020"), claim(16, "3座", where=OTHER)
)


def test_links_that_the_gold_has_not_count_as_wrong():
    result = evaluate([(TEXT, GOLD, FOUND)])
    assert result.given() == {
        "subject_given": {"share": None, "n": 0, "of": 0},
        "where_given": {"share": 1 / 3, "n": 1, "of": 3},
        "as_of_given": {"share": 0.0, "n": 0, "of": 1},
    }
    assert result.to_dict()["claims_where"] == {"share": 0.5, "n": 1, "of": 2}
    assert not result.given().keys() & result.to_dict().keys()
    assert "where_given     0.333  (1 of 3 given)" in result.table()
    assert result.errors["where not in the gold"] == ["9所: None / 青河区"]


def test_the_command_prints_them(tmp_path, capsys):
    paths = []
    for name, row in (("gold", GOLD), ("found", FOUND)):
        paths.append(str(tmp_path / f"{name}.jsonl"))
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    assert main(["evaluate", *paths, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["where_given"]["of"] == 3
