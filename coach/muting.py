"""A copy of a call's sound without what gives anybody away: silent, or under a tone, with a list of where.

Muted are the stretches that redaction finds, a little around them, and speech that was not understood: a
name may be in it. Times stay, so that the transcript still fits.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coach import audit, peaks, queries
from coach.clip_cut import AROUND_S, Span, silenced
from coach.peaks import sound
from coach.store import Store
from coach.tables import FOR_SPREADSHEETS, csv_text
from coach.types import Call, CoachError
from coach.viewers import Viewer
from coach.whole_files import whole_file
from nlp.redact import PLACEHOLDERS, Redaction, redactions
from transcripts import playback
from transcripts.types import Transcript

ENDINGS = (".wav", ".flac")
NOT_HEARD = (
    "Esta llamada no se puede oír con su cuenta: sus turnos no tienen tiempos y no se sabe dónde silenciar "
    "nombres y números. Pídalo a quien administra Temple."
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One muted stretch, in seconds of the call; `why` as placeholders, never the words."""

    start_s: float
    end_s: float
    why: str


class CannotMute(CoachError):
    """It is not known where somebody is given away in a sound."""


def playable(store: Store, viewer: Viewer, recording_id: str) -> Path:
    """The sound of a call in reach for browsers: as it was recorded to who may know the debtor, to all others
    a muted copy, made at its first hearing. CannotMute where there can be none; nothing is heard then.
    """
    if viewer.may("names"):
        return peaks.playable(store, recording_id)
    call = store.call(recording_id)
    audio = sound(call.transcript.recording)
    if not can_mute(call.transcript):
        raise CannotMute(NOT_HEARD)
    return peaks.silenced(store, audio, [(one.start_s, one.end_s) for one in moments(call)])


def can_mute(transcript: Transcript) -> bool:
    """Whether it is known when each word was said."""
    timed = all(turn.start_s is not None and turn.end_s is not None for turn in transcript.turns)
    return timed and bool(transcript.turns or transcript.trust.stretches)


def moments(call: Call) -> tuple[Moment, ...]:
    """Where the copy of a call is muted, in order; CoachError where its turns have no times."""
    transcript = call.transcript
    if not transcript.turns and not transcript.trust.stretches:
        raise CoachError("{call}: sin transcripción no se sabe qué silenciar.", call=call.id)
    spans = redactions(transcript, call.findings.promise)
    return tuple(Moment(a, b, _why((a, b), call, spans)) for a, b in silenced(transcript, spans))


def mute(
    store: Store, viewer: Viewer, recording_id: str, out: Path, *, beep: bool = False
) -> tuple[Moment, ...]:
    """Write the muted sound to `out` (.wav or .flac) and the list of moments beside it as CSV.

    Needs the right to export and the call in reach; the log says who took it.
    """
    viewer.require("export")
    if out.suffix.lower() not in ENDINGS:
        raise CoachError("{file}: el archivo debe terminar en .wav o .flac.", file=out)
    call = queries.call(store, viewer, recording_id)
    source = sound(call.transcript.recording)
    if out.resolve() == source.resolve():
        raise CoachError("{file}: es la grabación original. Indique otro archivo con -o.", file=out)
    where = moments(call)
    with whole_file(out, same_ending=True) as aside:
        playback.muted_copy(source, aside, [(m.start_s, m.end_s) for m in where], beep=beep)
    list_beside(out).write_bytes(moments_csv(where).encode(FOR_SPREADSHEETS))
    audit.note(store, viewer, "mute", f"call:{recording_id}", beep=beep, moments=len(where))
    return where


def muted(store: Store, viewer: Viewer, recording_id: str, *, beep: bool = False) -> bytes:
    """The muted sound as FLAC, for a download."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "copia.flac"
        mute(store, viewer, recording_id, out, beep=beep)
        return out.read_bytes()


def list_beside(out: Path) -> Path:
    """Where the list of moments of a muted copy lies."""
    return out.with_suffix(".silencios.csv")


def moments_csv(where: Sequence[Moment]) -> str:
    rows = ((f"{one.start_s:.2f}", f"{one.end_s:.2f}", one.why) for one in where)
    return csv_text(("desde_s", "hasta_s", "que"), rows)


def _why(stretch: Span, call: Call, spans: Sequence[Redaction]) -> str:
    turns = call.transcript.turns
    kinds = []
    for one in spans:
        turn = turns[one.quote.turn]
        start, end = (one.start_s, one.end_s) if one.exact else (turn.start_s, turn.end_s)
        if (start or 0.0) - AROUND_S < stretch[1] and (end or 0.0) + AROUND_S > stretch[0]:
            kinds.append(PLACEHOLDERS[one.kind])
    return " ".join(dict.fromkeys(kinds)) or "habla que no se entendió"
