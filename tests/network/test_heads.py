"""The classifier of spans: shapes, its gradient, and that it learns."""

from __future__ import annotations

import numpy
import pytest
from spacy.vocab import Vocab
from thinc.api import Adam

from jucuo.network import heads, tables
from jucuo.network.heads import BagHead
from jucuo.pipeline.tokenizer import ZhTokenizer


@pytest.fixture
def inputs():
    tokenizer = ZhTokenizer(Vocab())
    return [
        (tokenizer("县里发放口罩,村里消毒。"), [(2, 6), (9, 11)]),
        (tokenizer("无措施"), []),
        (tokenizer("发放贷款"), [(0, 4)]),
    ]


@pytest.fixture(params=[(0, 0), (8, 0), (8, 3)])
def model(inputs, request):
    numpy.random.seed(0)
    far, ends = request.param
    model = BagHead([50, 60, 70], width=4, context=5, far=far, ends=ends, dropout=0.0)
    model.get_ref("output").set_dim("nO", 3)
    model.initialize(X=inputs)
    return model


def test_one_row_for_each_span(model, inputs):
    together = model.predict(inputs)
    assert together.shape == (3, 3)
    for row, span in zip(together, [(0, 0), (0, 1), (2, 0)], strict=True):
        doc, spans = inputs[span[0]]
        numpy.testing.assert_allclose(model.predict([(doc, [spans[span[1]]])])[0], row, atol=1e-6)


def test_stretches_change_nothing(model, inputs, monkeypatch):
    together = model.predict(inputs)
    monkeypatch.setattr(heads, "STRETCH", 4)
    numpy.testing.assert_allclose(model.predict(inputs), together, atol=1e-6)


def test_tables_in_eight_bits(model, inputs):
    expected = model.predict(inputs)
    tables.store_in_eight_bits(model.layers[0])
    numpy.testing.assert_allclose(model.predict(inputs), expected, atol=0.02)
    scores, backprop = model(inputs, True)
    backprop(numpy.ones_like(scores))
    model.finish_update(Adam(0.01))
    assert model.predict(inputs).sum() < scores.sum()
    model.initialize(X=inputs)
    assert model.predict(inputs).shape == (3, 3)


def test_gradient(model, inputs):
    weights = numpy.random.default_rng(1).standard_normal((3, 3)).astype("f")
    model(inputs, True)[1](weights)
    bag = model.layers[0]
    grad, table = bag.get_grad("E1"), bag.get_param("E1")
    largest, heaviest = (numpy.argsort(-abs(part).ravel()) for part in (grad, grad[:, -1]))
    for at in (*largest[:5], *(heaviest[:3] * grad.shape[1] + grad.shape[1] - 1)):
        before = table.ravel()[at]
        sides = []
        for step in (1e-2, -1e-2):
            table.ravel()[at] = before + step
            sides.append(float((model.predict(inputs) * weights).sum()))
        table.ravel()[at] = before
        assert (sides[0] - sides[1]) / 2e-2 == pytest.approx(grad.ravel()[at], rel=0.02, abs=1e-3)


def test_learns(model, inputs):
    optimizer, wanted = Adam(0.05), numpy.eye(3, dtype="f")
    for _ in range(60):
        scores, backprop = model(inputs, True)
        probs = numpy.exp(scores) / numpy.exp(scores).sum(axis=1, keepdims=True)
        backprop(probs - wanted)
        model.finish_update(optimizer)
    assert model.predict(inputs).argmax(axis=1).tolist() == [0, 1, 2]
