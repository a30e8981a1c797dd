"""Suggested replies take for granted only what the call tells, and ask for nothing that it settled."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.analyze import analyze
from nlp.same_question import asked_in, asks_again
from nlp.tagger import hear
from rubrics.playbook import load_playbook
from rubrics.replies import Suggestion, suggest
from tests.dialogue import dialogue, found


def said(lines: str, *labels: str, **recording: object) -> tuple[Suggestion, ...]:
    """Suggestions to what rules and taggers find, with `labels` beside it."""
    call = dialogue(lines, call_started_at=date(2025, 11, 10), **recording)
    found_too = found(call, *labels).findings
    findings = analyze(call)
    kept = tuple(sorted({*findings.findings, *found_too}, key=lambda f: f.quote))
    return suggest(
        type(findings)(kept, findings.promise, findings.talk, findings.people), call, load_playbook()
    )


def texts(suggestions: tuple[Suggestion, ...], label: str) -> list[str]:
    (one, *_) = (one for one in suggestions if one.objection.label == label)
    return [reply.text for reply in one.replies]


@pytest.mark.parametrize("country", ["MX", "CO", "CL", "AR", "PE", "ES"])
def test_who_has_nothing_to_eat_is_not_asked_for_money(country: str) -> None:
    lines = "A: Son dos cuotas. ¿Cuándo paga?\nD: No me entra un peso, apenas comemos.\nA: Ajá."
    for text in texts(said(lines, "no_money@1", country=country, days_late=63), "no_money"):
        assert not {"asks_money", "asks_money_now"} & hear(text, "agent").found.keys(), text


def test_money_at_once_is_asked_only_of_who_has_a_part() -> None:
    lines = "A: Son dos cuotas.\nD: No me alcanza este mes."
    for country in ("MX", "CO", "CL", "AR", "PE", "ES", "EC", "US", "CR"):
        for text in texts(said(lines, "no_money@1", country=country, days_late=63), "no_money"):
            assert "asks_money_now" not in hear(text, "agent").found, text


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("¿Y si me condonan los intereses y yo pago la cuota al tiro?", "cargos"),
        ("¿Hay chance de pagarlo en cuatro quincenas?", "pagos"),
        ("¿Me la pueden refinanciar? La cuota me queda alta.", "cuota"),
        ("Deme un tiempito nomás, le pago después.", "tiempo"),
        ("Si me la dejan en menos, la pago hoy. ¿No hay un descuento?", "rebaja"),
    ],
)
@pytest.mark.parametrize("country", ["MX", "CL", "CO", "VE"])
def test_the_first_reply_answers_the_wish_that_was_told(wish: str, words: str, country: str) -> None:
    replies = texts(said(f"A: Son 300.\nD: {wish}", "asks_discount@1", country=country), "asks_discount")
    assert any(words in text for text in replies[:2]), replies
    assert words == "rebaja" or not any("liquidar" in text for text in replies)


def test_a_number_is_taken_off_the_list_only_where_it_is_the_wrong_one() -> None:
    mother = "A: ¿Hablo con Wilmer?\nO: No, mija, él está guardando la moto. Yo soy la mamá.\nA: Bueno."
    wrong = "A: ¿Hablo con Wilmer?\nO: No, aquí no es. Este celular es mío.\nA: Bueno."
    people = {"debtor_reached": False, "third_party": True}
    for lines, off in ((mother, False), (wrong, True)):
        call = dialogue(lines, country="CO")
        rules = analyze(call).findings
        findings = found(call, "wrong_person@1", people=people)
        every = type(findings)((*findings.findings, *rules), None, findings.talk, findings.people)
        (one, *_) = suggest(every, call, load_playbook())
        assert ("lista" in one.replies[0].text) == off, one.replies


def test_what_the_agent_asked_is_not_asked_again() -> None:
    lines = (
        "A: Su cuota venció.\nD: No pago más.\nA: ¿Qué tendría que pasar para que lo retomemos?\nD: Nada."
        "\nA: Le mando opciones.\nD: No le voy a pagar."
    )
    one = said(lines, "refusal@5")[-1]
    assert not any("qué tendría que pasar" in reply.text for reply in one.replies)
    assert one.replies


def test_a_request_to_be_left_alone_is_heard_whatever_is_objected_after_it() -> None:
    lines = (
        "A: ¿Qué espera?\nD: Que me dejen tranquila.\nA: Le mando opciones.\nD: No le prometo nada, no pago."
    )
    one = said(lines, "refusal@3", country="CO")[-1]
    for reply in one.replies:
        heard = hear(reply.text, "agent").found
        assert not {"asks_money", "proposes_talk"} & heard.keys(), reply.text


def test_of_an_instalment_found_paid_no_day_is_asked() -> None:
    lines = (
        "A: Su cuota venció.\nD: Ya la pagué.\nA: La cuota está pagada, no tiene que hacer nada más."
        "\nD: ¿Y esos intereses? No me pueden cobrar tanto."
    )
    for text in texts(said(lines, "wrong_amount@3", country="CL"), "wrong_amount"):
        assert "asks_money" not in hear(text, "agent").found, text


def test_grave_news_told_with_an_empty_purse_goes_first() -> None:
    lines = "A: Son dos cuotas.\nD: A mi esposo le dio un infarto, está internado, no puedo pagarle."
    for one in said(lines, "no_money@1", "health_emergency@1"):
        assert not any("asks_money" in hear(r.text, "agent").found for r in one.replies), one.replies


def test_terms_that_the_debtor_names_are_taken_up() -> None:
    lines = "A: ¿Cuánto puede?\nD: Mil quinientos pesos, el lunes. No tengo de dónde sacar más."
    first = texts(said(lines, "no_money@1", country="MX", currency="MXN"), "no_money")[0]
    assert "anoto" in first or "plan" in first


def test_a_sum_that_must_last_until_a_day_is_no_offer() -> None:
    lines = "A: ¿Cuánto puede?\nD: No traigo. Me quedé con doscientos pesos hasta el lunes."
    first = texts(said(lines, "no_money@1", country="MX", currency="MXN"), "no_money")[0]
    assert "anoto tal cual" not in first
    assert "plan" not in first


def test_every_play_has_a_reply_that_asks_for_no_money() -> None:
    for play in load_playbook().plays:
        if not any("asks_money" not in hear(w.say, "agent").found and not w.slots for w in play.replies):
            pytest.fail(play.objection)


def test_a_question_is_the_same_in_other_endings_of_its_words() -> None:
    before = asked_in("¿Qué tendría que pasar para que lo retomáramos?")
    assert asks_again("Entiendo. ¿Qué tendría que pasar para que lo retome?", before)
    assert not asks_again("¿Qué día le pagan?", before)
    assert not asks_again("Lo retomamos cuando pueda pasar.", before)
