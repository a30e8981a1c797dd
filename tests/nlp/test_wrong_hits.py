"""Ordinary sentences that sound like a pattern and mean something else: each would do somebody harm."""

from __future__ import annotations

import pytest

from nlp.tagger import hear


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("tied_up", "Ahorita no puedo porque tengo otros gastos."),
        ("tied_up", "Ahora me es imposible, la cuota es muy alta."),
        ("tied_up", "Ahorita es imposible, me quedé sin trabajo."),
        ("tied_up", "Me llamó el jefe y me dejó sin turnos."),
        ("tied_up", "Estoy descargando la aplicación para pagarle."),
        ("tied_up", "Cuando cobre le pago, ahorita no puedo."),
        ("falls_to_other", "Yo no compré nada este mes porque no hay plata."),
        ("says_paid", "La cuota no está pagada porque se me olvidó."),
        ("says_paid", "Ya me han cobrado demasiados intereses."),
        ("bereaved", "Mi marido se fue y me dejó sola con los niños."),
        ("identity_stolen", "Me copiaron mal el nombre."),
        ("pay_is_late", "Estoy esperando que me llegue el recibo."),
        ("no_misfortune", "Mi esposo cuidaba ganado se murió en mayo."),
        ("health_emergency", "En julio me bajaron las horas en la clínica."),
        ("health_emergency", "trabajo en el hospital y no me han pagado la quincena"),
        ("health_emergency", "Soy enfermera en una clínica y me deben dos meses."),
    ],
)
def test_what_a_debtor_says(label: str, said: str) -> None:
    assert label not in hear(said, "debtor").found


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("halts_collection", "La cuenta está bloqueada hasta que pague."),
        ("halts_collection", "No le cobramos intereses mientras se mantenga al día."),
        ("calls_back", "Pues yo lo busco hoy mismo en su casa."),
        ("calls_back", "¿Qué día le queda bien para el pago?"),
        ("weighs", "Me cuesta creerle lo del hospital y las medicinas."),
        ("weighs", "Vaya, otra operación de su mamá en el hospital."),
        ("notes_wish", "Su teléfono queda bloqueado si no paga hoy."),
        ("notes_wish", "Puede pagar solo en este número de cuenta."),
        ("told_sum", "O sea 15 de agosto."),
        ("orders_payment", "A ver, quiero ver el pago en el sistema, un momento."),
        ("orders_payment", "Quiero ver el pago que hizo ayer."),
        ("orders_payment", "No necesito tener el dinero hoy."),
    ],
)
def test_what_an_agent_says(label: str, said: str) -> None:
    assert label not in hear(said, "agent").found


@pytest.mark.parametrize(
    ("label", "said", "side"),
    [
        ("tied_up", "Ahorita no puedo hablar, me están esperando abajo.", "debtor"),
        ("health_emergency", "Estoy en la clínica con mi mamá.", "debtor"),
        ("health_emergency", "me despidieron y mi hijo está en el hospital", "debtor"),
        ("orders_payment", "Hoy, antes de las cinco, quiero ver el pago completo.", "agent"),
        ("orders_payment", "Necesito recibir su abono antes del viernes.", "agent"),
        ("orders_payment", "Exijo el saldo completo.", "agent"),
        ("halts_collection", "El cobro queda parado hasta que contesten.", "agent"),
        ("calls_back", "La llamo hoy a las seis y media.", "agent"),
        ("weighs", "Vaya trago, que la renta y la colegiatura caigan juntas.", "agent"),
        ("says_paid", "Eso ya lo pagué.", "debtor"),
        ("pay_is_late", "Llevo dos semanas esperando que me paguen.", "debtor"),
        ("notes_wish", "A este celular nada más, aquí lo dejo anotado.", "agent"),
        ("told_sum", "Son dos de 96000 cada una, o sea 192000 y la más antigua es de junio.", "agent"),
    ],
)
def test_what_the_patterns_are_for_is_still_heard(label: str, said: str, side: str) -> None:
    assert label in hear(said, side).found  # type: ignore[arg-type]
