"""The lists of phrases, ways to pay and countries that people may edit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nlp
from nlp import countries, weighing
from nlp.channels import channels_in
from nlp.countries import channels, country_of
from nlp.phrases import _lists, phrases
from nlp.types import NlpError

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(nlp.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("name", _lists())
def test_every_list_is_a_pattern_and_somebody_uses_it(name: str) -> None:
    assert phrases(name).pattern
    family = name.partition("_")[0] + "_{"
    assert f'"{name}"' in CODE or family in CODE or f"@{name}" in " ".join(_lists().values())


def test_unknown_list_says_so() -> None:
    with pytest.raises(NlpError, match="no existe la lista «nada»"):
        phrases("nada")


@pytest.mark.parametrize("code", ["MX", "CO", "CL", "PE", "AR", "ES", "GT", "EC", "CR", "US"])
def test_every_country_has_its_money(code: str) -> None:
    country = country_of(code)

    assert re.fullmatch("[A-Z]{3}", country.currency or "")
    assert country.units


@pytest.mark.parametrize("name", channels())
def test_every_way_to_pay_is_found_by_its_first_phrase(name: str) -> None:
    said = " ".join(channels()[name][0]).replace("*", "s")

    assert name in [channel.name for channel in channels_in(f"Lo hago {said} mañana.")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Paso por el Efecty.", [("Efecty", True)]),
        ("por PSE no", [("PSE", False)]),
        ("¿por PSE o en el Éxito?", [("PSE", True), ("Éxito", True)]),
        ("por Puntored o en Carulla", [("Puntored", True), ("Carulla", True)]),
        (
            "en Chedraui, en ServiEstado o en Provincia NET",
            [("Chedraui", True), ("ServiEstado", True), ("Provincia NET", True)],
        ),
        ("por Gana o Efecty", [("Su Red", True), ("Efecty", True)]),
        ("¿Cuánto gana al mes? Que tenga éxito, muchos éxitos.", []),
        ("No, por OXXO no me sirve, mejor por SPEI.", [("OXXO", False), ("SPEI", True)]),
        ("La app mía ahora ya no sirve.", [("App", False)]),
        ("El Nequi de mi hermana no abre.", [("Nequi", False)]),
        ("La transferencia esa vieja no funciona.", [("Transferencia", False)]),
        ("Por Yape, la otra cuenta no abre.", [("Yape", True)]),
        ("En el OXXO pero no tengo todo hoy.", [("OXXO", True)]),
        ("Por transferencia el martes no me alcanza.", [("Transferencia", True)]),
        (
            "Por Servipag, que por la página esa de ustedes no me meto.",
            [("Servipag", True), ("Banca en línea", False)],
        ),
        ("Por la app esa no me confío.", [("App", False)]),
        ("En el Oxxo ese no, por SPEI.", [("OXXO", False), ("SPEI", True)]),
        ("A la oficina de ustedes yo no voy, le pago en el Baloto.", [("Sucursal", False), ("Baloto", True)]),
        ("Por Yape el viernes, que hoy no tengo.", [("Yape", True)]),
        ("En la tienda de conveniencia.", [("Tienda", True)]),
        ("Por transferencia al alias que le mando.", [("CBU/CVU", True)]),
        ("Con la débito que ya tienen ahí.", [("Tarjeta", True)]),
        ("Con su debit card que termina en 3390.", [("Tarjeta", True)]),
        ("Debe dos meses de su credit card.", []),
        ("El cinco me lo pasáis por el banco.", [("Domiciliación", True)]),
        ("Domicíliemelo.", [("Domiciliación", True)]),
        ("A ese domicilio no llega nada.", []),
        ("Mañana paso por el banco.", [("Sucursal", True)]),
        ("Que lo debiten de la cuenta.", [("Débito automático", True)]),
        ("Me lo debitan el viernes, o póngalo en autopay.", [("Débito automático", True)] * 2),
        ("Se lo yapeo.", [("Yape", True)]),
        ("Se lo pago.", []),
        # who calls is no place to pay
        ("Le llamo de Sol, somos una agencia de cobro, esto es un intento de cobrar.", []),
        ("Somos agencia externa de cobranza.", []),
        ("Le hablo de la agencia Crédito Norte.", []),
        ("Soy de la oficina de recuperación.", []),
        ("Un agente de cobranza le va a llamar.", []),
        ("Pago en la agencia.", [("Sucursal", True)]),
        ("Lo deposito en la oficina de cobranza.", [("Sucursal", True)]),
        ("Páguele a un agente.", [("Agente", True)]),
    ],
)
def test_ways_to_pay(said: str, expected: list[tuple[str, bool]]) -> None:
    assert [(channel.name, channel.wanted) for channel in channels_in(said)] == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('common: {}\ncountries: {MX: {currency: "MXN}\n', "countries.yaml:2: las comillas que se abren"),
        ("common: {}\ncountries: {MX: {coin: MXN}}\n", "countries.yaml: «countries.MX.coin» no tiene"),
    ],
)
def test_a_list_of_countries_that_cannot_be_read_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    (tmp_path / "countries.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(countries, "_HERE", tmp_path)

    with pytest.raises(NlpError, match=f"^{re.escape(message)}") as told:
        countries._read.__wrapped__()
    assert "found" not in str(told.value)


def test_weights_that_cannot_be_read_say_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "promise_weights.yaml"
    file.write_text("a: 1\nb: [2,\n", encoding="utf-8")
    monkeypatch.setattr(weighing, "FILE", file)

    with pytest.raises(NlpError, match=r"^promise_weights\.yaml:2: el «\[» que se abre aquí no se cierra"):
        weighing._weights.__wrapped__()
