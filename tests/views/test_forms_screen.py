"""Forms as tables, drafts with mistakes by line, the lab, publishing, versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach import chores, forms
from coach.gold import GoldCall
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Role
from rubrics.loader import load_rubric, pack_of
from tests.views import seed
from tests.views.conftest import SignIn
from tests.views.test_screens import component, run, screen, texts
from views._pages import has


@pytest.fixture(autouse=True)
def _no_labelled_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """To analyse them takes long; they are tried beside `coach.lab`."""
    monkeypatch.setattr("coach.lab.open_gold", list)
    monkeypatch.setattr("coach.lab._labelled", {})


@pytest.fixture
def settings(fresh: Store, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def draft(fresh: Store, settings: Settings) -> Settings:
    """One's own base form, as a draft: threats are no criterion of it."""
    text = "id: cobranza\nversion: 2\nlabel: La nuestra\nbased_on: cobranza\nwithout: [no_threats]\n"
    forms.keep_draft(settings, "cobranza", text)
    return settings


def ids(app: AppTest, key: str) -> list[str]:
    return [row["id"] for row in component(app, key)["rows"]]


def button(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    return run(app)


def test_forms_and_countries_in_use_are_listed(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer")
    app = screen("forms")
    assert app.title[0].value == "¿Con qué se evalúa cada llamada?"
    assert ids(app, "forms") == ["cobranza", "recordatorio", "promesa_rota", "confirmacion", "tercero"]
    assert {"mx", "co", "comun"} <= set(ids(app, "packs"))
    assert "4 clases de llamada" in texts(app)


@pytest.mark.parametrize("role", ["analyst", "lead", "agent", "auditor"])
def test_nobody_else_is_led_to_it(role: Role) -> None:
    assert not has(role, "forms")


def test_a_form_is_a_table_to_read(fresh: Store) -> None:
    said = texts(screen("forms", form="cobranza"))
    assert "Apertura · 17 puntos" in said
    assert "**Verifica al titular**" in said
    assert ":red[✕]\u00a0crítico" in said


def test_a_country_shows_source_certainty_and_the_day_of_its_rules(fresh: Store) -> None:
    said = texts(screen("forms", form="co"))
    assert "Ley 2300 de 2023, art. 3" in said
    assert "texto de la norma leído" in said
    assert "No es asesoría legal" in said
    assert said.index("Horario y días permitidos") < said.index("Práctica del sector")


def test_rules_read_long_ago_are_due() -> None:
    pack = pack_of("CO")
    assert forms.due(pack, date(2026, 12, 1)) == ()
    assert len(forms.due(pack, date(2028, 1, 1))) == len(pack.rules)


@pytest.mark.parametrize("wanted", ["nada", "../x", ""])
def test_a_form_that_is_not_there_shows_the_list(fresh: Store, wanted: str) -> None:
    assert ids(screen("forms", form=wanted, draft=wanted), "forms")


def test_editing_begins_with_the_text_in_use_a_version_higher(fresh: Store, settings: Settings) -> None:
    app = button(screen("forms", form="cobranza"), "Editar")
    assert "version: 2\n" in app.text_area[0].value
    assert "Se puede publicar." in texts(app)
    assert forms.draft(settings, "cobranza") is not None


def test_what_voids_a_call_is_not_among_the_points(fresh: Store, settings: Settings) -> None:
    text = "id: cobranza\nversion: 2\nlabel: La nuestra\nbased_on: cobranza\n"
    text += "changes: {empathy: {critical: true}}\n"
    forms.keep_draft(settings, "cobranza", text)
    forms.publish(fresh, settings, text, HOUSE)
    said = texts(screen("forms", form="cobranza"))
    weight = next(one.weight for one in load_rubric().criteria if one.id == "empathy")
    assert weight > 0
    assert f"### {100 - weight:.0f}" in said


def test_a_new_form_begins_as_a_draft(fresh: Store, settings: Settings) -> None:
    app = screen("forms")
    app.text_input(key="new-form").set_value("micro")
    app = button(run(app), "Crear el borrador")
    assert app.text_area[0].value.startswith("id: micro\nversion: 1\nlabel: Micro\nbased_on: cobranza\n")


def test_mistakes_are_told_by_line_and_nothing_is_lost(fresh: Store, draft: Settings) -> None:
    app = screen("forms", draft="cobranza")
    wrong = "id: cobranza\nversion: 2\nlable: <script>alert(1)</script>\nbased_on: cobranza\n"
    app.text_area[0].set_value(wrong)
    app = run(app)
    said = texts(app)
    assert "**línea 3** · lable: clave desconocida «lable» (¿quiso decir «label»?)" in said
    assert any("\\<script\\>" in one.value for one in app.markdown)
    kept = forms.draft(draft, "cobranza")
    assert kept is not None
    assert kept.text == wrong
    assert next(one for one in app.button if one.label == "Publicar").disabled


def test_trying_a_draft_tells_what_would_change(fresh: Store, draft: Settings) -> None:
    seed.fill(fresh, draft)
    app = button(screen("forms", draft="cobranza"), "Probar")
    said = texts(app)
    assert "Veredictos que cambian" in said
    assert "| Sin amenazas | " in said
    assert "no se juzga" in said
    assert "sin llamadas juzgadas por personas" in said
    row = component(app, "flips")["rows"][0]
    assert row["href"].partition("&from=")[0] == f"call?call={row['id'].partition(' ')[2]}"
    assert row["cells"]["after"] == {"text": "no se juzga", "kind": "na"}


def test_without_calls_nothing_is_known(fresh: Store, draft: Settings) -> None:
    assert "no se sabe qué cambiaría" in texts(button(screen("forms", draft="cobranza"), "Probar"))


def test_without_labelled_calls_names_cannot_be_tried(fresh: Store, draft: Settings) -> None:
    app = button(screen("forms", draft="cobranza"), "¿Depende de quién es quién?")
    assert "aquí no hay" in texts(app)


def test_publishing_puts_it_in_use_and_history_is_judged_apart(fresh: Store, draft: Settings) -> None:
    app = screen("forms", draft="cobranza")
    app.text_input(key="note-cobranza").set_value("ya no se usa")
    app.checkbox(key="again-cobranza").check()
    app = button(run(app), "Publicar")
    assert app.title[0].value == "La nuestra"
    assert "En uso desde la próxima llamada: La nuestra." in app.success[0].value.replace("\\", "")
    assert [one.subject for one in chores.latest(fresh, HOUSE)] == ["cobranza"]
    assert forms.draft(draft, "cobranza") is None
    said = texts(app)
    assert "ya no se usa" in said
    assert "en cola" in said


@pytest.mark.parametrize(
    ("again", "told"),
    [
        (True, "Sus llamadas se evalúan de nuevo también."),
        (False, "Sus llamadas ya guardadas quedan como están."),
    ],
)
def test_publishing_a_base_names_the_forms_that_change_with_it(
    fresh: Store, draft: Settings, again: bool, told: str
) -> None:
    forms.publish(fresh, draft, BROKEN.replace("2", "1").replace("without: [x]\n", ""), HOUSE)
    app = screen("forms", draft="cobranza")
    named = "Con ella cambian, porque se basan en ella: Micro (versión 1, sobre cobranza 2)."
    assert named in texts(app).replace("\\", "")
    app.text_input(key="note-cobranza").set_value("otra")
    if again:
        app.checkbox(key="again-cobranza").check()
    app = button(run(app), "Publicar")
    assert f"{named} {told}" in app.success[0].value.replace("\\", "")
    assert "También las de Micro" in texts(app)
    cells = next(row for row in component(screen("forms"), "forms")["rows"] if row["id"] == "micro")["cells"]
    assert cells["form"]["sub"] == "versión 1, sobre cobranza 2"
    said = texts(screen("forms", form="micro")).replace("\\", "")
    assert "Versión 1, sobre cobranza 2, propia. En uso." in said
    assert "versión 1, sobre cobranza 1" in said


def test_a_base_that_would_break_a_form_is_not_published(fresh: Store, draft: Settings) -> None:
    uses = BROKEN.replace("2", "1").replace("without: [x]", "changes: {no_threats: {weight: 1}}")
    forms.publish(fresh, draft, uses, HOUSE)
    app = screen("forms", draft="cobranza")
    assert "«micro» se basa en «cobranza» y no se podría usar más" in texts(app).replace("\\", "")
    assert next(one for one in app.button if one.label == "Publicar").disabled


def test_an_earlier_version_comes_back(fresh: Store, draft: Settings) -> None:
    text = forms.draft(draft, "cobranza")
    assert text is not None
    forms.publish(fresh, draft, text.text, HOUSE)
    app = button(screen("forms", form="cobranza"), "Restaurar")
    assert app.title[0].value == "Llamada de cobranza"


def test_a_draft_is_discarded(fresh: Store, draft: Settings) -> None:
    app = button(screen("forms", draft="cobranza"), "Sí, descartar")
    assert forms.drafts(draft) == ()
    assert ids(app, "forms")


def test_it_speaks_english(fresh: Store, draft: Settings) -> None:
    assert screen("forms", lang="en").title[0].value == "With what is each call judged?"
    assert screen("forms", draft="cobranza", lang="en").title[0].value.startswith("Draft: ")


BROKEN = (
    "id: micro\nversion: 2\nlabel: Micro\nbased_on: cobranza\nfor_calls: {portfolio: [micro]}\nwithout: [x]\n"
)


@pytest.fixture
def broken(fresh: Store, settings: Settings) -> Path:
    """A form of one's own that was published, and then spoilt by hand."""
    forms.publish(fresh, settings, BROKEN.replace("2", "1").replace("without: [x]\n", ""), HOUSE)
    place = settings.own_forms / "micro.yaml"
    place.write_text(BROKEN, encoding="utf-8")
    return place


def test_a_form_that_cannot_be_used_is_shown_beside_the_others(fresh: Store, broken: Path) -> None:
    app = screen("forms")
    assert "Las llamadas que son para ella quedan sin evaluar" in texts(app)
    assert "línea 6" in texts(app)
    assert {"cobranza", "recordatorio"} <= set(ids(app, "forms"))


def test_its_last_good_version_comes_back(fresh: Store, settings: Settings, broken: Path) -> None:
    app = button(screen("forms"), "Restaurar")
    assert "no se puede usar" not in texts(app)
    assert forms.in_use(settings)["micro"][0].version == 1


def test_it_is_corrected_as_a_draft(fresh: Store, settings: Settings, broken: Path) -> None:
    app = button(screen("forms"), "Corregir el texto")
    assert app.query_params["draft"] == "micro"
    assert forms.drafts(settings)[0].text == BROKEN


def test_the_screen_stands_though_the_base_form_is_broken(fresh: Store, settings: Settings) -> None:
    settings.own_forms.mkdir(parents=True)
    (settings.own_forms / "cobranza.yaml").write_text("id: [\n", encoding="utf-8")
    app = screen("forms")
    assert "la pauta base no se puede usar" in texts(app)
    assert "recordatorio" in ids(app, "forms")


def test_who_administers_finds_it_on_the_first_screen(fresh: Store, broken: Path, signed_in: SignIn) -> None:
    signed_in(fresh, "admin")
    assert "esta pauta no se puede usar" in texts(screen("home"))


FOR_ONE = (
    "id: nandu\nversion: 1\nlabel: Ñandú\nbased_on: cobranza\nwithout: [explains_benefit]\n"
    "for_calls: {portfolio: [Banco_Ñandú]}\n"
)


def test_a_form_for_one_portfolio_counts_its_calls_and_names_what_it_leaves_out(
    fresh: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labelled calls are of no portfolio: they once were taken away from the stored ones."""
    seed.fill(fresh, settings)
    call = next(iter(fresh.latest(1)))
    fresh.update_recording(replace(call.transcript.recording, portfolio="Banco_Ñandú"))
    labelled = [
        (GoldCall(other.transcript, {}), other.findings) for other in fresh.latest(3) if other.id != call.id
    ]
    monkeypatch.setattr("coach.lab.labelled_calls", lambda **_: labelled)
    forms.keep_draft(settings, "nandu", FOR_ONE)
    said = texts(button(screen("forms", draft="nandu"), "Probar"))
    assert "1 guardada" in said
    assert "juzgada por personas\n" not in said
    assert "-1 guardada" not in said
    assert "| Explica el beneficio de pagar |" in said
    assert "| explains\\_benefit |" not in said


def test_a_draft_that_would_judge_no_call_says_so(fresh: Store, settings: Settings) -> None:
    told = "Así no juzgará ninguna llamada: diga en «for_calls» para cuáles es."
    forms.keep_draft(settings, "nandu", FOR_ONE.partition("for_calls")[0])
    assert told in texts(screen("forms", draft="nandu"))
    assert component(screen("forms"), "drafts")["rows"][0]["cells"]["state"]["kind"] == "review"
    forms.keep_draft(settings, "nandu", FOR_ONE)
    assert told not in texts(screen("forms", draft="nandu"))


def test_the_ids_that_a_draft_may_name_are_beside_it(fresh: Store, settings: Settings) -> None:
    forms.keep_draft(settings, "nandu", FOR_ONE)
    assert "| `explains_benefit` | Explica el beneficio de pagar |" in texts(screen("forms", draft="nandu"))


def test_a_portfolio_is_shown_as_it_is_written(fresh: Store, settings: Settings) -> None:
    forms.publish(fresh, settings, FOR_ONE, HOUSE, "una cartera")
    assert "cartera: Banco Ñandú" in texts(screen("forms", form="nandu"))


def test_a_name_with_an_enye_is_refused_by_what_is_wrong(settings: Settings) -> None:
    with pytest.raises(CoachError, match="sin ñ ni acentos"):
        forms.begin_new(settings, HOUSE, "banco_ñandú", "cobranza")
