"""A call with everything that can hang on one, for tests of privacy: the words of a debtor in every table."""

from __future__ import annotations

import hashlib
import struct
import wave
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import insert, update

from coach import audit
from coach.schema import best_answers, jobs, recordings, scorecards
from coach.schema_drills import clips, coaching_plans, drill_attempts
from coach.schema_month import past_evaluations, payments
from coach.schema_work import (
    calibration_calls,
    calibration_drafts,
    calibration_scores,
    calibrations,
    critical_steps,
    drafts,
)
from coach.schema_work import disputes as dispute_table
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, Override, Relabel, Review
from coach.upheld import keep_as_gold
from coach.versions import current
from tests.coach.remarks import remark
from tests.coach.review_people import NOW, judged_call, person
from tests.coach.spoken import add_review

ACCOUNT, NAME, CARD = "55-9081-7712", "Wilmer Chávez", "4111 1111 1111 1111"
SECRET = "murciélago"  # a word that nobody but the debtor said
LINES = f"""
    A[0-4]: Buenos días, le saluda Rosa Quispe, de Caja Los Sauces. ¿El señor {NAME}?
    D[4-6]: Sí, con él. Aquí tengo un {SECRET}.
    A[6-10]: Debe doscientos cuarenta soles. ¿Me da el número de su tarjeta?
    D[10-14]: Es {CARD}.
    A[14-18]: ¿Entonces el viernes paga los doscientos cuarenta soles?
    D[18-20]: Sí, el viernes se los pago, si mi {SECRET} quiere.
"""


def keep(
    store: Store, settings: Settings, recording_id: str = f"{ACCOUNT}_llamada", *, account: str = ACCOUNT,
    **given: object,
) -> Call:  # fmt: skip
    """The call alone, with its sound in the data folder; it came on its day."""
    audio = store.data_dir / "audio" / f"{recording_id}.wav"
    audio.parent.mkdir(parents=True, exist_ok=True)
    if not audio.exists():
        hum(audio, 20.0)
    facts = {"lines": LINES, "debtor_name": NAME, "amount_due": "240", "duration_s": 20.0, **given}
    call = judged_call(settings, recording_id, account=account, audio=audio, **facts)  # type: ignore[arg-type]
    store.add_recording(
        call.transcript.recording, content_hash=hashlib.sha256(recording_id.encode()).hexdigest()
    )
    store.save(call, "nlp-1")
    came(store, recording_id, NOW)
    return call


def came(store: Store, recording_id: str, at: datetime) -> None:
    """When the call was taken in."""
    with store.writing() as connection:
        its = update(recordings).where(recordings.c.id == recording_id)
        connection.execute(its.values(added_at=at))


def hum(path: Path, seconds: float) -> None:
    """One channel that is never silent: 8 kHz, 16 bits."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(struct.pack("<8h", 0, 4000, 6000, 4000, 0, -4000, -6000, -4000) * int(seconds * 1000))


def keep_all(store: Store, settings: Settings) -> Call:
    """The call with reviews, remarks, an upheld dispute, clips, drills, answers, plans, payments."""
    call = keep(store, settings)
    eva = person(store, "eva", "analyst")
    rosa = person(store, "rosa", "agent")
    said = f"Dijo lo del {SECRET}"
    add_review(
        store,
        Review(
            call.id, "Eva", NOW, (Override("empathy", "pass", said),), (Relabel(3, None, "no_money"),), said
        ),
    )
    with store.writing() as connection:
        card = current(connection, scorecards, call.id)
        assert card is not None
        of = {"recording_id": call.id}
        quote = f'{{"turn": 1, "start": 0, "end": 4, "text": "{SECRET}"}}'
        number = connection.execute(
            insert(dispute_table)
            .values(
                **of, scorecard_id=card.id, criterion="empathy", opened_by=rosa.user_id, opened_at=NOW,
                reason=said, quote=quote, due_on=date(2026, 9, 20), state="upheld", decision=said,
            )
            .returning(dispute_table.c.id)
        ).scalar_one()  # fmt: skip
        rows = (
            (drafts, {**of, "user_id": eva.user_id, "scorecard_id": card.id, "blind": False,
                      "started_at": NOW, "updated_at": NOW, "seconds": 1.0, "body": said}),
            (critical_steps, {**of, "user_id": eva.user_id, "at": NOW, "text": said, "closes": False}),
            (best_answers, {**of, "objection": "no_money", "turn": 2, "text": said, "fit": 1.0,
                            "promised": True, "state": "approved", "decided_by": "Eva", "proposed_at": NOW}),
            (clips, {**of, "objection": "no_money", "start_s": 0.0, "end_s": 20.0, "title": said,
                     "note": said, "muted": "[]", "said": f'["{said}"]', "made_by": eva.user_id,
                     "made_at": NOW}),
            (drill_attempts, {**of, "user_id": rosa.user_id, "format": "reply", "scenario": "",
                              "source_turn": 3, "seed": 1, "on_date": date(2026, 9, 16), "started_at": NOW,
                              "seconds": 1.0,
                              "spoken": False, "body": said, "grade": said, "versions": "{}"}),
            (coaching_plans, {"agent_login": "rosa", "user_id": rosa.user_id, "created_by": eva.user_id,
                              "pattern": "criterion:empathy", "target": "Escuchar", "share": 0.5, "n": 2,
                              "since": date(2026, 9, 1),
                              "until": date(2026, 9, 20), "follow_up_on": date(2026, 9, 30), "state": "open",
                              "quotes": f'[{{"recording": "{call.id}", "turn": 1, "start": 0, "end": 2}}]',
                              "outcome": "", "created_at": NOW}),
            (jobs, {**of, "name": f"{ACCOUNT} {NAME}.wav", "state": "done", "step": "score", "progress": 1.0,
                    "created_at": NOW, "worker": "", "attempts": 1, "cancel_asked": False, "error": ""}),
            (past_evaluations, {**of, "source": "hoja 2", "call_ref": call.id, "reviewer": "Eva",
                                "criterion": "empathy", "outcome": "pass"}),
            (payments, {"account": ACCOUNT, "paid_on": date(2026, 9, 18), "amount": 240, "currency": "PEN",
                        "reference": "r1"}),
            (calibrations, {"id": 1, "title": "Septiembre", "created_by": eva.user_id, "created_at": NOW}),
            (calibration_calls, {**of, "calibration_id": 1, "scorecard_id": card.id}),
            (calibration_scores, {**of, "calibration_id": 1, "user_id": eva.user_id, "criterion": "empathy",
                                  "outcome": "pass", "note": said, "at": NOW}),
            (calibration_drafts, {**of, "calibration_id": 1, "user_id": rosa.user_id, "body": said}),
        )  # fmt: skip
        for table, row in rows:
            connection.execute(insert(table).values(**row))
    keep_as_gold(store.data_dir, number, call)
    remark(store, eva, call.id, said)
    audit.seen(store, eva, "see", f"call:{call.id}")
    return call
