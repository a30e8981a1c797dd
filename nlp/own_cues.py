"""Cues that a rubric or a country pack declares for itself, found like Temple's own: same grammar, same care
for negation, quotation and who says it (`nlp.cues`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from nlp.cues import Cue, Cues, Side, read_lexicon
from nlp.tagger import side_of
from nlp.types import Finding
from transcripts.types import Transcript

LEAST = 0.5  # a cue's weak patterns alone claim nothing
_MOST_FILES = 64
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
                for hit in one.hits:
                    if hit.weight >= LEAST:
                        quote = transcript.quote(index, *words.span(hit.first, hit.end))
                        out.append(Finding(label, quote, hit.weight, f"rule:{origin}/{label}"))
    return sorted(dict.fromkeys(out), key=lambda finding: finding.quote)


def check_cues(cues: Mapping[str, Cue]) -> None:
    """Raises NlpError where one of `cues` has a pattern that cannot be read."""
    _grammars(cues)


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
