"""The trainable components apart from what the shipped pipeline finds."""

import numpy
import pytest
import spacy
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

import jucuo
from jucuo.corpus import docs, markup

TEXT = """id: a
kind: report
---
[云溪县|GPE]{设立<14个|count 14 个; s=检查站>检查站|checkpoint}。
"""


def change(component, rate):
    """How far the output layer moves in one step."""
    fix_random_seed(0)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "jucuo.ZhTokenizer.v1"}}})
    tagger = nlp.add_pipe(component, config={"rate": rate})
    text = markup.read(TEXT)
    gold = docs.to_doc(docs.blank_tokenizer(nlp.vocab), text.text, text.record)
    examples = [Example(nlp.make_doc(text.text), gold)]
    nlp.initialize(lambda: examples)
    head = tagger.model if component == "jucuo_entities" else tagger.model.get_ref("category")
    before = head.get_ref("output").get_param("W").copy()
    nlp.update(examples, sgd=Adam(0.001))
    return head.get_ref("output").get_param("W") - before


@pytest.mark.parametrize("component", ["jucuo_entities", "jucuo_measures"])
def test_rate_multiplies_the_step(component):
    step = change(component, 1.0)
    assert abs(step).max() > 1e-4
    numpy.testing.assert_allclose(change(component, 3.0), 3 * step, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    ("component", "layer"), [("jucuo_entities", "entities"), ("jucuo_measures", "measures")]
)
def test_more_is_found_with_a_shift(component, layer):
    text = "记者在老街一带见到几位帮工。镇上来了人,村里也忙,李大爷把口罩给了邻居,厂里机器响了。"
    found = []
    for shift in (-6.0, 0.0, 12.0):
        nlp = jucuo.load(config={f"components.{component}": {"shift": shift, "threshold": 0.0}})
        found.append(sum(len(x.text) for x in getattr(jucuo.extract(text, None, nlp), layer)))
    assert found[0] < found[2]
    assert found == sorted(found)


def test_the_shipped_pipeline_can_be_trained_on():
    nlp = jucuo.load()
    text = markup.read(TEXT)
    gold = docs.to_doc(docs.blank_tokenizer(nlp.vocab), text.text, text.record)
    losses = nlp.update([Example(nlp.make_doc(text.text), gold)], sgd=nlp.resume_training())
    assert set(losses) >= {"tok2vec", "jucuo_entities", "jucuo_measures"}
    assert nlp(text.text).ents[0].text == "云溪县"
