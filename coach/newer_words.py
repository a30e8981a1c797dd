"""Whether the words of a file may take the place of those that a call has (docs/decisions/0011).

Never where people have worked with them. Else where something says that it is the same call and most words
are the same, or where somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path

from sqlalchemy import Connection, select

from coach.frozen import signed_month
from coach.schema import reviews
from coach.schema_legs import legs
from coach.schema_privacy import imported
from coach.schema_work import calibration_calls, comments, disputes, releases
from coach.store import Store
from coach.types import CoachError
from transcripts.spoken import plain
from transcripts.types import Recording, Transcript

SAME_CALL = 0.6  # share of words; two calls of our examples share 0.47 at most, by the same script
_IN_USE = (  # what people did with the words, and may stand on a turn of them
    ("tiene una apelación", select(disputes.c.id), disputes.c.recording_id),
    (
        "ya se entregó a su agente",
        select(releases.c.id).where(releases.c.withdrawn_at.is_(None)),
        releases.c.recording_id,
    ),
    ("una persona ya la revisó", select(reviews.c.id), reviews.c.recording_id),
    (
        "tiene comentarios",
        select(comments.c.id).where(comments.c.deleted_at.is_(None)),
        comments.c.recording_id,
    ),
    (
        "está en una calibración",
        select(calibration_calls.c.calibration_id),
        calibration_calls.c.recording_id,
    ),
)


class OtherWords(CoachError):
    """Another call has this id, or people have worked with its words."""


def check(store: Store, had: Transcript | None, came: Transcript, file: Path | None, *, asked: bool) -> None:
    """OtherWords where the words that `came` may not take the place of those that the call `had` (None: none
    yet). `file`: where they came from, if it holds this call alone. `asked`: somebody said to replace them.
    """
    recording_id = came.recording.id
    before = store.recording(recording_id)
    with store.reading() as connection:
        why = _in_use(connection, recording_id) if had else None
        if why:
            raise OtherWords(
                "ya hay una llamada con este id y otras palabras, y {why}: no se tomó. Si es otra llamada, "
                "cambie su id o el nombre del archivo; si un turno se oyó mal, corríjalo en la pantalla de "
                "la llamada.",
                why=why,
            )
        known = _same_file(connection, before, file) or _same_facts(before, came.recording)
    unlike = list(_unlike(before, came.recording))
    if had is not None:
        share = shared(had, came)
        if share < SAME_CALL or not (unlike or known):
            unlike.append(_words_in_common(share))
    if unlike and not asked:
        raise OtherWords(
            "ya hay una llamada con este id, y no es seguro que sea la misma ({unlike}): no se tomó. Si es "
            "otra, cambie su id o el nombre del archivo; si es la misma, súbala con «Cambiar las palabras de "
            "las llamadas que ya están» o impórtela con --replace: las de antes quedan guardadas.",
            unlike="; ".join(unlike),
        )


def said(transcript: Transcript) -> list[tuple[str, str]]:
    """Who said what."""
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def any_in(transcript: Transcript) -> bool:
    """Whether anybody says a word."""
    return any(plain(turn.text) for turn in transcript.turns)


def shared(one: Transcript, other: Transcript) -> float:
    """Share 0..1 of the words that both have in the same order, whoever said them."""
    words = [plain(" ".join(turn.text for turn in each.turns)).split() for each in (one, other)]
    return SequenceMatcher(a=words[0], b=words[1], autojunk=False).ratio()


def _words_in_common(share: float) -> str:
    if share < SAME_CALL:
        return f"coincide el {share * 100:.0f} % de las palabras"
    return f"coincide el {share * 100:.0f} % de las palabras, y ningún dato más dice que sea ella"


def _in_use(connection: Connection, recording_id: str) -> str | None:
    """What people did with the call, or with the whole that it is a leg of; None: nothing."""
    whole = select(legs.c.whole_id).where(legs.c.recording_id == recording_id, legs.c.whole_id.is_not(None))
    for one in (recording_id, *connection.scalars(whole)):
        if signed_month(connection, one):
            return "cuenta en un mes firmado"
        for why, query, of in _IN_USE:
            if connection.execute(query.where(of == one).limit(1)).first() is not None:
                return why
    return None


def _same_file(connection: Connection, before: Recording, file: Path | None) -> bool:
    """Whether the words that the call has came from this very file, or its sound lies beside it."""
    if file is None:
        return False
    path = file.resolve()
    if before.audio is not None and before.audio.resolve().with_suffix("") == path.with_suffix(""):
        return True
    its = imported.c.recording_id == before.id, imported.c.path == str(path)
    return connection.execute(select(imported.c.digest).where(*its).limit(1)).first() is not None


def _same_facts(before: Recording, told: Recording) -> bool:
    """Whether both tell the same debtor, account or instant: what hardly two calls of one id share."""
    pairs = (
        (before.account, told.account),
        (before.debtor_name and plain(before.debtor_name), told.debtor_name and plain(told.debtor_name)),
        (_instant(before), _instant(told)),
    )
    return any(one and one == other for one, other in pairs)


def _unlike(before: Recording, told: Recording) -> Iterator[str]:
    """What both tell, and differently. No names: the sentence may outlive the call, beside a file."""
    if _other_name(before.agent, told.agent) or _other(before.agent_login, told.agent_login):
        yield "otro agente"
    if _other_name(before.debtor_name, told.debtor_name):
        yield "otro deudor"
    if _other(before.account, told.account):
        yield "otra cuenta"
    if _other(before.call_date, told.call_date):
        yield "otro día"
    elif _other(_instant(before), _instant(told)):
        yield "otra hora"


def _other(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _other_name(one: str | None, other: str | None) -> bool:
    """Whether neither name is a part of the other: «Ana» may be «Ana Ruiz»."""
    words = set(plain(one or "").split()), set(plain(other or "").split())
    return all(words) and not (words[0] <= words[1] or words[1] <= words[0])


def _instant(recording: Recording) -> datetime | None:
    """When the call began, where its hour is told."""
    started = recording.call_started_at
    return started if isinstance(started, datetime) else None
