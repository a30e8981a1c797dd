"""A group practises: one plays, the others score unseen, the player first; then all compare."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from coach import attempts, audit, group_sessions, notices, practice_turns, session_rows, trainees
from coach.schema_drills import drill_attempts, drill_results
from coach.session_compare import comparison
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from drills.checklist import checklist
from drills.drill import replayed
from drills.formats import FORMATS
from drills.grade import Tools, grade_play
from drills.loader import load_lines, load_scenarios
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.coach.people import somebody

NOW = datetime(2026, 10, 5, 15, tzinfo=UTC)
CASE = "quincena_corta"
REPLY = "Siento lo de su quincena, señora. ¿Le anoto quinientos pesos para el viernes?"


@pytest.fixture
def ruben(store: Store) -> Viewer:
    return somebody(store, "agent", "rarce", name="Rubén Arce", team="Norte")


@pytest.fixture
def marisol(store: Store) -> Viewer:
    return somebody(store, "agent", "mtapia", name="Marisol Tapia", team="Norte")


@pytest.fixture
def trainer(store: Store) -> Viewer:
    return somebody(store, "trainer", name="Tomás Vidal")


@pytest.fixture
def number(store: Store, settings: Settings, trainer: Viewer, ruben: Viewer, marisol: Viewer) -> int:
    """Rubén plays, Marisol scores, Tomás leads."""
    return group_sessions.open_session(
        store, settings, trainer, "", "one_reply", CASE, ruben.user_id or 0, [marisol.user_id or 0], seed=3,
        now=NOW,
    )  # fmt: skip


def points(store: Store, settings: Settings, viewer: Viewer, number: int, share: float) -> dict[str, int]:
    play = group_sessions.talk(store, settings, viewer, number)
    return {rule: round(most * share) for rule, most in checklist(play)}


def test_who_coaches_may_score_but_an_analyst_is_not_among_them(
    store: Store, settings: Settings, trainer: Viewer, ruben: Viewer
) -> None:
    lead = somebody(store, "lead", "lmora", name="Laura Mora", leads="Norte")
    analyst = somebody(store, "analyst", "aana", name="Ana")
    assert trainees.coaches(store, trainer) == {lead.user_id: "Laura Mora"}
    of = (store, settings, trainer, "", "one_reply", CASE, ruben.user_id or 0)
    number = group_sessions.open_session(*of, [lead.user_id or 0], seed=3, now=NOW)
    assert session_rows.session(store, lead, number).scores
    with pytest.raises(CoachError, match="no está entre las que usted acompaña"):
        group_sessions.open_session(*of, [analyst.user_id or 0], seed=3, now=NOW)
    with pytest.raises(CoachError, match="no está entre las que usted acompaña"):  # nor does a coach play
        group_sessions.open_session(*of[:6], lead.user_id or 0, [ruben.user_id or 0], seed=3, now=NOW)


@pytest.mark.parametrize("format_", group_sessions.PLAYED)
@pytest.mark.parametrize(
    "scenario",
    [
        CASE,
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in ("recibo_devuelto", "contesta_la_hermana", "el_nene_golpeado")
        ),
    ],
)
def test_the_list_is_what_the_machine_marks_by(format_: str, scenario: str) -> None:
    case = load_scenarios()[scenario]
    if case.with_third_party and format_ not in ("third_party", "whole_call"):
        pytest.skip("nobody owes anything on this call")
    book, playbook = load_lines(), load_playbook()
    drill = FORMATS[format_].build(case, 1, date(2026, 10, 5), book, playbook)  # type: ignore[index]
    play = replayed(drill, [REPLY, REPLY], book)
    marked = tuple((one.id, one.of) for one in grade_play(play, Tools(book, playbook, load_rubric())).marks)
    # of a single reply the machine leaves out what it has no room for: see `drills.single`
    room = {rule for rule, _ in marked} | (
        set() if drill.most == 1 else {rule for rule, _ in checklist(play)}
    )
    assert tuple(item for item in checklist(play) if item[0] in room) == marked


def test_everybody_invited_is_told_and_takes_part(
    store: Store, settings: Settings, number: int, ruben: Viewer, marisol: Viewer, trainer: Viewer
) -> None:
    for who in (ruben, marisol):
        (told,) = [one for one in notices.waiting(store, settings, who, now=NOW) if one.id]
        assert (told.kind, told.of) == ("session_opened", number)
        assert [one.id for one in session_rows.sessions(store, who)] == [number]
    seen = session_rows.session(store, ruben, number)
    assert (seen.plays, seen.scores, seen.leads, seen.phase) == (True, True, False, "playing")
    assert [seat.name for seat in seen.seats] == ["Rubén Arce", "Marisol Tapia", "Tomás Vidal"]


def test_one_plays_all_score_and_then_compare(
    store: Store, settings: Settings, number: int, ruben: Viewer, marisol: Viewer, trainer: Viewer
) -> None:
    play = group_sessions.say(store, settings, trainer, number, REPLY, now=NOW)
    assert play.over
    assert session_rows.session(store, trainer, number).phase == "scoring"
    group_sessions.score(store, settings, ruben, number, points(store, settings, ruben, number, 1.0))
    group_sessions.score(
        store, settings, marisol, number, points(store, settings, marisol, number, 0.0), "Duro."
    )
    assert [one.kind for one in notices.waiting(store, settings, marisol, now=NOW)] == ["session_opened"]
    group_sessions.compare(store, settings, trainer, number, now=NOW)
    assert notices.waiting(store, settings, marisol, now=NOW) == ()  # nothing to go to any more
    for viewer in (ruben, marisol, trainer):
        found = comparison(store, viewer, number)
        assert [one.name for one in found.people] == ["Rubén Arce", "Marisol Tapia"]
        assert found.people[1].note == "Duro."
        assert {item.spread for item in found.items} == {1.0}
        assert all(item.group == 0 for item in found.items)
        assert len(found.differ) == len(found.items)
        assert found.items[0].gap == -found.items[0].machine
    with store.reading() as connection:
        row = connection.execute(select(drill_attempts)).one()
        assert connection.execute(select(drill_results)).first() is None
    assert (row.user_id, row.finished_at, row.points_of) == (ruben.user_id, NOW, found.total)
    assert audit.entries(store, HOUSE, action="session.compare").total == 1
    kept = attempts.attempt(store, ruben, row.id, load_playbook())  # replayed like any other attempt
    assert kept.shown is not None
    assert (kept.shown.of, kept.body.texts) == (found.total, (REPLY,))


def test_who_played_scores_first(
    store: Store, settings: Settings, number: int, ruben: Viewer, marisol: Viewer, trainer: Viewer
) -> None:
    group_sessions.say(store, settings, ruben, number, REPLY)
    mine = points(store, settings, marisol, number, 1.0)
    with pytest.raises(CoachError, match="espere a Rubén Arce"):
        group_sessions.score(store, settings, marisol, number, mine)
    with pytest.raises(CoachError, match="ya puntuó"):
        group_sessions.compare(store, settings, trainer, number)
    group_sessions.score(store, settings, ruben, number, mine)
    group_sessions.score(store, settings, marisol, number, mine)


def test_nobody_sees_another_s_score_or_the_machine_s_before_the_comparison(
    store: Store, settings: Settings, number: int, ruben: Viewer, marisol: Viewer, trainer: Viewer
) -> None:
    group_sessions.say(store, settings, ruben, number, REPLY)
    group_sessions.score(store, settings, ruben, number, points(store, settings, ruben, number, 1.0))
    assert group_sessions.own_score(store, marisol, number) == {}
    for viewer in (marisol, ruben, trainer):
        with pytest.raises(CoachError, match="Todavía no se compara"):
            comparison(store, viewer, number)
    assert [seat.done for seat in session_rows.session(store, marisol, number).seats] == [True, False, False]
    with store.reading() as connection:
        assert connection.execute(select(drill_attempts.c.grade)).scalar_one() == ""


def test_what_a_group_plays_is_not_answered_ended_or_discarded_outside_of_it(
    store: Store, settings: Settings, number: int, ruben: Viewer, marisol: Viewer, trainer: Viewer
) -> None:
    """Who ended it under *Practicar* read the machine's points before the group had scored."""
    played, book = session_rows.session(store, trainer, number).attempt_id or 0, load_playbook()

    def refused() -> None:
        assert attempts.attempts(store, ruben).rows == ()
        for act in (
            lambda: attempts.attempt(store, ruben, played, book),
            lambda: attempts.attempt(store, trainer, played, book),
            lambda: practice_turns.start(store, settings, ruben, played),
            lambda: practice_turns.reply(store, settings, ruben, played, REPLY),
            lambda: practice_turns.end(store, settings, ruben, played),
            lambda: practice_turns.drop(store, ruben, played),
        ):
            with pytest.raises(CoachError, match="práctica en grupo"):
                act()

    refused()
    group_sessions.say(store, settings, ruben, number, REPLY)
    refused()
    for who in (ruben, marisol):
        group_sessions.score(store, settings, who, number, points(store, settings, who, number, 1.0))
    refused()
    group_sessions.compare(store, settings, trainer, number)
    assert attempts.attempt(store, ruben, played, book).shown is not None
    assert [row.id for row in attempts.attempts(store, ruben).rows] == [played]


def test_what_was_played_in_a_session_that_is_discarded_stays_with_who_played(
    store: Store, settings: Settings, number: int, ruben: Viewer, trainer: Viewer
) -> None:
    group_sessions.say(store, settings, ruben, number, REPLY)
    group_sessions.drop(store, trainer, number)
    (left,) = attempts.attempts(store, ruben, finished=False).rows
    practice_turns.end(store, settings, ruben, left.id)
    assert attempts.attempt(store, ruben, left.id, load_playbook()).shown is not None


def test_a_score_can_be_changed_until_all_compare(
    store: Store, settings: Settings, number: int, ruben: Viewer, trainer: Viewer
) -> None:
    group_sessions.say(store, settings, ruben, number, REPLY)
    for share in (1.0, 0.0):
        group_sessions.score(store, settings, ruben, number, points(store, settings, ruben, number, share))
    assert set(group_sessions.own_score(store, ruben, number).values()) == {0}
    group_sessions.compare(store, settings, trainer, number)
    with pytest.raises(CoachError, match="hasta que se compara"):
        group_sessions.score(store, settings, ruben, number, points(store, settings, ruben, number, 1.0))


@pytest.mark.parametrize("wrong", [{}, {"recognise": 2}, {"todo": 3}])
def test_every_line_is_scored_within_its_points(
    store: Store, settings: Settings, number: int, ruben: Viewer, wrong: dict[str, int]
) -> None:
    group_sessions.say(store, settings, ruben, number, REPLY)
    with pytest.raises(CoachError, match="alguna línea"):
        group_sessions.score(store, settings, ruben, number, wrong)
    high = dict.fromkeys(points(store, settings, ruben, number, 1.0), 3)
    with pytest.raises(CoachError, match="alguna línea"):
        group_sessions.score(store, settings, ruben, number, high)


def test_who_was_not_invited_finds_nothing(store: Store, settings: Settings, number: int) -> None:
    other, lead = (
        somebody(store, "agent", "otra", team="Norte"),
        somebody(store, "lead", "leo", leads="Norte"),
    )
    for viewer in (other, lead):
        assert session_rows.sessions(store, viewer) == ()
        for act in (
            lambda viewer=viewer: session_rows.session(store, viewer, number),
            lambda viewer=viewer: group_sessions.talk(store, settings, viewer, number),
            lambda viewer=viewer: group_sessions.say(store, settings, viewer, number, "x"),
            lambda viewer=viewer: comparison(store, viewer, number),
        ):
            with pytest.raises(CoachError, match="No hay ninguna sesión"):
                act()


def test_who_only_scores_neither_answers_nor_leads(
    store: Store, settings: Settings, number: int, marisol: Viewer
) -> None:
    for act in (
        lambda: group_sessions.say(store, settings, marisol, number, "x"),
        lambda: group_sessions.end_play(store, settings, marisol, number),
        lambda: group_sessions.compare(store, settings, marisol, number),
        lambda: group_sessions.drop(store, marisol, number),
        lambda: group_sessions.seat(store, marisol, number, []),
    ):
        with pytest.raises(CoachError):
            act()


def test_a_lead_opens_one_with_the_own_team_only(
    store: Store, settings: Settings, ruben: Viewer, marisol: Viewer
) -> None:
    lead, other = somebody(store, "lead", "leo", leads="Norte"), somebody(store, "agent", "sur", team="Sur")

    def begin(*people: Viewer) -> int:
        ids = [one.user_id or 0 for one in people]
        return group_sessions.open_session(store, settings, lead, "", "one_reply", CASE, ids[0], ids[1:])

    assert begin(ruben, marisol)
    with pytest.raises(CoachError, match="acompaña"):
        begin(ruben, other)
    with pytest.raises(CoachError, match="al menos una persona"):
        begin(ruben)


@pytest.mark.parametrize("format_", ["choose_best", "spot_fault", "rewrite_bad_line"])
def test_only_what_is_spoken_is_played_in_a_group(
    store: Store, settings: Settings, trainer: Viewer, ruben: Viewer, marisol: Viewer, format_: str
) -> None:
    with pytest.raises(CoachError, match="en los que se habla"):
        group_sessions.open_session(
            store, settings, trainer, "", format_, CASE, ruben.user_id or 0, [marisol.user_id or 0]  # type: ignore[arg-type]
        )  # fmt: skip


def test_a_talk_is_ended_early_and_people_join_late(
    store: Store, settings: Settings, trainer: Viewer, ruben: Viewer, marisol: Viewer
) -> None:
    late = somebody(store, "agent", "tarde", name="Teo Tarde", team="Norte")
    number = group_sessions.open_session(
        store, settings, trainer, "Mesa 1", "whole_call", CASE, ruben.user_id or 0, [marisol.user_id or 0]
    )
    with pytest.raises(CoachError, match="no se dijo nada"):
        group_sessions.end_play(store, settings, trainer, number)
    group_sessions.say(store, settings, ruben, number, "Buenas tardes, ¿hablo con la señora?")
    assert session_rows.session(store, ruben, number).phase == "playing"
    group_sessions.end_play(store, settings, ruben, number)
    with pytest.raises(CoachError, match="ya terminó"):
        group_sessions.say(store, settings, ruben, number, "Otra cosa.")
    group_sessions.seat(store, trainer, number, [late.user_id or 0])
    assert session_rows.session(store, late, number).scores


def test_a_session_can_be_thrown_away_before_it_is_compared(
    store: Store, settings: Settings, number: int, trainer: Viewer, ruben: Viewer
) -> None:
    group_sessions.drop(store, trainer, number)
    assert session_rows.sessions(store, ruben) == ()
    assert not [one for one in notices.waiting(store, settings, ruben) if one.id]
