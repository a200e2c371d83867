"""The calls a notebook makes."""

import datetime
import subprocess
import sys

import numpy
import pytest
import spacy

import jucuo
from jucuo.reading.documents import MAX_TEXT


def test_one_text():
    record = jucuo.extract("昨日，青河区设立检查站12个。", published="2020-03-06")
    assert [(c.text, c.timex or c.value) for c in record.claims] == [("昨日", "2020-03-05"), ("12个", 12)]


def test_several_texts_with_a_date_each():
    records = jucuo.extract(["昨日开工。", "昨日停工。"], published=["2020-03-06", datetime.date(2021, 1, 1)])
    assert [r.claims[0].timex for r in records] == ["2020-03-05", "2020-12-31"]
    assert [r.id for r in records] == ["0", "1"]


@pytest.mark.parametrize(
    ("published", "code"), [("2020-13-01", "J008"), ("gestern", "J008"), (["2020-03-01", None], "J007")]
)
def test_wrong_dates(published, code):
    with pytest.raises(jucuo.JucuoError) as e:
        jucuo.extract(["昨日开工。"], published=published)
    assert e.value.code == code


class Unlike:
    """A missing value of pandas: NaT is a date and unequal to itself, NA compares to nothing."""

    class NaT(datetime.datetime):
        __eq__ = __hash__ = None
        __ne__ = lambda self, other: True  # noqa: E731

        def strftime(self, form):
            raise ValueError

        isoformat = strftime

    class NAType:
        def __ne__(self, other):
            raise TypeError


MISSING = [None, float("nan"), Unlike.NaT(2020, 1, 1), Unlike.NAType(), numpy.datetime64("NaT")]


@pytest.mark.parametrize("published", MISSING)
def test_missing_dates(published):
    assert [r.published for r in jucuo.extract(["昨日开工。"] * 2, ["2020-03-06", published])] == [
        "2020-03-06",
        None,
    ]
    assert jucuo.extract("昨日开工。", published).claims[0].timex == "XXXX-XX-XX"
    assert jucuo.extract(["昨日开工。"], published)[0].published is None


@pytest.mark.parametrize(
    "published",
    [
        datetime.datetime(2020, 3, 6, 12),
        numpy.datetime64("2020-03-06"),
        numpy.datetime64("2020-03-06T12:00:00"),
    ],
)
def test_dates_of_many_types(published):
    assert jucuo.extract(["昨日开工。"], [published])[0].claims[0].timex == "2020-03-05"


@pytest.mark.parametrize(
    ("texts", "published", "code"),
    [
        (["一", "二"], ["2020-03-06", "2020/03/06"], "J008"),
        (["一", "二"], [None, 20200306], "J008"),
        (["一", "二"], ["2020-03-06", ""], "J008"),
        (["一", "二"], ["2020-03-06", ["2020-03-06"]], "J008"),
        (["一", None], None, "J007"),
        (["一", float("nan")], None, "J007"),
        (["一", "二".encode()], None, "J007"),
        (["一", "二\ud800"], None, "J005"),
    ],
)
@pytest.mark.parametrize("n_process", [None, 1, 2])
def test_what_is_wrong_is_told_with_its_position(nlp, texts, published, code, n_process):
    with pytest.raises(jucuo.JucuoError, match=f"{code} text 1") as e:
        if n_process is None:
            jucuo.extract(texts, published)
        else:
            list(jucuo.pipe(nlp, zip(texts, published or [None] * 2, strict=True), n_process=n_process))
    assert e.value.code == code


def test_one_number_is_no_date():
    for texts in ("一", ["一", "二"]):
        with pytest.raises(jucuo.JucuoError, match="J008"):
            jucuo.extract(texts, 20200306)


def test_ids():
    assert [r.id for r in jucuo.extract(["一", "二"], ids=iter(["a", 7]))] == ["a", "7"]
    assert [jucuo.extract("一").id, jucuo.extract("一", ids="a1").id] == ["0", "a1"]
    with pytest.raises(jucuo.JucuoError, match="J007 2 texts but 1 ids"):
        jucuo.extract(["一", "二"], ids=["a"])


def test_long_texts():
    nlp = jucuo.load()
    assert nlp.max_length == MAX_TEXT > 1_000_000
    assert len(nlp.make_doc("。" * 1_000_001)) == 1_000_001
    nlp.max_length = 10
    with pytest.raises(jucuo.JucuoError, match="J014 text 1 has 11 characters"):
        list(jucuo.pipe(nlp, [("。" * 10, None), ("。" * 11, None)]))


def test_words_of_a_pipeline_that_has_none(tmp_path):
    spacy.blank("zh").to_disk(tmp_path / "blank")
    for name, how in ((tmp_path / "blank", {}), (None, {"exclude": ["jucuo_words"]})):
        with pytest.raises(jucuo.JucuoError, match="J010"):
            jucuo.load(name, words=True, **how)


def test_processes_live_as_long_as_the_stream(nlp, monkeypatch):
    calls = []
    pipe = type(nlp).pipe
    monkeypatch.setattr(jucuo.api, "BATCH", 10)
    monkeypatch.setattr(
        type(nlp), "pipe", lambda self, *args, **kwargs: calls.append(kwargs) or pipe(self, *args, **kwargs)
    )
    texts = [(f"3月{n}日复工{n}家。", "2020-03-30") for n in range(1, 9)]
    assert [d.text for d in jucuo.pipe(nlp, texts, n_process=2)] == [text for text, _ in texts]
    assert len(calls) == 1


def test_a_pipeline_that_is_not_there():
    with pytest.raises(jucuo.JucuoError) as e:
        jucuo.load("zh_no_such_pipeline")
    assert e.value.code == "J010"


def test_import_is_cheap():
    code = (
        "import time, sys; t = time.perf_counter(); import jucuo; d = time.perf_counter() - t\n"
        "assert 'spacy' not in sys.modules and 'torch' not in sys.modules\n"
        "assert d < 0.3, d\nassert set(jucuo.__all__) <= set(dir(jucuo))\n"
        "jucuo.load; assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_processes_end_with_an_error_or_when_nobody_reads_on(nlp):
    texts = [(f"3月{1 + n % 30}日复工{n}家。", "2020-03-30") for n in range(200)]
    stream = jucuo.pipe(nlp, texts, n_process=2)
    assert next(stream).text == texts[0][0]
    stream.close()
    texts[150] = ("复工。", "2020-13-01")
    with pytest.raises(jucuo.JucuoError, match="J008 text 150"):
        list(jucuo.pipe(nlp, texts, n_process=2))
