"""A taxonomy of one's own for ``jucuo_measures``: read from a file, kept with the component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import JucuoError
from ..taxonomy import Naming, namings, read

Stored = dict[str, Any]


class OwnTaxonomy:
    """The content of a taxonomy file, by the path that the component's configuration names.

    The content is saved with the component under that path, so that a saved pipeline needs no file: what was
    saved counts as long as the configuration names the same path. A file that is missing is an error only
    where nothing was saved either.

    Parameters
    ----------
    path
        The file; None for our own taxonomy.

    Raises
    ------
    JucuoError
        The errors of `taxonomy.load`, except that of a missing file, which `settle` and `namings` raise.
    """

    def __init__(self, path: str | None):
        self.path = path
        self.data: Stored | None = read(path) if path and Path(path).exists() else None

    @property
    def stored(self) -> Stored | None:
        """Path and content as plain data, None where there is neither."""
        return {"path": self.path, "data": self.data} if self.data else None

    def settle(self, stored: Stored | None) -> None:
        """Take over what was saved with a component.

        Raises
        ------
        JucuoError
            J001 if neither the file nor saved content is there.
        """
        if stored and stored["path"] == self.path:
            self.data = stored["data"]
        self._check()

    def namings(self, labels: tuple[str, ...]) -> dict[str, Naming | None] | None:
        """What measures of each label are called; None if nothing changes.

        Raises
        ------
        JucuoError
            J001 for a missing file, J007 if the taxonomy does not fit the labels.
        """
        self._check()
        return namings(self.data, labels) if self.data else None

    def _check(self) -> None:
        if self.path and self.data is None:
            raise JucuoError("J001", "no such taxonomy file", self.path)
