"""Texts that the centre requires its agents to say: recognised where they are said, word for word or so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from nlp.text import plain
from nlp.types import Finding, Findings
from transcripts.types import Transcript

LABEL = "required_script"
LIKE = 80.0  # of 100: how alike a stretch must be; a recogniser mishears words
SHORTEST = 4  # words: less is no script


def with_scripts(transcript: Transcript, findings: Findings, scripts: Sequence[str]) -> Findings:
    """`findings` and, for each agent turn in which one of `scripts` is said, where it is."""
    wanted = [plain(script) for script in scripts if len(script.split()) >= SHORTEST]
    found = [
        finding
        for index, turn in transcript.said_by("agent")
        if turn.doubt is None
        for script in wanted
        if (finding := _said(transcript, index, script)) is not None
    ]
    if not found:
        return findings
    every = sorted([*findings.findings, *found], key=lambda f: (f.quote, f.label))
    return replace(findings, findings=tuple(every))


def _said(transcript: Transcript, index: int, script: str) -> Finding | None:
    text = transcript.turns[index].text
    if len(text) < len(script) / 2:
        return None
    spoken = text.lower()  # as long as the text, so that places agree
    place = fuzz.partial_ratio_alignment(script, plain(spoken) if len(plain(spoken)) == len(text) else spoken)
    if place is None or place.score < LIKE:
        return None
    quote = transcript.quote(index, place.dest_start, place.dest_end)
    return Finding(LABEL, quote, round(place.score / 100, 3), f"rule:{LABEL}")
