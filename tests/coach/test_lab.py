"""What a changed form would do to calls that are judged already, and putting it in use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach.gold import GoldCall
from coach.lab import Trial, publish, try_change
from nlp.types import Findings
from rubrics.loader import load_rubric
from rubrics.types import Criterion, Pack, Rubric, RubricError, Rule
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


BEFORE = form(criterion("no_threats", critical=True, **NO_THREATS), says("thanks", "thanks"))


def labelled(rubric: dict[str, str], *labels: str, call_id: str = "oro-1") -> tuple[GoldCall, Findings]:
    """A call that people judged, with what is found in it."""
    call = dialogue(CALL, id=call_id)
    return GoldCall(call, {"rubric": rubric}), found(call, *labels)


def told(trial: Trial) -> list[tuple[str, str, str]]:
    return [(flip.recording_id, flip.criterion, flip.way) for flip in trial.flips]


def test_the_same_form_flips_nothing() -> None:
    trial = try_change(BEFORE, BEFORE, calls=[judged("c-1", THREAT, THANKS, lines=CALL)])
    assert (trial.calls, trial.flips, trial.points) == (1, (), ((50.0, 50.0),))


def test_a_verdict_that_a_change_turns_is_listed_with_both_sides() -> None:
    harder = form(BEFORE.criteria[0], says("thanks", "polite_close"))
    trial = try_change(BEFORE, harder, calls=[judged("c-1", THANKS, lines=CALL)])
    (flip,) = trial.flips
    assert (flip.recording_id, flip.criterion, flip.way) == ("c-1", "thanks", "pass→fail")
    assert flip.before is not None
    assert [one.text for one in flip.before.evidence] == ["Gracias"]
    assert trial.points == ((100.0, 50.0),)


def test_a_criterion_that_comes_or_goes_is_a_flip_too() -> None:
    other = form(says("thanks", "thanks"), says("greets", "greets"))
    trial = try_change(BEFORE, other, calls=[judged("c-1", THREAT, THANKS, lines=CALL)])
    assert told(trial) == [("c-1", "no_threats", "fail→–"), ("c-1", "greets", "–→fail")]


def test_a_verdict_that_begins_to_wait_for_a_person_is_a_flip() -> None:
    strict = BEFORE.model_copy(update={"review_below": 1.0})
    trial = try_change(BEFORE, strict, calls=[judged("c-1", THREAT, THANKS, lines=CALL)])
    assert told(trial) == [("c-1", "no_threats", "fail→fail"), ("c-1", "thanks", "pass→pass")]
    assert [flip.after.needs_review for flip in trial.flips if flip.after] == [True, True]
    assert trial.points == ()  # nothing is counted before a person has looked


def test_another_weight_moves_points_and_no_verdict() -> None:
    lighter = form(BEFORE.criteria[0].model_copy(update={"weight": 0}), BEFORE.criteria[1])
    trial = try_change(BEFORE, lighter, calls=[judged("c-1", THREAT, THANKS, lines=CALL)])
    assert (trial.flips, trial.points) == ((), ((50.0, 100.0),))


def test_flips_are_counted_by_criterion_and_way() -> None:
    calls = [judged(f"c-{n}", THANKS, lines=CALL) for n in range(3)]
    trial = try_change(BEFORE, form(says("thanks", "polite_close")), calls=calls)
    assert trial.ways == {("thanks", "pass→fail"): 3, ("no_threats", "pass→–"): 3}


def test_a_draft_pack_is_compared_with_the_one_in_use() -> None:
    about = {"source": "Ley 1", "certainty": "A", "reviewed_on": "2026-11-28", "help": "."}
    rule = Rule(id="no_embargo", label="Sin embargos", **about, **NO_THREATS)
    empty = Pack(id="mx", version=1, label="México", reviewed_on=rule.reviewed_on)
    draft = empty.model_copy(update={"rules": (rule,)})
    trial = try_change(BEFORE, BEFORE, calls=[judged("c-1", THREAT, lines=CALL)], packs=(empty, draft))
    assert told(trial) == [("c-1", "no_embargo", "–→fail")]


def test_labelled_calls_tell_the_agreement_before_and_after() -> None:
    calls = [
        labelled({"no_threats": "fail", "thanks": "pass"}, THREAT, THANKS),
        labelled({"no_threats": "pass", "thanks": "pass"}, call_id="oro-2"),
    ]
    trial = try_change(BEFORE, form(BEFORE.criteria[0]), labelled=calls)
    assert trial.overall is not None
    assert [(side["accuracy"], side["n"]) for side in trial.overall] == [(0.75, 4), (1.0, 2)]
    assert trial.agreement["thanks"][0]["wrong"] == {"pass→fail": 1}
    assert trial.agreement["thanks"][1] == {}


def test_without_labelled_calls_there_is_no_agreement() -> None:
    trial = try_change(BEFORE, BEFORE)
    assert (trial.calls, trial.agreement, trial.overall) == (0, {}, None)


def test_every_call_is_counted_as_it_is_done() -> None:
    done: list[int] = []
    calls = [judged("c-1", lines=CALL)]
    trial = try_change(BEFORE, BEFORE, calls=calls, labelled=[labelled({})], each=lambda: done.append(1))
    assert (len(done), trial.calls) == (2, 2)


# publishing


def draft(folder: Path, version: int, name: str = "borrador", base: str = "cobranza") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"id: mia\nversion: {version}\nlabel: Mía\nbased_on: {base}\n", encoding="utf-8")
    return path


def test_a_first_form_is_put_in_its_place(tmp_path: Path) -> None:
    target = tmp_path / "en-uso" / "mia.yaml"
    assert publish(draft(tmp_path, 1), target, load_rubric).version == 1
    assert load_rubric(target).version == 1


def test_the_form_that_was_in_use_is_kept_by_version_and_digest(tmp_path: Path) -> None:
    target = draft(tmp_path, 1, "mia")
    old = target.read_text(encoding="utf-8")
    digest = load_rubric(target).digest
    publish(draft(tmp_path, 2), target, load_rubric)
    assert load_rubric(target).version == 2
    assert (tmp_path / f"mia.v1-{digest}.yaml.bak").read_text(encoding="utf-8") == old


@pytest.mark.parametrize("version", [2, 3])
def test_a_version_that_is_no_higher_is_refused(tmp_path: Path, version: int) -> None:
    target = draft(tmp_path, 3, "mia")
    with pytest.raises(
        ValueError, match=f"la versión {version} no es mayor que la 3 que está en uso. Suba «version» a 4"
    ):
        publish(draft(tmp_path, version), target, load_rubric)
    assert load_rubric(target).version == 3
    assert not list(tmp_path.glob("*.bak"))


def test_a_draft_that_does_not_load_changes_nothing(tmp_path: Path) -> None:
    target = draft(tmp_path, 1, "mia")
    with pytest.raises(RubricError, match="no hay ningún archivo «cobransa"):
        publish(draft(tmp_path, 2, base="cobransa"), target, load_rubric)
    assert load_rubric(target).version == 1


def test_a_draft_whose_base_is_not_beside_the_form_in_use_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "aparte").mkdir()
    draft(tmp_path / "aparte", 1, "base")
    based = draft(tmp_path / "aparte", 2, base="base")
    target = draft(tmp_path, 1, "mia")
    with pytest.raises(RubricError, match=r"no hay ningún archivo «base\.yaml»"):
        publish(based, target, load_rubric)
    assert load_rubric(target).version == 1
    with pytest.raises(RubricError):
        publish(based, tmp_path / "nueva.yaml", load_rubric)
    assert not (tmp_path / "nueva.yaml").exists()
