"""The benefit of keeping to an agreement said plainly: «si cumple, el banco no lo reporta al buró»."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric, pack_of
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def benefit(said: str) -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, habla Ana Ruiz, de Cobra. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Debe dos cuotas de cien mil pesos desde marzo.
        D: No me alcanzó.
        A: {said}
        D: Mmm.
        A: ¿Cuándo paga?
        D: El viernes.
        A: Bueno.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["explains_benefit"]


@pytest.mark.parametrize(
    "said",
    [
        "Si cumple con los pagos, el banco no lo reporta al buró.",
        "Si el acuerdo se cumple, el banco no hace el reporte.",
        "Podemos partirlo en cuatro cuotas, una cada sábado, sin intereses adicionales de mora.",
        "Mientras cumpla, no le cobramos más intereses.",
        "Si paga antes del viernes no pasa a Dicom.",
        "Pagando hoy no queda reportado en el Veraz.",
        "No lo mandan a Infocorp si cumple con la fecha.",
        "Cumpliendo, no hay reporte a las centrales.",
        "Puede liquidar en dos partes sin que le cobren comisión.",
        "Así no me le suben los intereses.",
        "Y así no le pasan la comisión de reclamación.",
        "Para que no me le metan mora.",
        "Y así su historial queda como lo tenía.",
        "De ese modo su línea sigue activa, como antes.",
        "Y le vuelven a abrir la tarjeta al día siguiente.",
        "Con eso le devuelven el cupo.",
        "Y ya se olvida de nosotros hasta el otro mes.",
        "Haciéndolo mañana no le llega a salir la penalidad de los quince días.",
        "Pagando esta semana ya no se le alcanzan a generar más recargos.",
    ],
)
def test_what_is_spared_is_a_benefit(said: str) -> None:
    verdict = benefit(said)
    assert verdict.outcome == "pass"
    assert [quote.turn for quote in verdict.evidence] == [4]


@pytest.mark.parametrize(
    "said",
    [
        "Si no cumple con los pagos, el banco lo reporta.",
        "Si no paga no le vuelven a abrir la tarjeta.",
        "Usted pide prestado y se olvida de nosotros.",
        "Para que no me le caigan los abogados.",
        "Aunque pague, no le quitan el reporte.",
        "No se puede partir en cuotas sin intereses.",
        "Usted firmó por doce cuotas sin intereses y no pagó.",
        "Debe pagar la cuota sin más excusas.",
        "Hasta que pague no sale del buró.",
    ],
)
def test_no_benefit(said: str) -> None:
    assert benefit(said).outcome == "fail"


@pytest.mark.parametrize(
    "said",
    [
        "Le doy dos fechas: mañana, sin recargo nuevo, o el diecinueve, con setenta pesos más. ¿Cuál elige?",
        "le doy dos fechas mañana sin recargo nuevo o el diecinueve con setenta pesos mas cual prefiere",
        "Puede ser el viernes, sin intereses nuevos, o el lunes, ya con mora.",
        "Hasta el viernes es sin recargo; el lunes ya suma cincuenta pesos.",
        "Hoy no lleva recargo. Mañana sí.",
        "Le queda sin intereses si paga antes del diez.",
        "Sin recargo hasta el doce; después son veinte euros más.",
    ],
)
def test_of_two_days_the_one_without_a_charge_is_a_benefit(said: str) -> None:
    verdict = benefit(said)
    assert (verdict.outcome, verdict.needs_review) == ("pass", False)


@pytest.mark.parametrize(
    "said",
    [
        "El viernes pasado era sin recargo, ahora ya no.",
        "Mañana sin falta me paga.",
        "No le puedo dar el viernes sin recargo.",
        "Usted quería el viernes sin intereses y no se puede.",
        "Le llamo mañana sin cargo.",
        "Si no paga mañana, con recargo.",
        "El lunes con setenta pesos más.",
    ],
)
def test_a_day_alone_or_a_charge_is_none(said: str) -> None:
    assert benefit(said).outcome == "fail"


@pytest.mark.parametrize("country", ["CO", "MX", "PE", "AR", "ES", "CL", "US", "EC"])
@pytest.mark.parametrize(
    "said",
    [
        "Con este pago su historial queda limpio.",
        "Usted paga el viernes y su historial queda limpio.",
        "Yo le garantizo que le quitan los intereses y que su historial queda limpio.",
    ],
)
def test_a_clean_record_is_no_threat(said: str, country: str) -> None:
    call = dialogue(f"A: Buenas tardes.\nD: No me alcanzó.\nA: {said}", country=country)
    card = score(call, analyze(call), load_rubric(), pack_of(country))
    verdicts = {**card.verdicts, **card.pack_verdicts}
    assert verdicts["no_threats"].outcome == "pass"
    hard = {name for name, one in verdicts.items() if one.outcome == "fail" and "threat" in name}
    assert not hard
