"""Forms and packs that inherit from another: what is changed there changes them too, though their own text
and number stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.form_places import files, loaded, place_of
from coach.settings import Settings
from rubrics.loader import hangs_on, load, load_beside
from rubrics.types import Form, Mistake, Pack, Rubric, RubricError
from rubrics.yamlfile import line_of, parsed


@dataclass(frozen=True, slots=True)
class Heir:
    """What a file is `before` another changes (None: it does not load) and what it would be `after`."""

    path: Path
    before: Rubric | Pack | None
    after: Rubric | Pack | RubricError

    @property
    def changed(self) -> Iterator[Rubric | Pack]:
        if not isinstance(self.after, RubricError):
            yield self.after


def breaks(text: str, settings: Settings) -> tuple[Mistake, ...]:
    """What is in use, inherits from `text` and could not be used any more with it. Nothing where the text
    itself cannot be.
    """
    try:
        form = loaded(text, settings)
    except RubricError:
        return ()
    return tuple(broken(of_text(text, form, settings), form, text))


def changed_with(text: str, settings: Settings) -> tuple[Rubric | Pack, ...]:
    """What would change with `text`, as it would be then. Nothing where the text itself cannot be used."""
    try:
        found = of_text(text, loaded(text, settings), settings)
    except RubricError:
        return ()
    return tuple(form for one in found for form in one.changed)


def of_text(text: str, form: Rubric | Pack, settings: Settings) -> tuple[Heir, ...]:
    """What is in use and would be another if `text`, which is `form`, were put in its place."""
    return tried(files(settings), place_of(form, settings), text)


def tried(known: Iterable[Path], place: Path, text: str) -> tuple[Heir, ...]:
    """Those of `known` that would be others if `text` stood in `place`. What loads neither before nor after
    is as wrong as it was and is left out.
    """
    return tuple(_tried([path for path in known if path.absolute() != place.absolute()], place, text))


def _tried(known: Iterable[Path], place: Path, text: str) -> Iterator[Heir]:
    for path in known:
        before: Rubric | Pack | None = None
        try:
            before = load(path)
            if not hangs_on(path, place):
                continue
        except RubricError:  # it may be put right
            pass
        try:
            yield Heir(path, before, load_beside(path, place, text))
        except RubricError as error:
            if before is not None:
                yield Heir(path, before, error)


def of(known: Iterable[tuple[Rubric | Pack, Path]], form_id: str) -> tuple[Rubric | Pack, ...]:
    """Those in use (each with its file) that inherit from the one of this id, at any remove."""
    all_ = tuple(known)
    place = next((path for form, path in all_ if form.id == form_id), None)
    return tuple(form for form, path in all_ if place is not None and hangs_on(path, place))


def broken(found: Iterable[Heir], form: Form, text: str) -> Iterator[Mistake]:
    """Those that could not be used any more with `text`, which is `form`; each with its own lines."""
    line = line_of(parsed(text, ""), ["id"])
    for one in found:
        if one.before is None or not isinstance(one.after, RubricError):
            continue
        told = [mistake.at(one.path.name) for mistake in one.after.mistakes] or [str(one.after)]
        what = f"«{one.before.id}» se basa en «{form.id}» y no se podría usar más: {'; '.join(told)}"
        yield Mistake(line, "", what)
