"""The calls a notebook makes."""

import datetime
import subprocess
import sys

import pytest

import jucuo


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
