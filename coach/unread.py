"""Files of one's own that cannot be used, and which calls they stop.

A call that is meant for such a form, or for a country with such rules, stays unjudged until the file is put
right: pay depends on verdicts, and neither another form nor an older version is what the house means by it.
All other calls go on. To use an earlier version again is a person's decision (`coach.forms.restore`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from coach.kept import legible
from coach.settings import Settings
from rubrics.ids import ID
from rubrics.loader import load_pack, load_rubric
from rubrics.own_playbook import load_own
from rubrics.playbook import load_playbook
from rubrics.types import Applies, Mistake, Pack, Rubric, RubricError
from rubrics.yamlfile import parsed

Kind = Literal["form", "pack", "playbook"]
_EVERY_CALL = Applies()
_TOP_KEY = re.compile(r"^\s*([\w-]+)\s*:", re.MULTILINE)
_ID = re.compile(r"^id:\s*([a-z0-9_-]+)\s*$", re.MULTILINE)
_TOLD = 3  # mistakes in one sentence
_MOST_KEPT = 256

Loaded = TypeVar("Loaded", Rubric, Pack)
Beside = tuple[tuple[Path, tuple[int, ...]], ...]
_refused: dict[tuple[Path, str], tuple[RubricError, Beside]] = {}


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that does not load. `for_calls`: the calls that wait for it, too many rather than too few where
    the file does not say it plainly; None: none does. `id` is empty where nobody knows it.
    """

    kind: Kind
    path: Path
    id: str
    error: RubricError
    for_calls: Applies | None = None
    base: bool = False  # the form for all calls that no other is for

    @property
    def label(self) -> str:
        """As people know it: nobody can read how the file calls itself."""
        return self.path.name

    @property
    def unsure(self) -> bool:
        """Whether nobody can tell for which calls it is meant."""
        return self.for_calls == _EVERY_CALL

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return self.error.mistakes or (Mistake(1, "", str(self.error)),)

    @property
    def why(self) -> str:
        """The first of its mistakes, in a line."""
        if not self.error.mistakes:
            return str(self.error)
        left = len(self.error.mistakes) - _TOLD
        told = "; ".join(one.text.rstrip(".") for one in self.error.mistakes[:_TOLD])
        return f"{told}; y {left} más." if left > 0 else f"{told}."

    @property
    def unusable(self) -> str:
        """That it cannot be used, and why, in a sentence with its place."""
        what = "esta pauta no se puede usar" if self.kind == "form" else "estas reglas no se pueden usar"
        return f"{self.path.absolute()}: {what}: {self.why}"

    def refusal(self) -> Waits:
        """What is told of a call that waits for it."""
        return Waits(self)


class Waits(RubricError):
    """A call that stays unjudged until the `file` that it is meant for is put right."""

    def __init__(self, file: Unread) -> None:
        super().__init__(
            f"{file.unusable} La llamada queda sin evaluar: corrija el archivo y vuelva a evaluarla."
        )
        self.file = file


def form(path: Path) -> Rubric | Unread:
    """The form in `path`, or why there is none."""
    found = _read(path, load_rubric)
    if isinstance(found, RubricError):
        return Unread("form", path, _id(path), found, _meant_for(path))
    return found


def pack(path: Path) -> Pack | Unread:
    """The rules of a country in `path`, or why there are none."""
    found = _read(path, load_pack)
    return Unread("pack", path, _id(path), found) if isinstance(found, RubricError) else found


def own(settings: Settings) -> tuple[Unread, ...]:
    """One's own rules of countries, and one's own wordings, that cannot be used."""
    packs = map(pack, sorted(settings.own_packs.glob("*.yaml")) if settings.packs else [])
    return (*(one for one in packs if isinstance(one, Unread)), *_playbook(settings))


def _playbook(settings: Settings) -> Iterator[Unread]:
    from coach.guide import guide  # loads what understands sentences

    if guide(settings).trouble:
        try:
            load_own(settings.own_playbook, load_playbook())
        except RubricError as error:
            yield Unread("playbook", settings.own_playbook, "", error)


def _read(path: Path, load: Callable[[Path], Loaded]) -> Loaded | RubricError:
    """What a file holds, or why it does not load: sought again where it or one in its folder, on which it may
    be based, has changed.
    """
    kept, beside = _refused.get((path, load.__name__), (None, ()))
    if kept is not None and beside == _beside(path):
        return kept
    try:
        return load(path)
    except RubricError:
        beside = _beside(path)
    try:
        return load(path)  # put right while it was looked at
    except RubricError as error:
        if len(_refused) >= _MOST_KEPT:
            _refused.clear()
        _refused[path, load.__name__] = error, beside
        return error


def _beside(path: Path) -> Beside:
    """What is asked of a file and of those in its folder to see whether one has changed."""
    files = sorted({path.absolute(), *path.absolute().parent.glob("*.yaml")})
    return tuple((one, _stamp(one)) for one in files)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        at = path.stat()
    except OSError:
        return ()
    return at.st_mtime_ns, at.st_size, at.st_ino, at.st_mode


def _id(path: Path) -> str:
    """The id that a file gives itself; else the one that its name says, empty where that is none."""
    found = _ID.search(_text(path))
    name = found[1] if found else path.stem
    return name if ID.fullmatch(name) else ""


def _text(path: Path) -> str:
    """What it holds as far as one can tell; nothing where it cannot even be opened."""
    try:
        return legible(path)
    except OSError:
        return ""


# for which calls a form is meant that does not load


def _meant_for(path: Path) -> Applies | None:
    if not (text := _text(path)):
        return _EVERY_CALL
    try:
        stanzas = [held for key, held in parsed(text, path.name).items() if _means_calls(str(key))]
    except RubricError:
        stanzas = [_cut_out(text, key.start()) for key in _TOP_KEY.finditer(text) if _means_calls(key[1])]
    return _readable(stanzas[0]) if stanzas else None


def _means_calls(key: str) -> bool:
    """Whether a key is `for_calls`, or was meant to be."""
    return bool(get_close_matches(key, ("for_calls",), cutoff=0.75))


def _cut_out(text: str, start: int) -> Any:
    """What stands at a key of a file that is no YAML as a whole; None where that part is none either."""
    first, *rest = text[start:].lstrip().splitlines()
    block = [first]
    for line in rest:
        if line.strip() and not line[0].isspace():
            break
        block.append(line)
    try:
        return next(iter(parsed("\n".join(block), "for_calls").values()))
    except RubricError:
        return None


def _readable(stanza: Any) -> Applies:
    """The lines of it that can be read. One that cannot bounds nothing: then more calls wait."""
    lines = {}
    for key, held in stanza.items() if isinstance(stanza, dict) else ():
        try:
            Applies.model_validate({key: held})
        except ValidationError:
            continue
        lines[key] = held
    return Applies.model_validate(lines)
