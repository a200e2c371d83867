"""``configs/trf.cfg`` with a tiny transformer of random weights: alignment, training, saving. No network."""

import shutil
from pathlib import Path

import numpy
import pytest
import spacy
from spacy import util
from thinc.api import Adam

from jucuo.corpus import docs, markup

pytest.importorskip("spacy_transformers")
pytestmark = pytest.mark.slow

CONFIGS = Path(__file__).parents[2] / "configs"
MARKUP = """id: {id}
published: 2020-03-06
kind: report
---
3月{day}日，[云溪县|GPE]{{设立<14个|count 14 个; s=检查站>检查站|checkpoint}}。
[云溪县卫健委|ORG]{{开展全员核酸检测|testing}}，
复工率达<{day}0.8%|percent {day}0.8; s=复工率>。
"""


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """A folder with a BERT of two layers over the characters of the texts."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("weights")
    characters = sorted({c for text in texts() for c in text.text if not c.isspace()} | set("abcdefg"))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters, *("##" + c for c in characters)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    size = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(vocabulary), **size)).save_pretrained(folder)
    return folder


def texts():
    return [markup.read(MARKUP.format(id=f"t{day}", day=day)) for day in range(1, 9)]


def config(weights, **changes):
    return util.load_config(CONFIGS / "trf.cfg", {"paths.weights": str(weights), **changes})


@pytest.fixture(scope="module")
def trained(weights, tmp_path_factory):
    """The pipeline after some steps of ``spacy train``, loaded from a folder, its first weights deleted."""
    from spacy.cli.train import train

    folder = tmp_path_factory.mktemp("trained")
    tokenizer = docs.blank_tokenizer()
    docs.save((docs.to_doc(tokenizer, t.text, t.record) for t in texts()), folder / "train.spacy")
    mortal = shutil.copytree(weights, folder / "weights")
    overrides = {
        "paths.train": str(folder / "train.spacy"),
        "paths.dev": str(folder / "train.spacy"),
        "paths.weights": str(mortal),
        "training.max_steps": 60,
        "training.eval_frequency": 30,
        "training.optimizer.learn_rate.initial_rate": 0.005,
        "training.optimizer.learn_rate.warmup_steps": 5,
        "components.jucuo_entities.rate": 1.0,
        "components.jucuo_measures.rate": 1.0,
    }
    train(CONFIGS / "trf.cfg", folder / "out", overrides=overrides)
    shutil.rmtree(mortal)
    return spacy.load(folder / "out" / "model-last")


def test_each_token_gets_the_pieces_of_its_own_characters(weights):
    nlp = util.load_model_from_config(config(weights), auto_fill=True)
    transformer = nlp.get_pipe("transformer")
    transformer.initialize(lambda: [])
    text = "".join(t.text for t in texts()) + "\nabc，12.8%\u3000云"
    doc = nlp.make_doc(text)
    assert len(doc) > 192  # more than a window, so that windows overlap
    transformer.set_annotations([doc], transformer.predict([doc]))
    data = doc._.trf_data
    pieces = [piece for window in data.wordpieces.strings for piece in window]
    found = [{pieces[i] for i in data.align[n].dataXd.ravel()} for n in range(len(doc))]
    for token, its in zip(doc, found, strict=True):
        if token.is_space:
            assert not its
        elif len(token) == 1:
            assert its == {token.text}
        else:
            assert its and {p.removeprefix("##") for p in its} == set(token.text)
    assert max(len(data.align[n].dataXd) for n in range(len(doc)) if len(doc[n]) == 1) == 2


def test_it_learns(trained):
    doc = trained(texts()[0].text)
    assert {(e.text, e.label_) for e in doc.ents} >= {("云溪县", "GPE"), ("云溪县卫健委", "ORG")}
    assert {(s.text, s.label_) for s in doc.spans["measures"]} == {
        ("设立14个检查站", "checkpoint"),
        ("开展全员核酸检测", "testing"),
    }
    assert [s._.claim.value for s in doc.spans["claims"]][1:] == [14, 10.8]
    assert doc._.trf_data is None


LISTENERS = ["jucuo_entities.model", "jucuo_measures.model.edges"]


@pytest.mark.parametrize("listener", LISTENERS)
def test_every_head_moves_the_transformer(weights, listener):
    """Also those before the last, whose call starts the backward pass."""
    factors = {f"components.{x}.tok2vec.grad_factor": float(x == listener) for x in LISTENERS}
    nlp = util.load_model_from_config(config(weights, **factors).interpolate(), auto_fill=True)
    examples = [spacy.training.Example(nlp.make_doc(t.text), gold(t)) for t in texts()]
    nlp.initialize(lambda: examples)
    before = first_weights(nlp)
    nlp.update(examples, sgd=False)
    nlp.get_pipe("transformer").finish_update(Adam(0.001))
    assert not numpy.array_equal(before, first_weights(nlp))


def gold(text):
    return docs.to_doc(docs.blank_tokenizer(), text.text, text.record)


def first_weights(nlp):
    bert = nlp.get_pipe("transformer").model.transformer
    return bert.embeddings.word_embeddings.weight.detach().numpy().copy()


@pytest.mark.parametrize("text", ["", "\n \n", "😀。", "1" * 3000, "a" * 700])
def test_odd_texts(trained, text):
    assert trained(text).text == text


def test_it_is_saved_whole(trained, tmp_path):
    trained.to_disk(tmp_path)
    pairs = [(trained(t.text), spacy.load(tmp_path)(t.text)) for t in texts()[:2]]
    for one, two in pairs:
        assert one._.jucuo == two._.jucuo


def test_both_pipelines_are_set_up_alike():
    sm, trf = (util.load_config(CONFIGS / f"{size}.cfg") for size in ("sm", "trf"))
    for name in ("jucuo_entities", "jucuo_measures"):
        for c in (sm, trf):
            c["components"][name] = {**c["components"][name], "model": None, "rate": None}
        assert sm["components"][name] == trf["components"][name]
    assert sm["nlp"]["tokenizer"] == trf["nlp"]["tokenizer"]
    assert sm["training"]["score_weights"] == trf["training"]["score_weights"]
