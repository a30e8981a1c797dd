"""How far a transcript can be believed, in figures and in sentences for people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from transcripts.audio import Audio
from transcripts.channels import FRAME_S, Side
from transcripts.formats.roles import SIDES_MAYBE_SWAPPED
from transcripts.hearing import unheard
from transcripts.phrases import CLOSINGS, FAREWELLS, OPENINGS
from transcripts.speakers import looks_swapped
from transcripts.spoken import ends_sentence, plain
from transcripts.types import Notice, Segment, Stretch, Trust, Turn, Word

_EDGE, _SOON = 3, 12  # frames: the first or last 0.1 s is loud, and speech is found within 0.4 s of it
_LOUD_DB = 20.0  # below the level of the side's own speech
_SPEAKS = 0.5
_MUCH_UNHEARD = 0.15  # of all speech
_FIRST_TURNS, _LAST_TURNS, _LAST_WORDS = 3, 4, 2  # of the last words only a goodbye tells an end

NOTICES = {
    "mono": "Esta grabación tiene un solo canal: no se sabe con certeza quién habla. Los papeles se deducen "
    "de lo que se dice, y los criterios que dependen de ello quedan sin juzgar.",
    "dual_mono": "Los dos canales llevan el mismo sonido: se trata como una grabación de un solo canal. "
    "Active la grabación en estéreo en la central.",
    "one_side_silent": "Un canal está en silencio: solo se oye a una de las partes.",
    "one_side_mixed": "Un canal está en silencio y en el otro se oye a las dos partes: se trata como "
    "una grabación de un solo canal.",
    "damaged": "El archivo está dañado o incompleto: falta parte de la llamada o hay trozos ilegibles.",
    SIDES_MAYBE_SWAPPED: "Parece que los canales están cambiados: lo que dice el agente suena a deudor. "
    "Revíselo e intercambie los lados o confirme que están bien; mientras tanto, los criterios que dependen "
    "de quién habla quedan sin juzgar.",
    "no_speech": "No se oye hablar a nadie en esta grabación.",
    "much_unheard": "Hay bastante habla que no se pudo pasar a texto. Escuche la llamada antes de juzgarla.",
    "starts_late": "La grabación empieza con la conversación ya iniciada: el saludo puede faltar.",
    "ends_cut": "La grabación se corta antes de la despedida.",
    "demo_model": "Modelo de demostración: solo entiende las voces sintéticas de ejemplo.",
}


def notice(code: str) -> Notice:
    return Notice(code, NOTICES[code])


def weigh(
    audio: Audio,
    sides: Sequence[Side],
    turns: Sequence[Turn],
    stretches: Sequence[Stretch],
    *,
    dual_mono: bool = False,
    mixed: bool = False,
    demo_model: bool = False,
) -> Trust:
    """The trust in `turns`. `mixed`: both parties are heard on one of the two channels.

    `stretches` is what was already taken out; stretches of speech without text are added to them.
    """
    heard = [_as_segment(turn, sides) for turn in turns]
    missed = [
        Stretch("unheard", round(start * FRAME_S, 3), round(end * FRAME_S, 3), side.channel)
        for side in sides
        for start, end in unheard(side, [*heard, *map(_taken, stretches)])
    ]
    speech_s = sum(side.speech_s for side in sides)
    unheard_s = sum(each.end_s - each.start_s for each in missed)
    one_channel = audio.channels == 1 or dual_mono or mixed
    swapped = not one_channel and looks_swapped(turns)
    late, cut = starts_late(sides, turns), ends_cut(sides, turns, unfinished=audio.probe.ending == "open")
    cut = True if audio.cut_short and turns else cut
    found = {
        "mono": audio.channels == 1,
        "dual_mono": dual_mono,
        "one_side_mixed": mixed,
        "one_side_silent": not one_channel and speech_s > 0 and any(side.speech_s == 0 for side in sides),
        "damaged": audio.damaged,
        SIDES_MAYBE_SWAPPED: swapped,
        "no_speech": speech_s < 0.3,
        "much_unheard": unheard_s > _MUCH_UNHEARD * speech_s and unheard_s > 1.0,
        "starts_late": bool(late),
        "ends_cut": bool(cut),
        "demo_model": demo_model,
    }
    return Trust(
        channels=audio.channels,
        speech_s=round(speech_s, 2),
        unheard_s=round(unheard_s, 2),
        damaged=audio.damaged,
        dual_mono=dual_mono,
        starts_late=late,
        ends_cut=cut,
        sure_speakers=not one_channel and not swapped,
        stretches=tuple(sorted((*stretches, *missed), key=lambda each: (each.start_s, each.channel or 0))),
        notices=tuple(notice(code) for code, holds in found.items() if holds),
    )


def starts_late(sides: Sequence[Side], turns: Sequence[Turn]) -> bool | None:
    """Does the recording begin in mid-conversation? None: not known."""
    if not turns:
        return None
    speaks_at_once = any(_speaks(side, slice(0, _EDGE), slice(0, _SOON)) for side in sides)
    if speaks_at_once:
        return turns[0].text[:1].islower() or not OPENINGS.search(plain(turns[0].text))
    return False if any(OPENINGS.search(plain(turn.text)) for turn in turns[:_FIRST_TURNS]) else None


def ends_cut(sides: Sequence[Side], turns: Sequence[Turn], *, unfinished: bool = False) -> bool | None:
    """Does the recording stop in mid-conversation? None: not known.

    An `unfinished` file is no proof of it: many a recorder leaves every one so. What tells them apart is a
    goodbye at the end.
    """
    if not turns:
        return None
    speaks_to_the_end = any(_speaks(side, slice(-_EDGE, None), slice(-_SOON, None)) for side in sides)
    last = max(turns, key=lambda turn: turn.end_s or 0.0)
    if speaks_to_the_end and not ends_sentence(last.text):
        return True
    if unfinished:
        return not any(FAREWELLS.search(plain(turn.text)) for turn in turns[-_LAST_WORDS:])
    if any(CLOSINGS.search(plain(turn.text)) for turn in turns[-_LAST_TURNS:]):
        return False
    return True if speaks_to_the_end else None


def _speaks(side: Side, edge: slice, near: slice) -> bool:
    """Is `side` loud at the very edge of the recording, and is that somebody speaking?"""
    own_db = side.own_db
    if own_db is None:
        return False
    loud = bool(np.min(side.level_db[edge]) > own_db - _LOUD_DB)
    return loud and bool(np.any(side.speech[near] >= _SPEAKS))


def _as_segment(turn: Turn, sides: Sequence[Side]) -> Segment:
    channel = sides[0].channel if turn.channel is None and sides else turn.channel
    return Segment(turn.start_s or 0.0, turn.end_s or 0.0, turn.text, turn.words, channel)


def _taken(stretch: Stretch) -> Segment:
    """A stretch whose text was taken out counts as heard: it had its text."""
    word = Word(stretch.start_s, stretch.end_s, stretch.text, 1.0)
    return Segment(stretch.start_s, stretch.end_s, stretch.text, (word,), stretch.channel)
