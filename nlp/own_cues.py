"""Cues that a rubric or a country pack declares for itself, found like Temple's own: same grammar, same care
for negation, quotation and who says it (`nlp.cues`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from nlp.cues import WEIGHTS, Cue, Cues, Side, lines, read_lexicon
from nlp.pattern_text import parts_of
from nlp.steps import Part, PatternError
from nlp.tagger import side_of
from nlp.types import Finding
from nlp.waiting import ANY
from transcripts.types import Transcript

LEAST = 0.5  # one weak pattern claims nothing; two that stand apart in a turn do
_MOST_FILES = 64
BLOCKS = (*WEIGHTS, "not", "unless")  # of a cue: where its patterns stand
_CONCEPT = re.compile(r"@([a-z_0-9]+)")
SIDES: tuple[Side, ...] = ("agent", "debtor")


def find_own(transcript: Transcript, cues: Mapping[str, Cue], origin: str, digest: str = "") -> list[Finding]:
    """Every place where one of `cues` stands, in order of turn. `origin` names the file in each source.

    `digest` is that of the file that brings the cues: with it the grammar is found again without comparing
    the cues themselves. A turn without a speaker is read as either side's; doubtful turns are not read.
    Raises NlpError where a pattern cannot be read.
    """
    if not cues:
        return []
    grammars = _grammars(cues, digest)
    out = []
    for index, turn in enumerate(transcript.turns):
        if turn.doubt is not None or not turn.text.strip():
            continue
        for side in SIDES if turn.speaker == "unknown" else (side_of(turn.speaker),):
            own = grammars[side]
            words = own.words(turn.text)
            for label, one in own.score(words).items():
                full = [hit for hit in one.hits if hit.weight >= LEAST]
                for hit in full or (one.hits if one.score >= LEAST else ()):
                    quote = transcript.quote(index, *words.span(hit.first, hit.end))
                    score = hit.weight if full else one.score
                    out.append(Finding(label, quote, score, f"rule:{origin}/{label}"))
    return sorted(dict.fromkeys(out), key=lambda finding: finding.quote)


class Slip(NamedTuple):
    """A pattern that cannot be read: in which block of its cue, on which of its lines (from 0), and why."""

    block: str
    line: int
    what: str


def slips(stanza: Mapping[str, object]) -> Iterator[Slip]:
    """Every pattern of a cue, as it is written in its file, that cannot be read."""
    for block in BLOCKS:
        text = stanza.get(block)
        for at, line in enumerate(text.splitlines() if isinstance(text, str) else ()):
            for pattern in lines(line):
                if what := _slip(pattern):
                    yield Slip(block, at, what)


def oddities(stanza: Mapping[str, object]) -> Iterator[Slip]:
    """What can be read of a cue and is hardly meant: patterns that any word fits, a cue that nothing fits."""
    written = {block: str(stanza.get(block) or "") for block in BLOCKS}
    for block, text in written.items():
        for at, line in enumerate(text.splitlines()):
            for pattern in lines(line):
                if not _slip(pattern) and _any_word(parts_of(pattern)):
                    yield Slip(
                        block, at, f"«{pattern}» suena en cualquier turno. Escriba las palabras que busca"
                    )
    sought = [pattern for block in WEIGHTS for pattern in lines(written[block])]
    barred = {*lines(written["not"]), *lines(written["unless"])}
    if not stanza.get("said_by"):
        yield Slip("said_by", 0, "no suena nunca: no dice quién habla. Escriba agent, debtor o ambos")
    elif barred.issuperset(sought) and not stanza.get("also"):
        why = "todo lo que busca está también en «not» o «unless»" if sought else "no busca nada"
        yield Slip("", 0, f"no suena nunca: {why}. Revísela")


def _any_word(parts: tuple[Part, ...]) -> bool:
    """Whether every word of a turn fits them; what bounds them, or may not follow, is a condition."""
    if any(part.kind in ("bound", "not") for part in parts):
        return False
    return all(
        part.optional or part.kind == "gap" or part.symbol == ANY or any(map(_any_word, part.inner))
        for part in parts
    )


def _slip(pattern: str) -> str:
    try:
        parts_of(pattern)
    except PatternError as error:
        return str(error)
    known = _concepts()
    unknown = next((name for name in _CONCEPT.findall(pattern) if name not in known), "")
    return f"«{pattern}»: ningún concepto se llama @{unknown}" if unknown else ""


@cache
def _concepts() -> frozenset[str]:
    return frozenset(read_lexicon())


_of_file: dict[str, dict[Side, Cues]] = {}  # by the file's digest


def _grammars(cues: Mapping[str, Cue], digest: str = "") -> dict[Side, Cues]:
    """The cues of a file as each side's words are searched for them."""
    if digest in _of_file:
        return _of_file[digest]
    written = tuple(sorted((name, cue.model_dump_json(by_alias=True)) for name, cue in cues.items()))
    built = {side: _built(written, side) for side in SIDES}
    if digest:
        if len(_of_file) >= _MOST_FILES:
            _of_file.clear()
        _of_file[digest] = built
    return built


@lru_cache(maxsize=64)
def _built(written: tuple[tuple[str, str], ...], side: Side) -> Cues:
    """Read once for each set of cues: a grammar takes a tenth of a second to build."""
    return Cues(side, {name: Cue.model_validate_json(text) for name, text in written}, read_lexicon())
