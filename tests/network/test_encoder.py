"""The encoder: gradients against differences, and the same vectors however texts are batched."""

from __future__ import annotations

import numpy
import pytest
from spacy.vocab import Vocab
from thinc.api import Adam

from jucuo.network import encoder, tables
from jucuo.network.encoder import CharEncoder
from jucuo.pipeline.tokenizer import ZhTokenizer

TEXTS = ["青河区卫健局", "", "发放口罩1200只,3月5日前到位。", "一", "复工复产率达95%" * 30]


@pytest.fixture
def docs():
    tokenizer = ZhTokenizer(Vocab())
    return [tokenizer(t) for t in TEXTS]


@pytest.fixture(params=[False, True], ids=["ngrams", "words"])
def model(request):
    numpy.random.seed(0)
    model = CharEncoder(8, [1, 2], rows=[50, 70, 90], dims=[5, 4, 3], dropout=0.0, words=request.param)
    model.initialize()
    return model


def test_shapes(model, docs):
    assert [y.shape for y in model.predict(docs)] == [(len(doc), 8) for doc in docs]


def test_batching_and_blocks_change_nothing(model, docs, monkeypatch):
    together = model.predict(docs)
    monkeypatch.setattr(encoder, "BLOCK", 7)
    for doc, y in zip(docs, together, strict=True):
        numpy.testing.assert_allclose(model.predict([doc])[0], y, atol=1e-5)


def test_training_and_prediction_agree(model, docs):
    for a, b in zip(model(docs, True)[0], model.predict(docs), strict=True):
        numpy.testing.assert_allclose(a, b, atol=1e-5)


def test_tables_in_eight_bits(model, docs):
    expected = model.predict(docs)
    tables.store_in_eight_bits(model)
    stored = CharEncoder(8, [1, 2], rows=[50, 70, 90], dims=[5, 4, 3]).from_bytes(model.to_bytes())
    assert stored.attrs["words"] == model.attrs["words"]
    assert stored.get_param("E0").dtype == "int8"
    found = stored.predict(docs)
    for a, b in zip(found, expected, strict=True):
        numpy.testing.assert_allclose(a, b, atol=0.05)
    before = stored.get_param("E0") * stored.get_param("S0")
    numpy.testing.assert_allclose(tables.table(stored, 0), before)
    for a, b in zip(stored.predict(docs), found, strict=True):
        numpy.testing.assert_allclose(a, b, atol=1e-5)


def test_a_model_in_eight_bits_can_be_initialised_anew(model, docs):
    tables.store_in_eight_bits(model)
    model.initialize()
    assert model.get_param("E0").dtype == "float32"
    assert [y.shape for y in model.predict(docs)] == [(len(doc), 8) for doc in docs]


def test_a_model_in_eight_bits_can_be_trained_on(model, docs):
    tables.store_in_eight_bits(model)
    ys, backprop = model(docs, True)
    backprop([numpy.ones_like(y) for y in ys])
    model.finish_update(Adam(0.01))
    assert all(model.get_param(f"E{i}").dtype == "float32" for i in range(3))
    assert sum(y.sum() for y in model.predict(docs)) < sum(y.sum() for y in ys)


@pytest.mark.parametrize("name", ["E0", "E2", "P", "W", "b"])
def test_gradient(model, docs, name):
    docs = docs[:4]
    rng = numpy.random.default_rng(1)
    weights = [rng.standard_normal((len(doc), 8)).astype("f") for doc in docs]

    def loss() -> float:
        return sum(float((y * w).sum()) for y, w in zip(model(docs, True)[0], weights, strict=True))

    model(docs, True)[1](weights)
    grad, param = model.get_grad(name), model.get_param(name)
    for at in numpy.argsort(-abs(grad).ravel())[:5]:
        before = param.ravel()[at]
        sides = []
        for step in (1e-3, -1e-3):
            param.ravel()[at] = before + step
            sides.append(loss())
        param.ravel()[at] = before
        assert (sides[0] - sides[1]) / 2e-3 == pytest.approx(grad.ravel()[at], rel=0.05, abs=0.05)


def test_ngrams_are_dropped_whole_in_training():
    numpy.random.seed(0)
    model = CharEncoder(8, [1], rows=[2000] * 3, dims=[4] * 3, dropout=0.0, ngram_dropout=0.5)
    model.initialize()
    docs = [ZhTokenizer(Vocab())("".join(map(chr, range(0x4E00, 0x4E00 + 100))))]
    ys, backprop = model(docs, True)
    assert (ys[0] != model.predict(docs)[0]).any(), "nothing is dropped in prediction"
    backprop([numpy.ones_like(ys[0])])
    token, pair, triple = ((model.get_grad(f"E{i}") != 0).any(axis=1).sum() for i in range(3))
    assert token > 180, "two rows a token, some shared"
    assert 60 < pair < 140
    assert 60 < triple < 140
