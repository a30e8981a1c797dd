"""What else a house has gathered after a year: draws, ratings, calibrations, payments, jobs, the log, closes.

Most of it is one statement for all calls, in words that both databases understand.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, insert, select, text

from coach import closing, trusts
from coach.schema_people import audit, users
from coach.schema_work import calibrations
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer

CALIBRATIONS, PER_CALIBRATION = 24, 4

_FLIPPED = "CASE WHEN v.outcome = 'pass' THEN 'fail' WHEN v.outcome = 'fail' THEN 'pass' ELSE v.outcome END"
_DRAWS = (
    "INSERT INTO draws (id, kind, day, at, frame, drawn) SELECT row_number() OVER (ORDER BY call_date), "
    "'day', call_date, max(added_at), count(*), 60 FROM recordings "
    "WHERE call_date IS NOT NULL GROUP BY call_date",
    "INSERT INTO chances (recording_id, draw_id, probability) SELECT r.id, d.id, 0.05 FROM recordings r "
    "JOIN draws d ON d.day = r.call_date ORDER BY r.id",
)
_RATINGS = f"""
    INSERT INTO ratings (review_id, criterion, recording_id, user_id, at, rubric, nlp_version, model, person,
        machine, blind)
    SELECT f.review_id, v.criterion, w.recording_id, f.user_id, w.reviewed_at, c.rubric, n.nlp_version,
        t.model, CASE WHEN (f.review_id + length(v.criterion)) % 13 = 0 THEN {_FLIPPED} ELSE v.outcome END,
        v.outcome, f.blind
    FROM review_facts f JOIN reviews w ON w.id = f.review_id JOIN scorecards c ON c.id = w.scorecard_id
    JOIN findings n ON n.id = c.findings_id JOIN transcripts t ON t.id = n.transcript_id
    JOIN verdicts v ON v.scorecard_id = c.id
"""  # noqa: S608 - a constant of this file
_PAST = """
    INSERT INTO past_evaluations (source, recording_id, call_ref, agent_login, reviewer, evaluated_on,
        criterion, outcome)
    SELECT 'hoja.xlsx:' || c.id, r.id, r.id, r.agent_login, 'Antes', r.call_date, v.criterion, v.outcome
    FROM scorecards c JOIN recordings r ON r.id = c.recording_id JOIN verdicts v ON v.scorecard_id = c.id
    WHERE c.id % 67 = 0
"""
_PAYMENTS = (
    "INSERT INTO payments (account, paid_on, amount, currency, reference) "
    "SELECT account, due_on, amount, coalesce(currency, 'PEN'), 'p' || findings_id FROM promises "
    "WHERE firm AND account IS NOT NULL AND amount IS NOT NULL AND findings_id % 5 < 3",
    "INSERT INTO payment_spans (currency, country, portfolio, first_on, last_on) "
    "SELECT p.currency, coalesce(r.country, ''), coalesce(r.portfolio, ''), min(p.paid_on), max(p.paid_on) "
    "FROM payments p JOIN recordings r ON r.account = p.account "
    "GROUP BY p.currency, coalesce(r.country, ''), coalesce(r.portfolio, '')",
    "UPDATE promises SET paid = amount, paid_on = due_on "
    "WHERE firm AND account IS NOT NULL AND amount IS NOT NULL AND findings_id % 5 < 3",
)
_JOBS = """
    INSERT INTO jobs (recording_id, name, state, step, progress, created_at, started_at, finished_at, worker,
        attempts, cancel_asked, error)
    SELECT r.id, r.id || '.wav', CASE WHEN c.id % 500 = 0 THEN 'failed' ELSE 'done' END, 'judge', 1.0,
        r.added_at, r.added_at, r.added_at, '', 1, r.demo AND NOT r.demo, ''
    FROM recordings r JOIN scorecards c ON c.recording_id = r.id ORDER BY c.id
"""


def fill(connection: Connection, dice: random.Random, last: date) -> None:
    for statement in (*_DRAWS, _RATINGS, _PAST, *_PAYMENTS, _JOBS):
        connection.execute(text(statement))
    _calibrations(connection, last)
    _log(connection, dice)


def close_months(store: Store, first: date, last: date) -> None:
    """What people's reviews say of the machine, reckoned; then every month that is over, signed."""
    settings = Settings(data_dir=store.data_dir)
    trusts.refresh(store, settings)
    with store.reading() as connection:
        admin = connection.execute(select(users).where(users.c.role == "admin").limit(1)).one()
    viewer = Viewer(admin.id, admin.login, admin.name, "admin")
    day = first
    while (day.year, day.month) < (last.year, last.month):
        close_id = closing.prepare(store, settings, viewer, day)
        closing.sign(store, viewer, close_id, closing.read(store, viewer, close_id).digest)
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _calibrations(connection: Connection, last: date) -> None:
    """Every other week a session of a few calls, scored by all analysts; the last one is still open."""
    (admin,) = connection.execute(select(users.c.id).where(users.c.role == "admin").limit(1)).scalars()
    rows = []
    for n in range(1, CALIBRATIONS + 1):
        at = datetime.combine(last, datetime.min.time(), UTC) - timedelta(weeks=2 * (CALIBRATIONS - n))
        closed = at + timedelta(days=5) if n < CALIBRATIONS else None
        rows.append({"id": n, "title": f"Calibración {n}", "created_by": admin, "created_at": at,
                     "closes_on": None, "closed_at": closed})  # fmt: skip
    connection.execute(insert(calibrations), rows)
    of, last_call = {"per": PER_CALIBRATION, "sessions": CALIBRATIONS}, "(SELECT max(id) FROM scorecards)"
    connection.execute(
        text(
            "INSERT INTO calibration_calls (calibration_id, recording_id, scorecard_id) "  # noqa: S608 - constants of this file
            "SELECT k.id, c.recording_id, c.id FROM calibrations k JOIN scorecards c "
            f"ON c.id > {last_call} * k.id / (:sessions + 1) "
            f"AND c.id <= {last_call} * k.id / (:sessions + 1) + :per"
        ),
        of,
    )
    connection.execute(
        text(
            "INSERT INTO calibration_people (calibration_id, user_id) "
            "SELECT k.id, u.id FROM calibrations k JOIN users u ON u.role = 'analyst'"
        )
    )
    connection.execute(
        text(
            "INSERT INTO calibration_scores "  # noqa: S608 - constants of this file
            "(calibration_id, recording_id, user_id, criterion, outcome, note, at) "
            "SELECT k.calibration_id, k.recording_id, p.user_id, v.criterion, "
            f"CASE WHEN (p.user_id + length(v.criterion)) % 11 = 0 THEN {_FLIPPED} ELSE v.outcome END, '', "
            "s.created_at FROM calibration_calls k JOIN calibration_people p "
            "ON p.calibration_id = k.calibration_id JOIN calibrations s ON s.id = k.calibration_id "
            "JOIN verdicts v ON v.scorecard_id = k.scorecard_id WHERE k.calibration_id < :sessions"
        ),
        {"sessions": CALIBRATIONS},
    )


def _log(connection: Connection, dice: random.Random) -> None:
    """About one and a half entries a call: seen, signed in, exported."""
    who = connection.execute(select(users.c.id, users.c.login)).all()
    calls = connection.execute(text("SELECT id, call_started_at FROM recordings ORDER BY id")).all()
    rows = []
    for place, call in enumerate(calls):
        at = datetime.fromisoformat(str(call.call_started_at)).replace(tzinfo=UTC) + timedelta(hours=20)
        for action in ("see", "see", "sign_in", "export")[: 1 + place % 3 // 2 + (place % 40 == 0)]:
            person = dice.choice(who)
            subject = f"call:{call.id}" if action == "see" else "export:calls"
            rows.append({"at": at, "user_id": person.id, "login": person.login, "action": action,
                         "subject": subject, "detail": "{}"})  # fmt: skip
    connection.execute(insert(audit), rows)
