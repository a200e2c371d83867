"""The components in the shipped pipeline, alone in other pipelines, and across processes and disk."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
import spacy
from spacy.tokens import DocBin

import jucuo
from jucuo.pipeline import batching
from jucuo.pipeline.extensions import record_of
from jucuo.records import ENTITY_LABELS

TEXT = (
    "云溪县：稳步推进复工\n"
    "本报讯（记者 荀家宝）3月5日上午，云溪县宏远纺织有限公司复工。截至3月5日，全县87家规模以上工业企业中"
    "已有79家复工，复工率达90.8%。该县设立检查站14个，为小微企业发放贷款1.26亿元。"
)
PUBLISHED = "2020-03-06"


def analyse(nlp, text=TEXT, published=PUBLISHED):
    return next(jucuo.pipe(nlp, [(text, published)]))


@pytest.mark.parametrize(
    "group",
    ["spacy_factories", "spacy_architectures", "spacy_callbacks", "spacy_scorers", "spacy_tokenizers"],
)
def test_every_entry_point_loads_in_a_fresh_process(group):
    names = [e.name for e in entry_points(group=group) if e.value.startswith("jucuo.")]
    assert names
    registry = group.removeprefix("spacy_")
    code = f"import spacy\nfor n in {names!r}: assert spacy.registry.get({registry!r}, n)"
    if registry == "factories":
        code = f"import spacy\nnlp = spacy.blank('zh')\nfor n in {names!r}: nlp.get_factory_meta(n)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_shipped_pipeline_fills_everything(nlp):
    doc = analyse(nlp)
    assert {e.label_ for e in doc.ents} >= {"GPE", "DATE", "CARDINAL", "PERCENT", "MONEY"}
    assert {s.label_ for s in doc.spans["claims"]} >= {"count", "percent", "money", "date", "time"}
    assert len(doc.spans["measures"]) >= 1
    assert doc._.jucuo["published"] == PUBLISHED
    assert doc.has_annotation("SENT_START")
    money = next(s for s in doc.spans["claims"] if s.label_ == "money")
    assert (money._.claim.value, money._.claim.unit) == (126_000_000, "CNY")
    for measure in doc.spans["measures"]:
        assert 0 < measure._.score <= 1
        assert set(measure._.crosswalk) >= {"oxcgrt", "who_phsm"}
    for ent in doc.ents:
        assert (ent._.score is not None) == (ent.label_ in ENTITY_LABELS)


def test_offsets_give_the_surface(nlp):
    record = analyse(nlp)._.jucuo
    for kind in ("entities", "claims", "measures"):
        for fact in record[kind]:
            assert TEXT[fact["start"] : fact["end"]] == fact["text"]


@pytest.mark.parametrize("tokenizer", ["char", "words"])
def test_claims_are_the_same_on_any_tokenizer(tokenizer):
    plain = spacy.blank("zh")
    if tokenizer == "words":
        plain.tokenizer = FourCharacterTokenizer(plain.vocab)
    plain.add_pipe("jucuo_claims")
    ours = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "jucuo.ZhTokenizer.v1"}}})
    ours.add_pipe("jucuo_claims")
    assert record_of(analyse(plain)).claims == record_of(analyse(ours)).claims


class FourCharacterTokenizer:
    """Cuts every four characters, across numbers and words."""

    def __init__(self, vocab):
        self.vocab = vocab

    def __call__(self, text):
        words = [text[i : i + 4] for i in range(0, len(text), 4)]
        return spacy.tokens.Doc(self.vocab, words=words, spaces=[False] * len(words))


def test_docbin_and_bytes_keep_everything(nlp):
    doc = analyse(nlp)
    again = next(DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab))
    assert again._.jucuo == doc._.jucuo
    assert spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())._.jucuo == doc._.jucuo


def test_two_processes_give_the_same(nlp):
    texts = [(TEXT, PUBLISHED), (TEXT.replace("3月", "2月"), PUBLISHED)]
    one = [d._.jucuo for d in jucuo.pipe(nlp, texts)]
    two = [d._.jucuo for d in jucuo.pipe(nlp, texts, n_process=2)]
    assert one == two


def test_results_do_not_depend_on_the_batch(nlp):
    alone = analyse(nlp)._.jucuo
    among = [d._.jucuo for d in jucuo.pipe(nlp, [("短文。", None), (TEXT, PUBLISHED), (TEXT * 30, None)])][1]
    for kind in ("entities", "claims", "measures"):
        assert [(x["start"], x["end"]) for x in alone[kind]] == [(x["start"], x["end"]) for x in among[kind]]


def test_disk_round_trip(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    assert analyse(spacy.load(tmp_path / "model"))._.jucuo == analyse(nlp)._.jucuo


def test_words():
    doc = analyse(jucuo.load(words=True), "云溪县的企业已经全部复工。")
    words = [s.text for s in doc.spans["words"]]
    assert "".join(words) == doc.text
    assert {"企业", "已经", "全部"} <= set(words)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。", "a", "\u200b", "😀" * 50, "1" * 5000])
def test_odd_texts(nlp, text):
    assert analyse(nlp, text)._.jucuo["published"] == PUBLISHED


def test_analyze_pipes_is_truthful(nlp):
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_long_texts_make_small_batches(nlp):
    sizes = []
    predict = batching.Encoder.predict

    def watch(self, docs):
        sizes.append(sum(map(len, docs)))
        return predict(self, docs)

    texts = ["全县已复工62家。" * 1000] * 20
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batching.Encoder, "predict", watch)
        docs = nlp.pipe(texts, batch_size=64, disable=["jucuo_claims"])
        assert [doc.text for doc in docs] == texts
    assert max(sizes) < batching.TOKENS + len(texts[0])


def test_the_error_handler_gets_a_faulty_batch():
    faulty = []
    pipe = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "jucuo.ZhTokenizer.v1"}}})
    tagger = pipe.add_pipe("jucuo_entities")
    pipe.initialize()
    tagger.set_error_handler(lambda name, component, docs, e: faulty.extend(docs))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tagger, "set_annotations", None)
        assert list(pipe.pipe(["一", "二"])) == []
    assert [doc.text for doc in faulty] == ["一", "二"]
