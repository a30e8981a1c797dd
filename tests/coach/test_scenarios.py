"""Scenarios of a house's own: drafts, what is wrong by line, in use, versions; and `coach lint` on them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from coach import assignments, lint, scenarios
from coach.assignments import Order
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from drills.loader import SCENARIOS
from drills.scenario import DrillError
from tests.coach.people import somebody
from tests.coach.test_assignments import attempt

TOMAS = Viewer(None, "tvidal", "Tomás Vidal", "trainer")
ANALYST = Viewer(None, "erobles", "Elena Robles", "analyst")
BASE = "quincena_corta"


def text(name: str = "mi_caso") -> str:
    return (SCENARIOS / f"{BASE}.yaml").read_text(encoding="utf-8").replace(f"id: {BASE}", f"id: {name}")


def test_temples_scenarios_are_there_from_the_start(settings: Settings) -> None:
    known = scenarios.in_use(settings)
    assert len(known) >= 40
    assert not any(one.own for one in known.values())


def test_a_draft_is_played_by_nobody_and_a_published_one_by_all(settings: Settings, store: Store) -> None:
    draft = scenarios.begin_new(settings, TOMAS, "mi_caso", BASE)
    assert draft.text == text()
    assert "mi_caso" not in scenarios.scenarios(settings)
    scenarios.publish(store, settings, "mi_caso", draft.text, TOMAS, "para el grupo nuevo")
    assert scenarios.in_use(settings)["mi_caso"].own
    (one,) = scenarios.versions(settings, "mi_caso")
    assert (one.version, one.by, one.note, one.in_use) == (1, "Tomás Vidal", "para el grupo nuevo", True)


def test_a_taken_name_begins_no_draft(settings: Settings) -> None:
    with pytest.raises(CoachError, match="ya existe"):
        scenarios.begin_new(settings, TOMAS, BASE, BASE)


def test_mistakes_are_told_all_at_once_with_line_and_suggestion(settings: Settings, store: Store) -> None:
    wrong = text().replace("mood: ", "mood: calmado # ", 1).replace("patience:", "paciencia:", 1)
    told = [mistake.text for mistake in scenarios.check(wrong, "mi_caso")]
    assert any("mood" in one for one in told)
    assert any("patience" in one for one in told)
    assert all(one.startswith("línea ") for one in told)
    with pytest.raises(DrillError, match="No se publicó"):
        scenarios.publish(store, settings, "mi_caso", wrong, TOMAS)
    assert "mi_caso" not in scenarios.scenarios(settings)


def test_an_unknown_objection_is_told_with_what_was_probably_meant(settings: Settings) -> None:
    first = next(line for line in text().splitlines() if line.startswith("objections:"))
    told = scenarios.check(text().replace(first, "objections: [no_mony]"), "mi_caso")
    assert any("¿quiso decir «no_money»?" in one.what for one in told)


def test_no_yaml_is_a_mistake_with_its_line(settings: Settings) -> None:
    (one,) = scenarios.check("id: mi_caso\ntitle: [", "mi_caso")
    assert (one.line, one.what[:30]) == (2, "el «[» que se abre aquí no se ")


def test_the_name_inside_must_be_the_draft_s(settings: Settings) -> None:
    (one,) = scenarios.check(text("otro"), "mi_caso")
    assert "el borrador se llama «mi_caso»" in one.what


def test_an_earlier_version_comes_back_as_it_was(settings: Settings, store: Store) -> None:
    changed = text(BASE) + "# más dura\n"
    scenarios.publish(store, settings, BASE, changed, TOMAS)
    new, old = scenarios.versions(settings, BASE)
    assert (new.version, new.in_use, old.version, old.by) == (2, True, 1, "")
    scenarios.restore(store, settings, BASE, old.digest, TOMAS)
    assert scenarios.text_in_use(settings, BASE) == text(BASE)
    assert [one.version for one in scenarios.versions(settings, BASE) if one.in_use] == [1]


def test_who_may_not_write_forms_writes_no_scenario(settings: Settings, store: Store) -> None:
    for act in (
        lambda: scenarios.begin(settings, ANALYST, BASE),
        lambda: scenarios.begin_new(settings, ANALYST, "x", BASE),
        lambda: scenarios.publish(store, settings, "mi_caso", text(), ANALYST),
    ):
        with pytest.raises(CoachError, match="no tiene permiso"):
            act()


def test_no_draft_leaves_its_folder(settings: Settings) -> None:
    with pytest.raises(CoachError, match="se nombra con"):
        scenarios.keep_draft(settings, "../fuera", "id: x")


def test_a_broken_file_is_left_out_and_told(settings: Settings) -> None:
    folder = settings.data_dir / "scenarios"
    folder.mkdir(parents=True)
    (folder / "roto.yaml").write_text("id: roto\n", encoding="utf-8")
    (folder / "ajeno.yaml").write_text(text("otro"), encoding="utf-8")
    assert len(scenarios.troubles(settings)) == 2
    assert len(scenarios.scenarios(settings)) >= 40


def test_lint_reads_scenarios_too(settings: Settings, tmp_path: Path) -> None:
    good, bad = tmp_path / "mi_caso.yaml", tmp_path / "otra" / "mi_caso.yaml"
    bad.parent.mkdir()
    good.write_text(text(), encoding="utf-8")
    bad.write_text(text().replace("mood: ", "mood: calmado # ", 1), encoding="utf-8")
    assert lint.check(good) == []
    assert any("mood" in one for one in lint.check(bad))
    (told,) = lint.check(bad)
    assert told.startswith("mi_caso.yaml:")
    assert "'calm', 'worried'" in told
    assert "' o 'sad'" in told
    assert SCENARIOS / f"{BASE}.yaml" in lint.files_in_use(settings)


def test_only_a_task_that_somebody_has_yet_to_pass_keeps_a_scenario(settings: Settings, store: Store) -> None:
    scenarios.publish(store, settings, "mi_caso", text(), TOMAS)
    rosa, teo = somebody(store, "agent", "rosa"), somebody(store, "agent", "teo")
    day = date.today()
    people = [one.user_id for one in (rosa, teo) if one.user_id]
    number = assignments.assign(store, settings, HOUSE, Order("whole_call", day, "mi_caso"), people)
    attempt(store, rosa, number, passed=True)
    with pytest.raises(CoachError, match="pide este escenario"):
        scenarios.retire(store, settings, "mi_caso", TOMAS)
    attempt(store, teo, number, passed=True)
    scenarios.retire(store, settings, "mi_caso", TOMAS)
    assert "mi_caso" not in scenarios.scenarios(settings)


def test_a_scenario_under_another_file_name_is_told(tmp_path: Path) -> None:
    file = tmp_path / "otro.yaml"
    file.write_text(text(), encoding="utf-8")
    assert lint.check(file) == [
        "otro.yaml:1: id: dice «mi_caso» y el archivo se llama «otro»; póngales el mismo nombre"
    ]


def test_another_file_name_is_told_beside_the_other_mistakes(tmp_path: Path) -> None:
    file = tmp_path / "otro.yaml"
    file.write_text(text().replace("difficulty: 1", "difficulty: 9"), encoding="utf-8")
    told = lint.check(file)
    assert [line.split(": ")[1] for line in told] == ["id", "difficulty"]
    file.write_text("\n".join(text().splitlines()[1:]), encoding="utf-8")
    assert [line.split(": ", 1)[1] for line in lint.check(file)] == ["id: falta este dato"]


def test_an_own_scenario_is_retired_and_comes_back_by_its_versions(settings: Settings, store: Store) -> None:
    scenarios.publish(store, settings, "mi_caso", text(), TOMAS)
    with pytest.raises(CoachError, match="no es un escenario propio"):
        scenarios.retire(store, settings, BASE, TOMAS)
    scenarios.retire(store, settings, "mi_caso", TOMAS)
    assert "mi_caso" not in scenarios.scenarios(settings)
    (one,) = scenarios.versions(settings, "mi_caso")
    scenarios.restore(store, settings, "mi_caso", one.digest, TOMAS)
    assert scenarios.in_use(settings)["mi_caso"].own


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("amount", '"880,50"', "punto decimal"),
        ("currency", "soles", "un código como MXN"),
        ("currency", "XQZ", "no es una moneda conocida"),
        ("days_late", "99999999", "como mucho 36500"),
        ("success", "{kind: promise, min_amount: '100', within_days: 99999999}", "como mucho 36500"),
        ("amount", '"1e60"', "es demasiado"),
        ("debtor_name", '"<script>{monto}"', "van palabras, sin"),
        ("authorized_offers", "[embargo de la casa]", "es una amenaza"),
        ("hidden_reason", "no " * 200, "200 palabras"),
        ("bait", '"¿Y si le {monto}?"', "tal cual por teléfono"),
        ("product", '"<b>tarjeta</b>"', "van palabras, sin"),
        ("creditor", '"😀😀😀"', "no dice nada"),
        ("agent_company", "A" * 81, "81 letras"),
        ("authorized_offers", '["{oferta}"]', "van palabras, sin"),
        ("amount", '"3.450"', "si son miles"),
    ],
)
def test_what_nobody_would_owe_offer_or_say_is_told(field: str, value: str, told: str) -> None:
    wrong = re.sub(rf"^{field}: .*$", f"{field}: {value}", text(), count=1, flags=re.MULTILINE)
    wrong = wrong if f"{field}: " in wrong else f"{wrong}\n{field}: {value}\n"
    assert any(told in mistake.what for mistake in scenarios.check(wrong, "mi_caso"))


@pytest.mark.parametrize(
    "offer", ["condonación de gastos judiciales", "levantamiento del embargo", "retiro de la demanda"]
)
def test_an_offer_that_spares_the_debtor_something_is_no_threat(offer: str) -> None:
    line = f"authorized_offers: [{offer}]"
    sound = re.sub(r"^authorized_offers: .*$", line, text(), count=1, flags=re.MULTILINE)
    assert scenarios.check(sound, "mi_caso") == ()


def test_one_in_use_is_not_lost_for_what_a_new_one_is_refused(settings: Settings) -> None:
    folder = settings.data_dir / "scenarios"
    folder.mkdir(parents=True)
    longer = re.sub(r"^hidden_reason: .*$", "hidden_reason: " + "no " * 80, text(), flags=re.MULTILINE)
    (folder / "mi_caso.yaml").write_text(longer, encoding="utf-8")
    assert scenarios.check(longer, "mi_caso")
    assert scenarios.in_use(settings)["mi_caso"].own
