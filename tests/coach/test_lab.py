"""What a changed form would do to calls that are judged already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach import wiping
from coach.gold import GoldCall
from coach.lab import Judging, Trial, try_change, try_draft, with_draft
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from nlp.types import Findings
from rubrics.loader import load, load_rubric, pack_of
from rubrics.types import Criterion, Pack, Rubric, Rule
from tests.coach.conftest import judged
from tests.dialogue import dialogue, found

CALL = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis Pérez?
    D: Sí, con él, dígame.
    A: Su cuota de mil pesos venció el dos, lleva doce días de atraso. ¿Qué ocurrió?
    D: Se me pasó, la verdad, ando con mucho trabajo estos días.
    A: Si no paga lo vamos a embargar. Gracias, hasta luego.
"""
THREAT, THANKS = "threat@4: lo vamos a embargar", "thanks@4: Gracias"
NO_THREATS = {"check": "never_says", "params": {"what": "una amenaza", "findings": ["threat"]}}


def criterion(name: str, weight: float = 5, **more: Any) -> Criterion:
    return Criterion(id=name, label=name, group="trato", help=".", weight=weight, **more)


def form(*criteria: Criterion) -> Rubric:
    return Rubric(id="pauta", version=1, label="Pauta", criteria=criteria)


def says(name: str, label: str, **more: Any) -> Criterion:
    return criterion(name, check="says", params={"all_of": {name: [label]}}, **more)


BEFORE = form(criterion("no_threats", **NO_THREATS), says("thanks", "thanks"))


def by(form: Rubric, pack: Pack | None = None) -> Judging:
    """Every call is judged by these."""
    return lambda recording: (form, pack)


def labelled(rubric: dict[str, str], *labels: str, call_id: str = "oro-1") -> tuple[GoldCall, Findings]:
    """A call that people judged, with what is found in it."""
    call = dialogue(CALL, id=call_id)
    return GoldCall(call, {"rubric": rubric}), found(call, *labels)


def told(trial: Trial) -> list[tuple[str, str, str]]:
    return [(flip.recording_id, flip.criterion, flip.way) for flip in trial.flips]


def test_the_same_form_flips_nothing() -> None:
    trial = try_change(by(BEFORE), by(BEFORE), calls=[judged("c-1", THREAT, THANKS, lines=CALL)])
    assert (trial.calls, trial.flips, trial.points) == (1, (), ((50.0, 50.0),))


def test_a_verdict_that_a_change_turns_is_listed_with_both_sides() -> None:
    harder = form(BEFORE.criteria[0], says("thanks", "polite_close"))
    trial = try_change(by(BEFORE), by(harder), calls=[judged("c-1", THANKS, lines=CALL)])
    (flip,) = trial.flips
    assert (flip.recording_id, flip.criterion, flip.way) == ("c-1", "thanks", "pass→fail")
    assert flip.before is not None
    assert [one.text for one in flip.before.evidence] == ["Gracias"]
    assert trial.points == ((100.0, 50.0),)


def test_a_criterion_that_comes_or_goes_is_a_flip_too() -> None:
    other = form(says("thanks", "thanks"), says("greets", "greets"))
    trial = try_change(by(BEFORE), by(other), calls=[judged("c-1", THREAT, THANKS, lines=CALL)])
    assert told(trial) == [("c-1", "no_threats", "fail→–"), ("c-1", "greets", "–→fail")]


def test_a_verdict_that_begins_to_wait_for_a_person_is_a_flip() -> None:
    strict = BEFORE.model_copy(update={"review_below": 1.0})
    trial = try_change(by(BEFORE), by(strict), calls=[judged("c-1", THREAT, THANKS, lines=CALL)])
    assert told(trial) == [("c-1", "no_threats", "fail→fail"), ("c-1", "thanks", "pass→pass")]
    assert [flip.after.needs_review for flip in trial.flips if flip.after] == [True, True]
    assert trial.points == ()  # nothing is counted before a person has looked


def test_another_weight_moves_points_and_no_verdict() -> None:
    lighter = form(BEFORE.criteria[0].model_copy(update={"weight": 0}), BEFORE.criteria[1])
    trial = try_change(by(BEFORE), by(lighter), calls=[judged("c-1", THREAT, THANKS, lines=CALL)])
    assert (trial.flips, trial.points) == ((), ((50.0, 100.0),))


def test_flips_are_counted_by_criterion_and_way() -> None:
    calls = [judged(f"c-{n}", THANKS, lines=CALL) for n in range(3)]
    trial = try_change(by(BEFORE), by(form(says("thanks", "polite_close"))), calls=calls)
    assert trial.ways == {("thanks", "pass→fail"): 3, ("no_threats", "pass→–"): 3}


def test_a_draft_pack_is_compared_with_the_one_in_use() -> None:
    about = {"source": "Ley 1", "certainty": "A", "reviewed_on": "2026-11-28", "help": "."}
    rule = Rule(id="no_embargo", label="Sin embargos", **about, **NO_THREATS)
    empty = Pack(id="mx", version=1, label="México", reviewed_on=rule.reviewed_on)
    draft = empty.model_copy(update={"rules": (rule,)})
    trial = try_change(by(BEFORE, empty), by(BEFORE, draft), calls=[judged("c-1", THREAT, lines=CALL)])
    assert told(trial) == [("c-1", "no_embargo", "–→fail")]


def test_labelled_calls_tell_the_agreement_before_and_after() -> None:
    calls = [
        labelled({"no_threats": "fail", "thanks": "pass"}, THREAT, THANKS),
        labelled({"no_threats": "pass", "thanks": "pass"}, call_id="oro-2"),
    ]
    trial = try_change(by(BEFORE), by(form(BEFORE.criteria[0])), labelled=calls)
    assert trial.overall is not None
    assert [(side["accuracy"], side["n"]) for side in trial.overall] == [(0.75, 4), (1.0, 2)]
    assert trial.agreement["thanks"][0]["wrong"] == {"pass→fail": 1}
    assert trial.agreement["thanks"][1] == {}


def test_without_labelled_calls_there_is_no_agreement() -> None:
    trial = try_change(by(BEFORE), by(BEFORE))
    assert (trial.calls, trial.agreement, trial.overall) == (0, {}, None)


def test_every_call_is_counted_as_it_is_done() -> None:
    done: list[int] = []
    calls = [judged("c-1", lines=CALL)]
    trial = try_change(
        by(BEFORE), by(BEFORE), calls=calls, labelled=[labelled({})], each=lambda: done.append(1)
    )
    assert (len(done), trial.calls) == (2, 2)


# against the present file of the same id, on the calls that it is for


def draft(folder: Path, text: str) -> Rubric | Pack:
    """A draft in a folder where nothing else lies."""
    path = folder / "borrador.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


BROKEN = "id: promesa_rota\nversion: 2\nlabel: P\nbased_on: promesa_rota\n"


def test_a_form_for_a_kind_of_call_is_compared_with_its_own_present_version(
    tmp_path: Path, settings: Settings, store: Store, keep: Callable[..., Call]
) -> None:
    keep("c-1", lines=CALL)
    keep("c-2", lines=CALL, call_type="pdp rota")
    new = draft(tmp_path, BROKEN + "without: [recalls_promise]\n")
    trial = try_draft(new, settings, store, limit=10)
    assert [(flip.recording_id, flip.criterion) for flip in trial.flips] == [("c-2", "recalls_promise")]
    assert trial.calls == 1


def test_a_form_that_is_for_other_calls_now_is_tried_on_those_it_loses_too(
    tmp_path: Path, settings: Settings, store: Store, keep: Callable[..., Call]
) -> None:
    keep("c-1", lines=CALL, campaign="marzo")
    keep("c-2", lines=CALL, call_type="pdp rota")
    keep("c-3", lines=CALL)
    new = draft(tmp_path, BROKEN + "for_calls: {campaign: [marzo]}\n")
    trial = try_draft(new, settings, store, limit=10)
    assert {flip.recording_id for flip in trial.flips} == {"c-1", "c-2"}
    assert ("c-1", "recalls_promise", "–→fail") in told(trial)
    assert ("c-2", "recalls_promise", "fail→–") in told(trial)


def test_a_new_form_for_a_kind_of_call_is_compared_with_the_form_that_judges_them_now(
    tmp_path: Path, settings: Settings, store: Store, keep: Callable[..., Call]
) -> None:
    keep("c-1", lines=CALL, portfolio="Micro")
    keep("c-2", lines=CALL)
    new = draft(
        tmp_path,
        "id: micro\nversion: 1\nlabel: M\nbased_on: cobranza\nwithout: [firm]\n"
        "for_calls: {portfolio: [micro]}\n",
    )
    trial = try_draft(new, settings, store, limit=10)
    assert {(flip.recording_id, flip.criterion) for flip in trial.flips} == {("c-1", "firm")}


def test_labelled_calls_that_a_form_is_not_for_tell_nothing_of_it(
    tmp_path: Path, settings: Settings, store: Store
) -> None:
    calls = [labelled({"no_threats": "fail"}, THREAT)]
    new = draft(tmp_path, BROKEN)
    assert try_draft(new, settings, store, limit=10, labelled=calls).overall is None


def test_a_countrys_rules_are_tried_on_its_calls_by_the_form_of_each(
    tmp_path: Path, settings: Settings, store: Store, keep: Callable[..., Call]
) -> None:
    keep("pe-1", lines=CALL, country="PE")
    keep("pe-2", lines=CALL, country="PE", call_type="tercero")
    keep("mx-1", lines=CALL, country="MX")
    new = draft(
        tmp_path,
        "id: pe\nversion: 2\nlabel: Perú\ncountry: PE\nreviewed_on: 2026-11-28\nbased_on: pe\n"
        "without: [recording_notice]\n",
    )
    trial = try_draft(new, settings, store, limit=10)
    assert {(flip.recording_id, flip.criterion) for flip in trial.flips} == {
        ("pe-1", "recording_notice"),
        ("pe-2", "recording_notice"),
    }
    side = with_draft(new, settings)
    assert side(judged("x", country="PE", call_type="tercero").transcript.recording)[0].id == "tercero"
    assert side(judged("x", country="MX").transcript.recording)[1] is pack_of("MX")


def test_the_common_rules_are_tried_where_no_country_has_its_own(
    tmp_path: Path, settings: Settings, store: Store, keep: Callable[..., Call]
) -> None:
    keep("bo-1", lines=CALL, country="BO")
    keep("pe-1", lines=CALL, country="PE")
    new = draft(
        tmp_path,
        "id: comun\nversion: 2\nlabel: C\nreviewed_on: 2026-11-28\nbased_on: comun\n"
        "without: [recording_notice]\n",
    )
    assert {flip.recording_id for flip in try_draft(new, settings, store, limit=10).flips} == {"bo-1"}


def test_the_base_form_is_tried_on_every_call_that_no_other_is_for(
    tmp_path: Path, settings: Settings, store: Store, keep: Callable[..., Call]
) -> None:
    keep("c-1", lines=CALL)
    keep("c-2", lines=CALL, call_type="tercero")
    new = draft(tmp_path, "id: cobranza\nversion: 2\nlabel: C\nbased_on: cobranza\nwithout: [no_lawyer]\n")
    assert load_rubric().version < new.version
    trial = try_draft(new, settings, store, limit=10, labelled=[labelled({"no_threats": "fail"}, THREAT)])
    assert {flip.recording_id for flip in trial.flips} == {"c-1", "oro-1"}
    assert trial.overall is not None
    assert trial.overall[0]["accuracy"] == 1.0


def test_a_new_criterion_is_told_though_a_rule_of_the_country_bears_its_id() -> None:
    about = {"source": "Ley 1", "certainty": "A", "reviewed_on": "2026-11-28", "help": "."}
    rule = Rule(id="greets", label="Saluda", **about, **NO_THREATS)
    pack = Pack(id="mx", version=1, label="México", reviewed_on=rule.reviewed_on, rules=(rule,))
    more = form(*BEFORE.criteria, says("greets", "greets"))
    trial = try_change(by(BEFORE, pack), by(more, pack), calls=[judged("c-1", THANKS, lines=CALL)])
    assert trial.ways == {("greets", "–→fail"): 1}


def test_a_call_without_words_is_passed_over_and_counted(
    store: Store, settings: Settings, keep: Callable[..., Call]
) -> None:
    for name in ("c-1", "c-2"):
        keep(name, THANKS, lines=CALL)
    with store.writing() as connection:
        wiping.wipe_words(connection, "c-2", "person", datetime(2026, 11, 28, tzinfo=UTC))
    trial = try_draft(form(says("thanks", "thanks")), settings, store, limit=10)
    assert (trial.calls, trial.wordless) == (1, 1)
