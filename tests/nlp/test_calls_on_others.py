"""Pressed by way of others, by what a lawyer costs, by an authority; what only shares these words."""

from __future__ import annotations

import pytest

from nlp.plain import says_plainly
from nlp.tagger import hear
from nlp.thresholds import HINT, OPERATING
from tests.marks import bare
from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "Voy a tener que marcarle a sus referencias, a ver si ellos me ayudan a cobrarle.",
        "Pues le marco a su jefe a ver si él me puede ayudar.",
        "Los tengo de referencia y les voy a tener que marcar.",
        "Me va a tocar llamar a su familia.",
        "Entonces le hablo a su patrona para que lo presione.",
        "Vamos a hablar con su suegra a ver qué dice.",
        "A sus papás vamos a tener que llamar.",
        "La moto se la pueden recoger mañana mismo donde la encuentren.",
    ],
)
def test_others_called_to_press_is_a_threat(said: str) -> None:
    for words in (said, bare(said)):
        found = verdicts(words)["no_threats"]
        assert (found.outcome, bool(found.evidence)) == ("fail", True), words


@pytest.mark.parametrize(
    "said",
    [
        "Le llamo a su trabajo entonces.",
        "Tengo un primo policía, así que pague.",
        "Mi hermano es juez, así que más le vale pagar.",
        "Mi cuñado trabaja en la fiscalía, conque arregle lo suyo.",
        "¿Sus papás saben que usted debe?",
        "¿Su jefe ya sabe de su deuda?",
        "Voy a hablar con su marido.",
    ],
)
def test_what_may_be_meant_so_is_for_a_person(said: str) -> None:
    for words in (said, bare(said)):
        assert verdicts(words)["no_threats"].needs_review, words


@pytest.mark.parametrize(
    "said",
    [
        "No le vamos a llamar a su jefe, quédese tranquilo.",
        "Mi hermano es policía y también anda corto, le entiendo.",
        "Un amigo en Hacienda me contó que hay prórroga, pregunte usted.",
        "Nadie va a hablar con su familia.",
        "Si usted quiere le marco a su esposa para que le pase el dato.",
        "¿Prefiere que le marque a su trabajo o al celular?",
        "Me pidió que le llamara a su hermano, por eso le marqué.",
        "¿Me autoriza para hablar con su esposo para que él pague?",
        "Mi compañera le marcó a su trabajo, disculpe.",
        "Lamento que mi colega le llamara a su mamá.",
        "Como usted me pidió, le marco a su esposa a las seis.",
        "¿Puedo llamarle a su trabajo después de las cuatro?",
        "Le marco a usted el viernes para confirmar.",
        "La tarjeta se la pueden entregar en la sucursal mañana mismo.",
    ],
)
def test_who_is_called_as_asked_is_no_threat(said: str) -> None:
    for words in (said, bare(said)):
        assert says_plainly(hear(words, "agent"), "threat") < HINT, words


@pytest.mark.parametrize(
    "said",
    [
        "Entonces se va a cobranza judicial, don Jorge, no hay más.",
        "Se va a la vía judicial, no hay de otra.",
        "Eso termina en juicio, señora, no hay vuelta.",
        "Va a demanda, no me deja opción.",
        "Ahí le cobran los honorarios del licenciado que lleve su caso.",
        "Encima le suman los honorarios de los abogados.",
        "Le cargan los honorarios del bufete.",
    ],
)
def test_no_more_to_be_done_takes_no_lawyer_back(said: str) -> None:
    for words in (said, bare(said)):
        assert verdicts(words)["no_lawyer"].outcome == "fail", words


@pytest.mark.parametrize(
    "said",
    [
        "Nos va a obligar a que lo resuelva una autoridad.",
        "Esto lo va a decidir una autoridad.",
        "Si no hay pago esto se va a otra instancia.",
    ],
)
def test_an_authority_that_is_hinted_at_waits(said: str) -> None:
    for words in (said, bare(said)):
        assert verdicts(words)["no_lawyer"].needs_review, words


@pytest.mark.parametrize(
    "said",
    [
        "No hay cobranza judicial en su cuenta, no hay nada de eso.",
        "Juicio no hay ninguno, quédese tranquila.",
        "No le cobramos honorarios de abogado.",
        "¿Usted cobra por honorarios?",
        "Los honorarios del doctor son aparte, me decía.",
        "Paso su queja a otra instancia para que la revisen.",
        "Si prefiere que lo resuelva una autoridad, está en su derecho.",
        "Puede acudir a la autoridad del consumidor.",
    ],
)
def test_a_court_denied_and_a_complaint_passed_on_are_none(said: str) -> None:
    for words in (said, bare(said)):
        assert says_plainly(hear(words, "agent"), "lawyer") < HINT, words
        assert verdicts(words)["no_lawyer"].outcome == "pass", words


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("rude", "Sí, siempre es lo mismo, cuando no es el esposo es la abuelita."),
        ("rude", "A ver si ahora sí pone atención, porque se ve que le cuesta."),
        ("rude", "Qué casualidad que siempre se les enferma alguien cuando toca pagar."),
        ("rude", "Pues todos estamos enfermos y todos pagamos."),
        ("rude", "Para pedir prestado sí son bien buenos."),
        ("impatient", "No puede, no puede, siempre no puede."),
        ("impatient", "Que no puede, que no puede, siempre lo mismo."),
        ("impatient", "Sí, sí, siempre es lo mismo."),
    ],
)
def test_mockery_and_weariness_wait_for_a_person(label: str, said: str) -> None:
    criterion = {"rude": "courteous", "impatient": "calm"}[label]
    for words in (said, bare(said)):
        assert says_plainly(hear(words, "agent"), label) >= OPERATING, words
        found = verdicts(words)[criterion]
        assert found.outcome == "fail" or found.needs_review, words


@pytest.mark.parametrize(
    "said",
    [
        "La referencia siempre es lo mismo, no cambia.",
        "Cuando no es el sistema es la línea, disculpe usted.",
        "A ver si ahora sí entra el pago.",
        "¿No puede el viernes? ¿Y el sábado?",
        "Todos nos enfermamos alguna vez, lo entiendo.",
        "Se ve que le cuesta llegar a fin de mes, lo entiendo.",
        "Para pedir el convenio sí necesita su cédula.",
        "Sí, el monto siempre es lo mismo cada mes.",
    ],
)
def test_what_shares_their_words_is_no_mockery(said: str) -> None:
    for words in (said, bare(said)):
        heard = hear(words, "agent")
        assert says_plainly(heard, "rude") < HINT, words
        assert says_plainly(heard, "impatient") < HINT, words
