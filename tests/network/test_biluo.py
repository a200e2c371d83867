"""Tags of spans: what is encoded is decoded, and decoding never gives spans that overlap."""

import itertools

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucuo.network import biluo


def probs_of(tags, n_tags, noise=0.01, seed=0):
    out = numpy.random.default_rng(seed).random((len(tags), n_tags)) * noise + 1e-4
    out[numpy.arange(len(tags)), tags] = 1
    return out / out.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    "spans",
    [[], [(0, 1, 0)], [(0, 4, 1)], [(1, 3, 0), (3, 5, 0)], [(0, 2, 1), (2, 3, 0), (5, 6, 1)]],
)
def test_round_trip(spans):
    tags = biluo.encode(6, spans)
    assert biluo.decode(probs_of(tags, biluo.n_tags(2))) == spans


def test_an_inconsistent_tag_is_overruled():
    tags = biluo.encode(5, [(1, 4, 0)])
    probs = probs_of(tags, biluo.n_tags(2))
    probs[2] = [
        0.3,
        0.1,
        0.25,
        0.1,
        0.05,
        0.05,
        0.1,
        0.05,
        0.0,
    ]  # outside is likeliest, but B _ L needs inside
    assert biluo.decode(probs) == [(1, 4, 0)]


@given(st.integers(0, 30), st.integers(1, 4), st.integers(0, 10_000))
def test_random_scores_give_spans_in_order_without_overlap(n, labels, seed):
    raw = numpy.random.default_rng(seed).random((n, biluo.n_tags(labels))) ** 4
    spans = biluo.decode(raw / raw.sum(axis=1, keepdims=True) if n else raw)
    for (_, end, _), (start, _, _) in itertools.pairwise(spans):
        assert end <= start
    assert all(0 <= s < e <= n and 0 <= label < labels for s, e, label in spans)


def test_confidence_is_the_mean_probability_of_the_tags():
    tags = biluo.encode(3, [(0, 3, 0)])
    probs = numpy.full((3, 5), 0.05)
    probs[numpy.arange(3), tags] = 0.8
    [[found]] = biluo.read([numpy.log(probs)])
    assert found == (0, 3, 0, pytest.approx(0.8))
