"""The quick vectorisers say what scikit-learn's say, number for number."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer

from nlp.linear import CUTS, MAKERS
from nlp.text import plain
from nlp.vectors import Names, Terms, abreast

SAID = [
    "Le pago el viernes, el viernes sin falta.",
    "No, no, no me alcanza: perdí el trabajo en la maquila.",
    "¿Cuánto debo? ¿1,500 o 1,560?",
    "",
    "a y o",
    "Sí.",
]
UNHEARD = ["El viernes le abono 1,500 pesos.", "", "Xilófono ñandú.", "no no el viernes"]


def same(one: sparse.csr_matrix, other: sparse.csr_matrix) -> bool:
    """Whether both hold the same numbers at the same places, in the same order."""
    parts = ("indptr", "indices", "data")
    return one.shape == other.shape and all(
        np.array_equal(getattr(one, part), getattr(other, part)) for part in parts
    )


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_terms_weigh_as_the_vectoriser_that_learned_them(name: str) -> None:
    fitted = MAKERS[name]().fit([plain(text) for text in SAID])
    terms = Terms(fitted.get_feature_names_out().tolist(), fitted.idf_, CUTS[name])
    texts = [plain(text) for text in (*SAID, *UNHEARD)]
    assert same(terms.transform(texts), fitted.transform(texts))
    assert same(terms.transform(texts[:1]), fitted.transform(texts[:1]))


def test_named_figures_stand_in_the_columns_that_were_learned() -> None:
    fitted = DictVectorizer(dtype=np.float32).fit([{"cue a": 0.9, "concept b": 0.6}, {"pattern c": 1.0}])
    names = Names(fitted.feature_names_)
    asked = [{"pattern c": 1.0, "cue a": 0.35}, {}, {"cue unknown": 1.0}]
    assert len(names) == 3
    assert same(names.transform(asked), fitted.transform(asked))


def test_matrices_side_by_side_are_stacked_row_by_row() -> None:
    words = Terms(["alcanza", "el viernes", "trabajo", "viernes"], np.ones(4, np.float32), CUTS["words"])
    names = Names(["concept b", "cue a"])
    texts, asked = (
        [plain(text) for text in UNHEARD],
        [{"cue a": 0.9}, {}, {"concept b": 1.0, "cue a": 0.1}, {}],
    )
    stacked = sparse.hstack([0.5 * words.transform(texts), names.transform(asked)]).tocsr()
    cells = [words.cells(texts).times(0.5), names.cells(asked)]
    assert same(abreast(cells, [4, 2]).matrix(len(texts), 6), stacked)
