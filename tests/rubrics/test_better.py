"""The better line beside a fail: fit for whoever heard the words, was objected and was agreed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlp.analyze import analyze
from nlp.types import Findings
from rubrics import reading
from rubrics.better import OF_THE_CALL, TRIES, better
from rubrics.loader import HERE, load_rubric, pack_of
from rubrics.playbook import load_playbook
from rubrics.types import Criterion, Verdict
from tests.dialogue import dialogue, found, quote
from transcripts.types import Transcript

WIFE = """
    A: Buenas tardes, ¿está el señor Hilario Candia?
    O: No está. Soy su esposa.
    A: Es que trae un atraso de dos mil pesos. ¿Usted no puede dar algo hoy?
    O: No, yo no tengo, si apenas sale la comida.
"""
COUNTRIES = ("MX", "CO", "PE", "CL", "AR", "ES", "EC", "GT", "US")
OBJECTED = """
    A: Su cuota venció. ¿Cuándo paga?
    D: {said}
    A: ¿Y cuándo paga?
"""


def criterion(name: str, country: str | None = None) -> Criterion:
    form = pack_of(country).rules if country else load_rubric(HERE / "cobranza.yaml").criteria
    return next(one for one in form if one.id == name)


def line(
    name: str, call: Transcript, findings: Findings, *at: str, reason: str = "", country: str | None = None
) -> str:
    verdict = Verdict("fail", reason, tuple(quote(call, one) for one in at))
    pack = pack_of(call.recording.country)
    return better(criterion(name, country), verdict, findings, call, load_playbook(), pack)


def wife(**facts: Any) -> tuple[Transcript, Findings]:
    call = dialogue(WIFE, amount_due=2780, currency="MXN", days_late=33, country="MX", **facts)
    people = {"debtor_reached": False, "third_party": True}
    return call, found(call, "wrong_person@1", "discloses_debt@2", "no_money@3", people=people)


@pytest.mark.parametrize(
    ("name", "country"),
    [(one.id, None) for one in load_rubric(HERE / "cobranza.yaml").criteria]
    + [(one.id, "MX") for one in pack_of("MX").rules]
    + [(one.id, "US") for one in pack_of("US").rules],
)
def test_whoever_answers_in_the_debtors_place_is_told_nothing_of_a_debt(
    name: str, country: str | None
) -> None:
    call, findings = wife()
    told = (
        ""
        if criterion(name, country).check in OF_THE_CALL
        else line(name, call, findings, "2", country=country)
    )
    for word in ("pag", "saldo", "atraso", "deuda", "monto", "ingreso", "cubre", "interés", "2,780", "cuota"):
        assert word not in told, told


def test_the_wife_is_asked_when_he_can_be_found() -> None:
    call, findings = wife()
    for name in ("no_third_party_disclosure", "verifies_identity", "handles_objections"):
        assert "¿A qué hora la encuentro?" in line(name, call, findings, "2")


def test_so_is_who_picks_up_before_the_debtor_comes() -> None:
    call = dialogue("""
        A: Buenas tardes, ¿está el señor Hilario Candia?
        O: ¿De parte de quién?
        A: Es por un atraso de dos mil pesos.
        O: Ah, ahí se lo paso.
        D: ¿Bueno?
        A: ¿Cuándo va a pagar?
    """)
    findings = found(call, "hands_over@3")
    assert "asunto personal" in line("no_lawyer", call, findings, "2")
    assert line("no_lawyer", call, findings, "5") == criterion("no_lawyer").better


def test_so_is_who_says_that_the_number_is_wrong() -> None:
    call = dialogue("A: ¿Cuándo paga?\nD: Yo no soy esa persona, está equivocado.\nA: ¿Y cuándo paga?")
    findings = found(call, "wrong_person@1")
    assert "asunto personal" in line("no_threats", call, findings, "2")
    assert line("firm", call, findings) == ""


def test_where_nobody_knows_who_speaks_the_line_is_the_debtors() -> None:
    call = dialogue("U: ¿Cuándo paga?\nU: No tengo.")
    findings = found(call, people={"debtor_reached": False})
    assert line("no_lawyer", call, findings) == criterion("no_lawyer").better


def test_a_voice_mail_is_asked_nothing() -> None:
    call = dialogue("A: Buenas tardes, es por su atraso de dos mil pesos.")
    findings = found(call, "voicemail@0", people={"debtor_reached": False, "voicemail": True})
    assert line("contact_allowed_person", call, findings, "0", country="MX").startswith("Le habla")
    assert line("concise", call, findings, "0") == ""


def test_the_agreement_is_repeated_with_what_was_promised_never_with_the_debt() -> None:
    call = dialogue(OBJECTED.format(said="El quince le doy dos mil cien."), amount_due=6300, currency="MXN")
    promise = {"quote": "1", "amount": 2100, "currency": "MXN", "date": "2026-10-15"}
    told = line("reads_back_agreement", call, found(call, promise=promise))
    assert told == "Le repito: 2,100 pesos, el jueves 15 de octubre. ¿Es correcto?"
    through = line("reads_back_agreement", call, found(call, promise=promise | {"channel": "transferencia"}))
    assert through == "Le repito: 2,100 pesos, el jueves 15 de octubre, por transferencia. ¿Es correcto?"


def test_without_a_promise_no_sum_is_repeated() -> None:
    call = dialogue(OBJECTED.format(said="Ya veré."), amount_due=6300, currency="MXN")
    assert "6,300" not in line("reads_back_agreement", call, found(call))
    own = criterion("reads_back_agreement").model_copy(update={"better": "Le repito: [monto], el [fecha]."})
    told = better(own, Verdict("fail", ""), found(call), call, load_playbook())
    assert told == "Le repito: [monto], el [fecha]."


@pytest.mark.parametrize(
    ("said", "label", "words"),
    [
        ("No le voy a pagar.", "refusal", "Respeto su postura"),
        ("Es usted un inútil.", "hostile", "molestia"),
        ("Me llaman diez veces al día.", "harassment_complaint", "disculpa"),
        ("Ya lo pagué ayer.", "already_paid", "Gracias por avisarme"),
    ],
)
def test_an_objection_is_answered_in_the_words_of_its_play(said: str, label: str, words: str) -> None:
    call = dialogue(OBJECTED.format(said=said))
    told = line("handles_objections", call, found(call, f"{label}@1"), "2")
    assert words.casefold() in told.casefold()
    assert any(told == one.say for one in load_playbook().play(label).replies)


def test_of_several_objections_the_one_that_the_reason_names_is_answered() -> None:
    call = dialogue("""
        A: Su cuota venció.
        D: No tengo dinero.
        A: Comprendo. ¿Con cuánto cuenta?
        D: Con nada, y no le voy a pagar.
        A: Eso ya lo veremos.
    """)
    findings = found(call, "no_money@1", "refusal@3")
    reason = "Falta de dinero (turno 2): solo se vuelve a pedir, sin responder."
    told = line("handles_objections", call, findings, "4", reason=reason)
    assert told in {one.say for one in load_playbook().play("no_money").replies}


@pytest.mark.parametrize(
    ("said", "label"), [("Pararon la obra y nos mandaron a casa.", "job_loss"), ("Llovió.", "no_money")]
)
@pytest.mark.parametrize("country", ["MX", "CO", "US"])
def test_empathy_names_no_situation_that_nobody_told_of(said: str, label: str, country: str) -> None:
    call = dialogue(OBJECTED.format(said=said), country=country)
    told = line("empathy", call, found(call, f"{label}@1"), "2")
    assert told in {one.say for one in load_playbook().play(label).recognise}
    for situation in ("horas", "chamba", "quincena", "cheque"):
        assert situation not in told


def test_empathy_without_a_play_names_none() -> None:
    call = dialogue(OBJECTED.format(said="Se murió mi papá."))
    assert line("empathy", call, found(call, "grave_case@1"), "2") == criterion("empathy").better
    assert "horas" not in criterion("empathy").better


def test_a_line_that_the_countrys_rules_bar_is_not_shown() -> None:
    call = dialogue(OBJECTED.format(said="No tengo."), country="CO", call_started_at=date(2026, 10, 8))
    assert line("asks_reason", call, found(call, "no_money@1")) == ""


@pytest.mark.parametrize(
    "name", ["no_threats", "no_lawyer", "firm", "offers_alternatives", "explains_benefit"]
)
@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Yo no saqué ese crédito.", "not_my_debt"),
        ("Eso ya lo pagué en junio.", "already_paid"),
        ("Esa no es la cantidad.", "wrong_amount"),
        ("La lavadora me la robaron y ya hice la denuncia.", "tells_theft"),
    ],
)
def test_who_disputes_the_debt_is_not_asked_to_pay(name: str, said: str, label: str) -> None:
    call = dialogue(OBJECTED.format(said=said), call_started_at=date(2026, 10, 13))
    told = line(name, call, found(call, f"{label}@1"), "2")
    assert "revisarlo" in told
    assert "pag" not in told


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no_threats", "Le doy respuesta el [fecha]"),
        ("offers_alternatives", "o dícteme los datos"),
        ("explains_benefit", "si usted tiene razón, el saldo se corrige"),
        ("gets_commitment", "¿qué día me manda lo que tenga?"),
    ],
)
def test_in_a_dispute_each_criterion_has_a_line_of_its_own(name: str, words: str) -> None:
    call = dialogue(OBJECTED.format(said="Eso ya lo pagué en junio."))
    told = line(name, call, found(call, "already_paid@1"), "2")
    assert words in told
    assert "pag" not in told


def test_who_agreed_after_all_hears_the_line_of_the_form() -> None:
    call = dialogue("A: Su cuota venció.\nD: Eso no es. Bueno, le pago mil el quince.\nA: O lo embargan.")
    promise = {"quote": "1", "amount": 1000, "currency": "MXN", "date": "2026-10-15"}
    told = line("no_threats", call, found(call, "wrong_amount@1", promise=promise), "2")
    assert told == criterion("no_threats").better


@pytest.mark.parametrize("country", [None, "MX", "CO", "PE", "CL", "AR", "ES", "EC", "GT", "US"])
def test_no_line_names_a_day_or_an_effect_that_the_call_does_not_tell(country: str | None) -> None:
    call = dialogue(OBJECTED.format(said="No tengo."), call_started_at=date(2026, 10, 13), country=country)
    form = pack_of(country).rules if country else load_rubric(HERE / "cobranza.yaml").criteria
    for one in form:
        told = line(one.id, call, found(call, "no_money@1"), "2", country=country)
        for word in (
            "octubre",
            "viernes",
            "mañana",
            "día 15",
            "queda al día",
            "más intereses",
            "deja de sumar",
        ):
            assert word not in told, (one.id, told)


ILL = """
    A: Su cuota venció. ¿Cuándo paga?
    D: Me dio un infarto en mayo y estoy en quimioterapia.
    A: Si no paga hoy, mandamos por sus muebles.
    D: Yo pagué en agosto.
    A: Pues le embargamos la casa.
"""


@pytest.mark.parametrize("name", ["no_threats"])
def test_who_told_of_an_illness_is_not_asked_to_prove_it(name: str) -> None:
    call = dialogue(ILL)
    findings = found(call, "health_emergency@1", "threat@2", "already_paid@3", "threat@4")
    first = line(name, call, findings, "2")
    assert "comprobante" not in first
    assert "Siento mucho lo que me cuenta" in first
    assert "comprobante" in line(name, call, findings, "4")  # what it answers is the payment


def test_a_dispute_that_comes_later_is_not_answered_before() -> None:
    call = dialogue(ILL)
    findings = found(call, "threat@2", "already_paid@3", "threat@4")
    assert "comprobante" not in line("no_threats", call, findings, "2")
    assert "comprobante" in line("no_threats", call, findings, "4")


@pytest.mark.parametrize("name", ["firm", "no_threats", "gets_commitment", "offers_alternatives", "concise"])
@pytest.mark.parametrize("country", ["MX", "CO", "ES", None])
def test_who_told_of_an_illness_before_the_dispute_is_asked_for_no_proof(
    name: str, country: str | None
) -> None:
    call = dialogue(
        "A: Su cuota venció.\nD: Mi hijo está internado, lo operaron ayer.\nA: Ajá.\n"
        "D: Además esa deuda no es mía.\nA: Pague hoy o va a ver.",
        country=country,
    )
    said = line(name, call, found(call, "health_emergency@1", "not_my_debt@3"), "4")
    assert said
    for proof in ("comprobante", "mándeme", "manda", "dícteme"):
        assert proof not in said


@pytest.mark.parametrize(
    ("said", "told", "labels"),
    [
        ("Me robaron la moto el martes y con ella trabajo.", "Siento mucho el robo", ("was_robbed",)),
        ("Mi perrito está internado y grave.", "Siento lo de su animalito", ("pet_ill",)),
        ("A mi mamá la operaron del corazón.", "hoy lo importante es usted y su familia", ()),
    ],
)
def test_the_word_said_instead_of_a_threat_is_about_what_happened(
    said: str, told: str, labels: tuple[str, ...]
) -> None:
    call = dialogue(f"""
        A: Su cuota venció. ¿Cuándo paga?
        D: {said}
        A: Si no paga lo vamos a embargar.
    """)
    findings = found(call, "health_emergency@1", *(f"{label}@1" for label in labels), "threat@2")
    assert told in line("no_threats", call, findings, "2")
    judged = analyze(dialogue(f"D: {said}"))
    assert {one.label for one in judged.findings}.issuperset(labels)


@pytest.mark.parametrize(
    "said",
    [
        "Le robaron la moto a mi esposo.",
        "Fue por el robo de mi moto.",
        "Es que se llevaron todo, me asaltaron.",
    ],
)
def test_a_theft_is_heard_however_it_is_put(said: str) -> None:
    assert "was_robbed" in {one.label for one in analyze(dialogue(f"D: {said}")).findings}


REFUSING = """
    A: Buenas tardes, ¿hablo con Rosa Pérez?
    D: Sí, soy yo.
    A: Le llamo de Credisol por su saldo vencido de 5,200 pesos.
    D: No, no voy a pagar nada.
    A: {said}
    D: Que no voy a pagar.
"""


@pytest.mark.parametrize("country", [None, *COUNTRIES])
def test_what_was_never_tried_with_who_refused_is_said_better(country: str | None) -> None:
    call = dialogue(REFUSING.format(said="Bueno, que esté bien."), country=country)
    said = line("gets_commitment", call, analyze(call))
    assert said == " ".join(TRIES.values())
    mended = dialogue(REFUSING.format(said=said), country=country)
    assert reading.rungs_left(mended, analyze(mended), 5) == []


def test_of_what_was_tried_with_who_refused_nothing_is_said_again() -> None:
    call = dialogue(REFUSING.format(said="Lo entiendo. ¿Le sirve pagarlo en dos partes?"))
    findings = found(call, "refusal@3", "empathy@4", "offer_plan@4", "refusal@5")
    said = line("gets_commitment", call, findings)
    assert said == f"{TRIES['explorar']} {TRIES['volver a pedir el pago']}"
    every = found(
        call, "refusal@3", "empathy@4", "offer_plan@4", "probes@4", "asks_commitment@4", "refusal@5"
    )
    assert line("gets_commitment", call, every).startswith("Respeto su decisión.")


@pytest.mark.parametrize("label", ["stop_request", "death_told"])
def test_who_wants_no_calls_or_told_of_a_death_is_not_asked_again(label: str) -> None:
    call = dialogue(REFUSING.format(said="Bueno, que esté bien."))
    said = line("gets_commitment", call, found(call, f"{label}@3", "refusal@3", "refusal@5"))
    assert said.startswith("Respeto su decisión.")


@pytest.mark.parametrize("name", ["gets_commitment", "follow_up", "reads_back_agreement"])
def test_who_refused_and_agreed_to_nothing_is_sent_no_agreement(name: str) -> None:
    call = dialogue(
        """
        A: Su cuota venció. ¿Cuándo paga?
        D: No voy a pagar nada.
        A: ¿Y si lo partimos en dos?
        D: Ya le dije que no pienso pagar.
        A: Bueno, hasta luego.
        """,
        country="CO",
    )
    said = line(name, call, found(call, "refusal@1", "refusal@3"), "4: hasta luego")
    assert "acuerdo" not in said
    assert "lo anoto" not in said
    assert "Le repito" not in said
