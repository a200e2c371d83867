"""The components among others: entities and spans of other components, other vocabularies, zones, threads."""

import datetime
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.vocab import Vocab

import jucuo
from jucuo.errors import JucuoError
from jucuo.pipeline import extensions
from jucuo.pipeline.extensions import CLAIMS, MEASURES, record_of

OURS = {"nlp": {"tokenizer": {"@tokenizers": "jucuo.ZhTokenizer.v1"}}}
TEXT = "云溪县县长李明远说，3月5日云溪县疾控中心开展核酸检测，对12个小区实行封闭式管理。"
PUBLISHED = "2020-03-06"


def analyse(nlp, text=TEXT, published=PUBLISHED):
    return next(jucuo.pipe(nlp, [(text, published)]))


def ents(doc):
    return [(e.text, e.label_) for e in doc.ents]


def add_ruler(nlp, words, **where):
    ruler = nlp.add_pipe("entity_ruler", **where)
    ruler.add_patterns([{"label": k, "pattern": [{"TEXT": c} for c in word]} for word, k in words.items()])


# entities of other components


@pytest.mark.parametrize("label", ["ORG", "DISEASE", "PRODUCT", "NORP", "EVENT"])
def test_claims_leave_entities_of_any_label(label):
    nlp = spacy.blank("zh")
    add_ruler(nlp, {"流感": label})
    nlp.add_pipe("jucuo_claims")
    assert ents(nlp("报告流感病例3例。")) == [("流感", label), ("3例", "CARDINAL")]


@pytest.mark.parametrize("label", ["CARDINAL", "DATE", "QUANTITY"])
def test_claims_replace_numbers(label):
    nlp = spacy.blank("zh")
    add_ruler(nlp, {"例": label, "报告": label})
    nlp.add_pipe("jucuo_claims")
    doc = nlp("报告流感病例3例。")
    assert ents(doc) == ents(nlp(doc)) == [("3例", "CARDINAL")]


def test_names_that_are_there_win_over_names_found():
    nlp = jucuo.load()
    add_ruler(nlp, {"李明远": "VIP", "云溪县疾": "ODD", "核酸": "TEST"}, before="jucuo_entities")
    doc = nlp(TEXT)
    assert {("李明远", "VIP"), ("云溪县疾", "ODD"), ("核酸", "TEST"), ("云溪县", "GPE")} <= set(ents(doc))
    assert [e._.score is None for e in doc.ents if e.label_ in ("VIP", "GPE")] == [False, True]
    again = [(e.text, e.label_, e._.score) for e in doc.ents]
    assert [(e.text, e.label_, e._.score) for e in nlp(doc).ents] == again


def test_names_leave_numbers_that_are_there(nlp):
    other = jucuo.load()
    other.remove_pipe("jucuo_claims")
    other.add_pipe("jucuo_claims", first=True)
    assert ents(other(TEXT)) == ents(nlp(TEXT))


def test_labels_of_ones_own_are_in_the_record():
    nlp = spacy.blank("zh")
    add_ruler(nlp, {"流感": "DISEASE"})
    nlp.add_pipe("jucuo_claims")
    assert [(e.text, e.label) for e in record_of(nlp("报告流感病例3例。")).entities] == [("流感", "DISEASE")]


# vocabularies, zones, threads, attributes


def test_components_can_be_sourced_from_a_fresh_pipeline():
    nlp, source = spacy.blank("zh", config=OURS), jucuo.load()
    for name in ("tok2vec", "jucuo_entities"):
        nlp.add_pipe(name, source=source)
    assert ents(nlp("县长李明远。")) == [("县长", "TITLE"), ("李明远", "PERSON")]


def test_docs_of_another_vocabulary(nlp):
    doc = Doc(Vocab(), words=list(TEXT), spaces=[False] * len(TEXT))
    for _, component in jucuo.load().pipeline:
        doc = component(doc)
    assert ("县长", "TITLE") in ents(doc)


def test_memory_zones(nlp):
    fresh, wanted = jucuo.load(), analyse(nlp)._.jucuo
    for _ in range(2):
        with fresh.memory_zone():
            assert analyse(fresh)._.jucuo == wanted
    assert analyse(fresh)._.jucuo == wanted


def test_pipelines_in_threads():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as pool:
            pipelines = [spacy.blank("zh") for _ in range(3)]
            for n in pipelines:
                n.add_pipe("jucuo_claims")
            texts = [[f"{i}区{chr(0x4E00 + 40 * k + i)}街复工{i}家。" for i in range(40)] for k in range(3)]
            found = list(pool.map(lambda n, own: [len(n(t).spans[CLAIMS]) for t in own], pipelines, texts))
    finally:
        sys.setswitchinterval(before)
    assert min(min(row) for row in found) >= 1


@pytest.mark.parametrize(("holder", "name"), [(Span, "score"), (Doc, "published"), (Doc, "jucuo")])
def test_attributes_of_others_are_told(holder, name):
    kept = {(h, n): h.get_extension(n) for h, n in attributes()}
    for h, n in kept:
        h.remove_extension(n)
    holder.set_extension(name, default=0)
    try:
        with pytest.raises(JucuoError, match=rf"J015.*{holder.__name__}\._\.{name}"):
            extensions.register()
        assert [(h, n) for h, n in kept if h.has_extension(n)] == [(holder, name)]
    finally:
        holder.remove_extension(name)
        extensions.register()
    assert all(h.has_extension(n) for h, n in kept)


def attributes():
    extensions.register()
    return [(Doc, n) for n in ("published", "jucuo")] + [
        (Span, n) for n in ("claim", "score", "crosswalk", "actor")
    ]


# the day of publication


@pytest.mark.parametrize("published", ["2020/03/06", "gestern", "2020-02-30", "2020-3-6", 20200306])
def test_wrong_dates_are_told_at_once(nlp, published):
    with pytest.raises(JucuoError, match="J008"):
        nlp.make_doc(TEXT)._.published = published
    if isinstance(published, str):
        with pytest.raises(JucuoError, match="J008"):
            spacy.blank("zh").add_pipe("jucuo_claims", config={"published": published})


@pytest.mark.parametrize(
    "published", [datetime.date(2020, 3, 6), datetime.datetime(2020, 3, 6, 8, 30), PUBLISHED]
)
def test_dates_of_any_type_are_stored_plainly(nlp, published):
    doc = nlp.make_doc(TEXT)
    doc._.published = published
    doc = nlp(doc)
    assert doc._.published == json.loads(json.dumps(doc._.jucuo))["published"] == PUBLISHED
    again = next(DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab))
    assert again._.jucuo == doc._.jucuo


def test_a_date_of_the_configuration_is_in_the_record():
    nlp = spacy.blank("zh")
    nlp.add_pipe("jucuo_claims", config={"published": PUBLISHED})
    record = nlp("昨日复工。")._.jucuo
    assert (record["published"], record["claims"][0]["timex"]) == (PUBLISHED, "2020-03-05")
    assert analyse(nlp, "昨日复工。", "2021-01-02")._.jucuo["published"] == "2021-01-02"


# span groups that were touched


@pytest.fixture
def doc(nlp):
    doc = analyse(nlp)
    assert [s.text for s in doc.spans[CLAIMS]] == ["3月5日", "12个"]
    assert len(doc.spans[MEASURES]) == 2
    return doc


def claims(doc):
    return [(c["text"], c["kind"], c["timex"] or c["value"]) for c in doc._.jucuo["claims"]]


def test_spans_can_be_taken_out(doc):
    extensions.keep(doc, CLAIMS, lambda span: span.label_ == "count")
    assert claims(doc) == [("12个", "count", 12)]
    assert doc.spans[CLAIMS][0]._.claim.value == 12
    first, second = doc._.jucuo["measures"]
    group = doc.spans[MEASURES]
    doc.spans[MEASURES] = SpanGroup(doc, attrs=group.attrs, spans=list(group)[1:])
    assert doc._.jucuo["measures"] == [second]
    assert doc.spans[MEASURES][0]._.score == second["score"] != first["score"]


def test_spans_can_be_added(doc):
    doc.spans[CLAIMS].append(Span(doc, 0, 3, label="count"))
    assert claims(doc) == [("3月5日", "date", "2020-03-05"), ("12个", "count", 12), ("云溪县", "count", None)]
    assert doc[0:3]._.claim is None
    assert doc.spans[CLAIMS][1]._.claim.value == 12


def test_a_group_set_anew_says_what_its_spans_say(doc):
    measures = doc._.jucuo["measures"]
    doc.spans[MEASURES] = list(doc.spans[MEASURES])[:1]
    (left,) = doc._.jucuo["measures"]
    assert left == {**measures[0], "actor": None, "score": None}
    (span,) = doc.spans[MEASURES]
    assert (span._.score, span._.actor) == (None, None)
    assert span._.crosswalk["oxcgrt"] == ["H2"]


@pytest.mark.filterwarnings("ignore:.*W10[12]")
def test_docs_that_were_merged(doc):
    merged = Doc.from_docs([doc, doc.copy()])
    assert [c[:2] for c in claims(merged)] == 2 * [("3月5日", "date"), ("12个", "count")]
    assert merged.spans[CLAIMS][0]._.claim is None


def test_merged_tokens_leave_the_record(doc):
    before = doc._.jucuo
    spacy.pipeline.functions.merge_entities(doc)
    after = doc._.jucuo
    assert (after["claims"], after["measures"]) == (before["claims"], before["measures"])


def test_measures_of_others_get_actors():
    nlp = spacy.blank("zh")
    nlp.add_pipe("jucuo_claims")
    doc = nlp.make_doc("松原区卫健局设立采样点42个。")
    doc.set_ents([doc.char_span(0, 6, label="ORG")])
    doc.spans[MEASURES] = [doc.char_span(6, 14, label="own")]
    (measure,) = nlp(doc)._.jucuo["measures"]
    assert (measure["category"], measure["actor"]["text"]) == ("own", "松原区卫健局")


def test_entities_and_slices_have_their_claims(doc):
    found = {e.text: e._.claim for e in doc.ents}
    assert (found["3月5日"].timex, found["12个"].value) == ("2020-03-05", 12)
    assert found["云溪县"] is found["李明远"] is None
    span = doc.spans[CLAIMS][1]
    assert doc[span.start : span.end]._.claim.value == 12
    assert doc[span.start : span.end + 1]._.claim is None


def test_words_on_longer_tokens_stand_once():
    nlp = spacy.blank("zh")
    nlp.add_pipe("jucuo_words")
    doc = Doc(nlp.vocab, words=["企业已经", "全部", "复工。"], spaces=[False] * 3)
    spans = nlp.get_pipe("jucuo_words")(doc).spans["words"]
    assert [s.text for s in spans] == ["企业已经", "全部", "复工。"]
