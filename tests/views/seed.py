"""Hand-made calls in a real store: small, complete, each there for one thing that a screen must show."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
from sqlalchemy import func, select

from coach.pipeline import rubric_of
from coach.schema import recordings
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from nlp.types import Finding, Findings, Promise, TalkStats
from rubrics.types import Outcome, Scorecard, Verdict
from tests.filled import filled
from transcripts.types import (
    CaseFacts,
    Engine,
    Notice,
    Quote,
    Recording,
    Speaker,
    Stretch,
    Transcript,
    Trust,
    Turn,
    Word,
)

MEXICO = timezone(timedelta(hours=-6))
LINES: tuple[tuple[Speaker, str], ...] = (
    ("agent", "Buenas tardes, habla Rubén Arce, de Crédito Alameda. ¿La señora Lorena Bustos?"),
    ("debtor", "Sí, soy yo."),
    ("agent", "Debe dos mil cien pesos. Si no paga la vamos a embargar."),
    ("debtor", "Es que ahorita no tengo dinero, me pagan hasta el jueves."),
    ("agent", "¿Entonces el jueves quince paga los dos mil cien?"),
    ("debtor", "Sí, el quince le pago los dos mil cien."),
)
TURN_S = 4.0


def fill(store: Store, settings: Settings) -> None:
    """Every call of this file into `store`; a tone stands for the sound of the one that has any.

    An empty store gets the rows of one that was filled before, which takes a tenth of judging anew.
    """
    sound = settings.data_dir / "tone.wav"
    tone(sound, len(LINES) * TURN_S)

    def judged() -> None:
        for call in calls(settings, sound):
            store.add_recording(call.transcript.recording)
            store.save(call)

    if is_empty(store):
        filled(store, f"seed {rubric_of(settings)!r} {store.count_all}", judged, only=_ROWS)
    else:
        judged()


_ROWS = (
    "places", "recordings", "transcripts", "findings", "finding_counts", "ladders", "promises", "scorecards",
    "verdicts", "standings",
)  # fmt: skip


def is_empty(store: Store) -> bool:
    with store.reading() as connection:
        return not connection.execute(select(func.count()).select_from(recordings)).scalar_one()


def calls(settings: Settings, sound: Path) -> Iterable[Call]:
    yield threatening(settings, sound)
    yield voicemail(settings)
    yield nobodys(settings)
    yield spanish(settings)
    for week in range(9):
        yield history(settings, week, "mtapia", "Marisol Tapia", points=90.0 + week % 3)
        yield history(settings, week, "rarce", "Rubén Arce", points=55.0 + week % 4)


def threatening(settings: Settings, sound: Path = Path("tone.wav")) -> Call:
    """With audio: a threat, an objection, a promise read back, music, a notice, a verdict that waits."""
    recording = Recording(
        "mx-embargo", datetime(2026, 10, 8, 17, 40, tzinfo=MEXICO), agent="Rubén Arce", agent_login="rarce",
        company="Crédito Alameda", debtor_name="Lorena Bustos", country="MX", account="400317",
        facts=CaseFacts(Decimal(2100), "MXN", 47, "préstamo personal"),
        audio=sound, duration_s=len(LINES) * TURN_S,
    )  # fmt: skip
    trust = Trust(
        channels=2,
        speech_s=18.0,
        stretches=(Stretch("music", 8.0, 9.5),),
        notices=(Notice("late", "La grabación empieza con la llamada ya iniciada."),),
    )
    engine = Engine("faster-whisper", "whisper-demo-es", demo=True)
    transcript = Transcript(recording, tuple(spoken()), engine=engine, trust=trust)
    threat = quote(transcript, 2, "la vamos a embargar")
    promise = Promise(
        quote(transcript, 5, "el quince le pago los dos mil cien"),
        Decimal(2100), "MXN", date(2026, 10, 15), None,
        quote(transcript, 4, "el jueves quince paga los dos mil cien"), quote(transcript, 5, "Sí"),
    )  # fmt: skip
    found = (
        Finding("greeting", quote(transcript, 0, "Buenas tardes"), 0.9, "rule:greeting/1"),
        Finding("threat", threat, 0.95, "rule:threat/2"),
        Finding("no_money", quote(transcript, 3, "no tengo dinero"), 0.9, "rule:no_money/1"),
    )
    talk = TalkStats(
        34,
        24,
        14,
        0,
        agent_s=11.0,
        debtor_s=9.0,
        overlap_s=0.5,
        silence_s=2.0,
        interruptions=(2,),
        longest_agent_turn_s=5.0,
        agent_wpm=152.4,
        cuts_by_debtor=((3, 2),),
        silences=((4.0, 9.0),),
        holds=(),
        debt_told_s=6.0,
        agent_questions=2,
        agent_hedges=1,
        agent_fillers=0,
    )
    special = {
        "no_threats": Verdict("fail", "Amenaza con un embargo.", (threat,), 0.95),
        "empathy": Verdict(
            "fail", "No reconoce la situación.", (quote(transcript, 4),), 0.5, needs_review=True
        ),
        "reads_back_agreement": Verdict("pass", "Repite monto y fecha.", (quote(transcript, 4),)),
        "asks_reason": Verdict("na", "El deudor ya dijo el motivo.", condition="reason_given"),
    }
    return judged(
        transcript, Findings(found, promise, talk), settings, special, (71.4, 66.0, 78.0), ("no_threats",)
    )


def voicemail(settings: Settings) -> Call:
    recording = Recording(
        "cl-buzon", date(2026, 10, 6), agent="Inés Rojas", agent_login="irojas", country="CL", demo=True
    )
    transcript = Transcript(recording, (Turn("agent", "Buenas tardes, devuélvanos la llamada."),))
    card = Scorecard(
        recording.id, "cobranza@1+x", {}, None, None, None, (), "no", "Contestó un buzón de voz."
    )
    return Call(transcript, Findings(), card)


def nobodys(settings: Settings) -> Call:
    """Without an agent's login, and with text that looks like markup."""
    recording = Recording(
        "pe-sin-asignar", date(2026, 10, 5), debtor_name="![x](http://example.org/x.png)", country="PE"
    )
    turns = (Turn("agent", "Le llamo por su deuda."), Turn("debtor", "<b>No</b> me diga 😀 no tengo dinero."))
    transcript = Transcript(recording, turns)
    found = (Finding("no_money", quote(transcript, 1, "no tengo dinero"), 0.9, "rule:no_money/1"),)
    return judged(transcript, Findings(found, talk=TalkStats(5, 7)), settings, {}, (80.0, 80.0, 80.0))


def spanish(settings: Settings) -> Call:
    """A vague promise in euros."""
    recording = Recording(
        "es-vaga", date(2026, 10, 2), agent="Marisol Tapia", agent_login="mtapia", country="ES"
    )
    transcript = Transcript(recording, (Turn("debtor", "Le pago mil doscientos cuando pueda."),))
    promise = Promise(quote(transcript, 0, "Le pago mil doscientos"), Decimal(1200), "EUR")
    found = (Finding("vague_promise", quote(transcript, 0, "cuando pueda"), 0.9, "rule:vague_promise/1"),)
    return judged(transcript, Findings(found, promise), settings, {}, (64.0, 64.0, 64.0))


def history(settings: Settings, week: int, login: str, agent: str, *, points: float) -> Call:
    day = date(2026, 8, 3) + timedelta(weeks=week)
    recording = Recording(
        f"h-{login}-{week}", day, agent=agent, agent_login=login, country="MX", debtor_name=f"Deudor {week}"
    )
    transcript = Transcript(recording, (Turn("agent", "Buenas."), Turn("debtor", "No voy a pagar.")))
    found = (Finding("refusal", quote(transcript, 1), 0.8, "rule:refusal/1"),)
    return judged(transcript, Findings(found), settings, {}, (points, points, points))


def judged(
    transcript: Transcript,
    findings: Findings,
    settings: Settings,
    special: dict[str, Verdict],
    points: tuple[float, float, float],
    critical: tuple[str, ...] = (),
) -> Call:
    """A call in which every criterion but the `special` ones passes."""
    rubric = rubric_of(settings)
    plain: Outcome = "pass"
    verdicts = {c.id: special.get(c.id, Verdict(plain, "Se cumple.")) for c in rubric.criteria}
    name = rubric.name
    card = Scorecard(transcript.recording.id, name, verdicts, *points, critical)
    return Call(transcript, findings, card)


def quote(transcript: Transcript, turn: int, text: str = "") -> Quote:
    start = transcript.turns[turn].text.index(text)
    return transcript.quote(turn, start, start + len(text) if text else None)


def spoken() -> Iterable[Turn]:
    """LINES, one every TURN_S seconds; the words of a turn share three seconds evenly."""
    for i, (speaker, text) in enumerate(LINES):
        start = i * TURN_S
        parts = text.split()
        step = 3.0 / len(parts)
        words = tuple(
            Word(start + k * step, start + (k + 1) * step, f" {part}", 0.9) for k, part in enumerate(parts)
        )
        yield Turn(speaker, text, start, start + 3.0, words, channel=0 if speaker == "agent" else 1)


def tone(path: Path, seconds: float) -> None:
    """Two quiet tones, one on each channel, in turns: 8 kHz, 16 bits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(_tones(seconds))


@cache
def _tones(seconds: float) -> bytes:
    at = np.arange(int(seconds * 8000))
    value = 6000 * np.sin(at * 0.2) * np.abs(np.sin(at / 1700))
    left = (at / 8000 / TURN_S).astype(int) % 2 == 0
    return np.column_stack([value * left, value * ~left]).astype("<i2").tobytes()
