"""From the files people have to clean, dated, separate articles.

>>> from jucuo.reading import read_inputs  # doctest: +SKIP
>>> for item in read_inputs(["reports/"], published="2020-03-11"):  # doctest: +SKIP
...     print(item.id, item.published, len(item.articles))
"""

from .articles import articles
from .documents import Document
from .encoding import decode
from .files import read_bytes, read_file, read_inputs

__all__ = ["Document", "articles", "decode", "read_bytes", "read_file", "read_inputs"]
