"""Everyday words that no rule knew, heard as what they are, and their neighbours that mean something else."""

from __future__ import annotations

import pytest

from nlp.plain import says_plainly
from nlp.tagger import hear
from nlp.text import plain

DEBTOR = (
    ("health_emergency", "Mi mamá está bien malita."),
    ("health_emergency", "Estamos de velorio."),
    ("job_loss", "Ya casi no me salen viajes en el taxi."),
    ("job_loss", "Se me cayó el negocio."),
    ("job_loss", "Se nos fundió el local, señorita."),
    ("already_paid", "Acabo de hacer el Yape hace un rato."),
    ("already_paid", "Eso se saldó hace meses."),
    ("no_notice", "Pensé que era hasta el quince."),
    ("no_notice", "Yo creí que se descontaba solo."),
    ("no_notice", "Tenía entendido que se cobraba de la nómina."),
    ("wrong_amount", "Están inflando la deuda."),
    ("distrust", "¿De dónde sacó mi número?"),
    ("distrust", "¿Y cómo consiguieron mis datos?"),
    ("refusal", "Olvídese de esa plata."),
    ("other_debts", "Tengo tres tarjetas encima."),
    ("payment_channel", "No me acuerdo de la clave."),
    ("call_later", "Ahora mismo no le puedo atender."),
    ("asks_discount", "¿No tienen alguna promoción por pronto pago?"),
    ("needs_third_party", "Este... yo solo no decido, en esta casa el dinero es de los dos."),
    ("needs_third_party", "Mientras no hable con mi esposa, no le sé decir."),
    ("needs_third_party", "Eso lo decidimos entre los dos."),
)
AGENT = (
    ("follow_up", "Conserve su comprobante."),
    ("follow_up", "El lunes revisamos que haya caído."),
    ("rude", "Es usted un irresponsable."),
    ("explains_benefit", "Para que pueda volver a sacar crédito."),
    ("explains_benefit", "Y con eso se queda tranquilo."),
    ("impatient", "A ver si nos apuramos."),
    ("rude", "Ay, señora, si quisiera estafarla no le hablaría así."),
)
NOT_DEBTOR = (
    ("health_emergency", "Mi mamá está bien, gracias."),
    ("job_loss", "No me salen los números de la cuenta."),
    ("already_paid", "Acabo de hacer la comida."),
    ("already_paid", "Eso no se saldó en el banco."),
    ("no_notice", "Pensé que era usted de la tienda."),
    ("no_notice", "Creí que ya no llamaban."),
    ("distrust", "¿De dónde me llama?"),
    ("refusal", "No se olvide de mi pago."),
    ("refusal", "Olvídese de la plata por ahora, hasta que cobre."),
    ("other_debts", "Tengo dos tarjetas con ustedes."),
    ("payment_channel", "Tengo la clave aquí."),
    ("call_later", "Ahora no le puedo pagar."),
    ("asks_discount", "¿Tienen alguna cuenta de banco?"),
    ("needs_third_party", "Yo solo no puedo pagar todo."),
    ("needs_third_party", "Mientras no hable con usted no pago."),
)
NOT_AGENT = (
    ("follow_up", "Conserve la calma, señora."),
    ("follow_up", "El lunes reviso si tiene convenio."),
    ("rude", "No es usted un irresponsable, lo sé."),
    ("rude", "Usted es responsable de su cuenta."),
    ("rude", "Si quisiera le hago un descuento."),
    ("explains_benefit", "Esté tranquila, señora."),
    ("impatient", "A ver si nos vemos mañana."),
)


def forms(said: str) -> tuple[str, str]:
    """As written, and as a recogniser without marks leaves it."""
    return said, plain(said).translate(str.maketrans("", "", "¿?¡!.,;:")).lower()


@pytest.mark.parametrize(("label", "said"), DEBTOR)
def test_what_a_debtor_says(label: str, said: str) -> None:
    assert says_plainly(hear(said, "debtor"), label) > 0


@pytest.mark.parametrize(("label", "said"), AGENT)
def test_what_an_agent_says(label: str, said: str) -> None:
    assert all(says_plainly(hear(form, "agent"), label) > 0 for form in forms(said))


@pytest.mark.parametrize(("label", "said"), NOT_DEBTOR)
def test_what_a_debtor_means_otherwise(label: str, said: str) -> None:
    assert not any(says_plainly(hear(form, "debtor"), label) for form in forms(said))


@pytest.mark.parametrize(("label", "said"), NOT_AGENT)
def test_what_an_agent_means_otherwise(label: str, said: str) -> None:
    assert not any(says_plainly(hear(form, "agent"), label) for form in forms(said))
