"""The marks of the steps, where the course of the call decides what a sentence is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from drills.debtor import answer
from drills.drill import Drill, Play, findings_in
from drills.effects import Why
from drills.effects import told as worded_why
from drills.marks import Mark
from drills.proposal import Offer
from drills.reply import Reply, read_reply
from drills.small import small_marks
from drills.state import Scene, begin
from drills.steps import step_marks
from rubrics.playbook import load_playbook
from rubrics.replies import suggest
from tests.drills.conftest import MONDAY
from transcripts.types import Recording, Transcript, Turn

ASK = "¿Me confirma el pago para hoy?"
PAID = "Yo ya consigné el martes."


def marked(turns: tuple[Turn, ...], *raised: tuple[int, str], country: str = "CO") -> dict[str, Mark]:
    drill = Drill("one_reply", Recording("r", MONDAY, country=country), (), raised)
    mine = tuple(at for at, turn in enumerate(turns) if turn.speaker == "agent")
    play = Play(drill, turns, raised, mine)
    return {one.id: one for one in step_marks(play, findings_in(play), ())}


def test_who_asked_before_the_dispute_was_told_did_not_ask_in_a_dispute() -> None:
    reply = "Le agradezco que me lo diga. ¿Por qué medio consignó?"
    turns = (Turn("debtor", "¿Aló?"), Turn("agent", ASK), Turn("debtor", PAID), Turn("agent", reply))
    assert marked(turns, (2, "already_paid"))["no_ask"].got == 2


def test_who_asks_after_it_did() -> None:
    turns = (Turn("debtor", PAID), Turn("agent", f"Entiendo. {ASK}"))
    assert marked(turns, (0, "already_paid"))["no_ask"].got == 0


@pytest.mark.parametrize(
    "asked",
    [
        "¿Qué día le entra plata?",
        "Listo, ¿cuándo le pagan?",
        "¿Con cuánto podría contar ese día?",
        "¿Qué día cobra usted?",
    ],
)
def test_a_question_about_the_debtors_money_explores_and_asks_for_nothing(asked: str) -> None:
    turns = (Turn("agent", "Buenas tardes."), Turn("debtor", "Ahí miro cómo hago."), Turn("agent", asked))
    reply = read_reply(Transcript(Recording("r", MONDAY, country="CO"), turns), ((1, "vague_promise"),))
    assert "probes" in reply.acts
    assert "asks_commitment" not in reply.acts


def test_a_polite_question_about_money_is_no_doubt() -> None:
    turns = (Turn("debtor", "Ahí miro cómo hago."), Turn("agent", "¿Con cuánto podría contar ese día?"))
    raised = ((0, "vague_promise"),)
    play = Play(Drill("one_reply", Recording("r", MONDAY, country="CO"), (), raised), turns, raised, (1,))
    assert {one.id: one.got for one in small_marks(play, findings_in(play))}["sure"] == 1


def test_where_the_reason_may_not_be_asked_asking_closes_the_debtor(hospital: Scene) -> None:
    told = {}
    for country in ("CO", "MX"):
        case = hospital.scenario.model_copy(
            update={"country": country, "reveal_on": ("asks_reason", "probes")}
        )
        scene = replace(hospital, scenario=case)
        debtor = replace(begin(case), raised=True, trust=0.9, said=("No tengo.",))
        why = "¿Por qué no ha pagado?"
        acts = {"asks_reason": why, "probes": why}
        told[country] = answer(debtor, scene, Reply(why, acts, frozenset({"explore"})))
    assert told["MX"].state.revealed
    closed = told["CO"]
    assert (closed.state.revealed, closed.why.cause) == (False, "barred")
    assert "no se puede preguntar el motivo" in worded_why(closed.why)
    assert closed.state.trust < 0.9


TWO = (
    Turn("debtor", "Ahí miro cómo hago."),
    Turn("agent", "Le agradezco que tenga la voluntad de ponerse al día. ¿Qué día le entra plata?"),
    Turn("debtor", "Es que también le debo a otra gente."),
    Turn("agent", "Listo."),
)


def test_a_half_lost_for_a_second_objection_names_it_and_its_turn() -> None:
    marks = marked(TWO, (0, "vague_promise"), (2, "other_debts"))
    for step in ("recognise", "explore"):
        assert (marks[step].got, marks[step].reason) == (1, "unanswered")
        assert "después de su turno 1" in marks[step].rule()
        assert "suelto" not in marks[step].rule()


FIRED = "Me despidieron el viernes y no tengo otro trabajo."


@pytest.mark.parametrize(
    ("said", "got", "reason"),
    [
        ("Comprendo que este mes no le alcance.", 2, ""),
        ("Lamento que no haya recibido el aviso.", 1, "beside"),
    ],
)
def test_only_what_is_plainly_another_matter_is_beside_it(said: str, got: int, reason: str) -> None:
    mark = marked((Turn("debtor", FIRED), Turn("agent", said)), (0, "job_loss"), country="MX")["recognise"]
    assert (mark.got, mark.reason) == (got, reason)


@pytest.mark.parametrize("said", ["Bueno, está bien.", "Claro que sí, señora.", "Perfecto."])
def test_assent_acknowledges_nothing(said: str) -> None:
    assert marked((Turn("debtor", FIRED), Turn("agent", said)), (0, "job_loss"))["recognise"].got == 0


def test_the_best_acknowledgement_counts_not_the_first() -> None:
    said = "Gracias por decírmelo. Siento que se haya quedado sin su trabajo de un día para otro."
    mark = marked((Turn("debtor", FIRED), Turn("agent", said)), (0, "job_loss"))["recognise"]
    assert (mark.got, mark.reason) == (2, "")


def test_what_is_read_back_before_an_agreement_is_told_so(hospital: Scene) -> None:
    said = "Entonces quedamos en eso, ¿correcto?"
    debtor = replace(begin(hospital.scenario), raised=True, said=("No tengo.",))
    told = answer(debtor, hospital, Reply(said, {"read_back": said}))
    assert [name for name, _ in told.why.moved] == ["read_back_early"]
    agreed = replace(debtor, offer=Offer(Decimal(1500), MONDAY))
    bare = answer(agreed, hospital, Reply(said, {"read_back": said}))
    assert not bare.why.moved  # neither sum nor day
    said = "Entonces son 1500 el lunes, ¿correcto?"
    repeated = answer(agreed, hospital, Reply(said, {"read_back": said}, amount=Decimal(1500), day=MONDAY))
    assert repeated.why.moved[0][0] == "read_back"


OFFER = "Puedo ofrecerle dos pagos: 1,725 pesos el viernes y 1,725 pesos el 28. ¿Le parece bien?"
BROKE = "Este mes no me alcanza."


@pytest.mark.parametrize(
    "said",
    [
        OFFER,
        "Con un primer pago de 500 pesos el viernes queda al día.",
        "Le propongo empezar con 800 pesos. ¿Cómo lo ve, le acomoda?",
    ],
)
def test_who_offers_a_sum_after_the_objection_has_asked_again(said: str) -> None:
    turns = (
        Turn("agent", "¿Cómo le gustaría ponerse al corriente?"), Turn("debtor", BROKE), Turn("agent", said),
    )  # fmt: skip
    ask = marked(turns, (1, "no_money"), country="MX")["ask"]
    assert ask.got == 2
    assert ask.quote.strip("… ") in said


def test_words_before_the_objection_are_no_asking_again() -> None:
    turns = (
        Turn("agent", "¿Me confirma el pago de 500 pesos para hoy?"), Turn("debtor", BROKE),
        Turn("agent", "Entiendo que este mes no le alcance."),
    )  # fmt: skip
    ask = marked(turns, (1, "no_money"), country="MX")["ask"]
    assert (ask.got, ask.quote) == (0, "")


@pytest.mark.parametrize(
    ("said", "effects"),
    [(OFFER, []), ("¿Le sirve partirlo en dos de 1,725?", []), ("Quedamos en 1,725.", ["read_back_early"])],
)
def test_an_offer_put_as_a_question_repeats_no_agreement(
    hospital: Scene, said: str, effects: list[str]
) -> None:
    debtor = replace(begin(hospital.scenario), raised=True, said=("No tengo.",))
    turns = (Turn("debtor", BROKE), Turn("agent", said))
    heard = read_reply(Transcript(Recording("r", MONDAY, country="MX"), turns), ((0, "no_money"),))
    told = answer(debtor, hospital, replace(heard, acts={"read_back": said}))
    assert [name for name, _ in told.why.moved if name.startswith("read_back")] == effects


def test_the_read_back_that_the_debtor_confirmed_is_the_one_that_is_quoted(hospital: Scene) -> None:
    offer, again = "¿Le parece 1,500 pesos el 14 de noviembre?", "Entonces, 1,500 pesos el 14 de noviembre."
    turns = tuple(
        Turn(who, text)  # type: ignore[arg-type]
        for who, text in (
            ("debtor", BROKE), ("agent", offer), ("debtor", "Sí."), ("agent", f"{again} ¿Correcto?"),
            ("debtor", "Correcto, eso es."),
        )
    )  # fmt: skip
    deal = Offer(Decimal(1500), MONDAY + timedelta(days=4))
    debtor = replace(begin(hospital.scenario), promise=deal, offer=deal)
    whys = (Why(1, "accepted"), Why(3, "confirmed", (("read_back", again),)))
    raised = ((0, "no_money"),)
    drill = Drill("whole_call", Recording("r", MONDAY, country="MX"), scenario=hospital.scenario)
    play = Play(drill, turns, raised, (1, 3), debtor, whys)
    close = {one.id: one for one in step_marks(play, findings_in(play), ())}["close"]
    assert (close.got, close.quote) == (2, f"{again} ¿Correcto?")
    only_offered = replace(play, turns=turns[:3], mine=(1,), whys=whys[:1])
    assert {one.id: one.got for one in step_marks(only_offered, findings_in(only_offered), ())}["close"] == 0


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("¿Le marco hoy a las cuatro o mañana a las diez?", "closed"),
        ("¿Tiene un minuto o prefiere otra hora?", "closed"),
        ("¿A qué hora sale y queda libre para hablar?", ""),
        ("¿a que hora le marco?", ""),
        ("¿Le queda bien mañana a las diez o el lunes? ¿En qué momento del día tiene diez minutos?", ""),
    ],
)
def test_of_a_closed_question_it_is_told_that_an_open_one_opens_more(asked: str, reason: str) -> None:
    turns = (Turn("debtor", "Ahorita estoy con la comida."), Turn("agent", f"Claro, provecho. {asked}"))
    mark = marked(turns, (0, "call_later"), country="MX")["explore"]
    assert (mark.got, mark.reason) == (2, reason)
    assert ("Una pregunta abierta" in mark.rule()) == bool(reason)


@pytest.mark.parametrize(
    ("label", "told", "word"),
    [
        ("call_later", "Ahorita estoy con la comida, hábleme luego.", "hora complicada"),
        ("call_later", "Voy manejando, no puedo.", "manejando"),
        ("already_paid", "Yo ya hice el pago el martes.", "ya canceló"),
        ("hostile", "¡Ya me tienen harto!", "rabia"),
    ],
)
def test_the_better_line_of_acknowledging_names_what_was_told(label: str, told: str, word: str) -> None:
    turns = (Turn("debtor", told), Turn("agent", "Ajá."))
    raised = ((0, label),)
    play = Play(Drill("one_reply", Recording("r", MONDAY, country="CL"), (), raised), turns, raised, (1,))
    findings = findings_in(play)
    said = suggest(findings, play.transcript, load_playbook(), every=("recognise",))
    better = {one.id: one for one in step_marks(play, findings, said)}["recognise"].better
    assert word in better.casefold()


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("Le ofrezco tres pagos, el primero de 800 pesos el viernes 14. ¿Lo dejamos así?", 1),
        ("Bueno, pues lo dejamos así, cuando pueda nos paga.", 0),
    ],
)
def test_the_question_that_closes_an_offer_gives_nothing_up(said: str, sure: int) -> None:
    turns, raised = (Turn("debtor", BROKE), Turn("agent", said)), ((0, "no_money"),)
    play = Play(Drill("one_reply", Recording("r", MONDAY, country="MX"), (), raised), turns, raised, (1,))
    assert {one.id: one.got for one in small_marks(play, findings_in(play))}["sure"] == sure
    assert read_reply(play.transcript, raised).has("gives_up") == (not sure)
