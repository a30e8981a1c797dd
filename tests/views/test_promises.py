"""The ledger on its screen: what falls due, what was kept, payments brought in, files taken out."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, update
from streamlit.testing.v1 import AppTest

from coach import audit, ledger_files
from coach.schema import findings
from coach.schema_month import payments, promises
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Role, Viewer
from tests.coach.people import somebody
from tests.views import seed
from tests.views.test_screens import component, dashboard, run, screen, texts
from views._text import english

PAID = "cuenta;fecha;monto;moneda\n400317;{day};2100;MXN\n400317;ayer;12;MXN\n<b>1</b>;{day};=1+1;MXN\n"


@pytest.fixture
def house(fresh: Store) -> Store:
    """The hand-made calls; the firm promise falls due tomorrow, so that there is something to expect."""
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    due(fresh, date.today() + timedelta(days=1))
    return fresh


def due(store: Store, day: date) -> None:
    with store.writing() as connection:
        connection.execute(update(promises).where(promises.c.firm).values(due_on=day))


def ids_of(app: object) -> list[str]:
    return [row["id"] for row in component(app, "ledger")["rows"]]  # type: ignore[arg-type]


def test_it_opens_on_what_falls_due(house: Store) -> None:
    app = screen("promises")
    assert app.title[0].value == "¿Qué promesas vencen, y cuáles se cumplieron?"
    (row,) = component(app, "ledger")["rows"]
    assert row["cells"]["amount"] == {"text": "MXN 2,100"}
    assert row["cells"]["critical"]["text"] == "por vencer"
    assert row["href"] == "call?call=mx-embargo&from=promises"
    assert "### MXN 2,100" in texts(app)


def test_sums_of_one_country_are_all_written_as_that_country_does(house: Store) -> None:
    """The card and the rows below it tell the same sum in the same way."""
    app = screen("promises", country="MX")
    (row,) = component(app, "ledger")["rows"]
    assert row["cells"]["amount"] == {"text": "$2,100"}
    assert "### $2,100" in texts(app)


def test_a_second_payment_stands_below_the_first(house: Store) -> None:
    with house.writing() as connection:
        row = connection.execute(select(findings).where(findings.c.body.contains('"later":[]'))).first()
        assert row is not None
        body = row.body.replace('"later":[]', '"later":[{"amount":"370","date":"2026-12-02"}]')
        connection.execute(update(findings).where(findings.c.id == row.id).values(body=body))
    (shown,) = component(screen("promises", call=row.recording_id), "ledger")["rows"]
    assert shown["cells"]["amount"]["sub"] == "y otra parte: MXN 370 el 2 dic"
    assert "y otra parte: $370 el 2 dic" in texts(screen("call", call=row.recording_id))


def test_sums_of_several_currencies_are_told_apart(house: Store) -> None:
    with house.writing() as connection:
        vague = update(promises).where(~promises.c.firm)
        connection.execute(vague.values(amount=Decimal(342_000), currency="COP"))
    cells = [row["cells"]["amount"] for row in component(screen("promises", show="all"), "ledger")["rows"]]
    assert cells == [{"text": "MXN 2,100"}, {"text": "COP 342.000"}]


def test_views_of_the_ledger_stay_in_the_address(house: Store) -> None:
    assert ids_of(screen("promises", show="all")) == ["mx-embargo", "es-vaga"]
    assert "Ninguna promesa está así" in texts(screen("promises", show="kept"))
    assert ids_of(screen("promises", show="silly")) == ["mx-embargo"]


def test_without_payments_a_promise_that_fell_due_is_not_called_broken(house: Store) -> None:
    due(house, date.today() - timedelta(days=30))
    app = screen("promises")
    assert ids_of(app) == ["mx-embargo"]  # it opens on a view with something in it
    assert ids_of(screen("promises", show="unknown")) == ["mx-embargo"]
    app = screen("promises", show="all")
    said = {row["id"]: row["cells"]["critical"]["text"] for row in component(app, "ledger")["rows"]}
    assert said == {"mx-embargo": "sin datos de pagos", "es-vaga": "por precisar"}
    assert "queda así hasta que se traiga la tabla de pagos" in texts(app)


def test_payments_are_brought_in_and_bad_rows_told(house: Store) -> None:
    app = screen("promises")
    table = PAID.format(day=(date.today() - timedelta(days=1)).isoformat())  # their today may not be ours yet
    app.file_uploader(key="payments").upload("pagos.csv", table.encode(), "text/csv")
    app = run(app)
    app.button(key="bring-payments").click()
    app = run(app)
    assert [one.value for one in app.success] == ["1 pago nuevo, 0 ya estaban."]
    said = texts(app)
    assert "Cubre, en MXN (MX), el " in said
    assert "De otros días, monedas, países o carteras no dice nada" in said
    assert "2 filas no se usaron:" in said
    assert "fila 3: «ayer»" in said
    assert "fórmula" in said
    assert ids_of(screen("promises", show="all"))
    entries = audit.entries(house, HOUSE, action="payments.import").rows
    assert [entry.detail for entry in entries] == [{"new": 1, "faults": 2}]


def test_a_table_without_its_columns_says_which(house: Store) -> None:
    app = screen("promises")
    app.file_uploader(key="payments").upload("p.csv", b"a;b\n1;2\n", "text/csv")
    app = run(app)
    app.button(key="bring-payments").click()
    app = run(app)
    told = app.warning[0].value.replace("\\", "")
    assert "falta la columna de cuenta" in told
    assert "Sirven, por ejemplo: «cuenta», «crédito»" in told


def asked(app: AppTest) -> dict[str, list[str]]:
    """The columns that the screen asks for, by label, with the titles that it offers."""
    return {one.label: one.options for one in app.selectbox if one.label.startswith("Columna de")}


def test_who_brings_payments_says_there_which_column_is_what(house: Store) -> None:
    app = screen("promises")
    day = (date.today() - timedelta(days=1)).isoformat()
    table = f"Periodo;;;\nTitular;Cuándo;Monto;Sucursal\n400317;{day};500;Centro\n"
    app.file_uploader(key="payments").upload("p.csv", table.encode(), "text/csv")
    app = run(app)
    assert asked(app) == {}
    app.button(key="bring-payments").click()
    app = run(app)
    free = ["Titular", "Cuándo", "Sucursal"]
    assert asked(app) == {
        "Columna de la cuenta": free, "Columna de la fecha del pago": free,
        "Columna de la moneda, si la hay": free, "Columna de la referencia, si la hay": free,
    }  # fmt: skip
    account, day_of = (
        next(one for one in app.selectbox if one.label == label) for label in list(asked(app))[:2]
    )
    assert app.button(key="bring-payments").disabled
    account.set_value("Titular")
    day_of.set_value("Titular")
    app.run()
    assert "Una columna es un solo dato" in app.error[0].value
    assert app.button(key="bring-payments").disabled
    next(one for one in app.selectbox if one.label == day_of.label).set_value("Cuándo")
    app = run(app)
    app.button(key="bring-payments").click()
    app = run(app)
    assert [one.value for one in app.success] == ["1 pago nuevo, 0 ya estaban."]
    assert asked(app) == {}


def test_of_two_columns_alike_the_screen_asks_for_one(house: Store) -> None:
    app = screen("promises")
    table = f"Cuenta;Contrato;Fecha;Monto;Moneda\nA-1;C-1;{date.today() - timedelta(days=1)};500;MXN\n"
    app.file_uploader(key="payments").upload("p.csv", table.encode(), "text/csv")
    app = run(app)
    app.button(key="bring-payments").click()
    app = run(app)
    assert asked(app)["Columna de la cuenta"] == ["Cuenta", "Contrato"]
    assert "Columna del monto pagado" not in [one.label for one in app.selectbox]
    app.selectbox(
        key=next(one.key for one in app.selectbox if one.label == "Columna de la cuenta")
    ).set_value("Contrato")
    app = run(app)
    app.button(key="bring-payments").click()
    assert [one.value for one in run(app).success] == ["1 pago nuevo, 0 ya estaban."]


@pytest.mark.parametrize("tongue", ["es", "en"])
def test_the_files_say_what_the_screen_says_and_spreadsheets_know_their_letters(
    house: Store, tongue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, Callable[[], bytes]] = {}

    def kept(label: str, data: Callable[[], bytes], *, file_name: str, **_: object) -> None:
        files[file_name] = data

    monkeypatch.setattr("streamlit.download_button", kept)
    app = screen("promises", show="all", lang=tongue)
    stem = "promises" if tongue == "en" else "promesas"
    assert set(files) == {f"{stem}.csv", f"{stem}.ics"}
    raw = files[f"{stem}.csv"]()
    assert raw.startswith(codecs.BOM_UTF8)
    assert files[f"{stem}.ics"]().startswith(b"BEGIN:VCALENDAR")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    call, state = ("call", "state") if tongue == "en" else ("llamada", "estado")
    shown = {row["id"]: row["cells"]["critical"]["text"] for row in component(app, "ledger")["rows"]}
    assert {row[call]: row[state] for row in rows} == shown


def test_every_state_is_called_alike_in_both_languages() -> None:
    assert {es: english()[es] for es, _ in ledger_files.WORDS.values()} == dict(ledger_files.WORDS.values())


@pytest.mark.parametrize(
    ("role", "files", "uploads"),
    [("admin", 2, True), ("analyst", 2, True), ("lead", 2, False), ("auditor", 2, False)],
)
def test_each_role_takes_and_brings_what_it_may(
    house: Store, signed_in: Callable[..., Viewer], role: Role, files: int, uploads: bool
) -> None:
    somebody(house, "agent", "rarce", holds=("rarce",), team="Norte")
    signed_in(house, role, "alguien", leads="Norte" if role == "lead" else "")
    app = screen("promises")
    if role == "auditor":  # no portfolio yet
        assert "Aquí verá las promesas" in texts(app)
        return
    assert len(app.get("download_button")) == files
    assert bool(app.get("file_uploader")) is uploads
    assert ids_of(app) == ["mx-embargo"]


def test_a_lead_of_another_team_sees_none_of_it(house: Store, signed_in: Callable[..., Viewer]) -> None:
    somebody(house, "agent", "mtapia", holds=("mtapia",), team="Sur")
    signed_in(house, "lead", "leo", leads="Sur")
    assert ids_of(screen("promises", show="all")) == ["es-vaga"]


@pytest.mark.parametrize("role", ["agent", "trainer"])
def test_it_is_in_nobody_elses_list(house: Store, signed_in: Callable[..., Viewer], role: Role) -> None:
    signed_in(house, role, "otro")
    app = dashboard()
    app.switch_page("views/promises.py")
    app.run()
    assert "Lorena" not in str(app.get("bidi_component"))


def test_an_empty_store_says_what_will_be_here(fresh: Store) -> None:
    assert "Aquí verá las promesas de pago" in texts(screen("promises"))


def test_a_payment_in_another_currency_stands_on_the_row_of_the_promise(house: Store) -> None:
    with house.writing() as connection:
        paid = {"account": "400317", "amount": Decimal(2100), "currency": "USD", "reference": "x"}
        connection.execute(insert(payments).values(**paid, paid_on=date.today()))
    (row,) = component(screen("promises"), "ledger")["rows"]
    assert row["cells"]["critical"]["sub"].startswith("hay un pago en otra moneda: USD")
