"""What a debtor says is true of its case, and of what it said before; nobody asks for what was offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from drills.deal import answer_to
from drills.debtor import answer, opening
from drills.loader import load_lines, load_scenarios
from drills.reply import Reply
from drills.scenario import Scenario
from drills.state import Debtor, Scene, begin, heard
from drills.story import fits, told, wants
from tests.drills.conftest import MONDAY

CASES = load_scenarios()
KINDS = {"objection": 8, "softer": 3, "again": 3}  # lines that must be left, whatever the case tells


@pytest.mark.parametrize(
    ("case", "objection", "line"),
    [
        ("el_nene_golpeado", "health_emergency", "Tengo que comprar la insulina hoy, y no me alcanza."),
        ("la_persiana", "job_loss", "Le puse veinte años a ese taller y lo cerré sin mirar atrás."),
        ("cerro_la_planta", "no_money", "Traigo la cartera pelona, y todavía faltan ocho días para la raya."),
        ("el_sodero_enojado", "job_loss", "Me rajaron del laburo y no hay otro."),
        ("con_mi_hermano", "needs_third_party", "Eso lo lleva mi contador, hable con él."),
        (
            "el_nene_golpeado",
            "health_emergency",
            "Tuvimos un accidente en el carro, el nene quedó golpeado.",
        ),
        ("la_persiana", "asks_discount", "Yo pediría que me esperaran al menos hasta que pase el luto."),
        ("lavarropas_roto", "bad_service", "Hace un mes que no tengo servicio. Dame el servicio y te pago."),
        ("mi_tele_no", "not_my_debt", "Yo no saqué eso, solo presté mi DPI para un trabajo."),
    ],
)
def test_a_line_that_tells_of_another_case_does_not_fit(case: str, objection: str, line: str) -> None:
    assert not fits(line, objection, told(CASES[case]))
    assert fits("Mire, así están las cosas, qué quiere que le diga.", objection, told(CASES[case]))


SCAFFOLD = CASES["el_nene_golpeado"].model_copy(
    update={
        "id": "se_cayo_del_andamio",
        "title": "Se cayó del andamio",
        "country": "PE",
        "hidden_reason": "Mi esposo se cayó del andamio y está enyesado, y de eso vivimos.",
    }
)
BITTEN = SCAFFOLD.model_copy(
    update={"title": "Lo mordieron", "hidden_reason": "A mi esposo lo mordió un perro."}
)


@pytest.mark.parametrize(
    "line",
    [
        "Ay, es que mi niña está con fiebre desde el domingo y no le encuentran qué es.",
        "Es que en la casa hay dos con neumonía a la vez, y el oxígeno no es barato.",
        "Me detectaron algo en los estudios, faltan más análisis.",
        "Tengo a mi papá internado y me turno con mis hermanos para cuidarlo de noche.",
        "Mi mamá está en el Almenara hace tres semanas.",
        "Pues estuve unos días en el hospital, y ya sabe.",
        "Está en paliativos. Yo voy y vengo.",
        "¡No me hable de intereses, que vengo de reconocer un cuerpo!",
    ],
)
@pytest.mark.parametrize("case", [SCAFFOLD, BITTEN], ids=lambda case: str(case.title))
def test_a_case_has_one_misfortune_and_one_patient(case: Scenario, line: str) -> None:
    assert not fits(line, "health_emergency", told(case))


@pytest.mark.parametrize(
    "line",
    [
        "Tuvimos un asunto de salud en la familia, delicado, prefiero no entrar ahí.",
        "Es que usted vuelve al pago, y yo tengo la cabeza en el hospital.",
        "A lo mejor mi hermana me ayuda con una parte, ya que pase lo más duro.",
    ],
)
def test_what_names_no_misfortune_fits_each(line: str) -> None:
    for case in (SCAFFOLD, BITTEN, *CASES.values()):
        assert fits(line, "health_emergency", told(case))


@pytest.mark.parametrize(
    ("case", "objection", "line"),
    [
        (
            "incapacidad_sin_pago",
            "health_emergency",
            "No sé si va a salir de terapia, y me preguntan por pagos.",
        ),
        ("incapacidad_sin_pago", "health_emergency", "Le hablo desde el pasillo del hospital."),
        ("incapacidad_sin_pago", "health_emergency", "Mire, cuando se tiene a alguien así de grave, espera."),
        ("incapacidad_sin_pago", "health_emergency", "Mire, tuvimos una emergencia en la casa."),
        ("incapacidad_sin_pago", "health_emergency", "Bueno, ya está mejor, gracias a Dios."),
        ("incapacidad_sin_pago", "health_emergency", "Tengo un familiar en UCI, ¿me entiende?"),
        ("lo_paga_mi_hija", "needs_third_party", "Quien pagaba eso se fue de la casa en enero."),
        ("lo_paga_mi_hija", "needs_third_party", "Puse mi firma, y quien tenía que pagar ya no me contesta."),
        (
            "lo_paga_mi_hija",
            "needs_third_party",
            "Yo solo di la firma, pregúntele a quien disfrutó el préstamo.",
        ),
        ("lo_paga_mi_hija", "no_money", "Ayer le dije que no a mi hija por una libreta."),
        ("con_mi_hermano", "needs_third_party", "Mi hermano no aparece, y el dinero lo pone él."),
    ],
)
def test_who_is_ill_who_pays_and_whose_child_it_is_are_one(case: str, objection: str, line: str) -> None:
    assert not fits(line, objection, told(CASES[case]))


def test_a_patient_who_is_not_named_may_be_any_but_the_debtor_until_one_is_named() -> None:
    unnamed, child = "No sé si va a salir de terapia.", "Mi niña está en una cama de hospital."
    parent = "Tengo a mi papá internado."
    open_ = SCAFFOLD.model_copy(update={"title": "Una mala racha", "hidden_reason": "", "reveal_on": ()})
    for said in ([unnamed], [unnamed, child], [child, unnamed]):
        known = told(open_, said)
        assert fits(child, "health_emergency", known)
        assert fits(parent, "health_emergency", known) == (said == [unnamed])
        assert not fits("Me operaron hace quince días.", "health_emergency", known)


def test_a_misfortune_that_no_word_list_knows_is_told_by_its_own_words_alone() -> None:
    accident = "Se accidentó alguien de la familia, y bueno, todo mi tiempo está en eso."
    assert fits(accident, "health_emergency", told(SCAFFOLD))
    assert not fits(accident, "health_emergency", told(BITTEN))
    plain = BITTEN.model_copy(update={"hidden_reason": "", "reveal_on": ()})
    assert fits(accident, "health_emergency", told(plain))


def test_what_was_said_first_binds_what_is_said_next() -> None:
    known = told(CASES["veinte_llamados"], ["Van diecinueve llamadas, se las tengo contadas."])
    assert not fits("Van quince llamados hoy, ¡quince!", "harassment_complaint", known)


@pytest.mark.parametrize("case", [*CASES.values(), SCAFFOLD, BITTEN], ids=lambda case: str(case.title))
def test_every_case_has_lines_enough_that_are_true_of_it(case: Scenario) -> None:
    book, known = load_lines(), told(case)
    for objection in case.objections:
        for kind, least in KINDS.items():
            lines = {line for lines in book.pool(kind, objection).values() for line in lines}
            here = [one for one in lines if not one.countries or case.country in one.countries]
            assert sum(fits(one.text, objection, known) for one in here) >= least, (objection, kind)


CARE = Reply("Lo siento mucho.", {"empathy": "Lo siento mucho"}, frozenset({"recognise"}), asks=False)
VAGUE = Reply("Mire, hay que ver eso.", {"answers": "hay que ver eso"}, frozenset({"answer"}), asks=False)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("case", [*CASES.values(), SCAFFOLD, BITTEN], ids=lambda case: str(case.title))
def test_no_line_of_a_talk_says_otherwise_than_the_case(case: Scenario, seed: int) -> None:
    scene = Scene(case, load_lines(), MONDAY, seed)
    debtor, first = opening(begin(case), scene)
    known, objection = told(case, [first]), ""
    for at in range(scene.limit):
        told_of = Reply(f"Le llamo por su cuenta ({at}).", {"states_debt": "su cuenta"}, asks=False)
        reply = told_of if not debtor.raised else (CARE, VAGUE)[at % 2]
        debtor, line, why = answer(debtor, scene, reply, at)
        objection = str(why.values.get("objection", objection))
        if why.cause in ("objection", "again", "softer"):
            assert fits(line, objection, known), line
            known = told(case, debtor.said)
        if debtor.ended is not None:
            break


def _asked(amount: int, days: int | None = None) -> Reply:
    day = None if days is None else MONDAY + timedelta(days=days)
    acts = {"asks_commitment": "¿podría?"}
    return Reply(
        f"¿Podría {amount}?", acts, frozenset({"ask"}), Decimal(amount), day, sums=(Decimal(amount),)
    )


def ready(scene: Scene) -> Debtor:
    willing = replace(begin(scene.scenario), trust=1.0, willingness=1.0)
    return replace(willing, raised=True, open=(), revealed=True)


def test_nobody_promises_more_than_was_asked_nor_sooner(hospital: Scene) -> None:
    debtor, _ = heard(ready(hospital), hospital, _asked(1600, 21))
    later = Reply("¿Qué dice?", {"asks_commitment": "¿Qué dice?"}, frozenset({"ask"}))
    debtor, _ = heard(debtor, hospital, later)
    offer = answer_to(debtor, hospital, later).offer
    assert offer is not None
    assert offer.amount <= 1600
    assert offer.day == MONDAY + timedelta(days=21)


def test_what_was_offered_is_not_asked_for(hospital: Scene) -> None:
    plan = replace(_asked(500, 7), acts={"offer_plan": "tres pagos", "offers_alternatives": "tres pagos"})
    debtor, _ = heard(ready(hospital), hospital, plan)
    assert debtor.offered == {"sum", "part", "day", "plan"}
    assert wants("Con todo no puedo, pero algo sí.") <= debtor.offered
    assert wants("Algo podría ir juntando si me dice cuánto es lo menos.") <= debtor.offered
    assert not fits("¿No se puede dejar en pagos chiquitos?", "asks_discount", {}, debtor.offered)
    assert fits("¿No se puede dejar en pagos chiquitos?", "asks_discount", {})
