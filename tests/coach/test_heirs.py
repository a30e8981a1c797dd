"""A form that inherits from another changes with it: it is told, kept as a version and judged again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach import forms, heirs, lint
from coach.pipeline import forms_of, judge
from coach.rescore import rescore
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from rubrics.loader import load_beside
from rubrics.types import RubricError
from tests.coach.test_own_forms import ANA, CALL, base, micro
from tests.dialogue import dialogue

ONE_OFF = "without: [no_lawyer]\n"
USES_IT = "for_calls: {portfolio: [micro]}\nchanges: {no_lawyer: {weight: 1}}\n"


def keep(store: Store, settings: Settings, call_id: str, portfolio: str) -> None:
    call = judge(dialogue(CALL, id=call_id, portfolio=portfolio), settings)
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")


def rubric(store: Store, call_id: str) -> str:
    return store.call(call_id).scorecard.rubric


def test_publishing_a_base_names_what_changes_with_it(settings: Settings, store: Store) -> None:
    old = forms.publish(store, settings, micro(), ANA).form
    done = forms.publish(store, settings, base(), ANA)
    (heir,) = done.heirs
    assert (heir.id, heir.version, heir.over) == ("micro", 1, "cobranza 2")
    assert (old.over, heir.edition) == ("cobranza 1", "1, sobre cobranza 2")
    assert heir.digest != old.digest
    assert heir.name in {form.name for form in forms_of(settings)}


def test_what_is_based_on_another_form_does_not_change(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, micro().replace("based_on: cobranza", "based_on: recordatorio"), ANA)
    assert forms.publish(store, settings, base(), ANA).heirs == ()


def test_at_two_removes_too(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, micro(), ANA)
    forms.publish(
        store, settings, "id: zeta\nversion: 1\nlabel: Z\nbased_on: micro\nfor_calls: {portfolio: [z]}\n", ANA
    )
    done = forms.publish(store, settings, base(), ANA)
    assert {one.id: one.edition for one in done.heirs} == {
        "micro": "1, sobre cobranza 2",
        "zeta": "1, sobre micro 1, cobranza 2",
    }


def test_rules_of_a_country_inherit_too(settings: Settings, store: Store) -> None:
    about = "version: 2\nlabel: X\nreviewed_on: 2026-11-28\n"
    forms.publish(store, settings, f"id: comun\n{about}based_on: comun\n", ANA)
    forms.publish(store, settings, f"id: uy\n{about}country: UY\nbased_on: comun\n", ANA)
    done = forms.publish(store, settings, f"id: comun\n{about.replace('2', '3', 1)}based_on: comun\n", ANA)
    assert [one.edition for one in done.heirs] == ["2, sobre comun 3"]


def test_their_calls_are_judged_again_with_those_of_the_base(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, micro(), ANA)
    keep(store, settings, "mia", "micro")
    keep(store, settings, "otra", "grande")
    old = rubric(store, "mia")
    forms.publish(store, settings, base(), ANA)
    assert rescore(store, settings, "cobranza").calls == 2
    assert rubric(store, "mia") == next(one.name for one in forms_of(settings) if one.id == "micro") != old
    assert forms.made_by(settings, old) == ("micro@1", "cobranza 1")
    assert forms.made_by(settings, rubric(store, "mia")) == ("micro@1", "cobranza 2")


def test_to_judge_the_heir_again_leaves_the_base_alone(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, micro(), ANA)
    keep(store, settings, "mia", "micro")
    keep(store, settings, "otra", "grande")
    assert rescore(store, settings, "micro").calls == 1


def test_the_heir_has_a_version_for_each_base(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, micro(), ANA)
    forms.publish(store, settings, base(), ANA, "menos criterios")
    known = forms.versions(settings, "micro")
    assert [(one.edition, one.in_use) for one in known] == [
        ("1, sobre cobranza 2", True),
        ("1, sobre cobranza 1", False),
    ]
    assert known[0].note == "menos criterios"


def test_an_earlier_base_is_no_version_of_the_heir_to_put_in_use(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, micro(), ANA)
    forms.publish(store, settings, base(), ANA)
    with pytest.raises(CoachError, match=r"dice lo mismo .* \(cobranza 2\)"):
        forms.restore(store, settings, "micro", forms.versions(settings, "micro")[1].digest, ANA)


def test_restoring_a_base_tells_its_heirs(settings: Settings, store: Store) -> None:
    first = forms.publish(store, settings, base(), ANA).form
    forms.publish(store, settings, base(3), ANA)
    forms.publish(store, settings, micro(), ANA)
    assert [one.id for one in forms.restore(store, settings, "cobranza", first.digest, ANA).heirs] == [
        "micro"
    ]


def test_restoring_what_breaks_an_heir_is_refused(settings: Settings, store: Store) -> None:
    first = forms.publish(store, settings, base(), ANA).form
    forms.publish(store, settings, base(3, more=""), ANA)
    forms.publish(store, settings, micro(USES_IT), ANA)
    with pytest.raises(RubricError, match=r"«micro» se basa en «cobranza»(?s:.*)Sigue en uso la versión 3"):
        forms.restore(store, settings, "cobranza", first.digest, ANA)
    assert forms.in_use(settings)["cobranza"][0].version == 3


def test_lint_of_a_base_tries_the_heirs(settings: Settings, store: Store, tmp_path: Path) -> None:
    forms.publish(store, settings, micro(USES_IT), ANA)
    file = tmp_path / "mibase.yaml"
    file.write_text(base(), encoding="utf-8")
    (told,) = lint.check(file, settings)
    assert told.startswith(
        "mibase.yaml:1: «micro» se basa en «cobranza» y no se podría usar más: micro.yaml:6: "
    )
    file.write_text(base(more=""), encoding="utf-8")
    assert lint.check(file, settings) == []


def test_what_is_only_tried_is_not_kept(settings: Settings, store: Store) -> None:
    place = forms.publish(store, settings, micro(), ANA).place
    before = forms.in_use(settings)["micro"][0]
    tried = load_beside(place, settings.own_forms / "cobranza.yaml", base())
    assert tried.digest != before.digest
    assert forms.in_use(settings)["micro"][0] == before
    assert [one.name for one in heirs.changed_with(base(), settings)] == [tried.name]


def test_the_log_names_them(settings: Settings, store: Store) -> None:
    from sqlalchemy import select

    from coach.schema_people import audit

    forms.publish(store, settings, micro(), ANA)
    (heir,) = forms.publish(store, settings, base(), Viewer(7, "ana", "Ana", "trainer")).heirs
    with store.reading() as connection:
        last = connection.execute(select(audit).order_by(audit.c.id.desc())).first()
    assert last is not None
    assert json.loads(last.detail)["with_it"] == [heir.name]
