"""Weights of a trained pipeline as a start: read, put, and left where they do not fit."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest
import spacy
from spacy import util

from jucuo.network import weights

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src" / "jucuo" / "model"


def untrained(**encoder):
    config = util.load_config(ROOT / "configs" / "sm.cfg")
    config["components"]["tok2vec"]["model"].update(encoder)
    nlp = util.load_model_from_config(config, auto_fill=True)
    for name in weights.COMPONENTS:
        nlp.get_pipe(name).model.initialize(X=[nlp.make_doc("青河区设立检查站")])
    return nlp


def test_start_from_a_pipeline():
    text = "2月3日,青河区卫健局组织工作人员在高速路口设立检查站。"
    start, nlp = spacy.load(SHIPPED), weights.load_weights(str(SHIPPED))(untrained())
    for name in ("jucuo_entities", "jucuo_measures"):
        mine, theirs = nlp.get_pipe(name), start.get_pipe(name)
        mine.threshold, mine.temperature, mine.shift = theirs.threshold, theirs.temperature, theirs.shift
    a, b = nlp(text), start(text)
    assert [(e.text, e.label_) for e in a.ents] == [(e.text, e.label_) for e in b.ents] != []
    assert [(m.text, m.label_) for m in a.spans["measures"]] == [
        (m.text, m.label_) for m in b.spans["measures"]
    ]


def test_tables_are_read_in_single_precision():
    (encoder, *_), stored = weights.read(SHIPPED)["tok2vec"], spacy.load(SHIPPED).get_pipe("tok2vec").model
    assert stored.get_param("E1").dtype == "int8"
    assert encoder["E1"].dtype == "float32"
    assert "S1" not in encoder
    numpy.testing.assert_array_equal(encoder["E1"], stored.get_param("E1") * stored.get_param("S1"))


def test_a_layer_of_another_shape_keeps_its_weights():
    nlp, start = untrained(rows=[60, 70, 80]), weights.read(SHIPPED)
    before = nlp.get_pipe("tok2vec").model.get_param("E1").copy()
    with pytest.warns(UserWarning, match="tok2vec: char_encoder is of another shape"):
        weights.put(nlp, start)
    numpy.testing.assert_array_equal(nlp.get_pipe("tok2vec").model.get_param("E1"), before)
    hidden = nlp.get_pipe("jucuo_entities").model.get_ref("output").get_param("W")
    assert any(numpy.array_equal(hidden, layer["W"]) for layer in start["jucuo_entities"] if "W" in layer)


def test_written_and_read(tmp_path):
    start = weights.read(SHIPPED)
    weights.write(tmp_path / "weights.bin", start)
    found = weights.read(tmp_path / "weights.bin")
    assert found.keys() == start.keys()
    numpy.testing.assert_allclose(found["tok2vec"][0]["W"], start["tok2vec"][0]["W"], atol=2e-3)


def test_put_over_tables_in_eight_bits(tmp_path):
    nlp, other = spacy.load(SHIPPED), untrained()
    other.to_disk(tmp_path)
    weights.put(nlp, weights.read(tmp_path))
    doc = nlp.make_doc("青河区设立检查站")
    a, b = (x.get_pipe("tok2vec").predict([doc])[0] for x in (nlp, other))
    numpy.testing.assert_allclose(a, b, atol=1e-5)


def test_no_weights():
    nlp = untrained()
    before = nlp.get_pipe("tok2vec").model.get_param("E1").copy()
    weights.load_weights(None)(nlp)
    numpy.testing.assert_array_equal(nlp.get_pipe("tok2vec").model.get_param("E1"), before)
