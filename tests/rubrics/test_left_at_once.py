"""A debtor who left as soon as the debt was told, and one who left after an argument or an insult."""

from __future__ import annotations

from nlp.analyze import analyze
from rubrics.left_at_once import ended_at_once
from rubrics.unmet import Unmet
from tests.dialogue import dialogue

OPENING = """
    A: Buenas tardes, ¿hablo con don Fabián Quiroga?
    D: Sí, soy yo.
    A: Le hablo de Financiera Andes: debe setecientos mil pesos desde agosto. ¿Cuándo paga?
"""


def left(rest: str) -> Unmet | None:
    call = dialogue(OPENING + rest)
    return ended_at_once(call, analyze(call))


def test_who_hangs_up_on_hearing_of_the_debt_left_at_once() -> None:
    found = left("D: No me interesa, voy a colgar.\nA: Señor, espere.\nD: Ya colgué, adiós.")
    assert found is not None
    assert "apenas oyó de la deuda" in found.reason


def test_who_argued_first_did_not_leave_at_once() -> None:
    rest = """
        D: No tengo plata, perdí el trabajo en marzo.
        D: Y eso ya se lo expliqué a ustedes la semana pasada.
        A: Aquí no aparece nada de eso.
        D: Siempre dicen lo mismo, nadie anota lo que uno dice.
        D: Ya no voy a hablar con usted. Voy a colgar.
    """
    assert left(rest) is None


def test_who_left_an_insult_did_not_leave_for_having_heard_of_the_debt() -> None:
    rest = "D: No tengo plata.\nA: Usted es un ratero y un sinvergüenza.\nD: No me insulte. Voy a colgar."
    assert left(rest) is None


def test_a_goodbye_as_the_last_word_ends_the_call_too() -> None:
    found = left("D: Ahora no puedo hablar, adiós.")
    assert found is not None
    assert "terminó la llamada apenas oyó de la deuda" in found.reason


def test_a_goodbye_that_answers_the_agents_ends_nothing() -> None:
    assert left("D: No tengo.\nA: Bueno, hasta luego, que esté bien.\nD: Adiós.") is None


def test_a_bare_word_of_leave_after_a_no_ends_the_call() -> None:
    found = left("D: no te pienso pagar nada ni mañana ni nunca chau")
    assert found is not None


def test_who_left_a_mere_tone_left_for_having_heard_of_the_debt() -> None:
    rest = """
        D: ya sé oiga es la quinta vez que me marcan hoy me despertaron a la bebé y eso no se vale porque yo
        A: pues qué milagro que contestó, ¿a qué hora me deposita?
        D: mire joven ya llegué aquí está el tránsito ahí nos vemos bye
    """
    assert left(rest) is not None


UNTOLD = """
    A: Cejas, Ferrero de Cobranzas del Litoral. Por fin atiende.
    D: Estaba trabajando. ¿Qué pasa?
"""


def test_who_named_a_sum_and_a_day_had_heard_of_the_debt_though_no_sum_was_told() -> None:
    call = dialogue(
        UNTOLD
        + """
        A: Tiene un atraso, señora. ¿Cuándo va a pagar?
        D: ¿Me la podés refinanciar? En cuotas fijas, que no me salte.
        A: El martes, temprano. ¿Me oyó?
        D: El martes, te lo juro. Los ciento veintiún mil quinientos.
        A: Voy a estar mirando. No me haga llamar otra vez.
        D: No hace falta que me lo digas así.
        A: Después no se haga.
        D: Adiós.
        """
    )
    assert ended_at_once(call, analyze(call)) is None


def test_who_pleads_for_time_unasked_knows_of_the_debt() -> None:
    call = dialogue(
        UNTOLD
        + """
        A: Ya sabe usted por qué le llamo.
        D: Sí, ya sé, pero me quedé sin trabajo y no tengo para la cuota.
        A: Todos dicen lo mismo.
        D: Es la verdad, me echaron en agosto y sigo buscando.
        A: Eso a mí no me toca resolverlo.
        D: Entonces no sé qué quiere que le diga.
        A: Ya veremos.
        D: Adiós.
        """
    )
    assert ended_at_once(call, analyze(call)) is None


def test_who_left_before_anything_was_said_never_heard_of_the_debt() -> None:
    call = dialogue(UNTOLD + "A: Le llamo para un asunto personal.\nD: No me interesa, adiós.")
    found = ended_at_once(call, analyze(call))
    assert found is not None
    assert "antes de oír de la deuda" in found.reason
