"""A tagger that lies apart, at work for as long as it is measured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nlp import ladder_model, pipeline, trained


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Within it everything is read by the taggers and the ladder in `folder`. Raises ModelError, at the first
    reading, where a file is not what its card says.
    """
    usual = trained.FOLDER
    _put(folder)
    try:
        yield
    finally:
        _put(usual)


def _put(folder: Path) -> None:
    trained.FOLDER = ladder_model.FOLDER = folder
    for loaded in (pipeline.turn_pipeline, trained.taggers, ladder_model.ladder_model):
        loaded.cache_clear()
