"""What the packs' rules take for a product, a complaints channel, an ask, an authority; who answered."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.analyze import analyze
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def verdicts(lines: str, country: str = "MX", **recording: Any) -> dict[str, Verdict]:
    call = dialogue(lines, country=country, **recording)
    card = score(call, analyze(call), load_rubric(), load_pack(PACKS / f"{country.lower()}.yaml"))
    return {**card.verdicts, **card.pack_verdicts}


def told(verdict: Verdict) -> list[str]:
    return [quote.text for quote in verdict.evidence]


def test_the_companys_own_name_is_no_product() -> None:
    found = verdicts(
        """
        A: Buenas tardes, le habla Óscar Peña, de Crédito Norte. ¿Hablo con Laura Jiménez?
        D: Sí, soy yo.
        A: Debe cinco mil cuatrocientos pesos desde hace setenta y cinco días.
        D: Ya.
        A: Le repito, de Crédito Norte, al cero uno. Hasta luego.
        """,
        company="Crédito Norte",
    )["states_basis"]
    assert found.outcome == "fail"
    assert "de qué producto" in found.reason


@pytest.mark.parametrize(
    "basis", ["la cuota de la lavadora", "su cuenta con Galveston Dental", "la financiación de su curso"]
)
def test_a_product_is_heard_where_the_debt_is_told(basis: str) -> None:
    found = verdicts(f"""
        A: Buenos días, le habla Ana Ruiz, de Cobros Sur. ¿Hablo con la señora Rosa Paz?
        D: Sí, con ella.
        A: Señora Rosa, la llamo por {basis}, mil pesos, que venció el cinco de marzo, hace doce días.
        D: Ya.
        A: ¿Usted tiene un refrigerador nuevo, cierto? Es para que lo cuide.
        D: ¿Cómo?
        A: Hasta luego.
    """)["states_basis"]
    assert found.outcome == "pass"
    assert all("refrigerador" not in words for words in told(found))


def test_condolence_asks_for_no_payment() -> None:
    found = verdicts(
        """
        A: Buenos días, habla Lina Botero, de Coofinorte. ¿Con don Hernán Giraldo?
        D: Sí, con él.
        A: Lo llamo porque la cuota del crédito, cuatrocientos mil pesos, venció hace diecinueve días.
        D: Señorita, a la niña mía la tienen en cuidados intensivos desde el sábado, con meningitis.
        A: Don Hernán, cuánto siento lo de su niña. De la cuota no hablemos más hoy.
        D: Gracias.
        A: Dejo anotado que hay una urgencia de salud. Hay un comité que le congela las cuotas.
        D: Ah, bueno.
        A: Que la niña se mejore pronto.
        """,
        "CO",
    )["special_case_routing"]
    assert found.outcome == "pass", told(found)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Le pido disculpas, voy a dejar asentado que no lo llamen más de una vez por día.", "toma nota"),
        ("Puede poner su queja en la página o al teléfono ochocientos.", "Dice dónde quejarse"),
        ("Mándelo a reclamaciones, arroba, cobros sur punto es.", "Dice dónde quejarse"),
    ],
)
def test_who_only_notes_a_complaint_has_named_no_channel(answer: str, reason: str) -> None:
    found = verdicts(
        f"""
        A: Buen día, le habla Luis Sosa, de Cobros Sur. ¿Hablo con Mario Paz?
        D: Sí, soy yo.
        A: Le llamo por su préstamo de mil pesos vencido el diez de octubre.
        D: Me llaman ocho veces por día, voy a hacer la denuncia.
        A: {answer}
        D: Bueno.
        A: Gracias, que tenga buen día.
        """,
        "AR",
    )["complaints_channel"]
    assert found.outcome == "pass"
    assert reason in found.reason


def test_who_sends_the_police_poses_as_an_authority() -> None:
    found = verdicts(
        """
        A: Buenas, le habla Luis Sosa, de Cobros Sur. ¿La señora Patricia Lozano?
        D: Sí, con ella.
        A: Usted nos debe un millón de pesos y lleva ciento veinte días.
        D: Me quedé sin trabajo.
        A: Si no paga mañana, mandamos la policía a su casa.
        D: ¿Cómo así?
        """,
        "CO",
    )["no_court_lookalike"]
    assert found.outcome == "fail"
    assert any("policía" in words for words in told(found))


def test_two_parts_with_their_sums_break_the_debt_down() -> None:
    found = verdicts("""
        A: Buenas tardes, le saluda Saúl Cervera, de Cobros Sur. ¿Hablo con Rebeca Olguín?
        D: Sí, soy yo.
        A: Su tarjeta tiene un saldo vencido de seis mil ochocientos pesos, con treinta y tres días.
        D: Me metieron una anualidad que no procede, ese monto está mal.
        A: Lo reviso. Son seis mil cuatrocientos ochenta y ocho de compras y trescientos doce de anualidad.
        D: ¿Ya ve?
        A: Gracias por su tiempo, hasta luego.
    """)["breaks_down_debt"]
    assert found.outcome == "pass"


def test_a_family_answering_machine_is_nobody() -> None:
    found = verdicts(
        """
        O: Hola, se ha comunicado con la familia Paz. En este momento no podemos contestarle. Deje su mensaje.
        A: Buenas tardes, soy Luis Sosa, de Cobros Sur. Este mensaje es para la señora Edith Paz.
        O: Si desea continuar grabando su mensaje, marque uno.
        A: Señora Edith, usted tiene novecientos soles vencidos en su tarjeta desde el mes de julio.
        O: Le quedan veinte segundos.
        A: Por favor, comuníquese conmigo hasta las siete. Muchas gracias.
        O: Mensaje guardado. Adiós.
        """,
        "PE",
    )
    assert found["verifies_identity"].outcome == "na"
    assert found["no_third_party_disclosure"].outcome == "fail"
    reasons = [one.reason for one in found.values() if one.outcome == "na"]
    assert not [reason for reason in reasons if "otra persona" in reason]


def test_who_picks_up_after_the_machine_is_somebody() -> None:
    found = verdicts(
        """
        O: Deje su mensaje después del tono.
        A: Buenas tardes, soy Luis Sosa, de Cobros Sur. Busco a la señora Edith Paz.
        O: Si desea continuar grabando su mensaje, marque uno.
        A: Le vuelvo a llamar mañana.
        O: ¿Aló? Perdone, recién llego. Soy su hermana.
        A: ¿A qué hora la encuentro?
        O: En la noche.
        """,
        "PE",
    )
    assert "buzón" not in found["firm"].reason


def test_what_else_the_debtor_pays_is_no_creditor() -> None:
    found = verdicts(
        """
        A: Hola, buenas tardes, soy Luciana Bazán, de Cobros Sur. ¿Hablo con Silvina Acuña?
        D: Sí, soy yo.
        A: Es por la tarjeta, cuarenta mil pesos que vencieron el diez de marzo.
        D: Se me fue todo en la cuota del colegio, no me alcanza.
        A: La entiendo perfecto, marzo es una locura, y encima con la cuota del colegio aumentada.
        D: Viste.
        A: Gracias, Silvina, que tenga buena tarde.
        """,
        "AR",
    )["agency_identifies"]
    assert found.outcome == "fail"
    assert "por cuenta de quién" in found.reason
