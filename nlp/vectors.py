"""Texts as rows of weighed n-grams, and named figures as rows: what scikit-learn's `TfidfVectorizer` and
`DictVectorizer` give once they are fitted, number for number, in a tenth of their time.

A word is cut into its letters once a process; all texts of a call are counted together.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Columns = Mapping[str, int]  # term -> column
Cut = Callable[[Columns], Callable[[str], bytes]]
_WORD = re.compile(r"\b\w\w+\b")
SHORTEST, LONGEST = 2, 5  # letters in a row


@lru_cache(maxsize=4096)
def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _known(terms: Iterable[str], columns: Columns) -> bytes:
    """The columns of those `terms` that have one, as bytes: put together by the thousand in no time."""
    return array("i", [at for at in map(columns.get, terms) if at is not None]).tobytes()


def one_word(columns: Columns) -> Callable[[str], bytes]:
    """The columns of a text's words, each as often as it is said."""
    return lambda text: _known(_words(text), columns)


def two_words(columns: Columns) -> Callable[[str], bytes]:
    """The columns of a text's words and of every two in a row."""

    def cut(text: str) -> bytes:
        words = _words(text)
        return _known([*words, *map(" ".join, pairwise(words))], columns)

    return cut


def word_letters(columns: Columns) -> Callable[[str], bytes]:
    """The columns of every two to five letters in a row within a word and the blanks around it."""

    @lru_cache(maxsize=20_000)
    def of_word(word: str) -> bytes:
        padded = f" {word} "
        sizes = range(SHORTEST, min(LONGEST, len(padded)) + 1)
        return _known([padded[at : at + n] for n in sizes for at in range(len(padded) - n + 1)], columns)

    return lambda text: b"".join(map(of_word, text.split()))


class Cells(NamedTuple):
    """Row, column and value of every cell that is not 0, row by row."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Floats

    def times(self, weight: float) -> Cells:
        return self._replace(values=self.values * np.float32(weight))

    def matrix(self, height: int, width: int) -> sparse.csr_matrix:
        begins = np.searchsorted(self.rows, np.arange(height + 1))
        return sparse.csr_matrix((self.values, self.columns, begins), shape=(height, width))


def abreast(cells: Sequence[Cells], widths: Sequence[int]) -> Cells:
    """Matrices of as many rows, side by side: their columns are counted on."""
    rows = np.concatenate([one.rows for one in cells])
    offsets = np.cumsum([0, *widths[:-1]])
    columns = np.concatenate([one.columns + offset for one, offset in zip(cells, offsets, strict=True)])
    by_row = np.argsort(rows, kind="stable")
    return Cells(rows[by_row], columns[by_row], np.concatenate([one.values for one in cells])[by_row])


class Terms:
    """Fitted n-grams: `terms` in the order of their columns, the weight of each, how a text is cut."""

    def __init__(self, terms: Sequence[str], idf: Floats, cut: Cut) -> None:
        self._size, self._idf = len(terms), idf
        self._cut = cut({term: at for at, term in enumerate(terms)})

    def __len__(self) -> int:
        return self._size

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """A row for each text (small letters, as `nlp.text.plain` gives them), of length 1 or 0."""
        return self.cells(texts).matrix(len(texts), self._size)

    def cells(self, texts: Iterable[str]) -> Cells:
        """What `transform` gives, as it is put together."""
        parts = [self._cut(text) for text in texts]
        cut = np.frombuffer(b"".join(parts), np.intc)
        sizes = np.array([len(part) for part in parts]) // cut.itemsize
        places, counts = np.unique(
            np.repeat(np.arange(len(parts)) * self._size, sizes) + cut, return_counts=True
        )
        rows, columns = np.divmod(places, self._size)
        weights = (np.log(counts.astype(np.float32)) + np.float32(1)) * self._idf[columns]
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=len(parts)))
        return Cells(rows, columns, (weights / lengths[rows]).astype(np.float32))


class Names:
    """Fitted names of figures, in the order of their columns."""

    def __init__(self, names: Sequence[str]) -> None:
        self._columns = {name: at for at, name in enumerate(names)}

    def __len__(self) -> int:
        return len(self._columns)

    def transform(self, figures: Sequence[Mapping[str, float]]) -> sparse.csr_matrix:
        """A row for each mapping; names that were not fitted are left out."""
        return self.cells(figures).matrix(len(figures), len(self))

    def cells(self, figures: Iterable[Mapping[str, float]]) -> Cells:
        """What `transform` gives, as it is put together."""
        known = self._columns
        cells = [
            (row, column, value)
            for row, one in enumerate(figures)
            for column, value in sorted(
                [(known[name], value) for name, value in one.items() if name in known]
            )
        ]
        rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
        return Cells(np.array(rows, np.int64), np.array(columns, np.int64), np.array(values, np.float32))
