"""Who is on the phone, in whole calls: a wrong number that confirms its digits, a call passed on with the
data checked, a machine, an agent who never speaks; and what only looks like one of these.
"""

from __future__ import annotations

import re

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue

NOT_REACHED = ("follow_up", "uses_debtor_name", "lets_debtor_speak")


def verdicts(lines: str, *, marks: bool, debtor_name: str = "Carmen Vidal") -> dict[str, Verdict]:
    said = []
    for line in lines.strip().splitlines():
        who, text = line.strip().split(":", 1)
        said.append(f"{who}:{text if marks else re.sub(r'[¿?¡!.,;:«»]', '', text).lower()}")
    call = dialogue("\n".join(said), debtor_name=debtor_name, agent="Laura Prieto", company="Recobros Duero")
    return dict(score(call, analyze(call), load_rubric()).verdicts)


NUMBERS = [
    "Disculpe. ¿Es este el seis cinco cuatro, doce, treinta y tres, once?",
    "Ay, disculpe, ¿este es el cincuenta y cinco, doce, treinta y cuatro, veinte?",
    "¿Hablo al 55 12 34 20?",
    "¿Marqué al 3312 44 20?",
    "¿Me comunico al número nueve nueve ocho?",
    "¿Hablo a la calle Nogal treinta y cuatro?",
]


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize("asked", NUMBERS)
@pytest.mark.parametrize(
    "denied",
    [
        "No, mire, se ha equivocado. Aquí no vive ninguna Carmen.",
        "No, está equivocado, aquí es una tortillería.",
        "No, número equivocado.",
    ],
)
def test_a_yes_to_the_number_reaches_no_debtor(denied: str, asked: str, *, marks: bool) -> None:
    call = f"""
        A: Buenos días, soy Laura Prieto, de Recobros Duero. ¿Es usted doña Carmen Vidal?
        D: {denied}
        A: {asked}
        D: Sí, pero este número lo tengo yo desde hace un año.
        A: Una disculpa, lo corrijo en la ficha. Que tenga un buen día.
        D: Adiós.
    """
    found = verdicts(call, marks=marks)
    assert {found[name].outcome for name in NOT_REACHED} == {"na"}
    assert found["verifies_identity"].outcome == "pass"


TOLD = """
    A: Buenos días, soy Laura Prieto, de Recobros Duero. {}
    D: Sí, dígame.
    A: Tiene usted pendiente una cuota de cien euros desde el cinco de enero. ¿Cuándo la paga?
    D: El viernes.
    A: Bien, gracias.
    D: Adiós.
"""


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize("asked", NUMBERS)
def test_who_asks_for_the_number_alone_asked_for_nobody(asked: str, *, marks: bool) -> None:
    found = verdicts(TOLD.format(asked), marks=marks)["verifies_identity"]
    assert (found.outcome, found.needs_review) == ("fail", False)


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(
    "asked",
    [
        "¿Este es el 55 12 34 20? ¿Hablo con doña Carmen Vidal?",
        "¿Hablo con doña Carmen Vidal, al 55 12 34 20?",
    ],
)
def test_who_asks_for_the_debtor_too_asked_for_her(asked: str, *, marks: bool) -> None:
    assert verdicts(TOLD.format(asked), marks=marks)["verifies_identity"].outcome == "pass"


PASSED_ON = """
    A: Hola, me pasan su llamada de atención al cliente. Soy Laura Prieto, de Recobros Duero.
    D: Sí, a ver si usted me lo soluciona, que llevo media hora.
    A: {}
    D: {}
    A: Muy bien. Veo que el recibo de enero, de ciento sesenta y dos euros, vino devuelto el día cinco.
    D: Es que cambié de cuenta.
    A: Lo puede pagar con tarjeta ahora. Gracias.
    D: Adiós.
"""


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Siento la espera. Mi compañera ya comprobó sus datos, ¿verdad?", "Sí, ya le di el DNI y todo."),
        ("Ya me indican que validó sus datos con mi compañera, ¿es así?", "Sí, ya los di."),
        ("¿Ya le pidieron sus datos?", "Sí, a la otra chica."),
        ("Mi compañero ya verificó su identidad, ¿correcto?", "Correcto."),
        ("Me dicen que ya le validaron sus datos, ¿cierto?", "Sí, ya."),
        ("Sus datos ya quedaron validados, ¿no?", "Así es."),
        ("La operadora ya le tomó sus datos, ¿verdad?", "Sí, señorita."),
    ],
)
def test_data_that_a_colleague_checked_settle_who_listens(asked: str, answer: str, *, marks: bool) -> None:
    found = verdicts(PASSED_ON.format(asked, answer), marks=marks)["verifies_identity"]
    assert (found.outcome, found.needs_review) == ("pass", False)


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(
    ("asked", "answer", "waits"),
    [
        ("Mi compañera ya comprobó sus datos, ¿verdad?", "No, nadie me pidió nada.", False),
        ("¿Ya le pidieron sus datos?", "No, todavía no.", False),
        ("Mi compañera todavía no comprobó sus datos.", "Ajá.", True),
        ("Mi compañera comprobó sus datos la semana pasada.", "Sí, creo que sí.", True),
        ("Siento la espera, ya lo atiendo.", "Sí, gracias.", True),
        ("Voy a pedirle a mi compañera sus datos.", "Sí.", True),
    ],
)
def test_data_that_nobody_checked_settle_nothing(
    asked: str, answer: str, *, waits: bool, marks: bool
) -> None:
    found = verdicts(PASSED_ON.format(asked, answer), marks=marks)["verifies_identity"]
    assert (found.outcome, found.needs_review) == ("fail", waits)


MESSAGE = "A: Buenas tardes, este mensaje es para Carmen Vidal. Soy Laura Prieto, de Recobros Duero. Llámeme."


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(
    "lines",
    [
        MESSAGE,
        "A: Soy Laura Prieto, de Recobros Duero, le dejo este mensaje para la señora Carmen Vidal. Gracias.",
        "A: Laura Prieto, de Recobros Duero. Cuando escuche este mensaje, llámeme. Gracias.",
        f"O: Hola, soy Carmen, ahorita no puedo contestar, deja tu recado.\n{MESSAGE}",
        f"D: Hola, soy Carmen, ahorita no puedo contestar, deja tu recado y te marco.\n{MESSAGE}",
        f"D: Hola, por el momento no puedo atenderte, déjame un mensaje y te llamo.\n{MESSAGE}",
        f"D: No estoy disponible, deje su recado después del tono.\n{MESSAGE}",
    ],
)
def test_a_machine_is_nobody_to_verify(lines: str, *, marks: bool) -> None:
    found = verdicts(lines, marks=marks)
    assert {found["verifies_identity"].outcome, found["uses_debtor_name"].outcome} == {"na"}


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(
    "lines",
    [
        "D: Bueno.\nA: Buenas tardes, debe dos cuotas de su crédito.\nD: Ah.",
        "D: Ahorita no puedo contestar, voy manejando.\nA: Debe dos cuotas de su crédito.\nD: Luego.",
        "O: No está, si gusta deje su recado y yo se lo doy.\nA: Dígale que debe dos cuotas.\nO: Bueno.",
        "O: No puedo atenderlo, deje su recado con mi hermana.\nA: Dígale que debe tres cuotas.\nO: Bueno.",
        "O: No está.\nA: ¿Le puede dar este mensaje? Dígale que debe dos cuotas.\nO: Bueno.",
        "A: Buenas tardes. ¿Bueno? ¿Me escucha? Debe dos cuotas.",
    ],
)
def test_a_person_is_no_machine(lines: str, *, marks: bool) -> None:
    assert verdicts(lines, marks=marks)["verifies_identity"].outcome == "fail"


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        "O: El número que usted marcó está apagado o fuera del área de servicio.",
        "D: ¿Bueno? ¿Bueno? ¿Quién habla?",
    ],
)
def test_an_agent_who_never_speaks_is_not_judged(line: str, *, marks: bool) -> None:
    assert {verdict.outcome for verdict in verdicts(line, marks=marks).values()} == {"na"}
