"""Artefacts come back as they were saved, and nothing else comes back at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from models.card import Card, ModelError
from models.loader import load, read_card, save

TEXTS = ["no tengo dinero", "ya le pagué", "no me alcanza", "pagué ayer"]
CARD = Card(name="tiny", version=1, summary="de prueba", made_on="2026-11-22", data="4 frases")


class Foreign:
    """A type that no artefact may hold."""


@pytest.fixture
def trained() -> Any:
    return make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(TEXTS, [0, 1, 0, 1])


def test_an_artefact_comes_back_with_the_same_probabilities(tmp_path: Path, trained: Any) -> None:
    save(trained, CARD, tmp_path)
    again, card = load("tiny", tmp_path)
    assert (again.predict_proba(TEXTS) == trained.predict_proba(TEXTS)).all()
    assert set(card.libraries) == {"scikit-learn", "skops", "numpy"}


def test_a_changed_file_is_refused(tmp_path: Path, trained: Any) -> None:
    save(trained, CARD, tmp_path)
    file = tmp_path / "tiny.skops"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(ModelError, match="no es el archivo de su ficha"):
        load("tiny", tmp_path)


def test_another_library_version_is_refused(tmp_path: Path, trained: Any) -> None:
    card = save(trained, CARD, tmp_path)
    old = card.model_copy(update={"libraries": {"scikit-learn": "0.1.0"}})
    (tmp_path / "tiny.card.json").write_text(old.model_dump_json())
    with pytest.raises(ModelError, match=r"se hizo con scikit-learn 0\.1\.0"):
        load("tiny", tmp_path)


def test_a_foreign_type_is_not_even_saved(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Foreign"):
        save({"payload": Foreign()}, CARD, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_foreign_type_in_a_file_is_not_loaded(tmp_path: Path, trained: Any) -> None:
    import hashlib

    import skops.io

    card = save(trained, CARD, tmp_path)
    data = skops.io.dumps({"payload": Foreign()})
    (tmp_path / "tiny.skops").write_bytes(data)
    forged = card.model_copy(update={"digest": hashlib.sha256(data).hexdigest()})
    (tmp_path / "tiny.card.json").write_text(forged.model_dump_json())
    with pytest.raises(ModelError, match="tipos ajenos"):
        load("tiny", tmp_path)


def test_a_missing_card_says_where(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nobody\.card\.json: no se puede leer"):
        read_card("nobody", tmp_path)


def test_a_card_with_a_typo_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tiny.card.json").write_text('{"nombre": "tiny"}')
    with pytest.raises(ModelError, match=r"tiny\.card\.json: name"):
        read_card("tiny", tmp_path)
