"""Calls that tell everything of a debtor wherever words of a call, or about one, can stand: for tests."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, select

from coach import calibration, critical_cases, disputes, releases, reviews
from coach.schema import best_answers, findings, ladders
from coach.schema_drills import clips, coaching_plans
from coach.schema_people import agent_logins
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import Viewer
from rubrics.types import Verdict
from tests.coach.people import somebody
from tests.coach.remarks import remark
from tests.coach.review_people import NOW, judged_call
from tests.dialogue import found

NAME, ACCOUNT = "Wilmer Chávez", "55-9081-7712"
CARD, PHONE = "4111 1111 1111 1111", "912 345 678"
SECRETS = ("Wilmer", "Chávez", ACCOUNT, "55-9081", CARD, "4111 1111", PHONE, "345 678")
ILL = "Me operaron y sigo en el hospital."
ABOUT = f"Al señor {NAME}, cuenta {ACCOUNT}, llámelo al {PHONE}; su tarjeta es {CARD}."
LINES = f"""
    A[0-4]: Buenos días, le saluda Rosa Quispe, de Caja Los Sauces. ¿El señor {NAME}?
    D[4-6]: Sí, soy {NAME}.
    A[6-10]: Debe doscientos cuarenta soles, cuenta {ACCOUNT}. Si no paga, señor {NAME}, lo vamos a embargar.
    D[10-14]: No tengo dinero, mi tarjeta {CARD} está vacía. Yo lo llamo al {PHONE}.
    D[14-16]: {ILL}
    A[16-20]: Anotado el {PHONE}, señor Wilmer. ¿Entonces el viernes paga los doscientos cuarenta soles?
    D[20-24]: Sí, el viernes se los pago.
"""
WAITS, VOID = "pe-1", "pe-2"  # a critical failure to confirm, and a confirmed one
BLIND = "pe-3"  # that the trainer has yet to judge in a calibration


def fill(store: Store, settings: Settings) -> tuple[Viewer, Viewer]:
    """Three such calls of the agent `rosa`, released, with all that people wrote about them; the trainer and
    the agent.
    """
    eva, tere = somebody(store, "analyst", "eva"), somebody(store, "trainer", "tere")
    rosa = somebody(store, "agent", "rosa", holds=("rosa",), team="Norte")
    for name in (WAITS, VOID):
        _keep(store, settings, name)
        remark(store, eva, name, ABOUT, turn=2, for_agent=True)
    reviews.override(store, settings, eva, VOID, "no_threats", "fail", ABOUT)
    critical_cases.act(store, eva, VOID, ABOUT)
    for name in (WAITS, VOID):
        releases.release(store, settings, eva, name)
    disputes.dispute(store, settings, rosa, VOID, "empathy", ABOUT, store.call(VOID).transcript.quote(3))
    _keep(store, settings, BLIND)
    _calibrated(store, tere, eva)
    _kept_words(store, eva)
    return tere, rosa


def _keep(store: Store, settings: Settings, name: str) -> Call:
    facts = {"debtor_name": NAME, "account": ACCOUNT, "duration_s": 24.0, "portfolio": "Norte"}
    call = judged_call(
        settings, name, failed=("no_threats", "empathy"), waiting=("no_threats",), lines=LINES, **facts
    )
    said = call.transcript
    promised = {
        "quote": "6: Sí, el viernes se los pago",
        "amount": "240",
        "currency": "PEN",
        "date": "2026-09-18",
    }
    told = found(said, "no_money@3: No tengo dinero", "health_emergency@4", promise=promised)
    verdicts = dict(call.scorecard.verdicts)
    verdicts["no_threats"] = replace(
        verdicts["no_threats"], reason=f"Amenaza a «{NAME}».", evidence=(said.quote(2),)
    )
    verdicts["empathy"] = Verdict("fail", f"No reconoce lo que dice {NAME}.", (said.quote(5),), 0.9)
    # what `ladders` below says of both objections
    verdicts["handles_objections"] = Verdict("fail", "No responde.", (said.quote(5),), 0.9)
    call = replace(call, findings=told, scorecard=replace(call.scorecard, verdicts=verdicts))
    store.add_recording(said.recording)
    store.save(call, "nlp-1")
    with store.writing() as connection:
        its = select(findings.c.id).where(findings.c.recording_id == name, findings.c.current)
        number = connection.execute(its).scalar_one()
        row = {"findings_id": number, "times": 1, "recognise": 0, "explore": 0, "answer": 0, "ask": 0,
               "fits": 0, "missed": 1}  # fmt: skip
        rows = [{**row, "label": "no_money", "turn": 3}, {**row, "label": "health_emergency", "turn": 4}]
        connection.execute(insert(ladders), rows)
    return call


def _calibrated(store: Store, tere: Viewer, eva: Viewer) -> None:
    """One session that can be compared, one on which the trainer has yet to judge."""
    people = [tere.user_id or 0, eva.user_id or 0]
    done = calibration.create(store, tere, "Agosto", [VOID], people)
    for one in (tere, eva):
        said = dict.fromkeys(store.call(VOID).scorecard.verdicts, ("pass", ""))
        said["empathy"] = ("fail", ABOUT) if one is eva else ("pass", "")
        calibration.score(store, one, done, VOID, said)  # type: ignore[arg-type]
    calibration.create(store, tere, "Septiembre", [BLIND], people)


def _kept_words(store: Store, eva: Viewer) -> None:
    """A clip, an answer and a plan of each of two objections."""
    place = {"recording": VOID, "turn": 3, "start": 0, "end": 30}
    with store.writing() as connection:
        held = select(agent_logins.c.user_id).where(agent_logins.c.login == "rosa")
        rosa = connection.execute(held).scalar_one()
        for objection in ("no_money", "health_emergency"):
            of = {"recording_id": VOID, "objection": objection}
            clip = {**of, "start_s": 0.0, "end_s": 20.0, "title": f"{objection}: {NAME}", "note": ABOUT,
                    "muted": "[]", "said": "[]", "made_by": eva.user_id, "made_at": NOW,
                    "approved_by": eva.user_id, "approved_at": datetime.now(UTC)}  # fmt: skip
            connection.execute(insert(clips).values(**clip))
            answer = {**of, "turn": 5, "text": f"Gracias por contarme ({objection}).", "fit": 0.9,
                      "promised": True, "state": "approved", "decided_by": "Eva",
                      "proposed_at": NOW}  # fmt: skip
            connection.execute(insert(best_answers).values(**answer))
            plan = {"agent_login": "rosa", "user_id": rosa, "created_by": eva.user_id,
                    "pattern": f"objection:{objection}",
                    "target": f"Escuchar primero ({objection})", "share": 0.5, "n": 20,
                    "since": date(2026, 8, 1), "until": date(2026, 9, 20), "follow_up_on": date(2026, 10, 30),
                    "state": "open", "outcome": "", "created_at": NOW + timedelta(days=6),
                    "quotes": json.dumps([place])}  # fmt: skip
            connection.execute(insert(coaching_plans).values(**plan))
