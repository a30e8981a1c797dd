"""A debt told to another by what is missing, by what it is to do, by how much: and what tells nothing."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.checks import tells_no_other
from rubrics.types import Verdict
from tests.dialogue import dialogue


def told(asks: str, said: str) -> Verdict:
    call = dialogue(
        f"""
        A: Buenas tardes, ¿se encuentra la señora Teresa Robles? Habla Marta Gil, de Crédito Norte.
        O: {asks}
        A: {said}
        O: Ah, bueno, yo le digo.
        A: Gracias, hasta luego.
        """,
        debtor_name="Teresa Robles",
    )
    return tells_no_other.check(call, analyze(call), tells_no_other.Params())


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("Es que ella ya pagó eso.", "No, aquí todavía aparece sin pagar."),
        ("Yo le doy su dinero para eso.", "Pues no nos ha llegado."),
        ("Ella paga los viernes.", "Este viernes no pagó."),
        ("¿Para qué la quiere?", "Para cobrarle."),
        ("¿Tiene que pagar algo?", "Sí, que se acerque a pagar a la sucursal."),
        ("Yo pago por ella.", "¿Quiere pagar usted los novecientos?"),
        ("No está.", "¿Usted no podría ayudarle con el abono?"),
        ("¿Qué es Crédito Norte?", "Le prestamos a ella y pues no ha cumplido."),
        ("Yo soy su comadre.", "Es que su comadre no nos contesta desde que se atrasó."),
        ("Soy la vecina.", "Pues dígale a su vecina que si no paga le van a subir los intereses."),
        ("Yo rento aquí nomás.", "Pues cuide sus cosas, porque vamos a ir por las de ella."),
        ("Salió al banco.", "Ojalá haya ido a pagarnos."),
        ("¿Cuánto debe?", "Novecientos pesos."),
        ("¿Debe mucho?", "Algo, señora, algo."),
        ("¿Está atrasada?", "Poquito, pero sí."),
    ],
)
def test_what_is_missing_and_what_it_is_to_do_tells_the_debt(asks: str, said: str) -> None:
    verdict = told(asks, said)
    assert verdict.outcome == "fail"
    assert [quote.turn for quote in verdict.evidence] == [2]


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("¿Es por la lavadora?", "Sí, por esa."),
        ("Salió. ¿Es por la lavadora?", "Sí, señor, por la lavadora, justamente."),
        ("No está. ¿Es por el refri?", "Exacto, por el refri."),
    ],
)
def test_a_thing_that_was_bought_may_tell_it_and_waits_for_a_person(asks: str, said: str) -> None:
    verdict = told(asks, said)
    assert (verdict.outcome, bool(verdict.doubt)) == ("pass", True)


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("¿Es por la lavadora?", "Eso solo lo trato con ella, disculpe."),
        ("¿Cuánto debe?", "De eso no puedo hablar, solo con ella."),
        ("Ella paga los viernes.", "De eso no hablo con nadie más, señor. ¿A qué hora la encuentro?"),
        ("¿Para qué la quiere?", "Para un trámite personal. ¿Regresa hoy?"),
        ("Ella ya pagó, eh.", "Le paso el recado, señor, pero eso lo veo con ella."),
        ("¿Qué le digo?", "Que se comunique con Marta Gil, por favor."),
        ("¿Ya les llegó su documento?", "No, el documento no nos ha llegado."),
        ("¿A qué hora la busca?", "¿Podría usted ayudarme con un recado?"),
        ("¿Cuántos años tiene usted de trabajar ahí?", "Cinco, señora."),
    ],
)
def test_who_keeps_it_to_themselves_tells_nothing(asks: str, said: str) -> None:
    verdict = told(asks, said)
    assert (verdict.outcome, verdict.doubt) == ("pass", "")
