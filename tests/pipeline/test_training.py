"""Training on, from texts as others annotate them; scores; what is saved after training."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config, registry

import jucuo
from jucuo.corpus import docs, markup
from jucuo.pipeline.finishing import finish_training
from jucuo.pipeline.taggers import MEASURE_MODEL, TAG_MODEL

CONFIGS = Path(__file__).parents[2] / "configs"
TEXT = "云溪县县长李明远说，云溪县疾控中心开展核酸检测，对12个小区实行封闭式管理。"
MARKED = """id: a
kind: report
---
[云溪县|GPE]{设立<14个|count 14 个; s=检查站>检查站|checkpoint}。
"""
OURS = {"nlp": {"tokenizer": {"@tokenizers": "jucuo.ZhTokenizer.v1"}}}


def gold(nlp):
    text = markup.read(MARKED)
    return Example(
        nlp.make_doc(text.text), docs.to_doc(docs.blank_tokenizer(nlp.vocab), text.text, text.record)
    )


def names(nlp, text=TEXT):
    return [e.text for e in nlp(text).ents if e._.score]


def test_the_shipped_pipeline_learns_on():
    nlp = jucuo.load()
    output = nlp.get_pipe("jucuo_measures").model.get_ref("category").get_ref("output")
    optimizer, before = nlp.resume_training(), output.get_param("W").copy()
    assert optimizer.learn_rate > 1e-4
    example = gold(nlp)
    example.reference.spans["measures"] = [example.reference.char_span(3, 10, label="welfare")]
    first, *_, last = (nlp.update([example], sgd=optimizer, losses={})["jucuo_measures"] for _ in range(8))
    assert last < first
    assert abs(output.get_param("W") - before).max() > 1e-4


def test_the_shipped_configuration_can_be_resolved_part_by_part():
    nlp = jucuo.load()
    assert nlp.create_optimizer().learn_rate == pytest.approx(0.0004)
    assert registry.resolve({"x": nlp.config["training"]["before_to_disk"]})["x"](nlp) is nlp


@pytest.mark.parametrize(
    "rate",
    [
        {"@schedules": "warmup_linear.v1", "warmup_steps": 9, "total_steps": 99, "initial_rate": 0.02},
        {"@schedules": "warmup_linear.v1", "total_steps": "${training.max_steps}", "initial_rate": 0.02},
        0.02,
    ],
)
def test_what_training_saves_can_be_trained_on_and_packaged(rate, tmp_path):
    nlp = spacy.blank("zh")
    nlp.config["training"]["optimizer"]["learn_rate"] = rate
    finish_training(nlp, {"license": "MIT"}).to_disk(tmp_path / "saved")
    meta = json.loads((tmp_path / "saved" / "meta.json").read_text("utf-8"))
    assert meta["license"] == "MIT"
    (needed,) = meta["requirements"]
    assert needed.startswith(f"jucuo>={jucuo.__version__},<")
    assert spacy.load(tmp_path / "saved").resume_training().learn_rate == 0.02


@pytest.mark.parametrize("name", ["sm", "trf"])
def test_training_configurations_finish(name):
    path = CONFIGS / f"{name}.cfg"
    training = load_config(path, interpolate=False)["training"]
    assert training["before_to_disk"]["@callbacks"] == "jucuo.finish.v1"
    assert training["optimizer"]["learn_rate"]["initial_rate"] > 0


# what is not annotated


def test_texts_without_names_annotated_unteach_none():
    nlp = jucuo.load()
    before = names(nlp)
    assert len(before) >= 4
    doc = nlp(TEXT)
    measures = [(s.start_char, s.end_char, s.label_) for s in doc.spans["measures"]]
    examples = [Example.from_dict(nlp.make_doc(TEXT), {"spans": {"measures": measures}})]
    optimizer = nlp.resume_training()
    for _ in range(12):
        losses = nlp.update(examples, sgd=optimizer, losses={})
    assert losses["jucuo_entities"] == pytest.approx(0, abs=1e-6)
    assert names(nlp) == before


def allowed(nlp, reference):
    tagger = nlp.get_pipe("jucuo_entities")
    return tagger.allowed(Example(nlp.make_doc(reference.text), reference), None)


def test_tokens_that_are_left_open_allow_every_tag(nlp):
    reference = nlp.make_doc("云溪县复工。")
    name = reference.char_span(0, 3, label="GPE")
    reference.set_ents([name], default="missing")
    counts = allowed(nlp, reference).sum(axis=1)
    assert list(counts) == [1, 1, 1, 29, 29, 29]
    reference.set_ents([name])
    assert list(allowed(nlp, reference).sum(axis=1)) == [1] * 6
    reference.set_ents([])
    assert allowed(nlp, reference)[:, 0].all() and allowed(nlp, reference).sum() == 6
    words = Doc(nlp.vocab, words=["云溪县", "复工", "。"], spaces=[False] * 3, ents=["B-GPE", "", "O"])
    assert list(allowed(nlp, words).sum(axis=1)) == [1, 1, 1, 29, 29, 1]


@pytest.mark.parametrize("texts", [["", TEXT], [TEXT, ""], ["", ""]])
@pytest.mark.parametrize("shipped", [True, False])
def test_empty_texts_in_a_batch(texts, shipped):
    nlp = jucuo.load() if shipped else spacy.blank("zh", config=OURS)
    if not shipped:
        nlp.add_pipe("jucuo_entities")
        nlp.add_pipe("jucuo_measures")
        nlp.initialize()
    examples = [Example(nlp.make_doc(t), nlp.make_doc(t)) for t in texts]
    assert set(nlp.update(examples)) >= {"jucuo_entities", "jucuo_measures"}


def test_labels_that_are_not_among_ours_are_told(nlp):
    example = gold(nlp)
    example.reference.set_ents([example.reference.char_span(0, 3, label="DRUG")])
    with pytest.warns(UserWarning, match=r"jucuo_entities has no label 'DRUG'"):
        nlp.get_pipe("jucuo_entities").allowed(example, None)
    example.reference.spans["measures"] = [example.reference.char_span(3, 10, label="own")]
    with pytest.warns(UserWarning, match=r"jucuo_measures has no label 'own'"):
        nlp.get_pipe("jucuo_measures").gold_spans(example)


# scores


def test_labels_of_ones_own_are_scored():
    nlp = spacy.blank("zh", config=OURS)
    tagger = nlp.add_pipe("jucuo_entities", config={"labels": ["DRUG", "DISEASE"]})
    text = "奥司他韦可治流感。"
    example = Example.from_dict(nlp.make_doc(text), {"entities": [(0, 4, "DRUG"), (6, 8, "DISEASE")]})
    nlp.initialize(lambda: [example])
    example.predicted = example.reference.copy()
    scores = tagger.score([example])
    assert scores["entities_f"] == scores["ents_f"] == 1.0
    assert set(scores["ents_per_type"]) == {"DRUG", "DISEASE"}
    example.predicted.set_ents([example.predicted.char_span(0, 4, label="DISEASE")])
    assert tagger.score([example])["entities_f"] == 0.0


def plain_spans(nlp, key):
    doc = nlp(TEXT)
    spans = [(s.start_char, s.end_char, s.label_) for s in doc.spans[key]]
    example = Example.from_dict(nlp.make_doc(TEXT), {"spans": {key: spans}})
    example.predicted = doc
    return example


@pytest.mark.parametrize(("key", "figure"), [("measures", "measures_f"), ("claims", "claims_exact_f")])
def test_plain_spans_are_scored(nlp, key, figure):
    example = plain_spans(nlp, key)
    component = nlp.get_pipe(f"jucuo_{key}")
    assert component.score([example])[figure] == 1.0
    example.predicted.spans[key] = list(example.predicted.spans[key])[1:]
    assert component.score([example])[figure] < 1.0


def test_layers_that_are_not_annotated_have_no_score(nlp):
    scores = nlp.evaluate([plain_spans(nlp, "measures")])
    assert scores["measures_f"] == scores["measures_sent_f"] == 1.0
    assert scores["entities_f"] is scores["ents_f"] is scores["claims_value_f"] is None
    entities = [(e.start_char, e.end_char, e.label_) for e in nlp(TEXT).ents]
    scores = nlp.evaluate([Example.from_dict(nlp.make_doc(TEXT), {"entities": entities})])
    assert scores["entities_f"] == 1.0
    assert scores["measures_f"] is scores["measures_sent_f"] is None


@pytest.mark.parametrize("name", ["sm", "trf"])
def test_the_configurations_name_the_sizes_of_the_factories(name):
    parts = load_config(CONFIGS / f"{name}.cfg")["components"]
    assert parts["jucuo_measures"]["model"]["category"] == MEASURE_MODEL["category"]
    if name == "sm":
        assert parts["tok2vec"]["model"] == TAG_MODEL["tok2vec"]
    for model in (parts["jucuo_entities"]["model"], parts["jucuo_measures"]["model"]["edges"]):
        assert {**model, "tok2vec": None} == {**TAG_MODEL, "tok2vec": None}
