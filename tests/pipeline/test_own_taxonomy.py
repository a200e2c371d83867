"""A pipeline that was given a taxonomy of one's own: labels, crosswalks, errors, and what is saved."""

import json
import re
import shutil
from pathlib import Path

import numpy
import pytest
import spacy
from spacy.tokens import DocBin, Span

import jucuo
from jucuo.cli import main
from jucuo.errors import JucuoError
from jucuo.export.codes import SCHEMES, codes_of
from jucuo.pipeline.extensions import MEASURES, record_of
from jucuo.records import Record
from jucuo.taxonomy import CATEGORIES, crosswalk, load

TEXT = (
    "云溪县设立检查站14个，对小区实行封闭式管理。县疾控中心开展全员核酸检测。银行为小微企业发放贷款1.26亿元。"
)
OFFICE = {
    "name": "office",
    "categories": [
        {"id": "防", "zh": "防控", "crosswalk": {"oxcgrt": ["C6"]}},
        {"id": "钱", "zh": "资金"},
    ],
    "maps_to": {"closed_management": "防", "checkpoint": ["防", "钱"], "finance": "钱", "testing": None},
}


@pytest.fixture
def office(tmp_path):
    path = tmp_path / "office.json"
    path.write_text(json.dumps(OFFICE, ensure_ascii=False), "utf-8")
    return path


def given(path, name=None):
    return jucuo.load(name, config={"components.jucuo_measures.taxonomy": path and str(path)})


def found(nlp):
    doc = nlp(TEXT)
    return [(s.text, s.label_) for s in doc.spans[MEASURES]]


@pytest.fixture(scope="module")
def plain(nlp):
    """What the shipped pipeline finds; the tests need categories that are mapped and some that are not."""
    out = found(nlp)
    labels = {label for _, label in out}
    assert labels & {"closed_management", "checkpoint", "finance"} and "testing" in labels
    return out


def theirs(plain):
    ours = {"closed_management": "防", "checkpoint": "防", "finance": "钱"}
    return [(text, ours[label]) for text, label in plain if label in ours]


def test_labels_and_records_follow(office, plain):
    doc = given(office)(TEXT)
    assert [(s.text, s.label_) for s in doc.spans[MEASURES]] == theirs(plain)
    assert [m.category for m in record_of(doc).measures] == [label for _, label in theirs(plain)]
    assert all(0 < s._.score <= 1 for s in doc.spans[MEASURES])


def test_crosswalk_follows(office):
    doc = given(office)(TEXT)
    for span in doc.spans[MEASURES]:
        (ours,) = span._.crosswalk["jucuo"]
        assert span._.crosswalk["who_phsm"] == crosswalk(ours, "who_phsm")
        assert span._.crosswalk["office"] == (["防", "钱"] if ours == "checkpoint" else [span.label_])
    for span, measure in zip(doc.spans[MEASURES], record_of(doc).measures, strict=True):
        assert codes_of(measure) == {scheme: span._.crosswalk[scheme] for scheme in SCHEMES}
        assert span._.crosswalk["oxcgrt"] == (["C6"] if span.label_ == "防" else crosswalk(ours, "oxcgrt"))


def test_our_category_stays_in_the_record(office, plain):
    ours = {"closed_management": "防", "checkpoint": "防", "finance": "钱"}
    record = jucuo.extract(TEXT, None, given(office))
    assert [m.base_category for m in record.measures] == [label for _, label in plain if label in ours]
    assert Record.from_dict(json.loads(json.dumps(record.to_dict()))) == record
    assert {m.base_category for m in jucuo.extract(TEXT).measures} == {None}


def test_the_command_takes_it(office, plain, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    out = tmp_path / "facts.jsonl"
    assert main(["extract", str(tmp_path / "a.txt"), "-o", str(out), "--taxonomy", str(office)]) == 0
    measures = json.loads(out.read_text("utf-8"))["measures"]
    assert [(m["text"], m["category"]) for m in measures] == theirs(plain)


def test_a_doc_that_is_stored_keeps_it(office):
    nlp = given(office)
    doc = nlp(TEXT)
    again = next(DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab))
    assert isinstance(again.spans[MEASURES][0], Span)
    assert [s._.crosswalk for s in again.spans[MEASURES]] == [s._.crosswalk for s in doc.spans[MEASURES]]


def test_a_saved_pipeline_needs_no_file(office, plain, tmp_path):
    given(office).to_disk(tmp_path / "saved")
    office.unlink()
    nlp = spacy.load(shutil.move(tmp_path / "saved", tmp_path / "elsewhere"))
    assert found(nlp) == theirs(plain)
    assert found(given(None, tmp_path / "elsewhere")) == plain
    fault("J001", lambda: given(tmp_path / "other.json", tmp_path / "elsewhere"))


def test_bytes_keep_it(office, plain):
    nlp = given(office)
    data = nlp.to_bytes()
    office.unlink()
    assert found(spacy.util.load_model_from_config(nlp.config).from_bytes(data)) == theirs(plain)


def test_another_file_replaces_what_was_saved(office, plain, tmp_path):
    given(office).to_disk(tmp_path / "saved")
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"name": "x", "maps_to": dict.fromkeys(CATEGORIES, "一")}), "utf-8")
    assert found(given(other, tmp_path / "saved")) == [(text, "一") for text, _ in plain]


def test_own_categories_without_a_mapping_need_labels_of_their_own(tmp_path):
    path = tmp_path / "own.json"
    rows = [{"id": "一", "zh": "检测", "crosswalk": {"oxcgrt": ["H2"]}}, {"id": "二", "zh": "其他"}]
    path.write_text(json.dumps({"name": "own", "categories": rows}), "utf-8")
    assert "maps_to" in fault("J007", lambda: given(path))
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "jucuo.ZhTokenizer.v1"}}})
    tagger = nlp.add_pipe(
        "jucuo_measures", config={"labels": ["一", "二"], "taxonomy": str(path), "threshold": 0.0}
    )
    doc = nlp.make_doc("开展检测")
    nlp.initialize()
    tagger.set_annotations([doc], [([(0, 4, 0)], numpy.array([[0.9, 0.1]]))])  # a span, sure of the first
    assert [(s.label_, s._.crosswalk) for s in doc.spans[MEASURES]] == [("一", {"oxcgrt": ["H2"]})]


def fault(code, call):
    with pytest.raises(JucuoError) as caught:
        call()
    assert caught.value.code == code
    return caught.value.message


def test_faults(tmp_path, office):
    fault("J001", lambda: given(tmp_path / "none.json"))
    office.write_text("{", "utf-8")
    fault("J006", lambda: given(office))
    office.write_text('{"name": "x", "maps_to": {"tests": "1"}}', "utf-8")
    assert "'tests' is none of our categories" in fault("J007", lambda: given(office))
    nlp = spacy.blank("zh")
    nlp.add_pipe("jucuo_measures", config={"taxonomy": str(tmp_path / "none.json")})
    nlp.initialize()
    fault("J001", lambda: nlp("设立检查站"))


def test_the_file_in_the_readme(tmp_path):
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    path = tmp_path / "office.json"
    path.write_text(re.search(r"```json\n(.*?)```", readme, re.DOTALL).group(1), "utf-8")
    assert load(path)["screening"]["crosswalk"]["office"] == ["A1"]
    assert given(path).get_pipe("jucuo_measures").taxonomy.data["name"] == "office"
