"""What answers an objection is of its matter: words for lack of money win nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from drills.drill import Drill, Play, findings_in, replayed
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from drills.matter import fits, of_money
from drills.offering import ways_offered
from drills.reply import read_reply
from drills.steps import step_marks
from nlp.labels import objection_ids
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY
from transcripts.types import Recording, Transcript, Turn

MONEY = (
    "Le entiendo. ¿Con cuánto podría empezar el viernes 14 de noviembre?",
    "Le ofrezco dividirlo en cuotas y empezar con una parte el viernes 14. ¿Le parece?",
    "Comprendo. Podemos dejarlo en tres pagos. ¿Qué monto le anoto para el viernes?",
)
OTHERS = sorted(one for one in objection_ids() if not of_money(one))
FITTING = {
    "payment_channel": "Le mando otra referencia; la recibe cualquier ventanilla del banco.",
    "bad_service": "Registro su reclamo por la falla y le doy el folio.",
    "wrong_amount": "Se lo desgloso: la cuota por un lado y los recargos por otro, y pido que los revisen.",
    "not_my_debt": "Levanto la aclaración y le digo cómo pedir copia del contrato.",
    "already_paid": "Con el comprobante pido que lo busquen y le confirmo.",
    "distrust": "Puede llamar al número oficial de la empresa y confirmar quién soy.",
    "harassment_complaint": "Quito ese número hoy y dejo anotada la hora que prefiere.",
    "no_notice": "Se lo envío ahora a su correo y actualizo sus datos.",
    "legal_threat": "Le doy el canal de quejas: teléfono, correo y horario.",
    "health_emergency": "Dejo anotada la emergencia para que se revise si tiene seguro.",
    "call_later": "Le llamo a la hora exacta que usted me diga.",
    "hostile": "Lo que me dijo queda anotado; si lo prefiere, le llamo en otro momento.",
}


def graded(label: str, replies: Sequence[str]) -> Grade:
    book, playbook = load_lines(), load_playbook()
    case = next(one for one in load_scenarios().values() if label in one.objections)
    case = case.model_copy(update={"objections": (label,)})
    drill = FORMATS["three_escalating"].build(case, 3, MONDAY, book, playbook)
    return grade_play(replayed(drill, replies, book), Tools(book, playbook, load_rubric()))


def marks(label: str, said: str) -> dict[str, tuple[int, str]]:
    turns = (Turn("debtor", "Ya le dije lo que pasa."), Turn("agent", said))
    raised = ((0, label),)
    play = Play(Drill("one_reply", Recording("r", MONDAY, country="MX"), (), raised), turns, raised, (1,))
    return {one.id: (one.got, one.reason) for one in step_marks(play, findings_in(play), ())}


@pytest.mark.parametrize("label", [one for one in OTHERS if one != "wrong_person"])
def test_words_for_lack_of_money_win_no_other_objection(label: str) -> None:
    given = graded(label, MONEY)
    got = {one.id: one.got for one in given.marks}
    assert (got["answer"], given.won, given.passed) == (0, False, False)


@pytest.mark.parametrize("label", sorted(FITTING))
def test_what_is_of_the_matter_answers(label: str) -> None:
    assert marks(label, FITTING[label])["answer"][0] == 2


@pytest.mark.parametrize("label", ["no_money", "job_loss", "other_debts", "vague_promise", "asks_discount"])
def test_instalments_answer_who_lacks_money(label: str) -> None:
    assert marks(label, MONEY[1])["answer"][0] == 2


def test_it_is_told_that_the_answer_was_of_another_matter() -> None:
    assert marks("bad_service", MONEY[1])["answer"] == (0, "off_matter")
    assert marks("no_money", "Podemos ofrecerle facilidades.")["answer"] == (0, "vague")


def test_the_way_that_failed_is_no_other_way() -> None:
    failed = ways_offered("Por Yape o en un agente.")
    assert not fits("payment_channel", "Lo puede hacer por Yape o en un agente.", failed)
    assert fits("payment_channel", "Lo puede hacer en otro agente.", failed)
    assert fits("payment_channel", "Lo puede hacer por transferencia.", failed)


def test_the_debtor_hears_no_answer_in_what_is_of_another_matter() -> None:
    turns = (Turn("debtor", "El refrigerador llegó roto."), Turn("agent", MONEY[1]))
    transcript = Transcript(Recording("r", MONDAY, country="MX"), turns)
    reply = read_reply(transcript, ((0, "bad_service"),))
    assert "answer" not in reply.rungs
    assert reply.has("off_matter")
    assert "answer" in read_reply(transcript, ((0, "bad_service"),), on_table=False).rungs
