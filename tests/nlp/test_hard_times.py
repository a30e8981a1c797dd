"""Hardship in passing: remittances that stop, a dead trade, halting Spanish, an illness, frightened kin."""

from __future__ import annotations

import pytest

from nlp.utterance import tag


def labels(said: str) -> set[str]:
    return {label.id for label in tag(said, "debtor")}


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("ay señor es que mi marido se fue al otro lado y no ha mandado nada", "no_money"),
        ("Mi hijo está en el Norte y este mes no me mandó.", "needs_third_party"),
        ("No me han mandado la remesa.", "no_money"),
        ("na que la cosa ta dura el concho no ta dejando", "job_loss"),
        ("El taxi ya no deja nada con el Uber.", "job_loss"),
        ("No está entrando gente al hotel, está vacío.", "job_loss"),
        ("el turismo está muertísimo", "job_loss"),
        ("Desde entonces no ando repartiendo.", "job_loss"),
        ("Yo trabajar obra, jefe no pagar. Dos meses no pagar.", "no_money"),
        ("Jefe no paga a mí, yo no dinero.", "no_money"),
        ("Yo no trabajar ahora, no haber trabajo.", "job_loss"),
        ("Que le compré la medicina a la niña, le salió asma.", "health_emergency"),
        ("A mi esposo le salió un quiste.", "health_emergency"),
        ("Que si no pagaba la sala iban a venir por ella con la patrulla.", "harassment_complaint"),
        ("Otro compañero suyo asustó a mi mamá con el embargo.", "harassment_complaint"),
        ("A mi suegra me la asustaron con eso de la cárcel.", "harassment_complaint"),
    ],
)
def test_hardship_in_passing_is_heard(said: str, label: str) -> None:
    assert label in labels(said)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Mi hijo está en el Norte y me manda cada quince.", "no_money"),
        ("Mi hijo no me ha mandado el comprobante.", "no_money"),
        ("No ha llegado el recibo.", "no_money"),
        ("El taxi me lo pagan el viernes.", "job_loss"),
        ("El trabajo no me deja salir a pagar.", "job_loss"),
        ("El mercado está cerca de mi casa.", "job_loss"),
        ("Desde entonces no pago.", "job_loss"),
        ("Llámeme después de las seis, que en la bodega no dejan el celular.", "job_loss"),
        ("Mande al correo de ella, que al mío nadie entra.", "job_loss"),
        ("No puedo pagar hoy, no cobrar comisión por favor.", "job_loss"),
        ("Le salió barato el arreglo.", "health_emergency"),
        ("No le salió nada en los análisis.", "health_emergency"),
        ("¿Si no pago me van a embargar?", "harassment_complaint"),
        ("Mi mamá se asustó con el temblor.", "harassment_complaint"),
    ],
)
def test_what_is_no_hardship_is_none(said: str, label: str) -> None:
    assert label not in labels(said)
