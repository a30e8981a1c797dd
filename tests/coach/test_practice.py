"""Practice: every reply is kept, the end is graded, another's is not to be touched, no score is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from coach import attempts, practicable, practice, practice_plan, practice_turns, scenarios
from coach.attempts import Kept
from coach.schema import scorecards, standings, verdicts
from coach.schema_drills import drill_assigned, drill_assignments, drill_attempts, drill_results
from coach.schema_people import audit, sites
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE, Viewer
from drills.drill import FormatId
from drills.formats import FORMATS
from drills.near import near_misses
from drills.scenario import Scenario
from rubrics.labels import OBJECTIONS
from tests.coach.house import agent, team
from tests.coach.people import somebody

Keep = Callable[..., Call]
GOOD = (
    "Comprendo, Araceli, que este mes no le alcance. ¿Qué día recibe su ingreso? "
    "Puede ser en dos pagos: ¿le anoto 1,300 para el viernes?"
)
THREAT = "Si no paga hoy, lo vamos a embargar."
CASE = "cerro_la_planta"


@pytest.fixture
def ana(store: Store) -> Viewer:
    return somebody(store, "agent", "ana", name="Ana Ruiz", holds=("ana",), team="Norte")


def read(store: Store, settings: Settings, viewer: Viewer, attempt_id: int) -> Kept:
    return attempts.attempt(store, viewer, attempt_id, practice.playbook_of(settings))


def tried(
    store: Store, settings: Settings, viewer: Viewer, format_: FormatId, *said: str, seed: int = 3
) -> Kept:
    """An attempt in which this was said."""
    new = practice.begin(store, settings, viewer, format_, CASE, seed=seed)
    for text in said:
        practice_turns.reply(store, settings, viewer, new, text)
    return read(store, settings, viewer, new)


def test_a_reply_is_graded_and_shown_with_words_rule_and_a_better_line(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    kept = tried(store, settings, ana, "one_reply", GOOD)
    shown = kept.shown
    assert shown is not None
    assert shown.passed
    assert shown.points == sum(mark.got for mark in shown.marks)
    assert shown.lines[-1].text == GOOD or shown.lines[-2].text == GOOD
    assert next(line for line in shown.lines if line.mine).why is not None
    assert shown.due == date.today() + timedelta(days=1)
    with store.reading() as connection:
        (row,) = connection.execute(select(drill_results)).all()
    assert (row.objection, row.points, row.passed) == (shown.objection, shown.points, True)


def test_what_is_ended_after_midnight_belongs_to_the_day_it_was_ended_on(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    yesterday = date.today() - timedelta(days=1)
    new = practice.begin(store, settings, ana, "one_reply", CASE, seed=3, today=yesterday)
    practice_turns.reply(store, settings, ana, new, GOOD)
    shown = read(store, settings, ana, new).shown
    assert shown is not None
    assert shown.due == date.today() + timedelta(days=1)
    assert practice_plan.today(store, ana).done == 1
    again = tried(store, settings, ana, "one_reply", GOOD).shown
    assert again is not None
    assert again.due == shown.due  # two passes of one day


def test_a_threat_is_worth_nothing_and_the_safe_wording_is_shown(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    shown = tried(store, settings, ana, "one_reply", THREAT).shown
    assert shown is not None
    assert (shown.points, shown.passed) == (0, False)
    (broken, *_) = shown.broken
    assert broken.quote in THREAT
    assert broken.better
    assert broken.label.es != broken.label.en


def test_a_talk_goes_on_after_a_reload_where_it_was(store: Store, settings: Settings, ana: Viewer) -> None:
    kept = tried(store, settings, ana, "whole_call", "Buenas tardes, ¿hablo con Araceli Domínguez?")
    attempts.played.cache_clear()  # another process
    again = read(store, settings, ana, kept.id)
    assert again.play == kept.play
    assert again.play is not None
    assert again.play.turns[-1].speaker == "debtor"
    assert again.shown is None
    (row,) = attempts.attempts(store, ana, finished=False).rows
    assert row.id == kept.id


def test_a_talk_can_be_ended_before_its_end(store: Store, settings: Settings, ana: Viewer) -> None:
    kept = tried(store, settings, ana, "whole_call", "Buenas tardes, ¿hablo con Araceli Domínguez?")
    practice_turns.end(store, settings, ana, kept.id)
    shown = read(store, settings, ana, kept.id).shown
    assert shown is not None
    assert shown.won is False


def test_nothing_said_is_nothing_to_grade(store: Store, settings: Settings, ana: Viewer) -> None:
    kept = tried(store, settings, ana, "whole_call")
    with pytest.raises(CoachError, match="Todavía no dijo nada"):
        practice_turns.end(store, settings, ana, kept.id)
    with pytest.raises(CoachError, match="Falta su respuesta"):
        practice_turns.reply(store, settings, ana, kept.id, "  \n ")
    practice_turns.drop(store, ana, kept.id)
    with pytest.raises(CoachError, match="No hay ningún ejercicio"):
        read(store, settings, ana, kept.id)


def test_late_is_marked_not_refused(store: Store, settings: Settings, ana: Viewer) -> None:
    new = practice.begin(store, settings, ana, "one_reply", CASE, seed=3)
    later = datetime.now(UTC) + timedelta(seconds=75)
    practice_turns.reply(store, settings, ana, new, GOOD, now=later, spoken=True)
    shown = read(store, settings, ana, new).shown
    assert shown is not None
    (mine,) = [line for line in shown.lines if line.mine]
    assert mine.late
    assert mine.seconds == pytest.approx(75, abs=2)
    (row,) = attempts.attempts(store, ana).rows
    assert (row.spoken, row.seconds) == (True, mine.seconds)


def test_two_windows_do_not_overwrite_each_other(
    store: Store, settings: Settings, ana: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tried(store, settings, ana, "whole_call")
    practice_turns.reply(store, settings, ana, kept.id, "Buenas tardes, ¿hablo con Araceli?")
    monkeypatch.setattr(practice_turns, "own_open", lambda *_: kept)  # as the other window read it
    with pytest.raises(CoachError, match="siguió en otra ventana"):
        practice_turns.reply(store, settings, ana, kept.id, "Hola.")


def test_a_reply_kept_by_a_process_that_died_is_graded_when_it_is_opened(
    store: Store, settings: Settings, ana: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = practice.begin(store, settings, ana, "one_reply", CASE, seed=3)
    with monkeypatch.context() as patch:
        patch.setattr(practice_turns, "_finish", lambda *_: None)
        practice_turns.reply(store, settings, ana, new, GOOD)
    kept = read(store, settings, ana, new)
    assert kept.play is not None
    assert kept.play.over
    practice_turns.end(store, settings, ana, new)
    assert read(store, settings, ana, new).shown is not None


def test_what_is_chosen_ends_the_attempt(store: Store, settings: Settings, ana: Viewer) -> None:
    kept = tried(store, settings, ana, "choose_best")
    assert kept.drill is not None
    right = next(at for at, one in enumerate(kept.drill.options) if not one.fault)
    why = next(at for at, one in enumerate(kept.drill.reasons) if not one.fault)
    with pytest.raises(CoachError, match="Falta elegir"):
        practice_turns.choose(store, settings, ana, kept.id, choice=right, reason=None)
    practice_turns.choose(store, settings, ana, kept.id, choice=right, reason=why)
    shown = read(store, settings, ana, kept.id).shown
    assert shown is not None
    assert (shown.points, shown.of) == (15, 15)
    assert [one.picked for one in shown.options] == [one.right for one in shown.options]
    assert all(one.why for one in shown.options if not one.right)


def test_a_fault_is_spotted(store: Store, settings: Settings, ana: Viewer) -> None:
    kept = tried(store, settings, ana, "spot_fault")
    drill = kept.drill
    assert drill is not None
    assert drill.bad is not None
    kind = next(at for at, one in enumerate(drill.options) if one.fault == drill.bad.fault)
    practice_turns.choose(store, settings, ana, kept.id, choice=kind, turn=drill.at)
    shown = read(store, settings, ana, kept.id).shown
    assert shown is not None
    assert shown.passed
    (wrong,) = [line for line in shown.lines if line.wrong]
    assert wrong.picked
    with pytest.raises(CoachError, match="ya terminó"):
        practice_turns.choose(store, settings, ana, kept.id, choice=kind, turn=drill.at)


def test_a_choice_is_not_answered_with_words_and_a_talk_not_by_choosing(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    chosen, said = tried(store, settings, ana, "choose_best"), tried(store, settings, ana, "one_reply")
    with pytest.raises(CoachError, match="se elige"):
        practice_turns.reply(store, settings, ana, chosen.id, "Hola.")
    with pytest.raises(CoachError, match="con palabras"):
        practice_turns.choose(store, settings, ana, said.id, choice=0)


def test_once_more_is_the_same_case_and_a_choice_comes_anew(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    first = tried(store, settings, ana, "one_reply", GOOD)
    again = read(store, settings, ana, practice.again(store, settings, ana, first))
    assert again.play is not None
    assert first.shown is not None
    assert again.play.turns[-1].text == first.shown.lines[3].text
    chosen = tried(store, settings, ana, "choose_best")
    assert read(store, settings, ana, practice.again(store, settings, ana, chosen)).seed > chosen.seed


@pytest.mark.parametrize("format_", attempts.CHOSEN)
def test_once_more_stays_with_the_objection(
    store: Store, settings: Settings, ana: Viewer, format_: FormatId
) -> None:
    """The case has another one too, and a seed begins with either."""
    new = practice.begin(store, settings, ana, format_, CASE, objection="no_money")
    for _ in range(8):
        turn = 1 if format_ == "spot_fault" else None
        practice_turns.choose(store, settings, ana, new, choice=0, reason=0, turn=turn)
        kept = read(store, settings, ana, new)
        new = practice.again(store, settings, ana, kept)
        made = read(store, settings, ana, new)
        assert made.drill is not None
        assert attempts.about(made.drill) == ("no_money",)
        assert made.seed > kept.seed


@pytest.mark.parametrize("format_", practice.TALKED)
def test_once_more_a_debtor_who_talks_on_has_the_same_case_and_other_words(
    store: Store, settings: Settings, ana: Viewer, format_: FormatId
) -> None:
    kept = tried(store, settings, ana, format_)
    talks = []
    for seed in range(4, 10):
        kept = read(store, settings, ana, practice.again(store, settings, ana, kept))
        assert kept.body.scenario is not None
        assert (kept.format, kept.body.scenario.id, kept.seed) == (format_, CASE, seed)
        if format_ == "whole_call":  # in the others the debtor speaks first
            practice_turns.reply(store, settings, ana, kept.id, "Buenas tardes, ¿hablo con usted?")
        play = read(store, settings, ana, kept.id).play
        assert play is not None
        assert play == read(store, settings, ana, kept.id).play  # reloaded: as it was
        talks.append(tuple(turn.text for turn in play.turns))
    assert len({*talks}) > 1


def test_once_more_a_case_that_was_changed_comes_as_it_is_now(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    kept = tried(store, settings, ana, "one_reply", GOOD)
    text = scenarios.text_in_use(settings, CASE)
    now = re.sub("^amount: .*", 'amount: "6100"', text, flags=re.MULTILINE)
    scenarios.publish(store, settings, CASE, now, HOUSE)
    again = read(store, settings, ana, practice.again(store, settings, ana, kept))
    assert again.case.facts.amount_due == 6100
    assert again.drill is not None
    assert attempts.about(again.drill)[0] == attempts.about_of(store, kept.id)
    assert kept.case.facts.amount_due == read(store, settings, ana, kept.id).case.facts.amount_due == 5280


def test_once_more_a_case_that_was_taken_out_of_use_is_refused(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    text = scenarios.text_in_use(settings, CASE).replace(f"id: {CASE}", "id: mi_caso")
    scenarios.publish(store, settings, "mi_caso", text, HOUSE)
    new = practice.begin(store, settings, ana, "one_reply", "mi_caso")
    practice_turns.reply(store, settings, ana, new, GOOD)
    scenarios.retire(store, settings, "mi_caso", HOUSE)
    with pytest.raises(CoachError, match="ya no se practica"):
        practice.again(store, settings, ana, read(store, settings, ana, new))


def test_what_became_of_a_case_is_told_by_what_exercises_are_made_of(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    for name in scenarios.scenarios(settings):
        practice.begin(store, settings, ana, "one_reply", name)
    rows = attempts.attempts(store, ana, size=100).rows
    held = {row.scenario: row.case for row in rows if row.case is not None}
    assert held == scenarios.scenarios(settings)  # read back as they were
    text = scenarios.text_in_use(settings, CASE)
    titled = re.sub("^title: .*", "title: Otro nombre", text, flags=re.MULTILINE)
    scenarios.publish(store, settings, CASE, titled, HOUSE)
    assert practicable.since(settings, held[CASE]) == "same"
    scenarios.publish(store, settings, CASE, titled.replace("¿es de la mueblería?", "¿quién es?"), HOUSE)
    assert practicable.since(settings, held[CASE]) == "changed"
    assert practicable.since(settings, held[CASE].model_copy(update={"id": "no_esta"})) == "gone"


def test_what_is_next_is_about_the_same_objection(store: Store, settings: Settings, ana: Viewer) -> None:
    first = tried(store, settings, ana, "one_reply", GOOD)
    new = practice.next_one(store, settings, ana, first, "three_escalating")
    drill = read(store, settings, ana, new).drill
    assert drill is not None
    assert first.shown is not None
    assert drill.objections == (first.shown.objection,)


def test_a_scenario_that_is_not_there_is_told(store: Store, settings: Settings, ana: Viewer) -> None:
    with pytest.raises(CoachError, match="No hay ningún escenario «nada»"):
        practice.begin(store, settings, ana, "one_reply", "nada")
    with pytest.raises(CoachError, match="no tiene ese ejercicio"):
        practice.begin(store, settings, ana, "one_reply", CASE, objection="already_paid")


# whose it is


def test_agents_reach_their_own_trainers_all_leads_their_teams_and_analysts_none(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    kept = tried(store, settings, ana, "one_reply", GOOD)
    allowed = [
        ana,
        somebody(store, "trainer"),
        somebody(store, "lead", "norte", leads="Norte"),
        somebody(store, "admin"),
        HOUSE,
    ]
    for viewer in allowed:
        assert read(store, settings, viewer, kept.id).name == "Ana Ruiz"
        assert attempts.attempts(store, viewer, user_id=ana.user_id).total == 1
    refused = [
        somebody(store, "agent", "otra", team="Norte"),
        somebody(store, "lead", "sur", leads="Sur"),
        somebody(store, "analyst"),
        somebody(store, "auditor"),
    ]
    for viewer in refused:
        with pytest.raises(CoachError, match="No hay ningún ejercicio con el número"):
            read(store, settings, viewer, kept.id)
        assert attempts.attempts(store, viewer, user_id=ana.user_id).total == 0


def test_nobody_answers_for_another(store: Store, settings: Settings, ana: Viewer) -> None:
    kept = tried(store, settings, ana, "one_reply")
    trainer = somebody(store, "trainer")
    with pytest.raises(CoachError, match="es de otra persona"):
        practice_turns.reply(store, settings, trainer, kept.id, GOOD)
    with pytest.raises(CoachError, match="no se descarta"):
        practice_turns.drop(store, trainer, kept.id)


@pytest.mark.parametrize("role", ["analyst", "auditor"])
def test_who_does_not_practise_cannot_begin(store: Store, settings: Settings, role: str) -> None:
    viewer = somebody(store, role)  # type: ignore[arg-type]
    with pytest.raises(CoachError, match="no tiene permiso"):
        practice.begin(store, settings, viewer, "one_reply", CASE)


def test_the_terminal_has_no_account_to_practise_with(store: Store, settings: Settings) -> None:
    with pytest.raises(CoachError, match="hace falta una cuenta"):
        practice.begin(store, settings, HOUSE, "one_reply", CASE)


def test_what_was_done_and_who_looked_is_in_the_log(store: Store, settings: Settings, ana: Viewer) -> None:
    kept = tried(store, settings, ana, "one_reply", GOOD)
    read(store, settings, somebody(store, "trainer"), kept.id)
    with store.reading() as connection:
        query = select(audit.c.action, audit.c.login).where(audit.c.subject == f"drill:{kept.id}")
        rows = [tuple(row) for row in connection.execute(query.order_by(audit.c.id))]
    assert rows == [("drill.begin", "ana"), ("drill.finish", "ana"), ("see", "trainer")]


# what practice is not


def test_practice_touches_no_score(store: Store, settings: Settings, ana: Viewer, keep: Keep) -> None:
    keep("a", "no_money@1", agent_login="ana", points=62.0)

    def scores() -> list[list[tuple[object, ...]]]:
        with store.reading() as connection:
            tables = (scorecards, standings, verdicts)
            return [[tuple(row) for row in connection.execute(select(table))] for table in tables]

    before = scores()
    tried(store, settings, ana, "one_reply", THREAT)
    assert scores() == before
    assert before[1]


# what others asked for


def ask(store: Store, of: Viewer, **changes: object) -> int:
    values: dict[str, object] = {
        "title": "Cerrar bien", "format": "one_reply", "scenario": CASE, "objection": "no_money", "times": 2,
        "note": "", "due_on": date.today(), "created_at": datetime.now(UTC), **changes,
    }  # fmt: skip
    with store.writing() as connection:
        new = connection.execute(
            insert(drill_assignments).values(**values).returning(drill_assignments.c.id)
        ).scalar_one()
        connection.execute(insert(drill_assigned).values(assignment_id=new, user_id=of.user_id))
    return int(new)


def test_an_assignment_is_open_until_it_was_passed_often_enough(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    asked = ask(store, ana)
    for n in range(2):
        (row,) = practice.assigned(store, ana)
        assert (row.passed, row.times) == (n, 2)
        new = practice.begin_assigned(store, settings, ana, asked)
        practice_turns.reply(store, settings, ana, new, GOOD)
    assert practice.assigned(store, ana) == ()
    assert read(store, settings, ana, new).assignment_id == asked


def test_without_a_scenario_the_best_fitting_case_is_taken(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    new = practice.begin_assigned(store, settings, ana, ask(store, ana, scenario=""))
    drill = read(store, settings, ana, new).drill
    assert drill is not None
    assert drill.objections == ("no_money",)


def test_what_was_asked_about_a_format_s_own_objection_can_be_done(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    asked = ask(store, ana, scenario="", format="third_party")
    drill = read(store, settings, ana, practice.begin_assigned(store, settings, ana, asked)).drill
    assert drill is not None
    assert drill.with_other


def test_a_task_whose_case_is_gone_says_whom_to_ask(store: Store, settings: Settings, ana: Viewer) -> None:
    asked = ask(store, ana, scenario="se_fue", objection="")
    with pytest.raises(CoachError, match="que la retire"):
        practice.begin_assigned(store, settings, ana, asked)


def test_another_s_assignment_and_one_withdrawn_cannot_be_begun(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    other = somebody(store, "agent", "otra")
    with pytest.raises(CoachError, match="se retiró o es de otra persona"):
        practice.begin_assigned(store, settings, other, ask(store, ana))
    gone = ask(store, ana)
    with store.writing() as connection:
        its = update(drill_assignments).where(drill_assignments.c.id == gone)
        connection.execute(its.values(withdrawn_at=datetime.now(UTC)))
    with pytest.raises(CoachError, match="se retiró"):
        practice.begin_assigned(store, settings, ana, gone)


def test_once_more_counts_for_a_task_as_long_as_it_is_asked(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    asked = ask(store, ana)
    new = practice.begin_assigned(store, settings, ana, asked)
    practice_turns.reply(store, settings, ana, new, GOOD)
    kept = read(store, settings, ana, new)
    more = practice.again(store, settings, ana, kept)
    assert read(store, settings, ana, more).assignment_id == asked
    with store.writing() as connection:
        its = update(drill_assignments).where(drill_assignments.c.id == asked)
        connection.execute(its.values(withdrawn_at=datetime.now(UTC)))
    more = practice.again(store, settings, ana, kept)  # it can be practised still, for nobody's task
    assert read(store, settings, ana, more).assignment_id is None


# which case


def test_the_next_case_is_one_not_tried_yet(store: Store, settings: Settings, ana: Viewer) -> None:
    first = practice_plan.scenario_for(store, settings, ana, "one_reply", "no_money")
    practice.begin(store, settings, ana, "one_reply", first)
    assert practice_plan.scenario_for(store, settings, ana, "one_reply", "no_money") != first


def test_a_case_is_of_the_persons_country_or_one_near_it_and_never_the_same_twice_running(
    store: Store, settings: Settings
) -> None:
    site, south = team(store, "Santiago", "Sur")
    with store.writing() as connection:
        connection.execute(update(sites).where(sites.c.id == site).values(country="CL"))
    who = agent(store, "pia", south)
    known: dict[str, Scenario] = dict(scenarios.scenarios(settings))
    met: list[str] = []
    for objection in ("no_money", "job_loss", "call_later", "needs_third_party", "no_money", "no_money"):
        name = practice_plan.scenario_for(store, settings, who, "one_reply", objection)
        its = practice_plan.fitting(settings, "one_reply", objection)
        if "CL" in {case.country for case in its if case.id not in met}:
            assert known[name].country == "CL"
        practice.begin(store, settings, who, "one_reply", name, objection=objection)
        assert name not in met[-1:]
        met.append(name)
    assert [known[name].country for name in met[:2]] == ["CL", "AR"]  # nobody in Chile lost their work


def test_a_whole_call_is_about_what_is_objected_first_in_it(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    known: dict[str, Scenario] = dict(scenarios.scenarios(settings))
    first = {case.objections[0] for case in known.values() if not case.with_third_party}
    for objection in ("refusal", "no_money", "distrust"):
        assert objection in first
        name = practice_plan.scenario_for(store, settings, ana, "whole_call", objection)
        assert known[name].objections[0] == objection


def test_every_format_has_its_minutes() -> None:
    assert set(practice_plan.MINUTES) == set(FORMATS), "coach/practice_plan.py: MINUTES"


@pytest.mark.parametrize("format_", list(FORMATS))
def test_every_format_has_a_case_for_whoever_begins(
    store: Store, settings: Settings, ana: Viewer, format_: FormatId
) -> None:
    name = practice_plan.scenario_for(store, settings, ana, format_, "")
    new = practice.begin(store, settings, ana, format_, name)
    assert read(store, settings, ana, new).format == format_


def test_what_was_played_stays_as_it_was_when_the_scenario_changes(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    kept = tried(store, settings, ana, "whole_call", "Buenas tardes, ¿hablo con Araceli Domínguez?")
    own = settings.data_dir / "scenarios" / f"{CASE}.yaml"
    own.parent.mkdir(parents=True)
    text = scenarios.text_in_use(settings, CASE)
    own.write_text(text.replace("¿es de la mueblería?", "¿quién me busca?"), encoding="utf-8")
    attempts.played.cache_clear()
    assert read(store, settings, ana, kept.id).play == kept.play
    new = tried(store, settings, ana, "whole_call")
    assert new.body.scenario is not None
    assert new.body.scenario.openings[0].endswith("¿quién me busca?")


def test_what_was_practised_is_read_where_its_objection_was_taken_out_since(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    kept = tried(store, settings, ana, "one_reply", GOOD)
    with store.writing() as connection:
        body = connection.execute(select(drill_attempts.c.body)).scalar_one()
        first = json.loads(body)["scenario"]["objections"][0]
        connection.execute(update(drill_attempts).values(body=body.replace(f'"{first}"', '"gone_since"')))
    now = read(store, settings, ana, kept.id)
    assert now.body.scenario is not None
    assert (now.body.scenario.objections[0], now.shown) == ("gone_since", kept.shown)
    with store.writing() as connection:
        connection.execute(update(drill_attempts).values(finished_at=None))
    with pytest.raises(CoachError, match="ya no conoce la objeción «gone since»"):
        read(store, settings, ana, kept.id)


def test_versions_say_what_read_and_answered(store: Store, settings: Settings, ana: Viewer) -> None:
    tried(store, settings, ana, "one_reply", GOOD)
    with store.reading() as connection:
        (text,) = connection.execute(select(drill_attempts.c.versions)).scalars()
    assert '"rubric": "cobranza@' in text
    assert '"nlp"' in text


def test_the_best_of_four_is_offered_only_where_there_are_near_misses(
    store: Store, settings: Settings, ana: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An objection that is new has none until somebody writes them."""
    known = scenarios.scenarios(settings)
    alone = next(name for name, case in known.items() if case.objections == ("no_money",))
    mixed = next(name for name, case in known.items() if {"no_money"} < set(case.objections))
    written = {name: near_misses(name) for name in OBJECTIONS if name != "no_money"}
    monkeypatch.setattr("drills.formats.near_misses", lambda name: written.get(name, {}))
    assert not practice_plan.fitting(settings, "choose_best", "no_money")
    assert practice_plan.fitting(settings, "one_reply", "no_money")
    offered = practicable.cases_of(settings, "choose_best")
    assert alone not in offered
    assert mixed in offered
    assert alone not in {case.id for case in practice_plan.fitting(settings, "choose_best")}
    for name, about in ((alone, ""), ("", "no_money")):
        with pytest.raises(CoachError, match="faltan respuestas entre las que elegir"):
            practicable.refuse(settings, "choose_best", name, about)
    with pytest.raises(CoachError, match="faltan respuestas entre las que elegir"):
        practice.begin(store, settings, ana, "choose_best", alone)
    for seed in range(6):
        begun = practice.begin(store, settings, ana, "choose_best", mixed, seed=seed)
        assert "no_money" not in read(store, settings, ana, begun).drill.objections
