"""Mockery, brush-offs and weariness without a word of the catalogue; harm and debt only hinted at."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def verdicts(agent: str, *, country: str = "MX") -> dict[str, Verdict]:
    said = dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Doña Rosa, su cuota de mil pesos venció hace diez días.
        D: No me alcanza este mes, no tengo dinero.
        A: {agent}
        D: Bueno.
        A: Gracias por su tiempo, hasta luego.
        """,
        country=country,
    )
    return dict(score(said, analyze(said), load_rubric()).verdicts)


@pytest.mark.parametrize(
    "said",
    [
        "Qué celular tan inteligente, se compró solito.",
        "No jure, que se le va a quemar la comida.",
        "Mi mamá paga sus cuentas, señora.",
        "Que no se haga la loca, ya la vamos a meter a la cárcel.",
        "Eso haberlo mirado usted, que yo no soy el cartero.",
        "Sí señora, por ladrona. El que no paga es un ladrón.",
        "¿Quiere que además le lleve el desayuno a la cama?",
    ],
)
def test_mockery_is_heard_by_what_it_says(said: str) -> None:
    found = verdicts(said)["courteous"]
    assert found.outcome == "fail"
    assert found.evidence


@pytest.mark.parametrize("said", ["Ay, mi reina, no te pongas así, mi amor.", "Ay, señora, no se ponga así."])
def test_belittling_kindness_waits_for_a_person(said: str) -> None:
    assert verdicts(said)["courteous"].needs_review


@pytest.mark.parametrize(
    "said",
    [
        "que si que si que todos dicen lo mismo por favor que llevo toda la tarde oyendo lo mismo",
        "Ya me cansé de la misma cantaleta cada quincena.",
    ],
)
def test_weariness_is_heard(said: str) -> None:
    assert verdicts(said)["calm"].outcome == "fail"


@pytest.mark.parametrize(
    "said",
    [
        "Qué bonito nombre, doña Rosa. ¿Con cuánto puede apoyarme?",
        "¿Quiere que también le mande el comprobante por correo?",
        "Guárdelo bien, ese comprobante le sirve si le vuelven a cobrar.",
        "Yo no soy médico, pero le recomiendo que se cuide.",
        "Ni me diga, que marzo con chicos en edad escolar es una locura, y encima con la cuota del colegio.",
        "Yo dejo anotado que hay una urgencia de salud, y con eso no lo vuelven a llamar mientras tanto.",
    ],
)
def test_kind_and_plain_answers_are_no_mockery_and_no_threat(said: str) -> None:
    found = verdicts(said)
    for name in ("courteous", "calm", "no_threats"):
        assert (found[name].outcome, found[name].needs_review) == ("pass", False), name


@pytest.mark.parametrize(
    ("said", "criterion"),
    [
        ("Usted tiene un refrigerador nuevo, ¿cierto?", "no_threats"),
        ("Yo pregunto nomás, para que lo cuide.", "no_threats"),
        ("Doscientos mañana y el motorista agarra para otro lado.", "no_threats"),
        ("Le llega un señor a la puerta con una notificación.", "no_lawyer"),
        ("Ya no conversa conmigo, conversa con el tribunal.", "no_lawyer"),
    ],
)
def test_a_veiled_threat_does_not_go_unseen(said: str, criterion: str) -> None:
    found = verdicts(said)[criterion]
    assert found.needs_review or found.outcome == "fail"
    assert found.evidence


@pytest.mark.parametrize(
    ("said", "outcome", "waits"),
    [
        ("Nada más dígale que lo de la recámara ya se le juntó otra vez.", "fail", False),
        ("Dígale por favor que de este mes no pasa.", "pass", True),
        ("Dígale que se acuerde de lo que firmó.", "pass", True),
        ("Dígale que no se olvide de devolverme la llamada.", "pass", False),
        ("Dígale que me marque cuando pueda, por favor.", "pass", False),
    ],
)
def test_a_debt_hinted_at_to_somebody_else(said: str, outcome: str, waits: bool) -> None:
    call = dialogue(f"""
        A: Buenas tardes, habla Ana Ruiz, de Crédito Norte. ¿Se encuentra el señor Óscar Paz?
        O: No, anda en la obra. Habla su suegra.
        A: {said}
        O: Bueno, yo le digo.
        A: Gracias, señora. Que pase buena tarde.
    """)
    found = score(call, analyze(call), load_rubric()).verdicts["no_third_party_disclosure"]
    assert (found.outcome, found.needs_review) == (outcome, waits)


def test_a_slip_of_the_tongue_mocks_nobody() -> None:
    assert "mocks" not in hear("Vence el 30 de febrero, digo, de enero.", "agent").found
    assert "mocks" in hear("Seguro me paga el 30 de febrero.", "agent").found
