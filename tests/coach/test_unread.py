"""A form, rules or wordings that cannot be used: told, and only the calls that need them wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import criticals, doctor, forms, jobs, late_facts, worker
from coach.pipeline import forms_of, judge_with, judging, unread_of
from coach.rescore import rescore
from coach.restand import restand
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE
from rubrics.types import RubricError
from tests.coach.test_own_forms import CALL, micro
from tests.dialogue import dialogue, found
from transcripts.types import Recording

MICRO = Recording("m-1", portfolio="micro")
OTHER = Recording("o-1", portfolio="consumo")
WRONG = "criteria:\n  - {id: nuevo, label: Nuevo, group: cierre, check: sayz, help: Nada.}\n"


def put(settings: Settings, text: str, name: str = "micro") -> Path:
    path = settings.own_forms / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def form_id(recording: Recording, settings: Settings) -> str:
    return judging(recording, settings)[0].id


def told(settings: Settings) -> list[str]:
    return [one.text for one in doctor.unread(settings)]


@pytest.mark.parametrize(
    "more",
    [
        "for_calls: {portfolio: [micro]}\n" + WRONG,
        "for_calls:\n  portfolio: [micro]\n" + WRONG + "  label: [\n",  # no YAML
        "for_call: {portfolio: [micro]}\n",  # the key itself is the mistake
        "for_calls: {portfolio: [micro], days_late: 30}\n",
    ],
)
def test_only_the_calls_of_a_broken_form_wait(more: str, settings: Settings) -> None:
    path = put(settings, micro(more))
    with pytest.raises(RubricError, match="queda sin evaluar") as refused:
        judging(MICRO, settings)
    assert str(path) in str(refused.value)
    assert form_id(OTHER, settings) == "cobranza"


def test_one_that_does_not_tell_its_calls_stops_all_that_no_earlier_form_is_for(settings: Settings) -> None:
    put(settings, micro("for_calls: [\n"))
    put(settings, micro().replace("micro", "antes"), "antes")
    with pytest.raises(RubricError):
        judging(OTHER, settings)
    assert form_id(Recording("a-1", portfolio="antes"), settings) == "antes"
    assert "no se entiende para qué llamadas es" in told(settings)[0]


def test_one_that_is_for_no_call_stops_none(settings: Settings) -> None:
    put(settings, micro(WRONG))
    assert form_id(MICRO, settings) == form_id(OTHER, settings) == "cobranza"
    assert "Hoy ninguna llamada se evalúa con ella" in told(settings)[0]


def test_a_broken_base_form_stops_only_what_no_other_is_for(settings: Settings) -> None:
    put(settings, micro().replace("based_on: cobranza", "based_on: tercero"))
    put(settings, "id: cobranza\nversion: dos\n", "cobranza")
    with pytest.raises(RubricError):
        judging(OTHER, settings)
    assert form_id(MICRO, settings) == "micro"
    assert "la pauta base no se puede usar" in told(settings)[0]


def test_broken_rules_stop_the_calls_of_their_country(settings: Settings) -> None:
    path = put(settings, "id: pe\nversion: uno\ncountry: PE\n", "packs/pe")
    with pytest.raises(RubricError, match="queda sin evaluar"):
        judging(Recording("p-1", country="PE"), settings)
    assert judging(Recording("p-2", country="CO"), settings)[1] is not None
    assert told(settings)[0].startswith(f"{path}: estas reglas no se pueden usar")


def test_a_file_that_cannot_be_used_is_told_with_its_place_and_why(settings: Settings) -> None:
    path = put(settings, micro("for_calls: {portfolio: [micro]}\n" + WRONG))
    (line,) = [one for one in doctor.examine(settings) if one.state == "missing" and "pauta" in one.text]
    assert line.text.startswith(f"{path}: esta pauta no se puede usar. Las llamadas que son para ella")
    assert "«sayz» (¿quiso decir «says»?)" in line.text


def test_broken_wordings_are_told(settings: Settings) -> None:
    path = put(settings, "version: 1\nbased_on: temple\nplays: [{objection: no_mony}]\n", "playbook/own")
    assert told(settings)[0].startswith(f"{path}: las frases propias no se pueden usar")


def test_once_put_right_it_judges_again(settings: Settings) -> None:
    put(settings, micro("for_calls: {portfolio: [micro]}\n" + WRONG))
    assert "micro" not in [one.id for one in forms_of(settings)]
    put(settings, micro())
    assert form_id(MICRO, settings) == "micro"
    assert unread_of(settings) == ()


def test_one_that_is_based_on_it_is_put_right_with_it(settings: Settings) -> None:
    put(settings, "id: zeta\nversion: 1\nlabel: Z\nbased_on: micro\nfor_calls: {portfolio: [z]}\n", "zeta")
    put(settings, micro(WRONG))
    assert {one.id for one in unread_of(settings)} == {"micro", "zeta"}
    put(settings, micro())
    assert unread_of(settings) == ()


def test_a_batch_goes_on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call))
    put(settings, micro("for_calls: {portfolio: [micro]}\n" + WRONG))
    running = judge_with(settings)
    assert running(dialogue("A: Hola.", portfolio="consumo")).scorecard.rubric.startswith("cobranza@")
    with pytest.raises(RubricError):
        running(dialogue("A: Hola.", portfolio="micro"))


def test_the_last_good_version_comes_back_though_another_file_is_broken(
    settings: Settings, store: Store
) -> None:
    forms.publish(store, settings, micro(), HOUSE)
    put(settings, "id: otra\n", "otra")
    put(settings, micro("for_calls: {portfolio: [micro]}\n" + WRONG))
    (good,) = forms.versions(settings, "micro")
    assert not good.in_use
    forms.restore(store, settings, "micro", good.digest, HOUSE)
    assert form_id(MICRO, settings) == "micro"
    assert [one.id for one in unread_of(settings)] == ["otra"]
    assert "sayz" in (forms.drafts(settings)[0].text)


def test_what_was_judged_by_it_waits_too_and_no_other_form_reckons_it(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call, "threat@2: embargamos"))
    put(settings, micro())  # by hand: its text is kept nowhere else
    for name, portfolio in (("m-1", "micro"), ("o-1", "consumo")):
        call = judge_with(settings)(dialogue(CALL, id=name, portfolio=portfolio))
        store.add_recording(call.transcript.recording)
        store.save(call, "nlp-1")
    good = put(settings, micro()).read_text(encoding="utf-8")
    put(settings, micro("for_calls: {portfolio: [micro]}\n" + WRONG))
    assert [one.call.id for one in criticals.inbox(store, settings, HOUSE).rows] == ["o-1"]
    assert list(criticals.named(store, settings, HOUSE, ["m-1", "o-1"])) == ["o-1"]
    store.count_all = False
    assert restand(store, settings) == 1
    done = rescore(store, settings, "micro")
    assert (done.calls, len(done.failed)) == (0, 1)
    put(settings, good)
    assert restand(store, settings) == 1
    assert len(criticals.named(store, settings, HOUSE, ["m-1", "o-1"])) == 2


def test_late_facts_reach_all_calls_though_the_form_of_one_is_broken(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call))
    for name, portfolio in (("m-1", "micro"), ("o-1", "consumo")):
        call = judge_with(settings)(dialogue(CALL, id=name, portfolio=portfolio))
        store.add_recording(call.transcript.recording)
        store.save(call, "nlp-1")
    before = store.call("m-1").scorecard
    path = put(settings, micro("for_calls: {portfolio: [micro]}\n" + WRONG))
    late_facts.judge_again(store, settings, ["m-1", "o-1"], judge_with(settings))
    assert store.call("m-1").scorecard == before
    worker.drain(store, settings)
    (job,) = jobs.open_jobs(store, HOUSE)
    assert (job.recording_id, job.state) == ("m-1", "failed")
    assert str(path) in job.error


def test_a_form_saved_with_the_letters_of_windows_comes_back(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, micro(), HOUSE)
    path = put(settings, "")
    path.write_bytes(micro().replace("Micro", "Microcrédito").encode("cp1252"))
    with pytest.raises(RubricError, match="UTF-8"):
        judging(MICRO, settings)
    assert form_id(OTHER, settings) == "cobranza"
    forms.restore(store, settings, "micro", forms.versions(settings, "micro")[0].digest, HOUSE)
    assert form_id(MICRO, settings) == "micro"
    assert "Microcrédito" in forms.drafts(settings)[0].text


def test_a_form_that_cannot_be_opened_stops_all_that_reach_it(settings: Settings) -> None:
    (settings.own_forms / "micro.yaml").mkdir(parents=True)
    with pytest.raises(RubricError):
        judging(OTHER, settings)
