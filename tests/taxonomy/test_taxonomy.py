"""The shipped taxonomy is complete, its codes are those of the codebooks, and users can bring their own."""

import copy
import json
import re
import subprocess
import sys

import pytest

from jucuo.errors import JucuoError
from jucuo.taxonomy import CATEGORIES, crosswalk, load, schemes
from jucuo.taxonomy.checks import SUB, check, known_codes

ROWS = list(load().values())
HAN = re.compile(r"[\u4e00-\u9fff]")
FORMS = {
    "oxcgrt": re.compile(r"C[1-8]|E[1-4]|H[1-8]|V[1-4]"),
    "coronanet": re.compile(r"[A-Z][\w ,-]+(?: > [A-Z][^>]+)?"),
    "who_phsm": re.compile(r"[1-8](?:\.\d){0,2}"),
}
OWN = {
    "name": "office",
    "categories": [
        {"id": "A1", "zh": "检测排查", "crosswalk": {"oxcgrt": ["H2"]}},
        {"id": "B2", "en": "help for firms"},
    ],
}
MAPPED = {**OWN, "maps_to": {"testing": "A1", "screening": "A1", "finance": ["B2"], "supply": None}}


@pytest.fixture
def own(tmp_path):
    def write(data):
        path = tmp_path / "own.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), "utf-8")
        return path

    return write


def fault(path, code="J007"):
    with pytest.raises(JucuoError) as caught:
        load(path)
    assert caught.value.code == code
    assert caught.value.file == str(path)
    return str(caught.value)


def test_the_categories_are_the_26_in_order_of_precedence():
    assert len(CATEGORIES) == 26
    assert tuple(load()) == CATEGORIES
    assert CATEGORIES.index("testing") < CATEGORIES.index("screening") < CATEGORIES.index("quarantine")
    assert CATEGORIES[-1] == "volunteering"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
class TestRow:
    def test_names_and_definitions(self, row):
        assert re.fullmatch("[a-z_]+", row["id"])
        assert HAN.search(row["zh"]) and not HAN.search(row["en"]) and row["en"]
        assert len(HAN.findall(row["definition"]["zh"])) >= 8
        assert len(row["definition"]["en"].split()) >= 5 and not HAN.search(row["definition"]["en"])
        assert row["note"].strip()

    def test_positive_examples_are_spans(self, row):
        positive = row["examples"]["positive"]
        assert len(positive) == len(set(positive)) >= 4
        for text in positive:
            assert HAN.search(text) and not re.search(r"[，。！？；\s]", text)
            assert not re.match("将于|已|正在|积极|全力|及时|切实|认真", text), text

    def test_negative_examples_say_what_they_are_instead(self, row):
        negative = row["examples"]["negative"]
        assert len(negative) >= 3
        assert not {n["text"] for n in negative} & set(row["examples"]["positive"])
        for example in negative:
            if example["instead"] is None:
                assert HAN.search(example["why"])
            else:
                assert example["instead"] in set(CATEGORIES) - {row["id"]}

    def test_codes_are_well_formed_and_known(self, row):
        assert list(row["crosswalk"]) == list(schemes())
        for scheme, codes in row["crosswalk"].items():
            assert len(codes) == len(set(codes))
            for code in codes:
                assert FORMS[scheme].fullmatch(code), code
                assert code in known_codes(schemes()[scheme])


def test_no_phrase_belongs_to_two_categories():
    """An example stands for one category only, also where another category gives it as a negative one."""
    where = {text: row["id"] for row in ROWS for text in row["examples"]["positive"]}
    assert len(where) == sum(len(row["examples"]["positive"]) for row in ROWS)
    for row in ROWS:
        for example in row["examples"]["negative"]:
            assert where.get(example["text"], example["instead"]) == example["instead"], example


def test_every_codebook_names_its_source():
    for scheme in schemes().values():
        for key in ("title", "publisher", "version", "checked_against", "note"):
            assert scheme[key].strip()
        assert scheme["source"].startswith("https://")
        assert re.fullmatch(r"20\d\d(-\d\d){0,2}", scheme["date"])
        assert isinstance(scheme["checked"], bool)
        assert all(is_top_code(scheme, code) for code in scheme["codes"])


def is_top_code(scheme, code):
    return SUB not in code and any(form.fullmatch(code) for form in FORMS.values())


def test_the_codebooks_are_whole():
    assert len(schemes()["oxcgrt"]["codes"]) == 24
    assert len(schemes()["coronanet"]["codes"]) == 20
    who = schemes()["who_phsm"]["codes"]
    assert {code.rpartition(".")[0] for code in who} - {""} <= set(who)  # every code has its parent


@pytest.mark.parametrize(
    "category, scheme, codes",
    [
        ("testing", "oxcgrt", ["H2"]),
        ("schooling", "who_phsm", ["4.1.1", "4.1.2"]),
        ("disinfection", "who_phsm", ["2.1", "2.2"]),
        ("protective_supplies", "oxcgrt", ["H4"]),  # H8 is the protection of elderly people
        ("digital", "oxcgrt", []),  # the codebook leaves apps out of H3
        ("publicity", "who_phsm", ["8.4", "8.4.1", "8.4.2"]),
        ("disaster_response", "coronanet", []),
    ],
)
def test_crosswalk(category, scheme, codes):
    assert crosswalk(category, scheme) == codes


def test_a_changed_answer_leaves_the_taxonomy_alone():
    crosswalk("testing", "oxcgrt").append("X")
    assert crosswalk("testing", "oxcgrt") == ["H2"]


@pytest.mark.parametrize("args", [("nonsense", "oxcgrt"), ("testing", "nonsense")])
def test_crosswalk_names_what_there_is(args):
    with pytest.raises(
        JucuoError, match=r"J007 no (category|scheme) 'nonsense'; there are: (testing|oxcgrt)"
    ):
        crosswalk(*args)


def test_the_shipped_file_passes_the_check_of_own_files():
    check({"name": "shipped", "schemes": schemes(), "categories": ROWS}, None, CATEGORIES, {})


def test_own_categories(own):
    path = own(OWN)
    assert list(load(path)) == ["A1", "B2"]
    assert load(path)["A1"]["zh"] == "检测排查"
    assert crosswalk("A1", "oxcgrt", path) == ["H2"]
    assert crosswalk("B2", "oxcgrt", path) == []


def test_own_scheme(own):
    scheme = {"codes": {"一": "防", "二": ["控"]}}
    row = {"id": "A1", "zh": "检测", "crosswalk": {"mine": ["一", "二 > 控"]}}
    path = own({"name": "office", "schemes": {"mine": scheme}, "categories": [row]})
    assert crosswalk("A1", "mine", path) == ["一", "二 > 控"]
    assert list(schemes(path)) == ["oxcgrt", "coronanet", "who_phsm", "mine"]


def test_a_mapping_adds_a_scheme_to_our_categories(own):
    path = own(MAPPED)
    assert tuple(load(path)) == CATEGORIES
    got = {c: crosswalk(c, "office", path) for c in ("testing", "screening", "finance", "supply", "medical")}
    assert got == {"testing": ["A1"], "screening": ["A1"], "finance": ["B2"], "supply": [], "medical": []}
    assert crosswalk("testing", "oxcgrt", path) == ["H2"]
    assert schemes(path)["office"]["codes"] == {"A1": "检测排查", "B2": "help for firms"}
    assert "office" not in load()["testing"]["crosswalk"]
    assert "office" not in schemes()


def test_a_mapping_alone_is_enough(own):
    path = own({"name": "office", "maps_to": {"relief": ["x", "y"]}})
    assert crosswalk("relief", "office", str(path)) == ["x", "y"]
    assert schemes(path)["office"]["codes"] == {"x": "x", "y": "y"}


def test_our_file_with_another_text_loads_as_own(own):
    data = {"name": "office", "schemes": schemes(), "categories": copy.deepcopy(ROWS)}
    data["categories"][0]["zh"] = "核酸"
    assert load(own(data))["testing"]["zh"] == "核酸"
    assert load()["testing"]["zh"] == "检测"


def change(**keys):
    return {**MAPPED, **keys}


def row(**keys):
    return {"name": "office", "categories": [{"id": "A1", "zh": "检测", **keys}]}


FAULTS = [
    ([], "must be an object"),
    ({"categories": []}, "name: must be a text"),
    ({"name": "office"}, "neither categories nor maps_to"),
    (change(categories=[]), "categories: must be a list that is not empty"),
    (change(categories=["A1"]), "category 1: must be an object"),
    (change(categories=[{"zh": "检测"}]), "category 1: id: must be a text"),
    (change(categories=OWN["categories"] * 2), "category 3: id 'A1' stands twice"),
    (change(maps_to={}), "maps_to: is empty"),
    (change(maps_to={"test": "A1"}), "'test' is none of our categories: testing, "),
    (change(maps_to={"testing": "A9"}), "maps_to.testing: 'A9' is no id of your categories"),
    (change(maps_to={"testing": 1}), "maps_to.testing: must be an id, a list of ids or null"),
    (change(maps_to={"testing": ["A1", 1]}), "maps_to.testing: must be a list of texts"),
    (change(name="oxcgrt"), "name: 'oxcgrt' is the name of another scheme"),
    (row(zh=" "), "category 'A1': has no name; give zh or en"),
    (row(definition="检测"), "category 'A1': definition: must be an object"),
    (row(definition={"zh": 1}), "category 'A1': definition.zh: must be a text"),
    (row(examples={"positive": [""]}), "category 'A1': examples.positive: must be a list of texts"),
    (row(examples={"negative": "x"}), "category 'A1': examples.negative: must be a list"),
    (row(examples={"negative": [{"instead": None}]}), "examples.negative: text: must be a text"),
    (row(examples={"negative": [{"text": "x", "instead": "Z"}]}), "'Z' is no other category"),
    (row(examples={"negative": [{"text": "x", "instead": "A1"}]}), "'A1' is no other category"),
    (row(crosswalk={"oxcgrt": "H2"}), "category 'A1': crosswalk.oxcgrt: must be a list of texts"),
    (row(crosswalk={"oxcgrt": ["H9"]}), "crosswalk.oxcgrt: the scheme has no code 'H9'"),
    (row(crosswalk={"mine": ["1"]}), "crosswalk.mine: no such scheme"),
    ({**row(), "schemes": {"mine": {}}}, "schemes.mine.codes: must be an object"),
    ({**row(), "schemes": {"mine": {"codes": {"a": 1}}}}, "schemes.mine.codes.a: must be its name"),
]


@pytest.mark.parametrize("data, says", FAULTS, ids=[says for _, says in FAULTS])
def test_faults_say_where_and_what(own, data, says):
    assert says in fault(own(data))


def test_a_file_that_cannot_be_read(own, tmp_path):
    fault(tmp_path / "none.json", "J001")
    fault(tmp_path, "J002")
    assert ":2:" in fault(own('{"name": "office",\n}'), "J006")
    path = tmp_path / "gbk.json"
    path.write_bytes('{"name": "办公室"}'.encode("gbk"))
    fault(path, "J005")


def test_import_needs_no_heavy_library():
    code = (
        "import sys, jucuo.taxonomy; heavy = {'spacy', 'numpy', 'thinc'} & set(sys.modules); assert not heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("category", "scheme", "codes"),
    [
        ("A1", "oxcgrt", ["H2", "H3"]),  # of all our categories that are mapped to it
        ("A1", "office", ["A1"]),
        ("A1", "jucuo", ["testing", "screening"]),
        ("B2", "oxcgrt", ["E1"]),  # what the file gives is in the place of ours
        ("B2", "who_phsm", ["8.3"]),
        ("C3", "jucuo", []),  # nothing is mapped to it
        ("C3", "oxcgrt", []),
        ("testing", "oxcgrt", ["H2"]),
        ("testing", "office", ["A1"]),
        ("supply", "office", []),
    ],
)
def test_codes_of_ids_of_ones_own(tmp_path, category, scheme, codes):
    path = tmp_path / "office.json"
    rows = [
        {"id": "A1", "zh": "检测排查"},
        {"id": "B2", "zh": "企业", "crosswalk": {"oxcgrt": ["E1"]}},
        {"id": "C3", "zh": "其他"},
    ]
    mapped = {"testing": "A1", "screening": ["A1", "B2"], "finance": "B2"}
    path.write_text(json.dumps({"name": "office", "categories": rows, "maps_to": mapped}), "utf-8")
    assert [c for c in crosswalk(category, scheme, path) if c in codes] == codes
    if scheme in ("oxcgrt", "office", "jucuo"):
        assert crosswalk(category, scheme, path) == codes
    with pytest.raises(JucuoError, match="no category 'Z9'; there are: A1, B2, C3, testing"):
        crosswalk("Z9", scheme, path)
