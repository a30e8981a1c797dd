"""The simulated debtor answers what was said, and never breaks its own rules."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.deal import rounded
from drills.debtor import answer, objecting
from drills.effects import known_effects, told
from drills.loader import load_lines, load_scenarios
from drills.reply import Reply
from drills.saying import GONE
from drills.scenario import Scenario
from drills.state import Debtor, Scene, asks_well, begin
from tests.drills.conftest import DATA, MONDAY

SCENARIOS, LINES = load_scenarios(DATA / "scenarios"), load_lines(DATA / "lines")
FRIDAY = MONDAY + datetime.timedelta(days=4)
KIND = Reply("Entiendo, es un mes difícil.", {"empathy": "es un mes difícil"}, frozenset({"recognise"}))
ASKS_WHY = Reply("¿Qué ocurrió?", {"asks_reason": "¿Qué ocurrió?"}, frozenset({"explore"}))
OFFERS = Reply(
    "Puede ser en dos pagos.", {"offers_alternatives": "en dos pagos"}, frozenset({"recognise", "answer"})
)
THREATENS = Reply("Lo vamos a embargar.", {"threat": "Lo vamos a embargar"})
NOTHING = Reply("Ajá.", {"none": "Ajá."})


def asks(amount: int | Decimal | None, day: datetime.date | None = FRIDAY) -> Reply:
    return Reply(
        f"¿Le anoto {amount} para el viernes?",
        {"asks_commitment": "¿Le anoto?"},
        frozenset({"ask"}),
        None if amount is None else Decimal(amount),
        day,
    )


def start(scene: Scene, **levels: float) -> Debtor:
    return objecting(replace(begin(scene.scenario), **levels), scene)[0]


def played(debtor: Debtor, scene: Scene, *replies: Reply) -> tuple[Debtor, list[str], list[str]]:
    """The state after the replies, the lines and the causes."""
    lines, causes = [], []
    for reply in replies:
        debtor, line, why = answer(debtor, scene, reply)
        lines.append(line)
        causes.append(why.cause)
    return debtor, lines, causes


def test_a_good_question_opens_the_true_reason(hospital: Scene) -> None:
    debtor, (line,), (cause,) = played(start(hospital), hospital, ASKS_WHY)
    assert cause == "revealed"
    assert line.endswith(hospital.scenario.hidden_reason)
    assert debtor.trust > begin(hospital.scenario).trust


def test_care_and_an_offer_meet_the_objection_and_the_next_comes(hospital: Scene) -> None:
    debtor, _, causes = played(start(hospital), hospital, KIND, OFFERS)
    assert causes == ["softer", "objection"]
    assert debtor.open == ("vague_promise",)


def test_a_good_talk_ends_in_the_sum_that_was_asked(hospital: Scene) -> None:
    talk = (ASKS_WHY, KIND, OFFERS, replace(OFFERS, text="O el 15 y el 30."), asks(1500))
    debtor, lines, causes = played(start(hospital), hospital, *talk)
    assert causes[-1] == "accepted"
    assert debtor.promise is not None
    assert (debtor.promise.amount, debtor.promise.day) == (Decimal(1500), FRIDAY)
    assert "1,500 pesos" in lines[-1]
    assert "viernes 14 de noviembre" in lines[-1]


def test_doubt_gets_less(hospital: Scene) -> None:
    more = replace(OFFERS, text="O el 15 y el 30.")
    unsure = replace(asks(None, None), acts={"hedge": "a ver si puede", "asks_commitment": "¿Le anoto?"})
    sure, _, _ = played(start(hospital), hospital, ASKS_WHY, OFFERS, more, asks(3000))
    doubt, _, _ = played(start(hospital), hospital, ASKS_WHY, OFFERS, more, unsure)
    assert sure.offer is not None
    assert doubt.offer is not None
    assert doubt.offer.amount < hospital.scenario.least <= sure.offer.amount
    mended, _, _ = played(doubt, hospital, asks(1500))
    assert mended.promise is not None, "a firm ask makes it good"


GOOD = (ASKS_WHY, KIND, OFFERS, replace(OFFERS, text="O el 15 y el 30."))
BYE = {"leaves": "hasta luego"}


def test_an_offer_taken_stands_whatever_else_is_named(hospital: Scene) -> None:
    debtor, _, (*_, cause) = played(start(hospital), hospital, *GOOD, asks(4000))
    assert cause == "small_offer"
    assert debtor.offer is not None
    taken = replace(
        asks(debtor.offer.amount, debtor.offer.day),
        acts={"hedge": "cuando pueda", "read_back": "por el saldo lo llamo"},
        named=(debtor.offer.amount, Decimal(82700)),
    )
    after, _, (cause,) = played(debtor, hospital, taken)
    assert cause == "accepted"
    assert after.promise == debtor.offer


def test_soft_words_around_a_sum_and_a_day_are_no_doubt(hospital: Scene) -> None:
    soft = replace(
        asks(1500), acts={"hedge": "aunque sea", "asks_commitment": "¿Le anoto?"}, sums=(Decimal(1500),)
    )
    debtor, _, causes = played(start(hospital), hospital, *GOOD, soft)
    assert causes[-1] == "accepted"
    assert debtor.hedges == 0


def test_who_was_first_asked_for_more_and_trusts_gives_what_it_can(hospital: Scene) -> None:
    first = replace(OFFERS, text="En dos de 1,500.", amount=Decimal(1500), sums=(Decimal(1500),))
    debtor, _, causes = played(start(hospital), hospital, ASKS_WHY, KIND, first, OFFERS, asks(300))
    assert causes[-1] == "small_offer"
    assert debtor.offer is not None
    assert debtor.offer.amount == hospital.scenario.least


def test_a_sum_and_a_day_meet_who_would_pay_some_day(hospital: Scene) -> None:
    debtor, _, causes = played(start(hospital), hospital, ASKS_WHY, KIND, OFFERS, asks(1500))
    assert debtor.open == ()
    assert causes[-1] == "accepted"


def test_a_goodbye_ends_the_talk(hospital: Scene) -> None:
    debtor, _, (cause,) = played(start(hospital), hospital, Reply("Hasta luego.", BYE))
    assert (debtor.ended, cause) == ("no_agreement", "left")
    debtor, _, causes = played(
        start(hospital), hospital, *GOOD, replace(asks(1500), acts={**asks(1500).acts, **BYE})
    )
    assert (debtor.ended, causes[-1]) == ("promise", "accepted")


def test_nothing_is_told_to_who_asks_nothing_or_offends(hospital: Scene) -> None:
    silent = replace(ASKS_WHY, text="Ya veremos, ¿no?", asks=False)
    unsure = replace(ASKS_WHY, acts={"probes": "¿Y cuándo cree?", "hedge": "no sé si"})
    rude = replace(ASKS_WHY, acts={**ASKS_WHY.acts, "rude": "payaso"})
    for reply in (silent, unsure, rude):
        debtor, lines, _ = played(start(hospital), hospital, reply, reply)
        assert not debtor.revealed
        assert hospital.scenario.hidden_reason not in " ".join(lines)


def test_who_goes_on_with_tu_is_promised_nothing(hospital: Scene) -> None:
    familiar = Reply("¿Puedes pagar?", {"tuteo": "Puedes"})
    told = played(start(hospital), hospital, familiar)[0]
    again = replace(asks(100), acts={**asks(100).acts, "tuteo": "te anoto"}, rungs=OFFERS.rungs | {"ask"})
    debtor, _, _ = played(told, hospital, *(replace(again, text=f"¿Te anoto {n}?") for n in range(3)))
    assert debtor.promise is None
    assert debtor.offer is None


def test_who_has_said_who_it_is_asks_what_it_is_about(hospital: Scene) -> None:
    greets = Reply("Buenas tardes, ¿cómo está?", {"greeting": "Buenas tardes"})
    for line, cause in (("¿Aló? Sí, con él.", "asks_purpose"), ("¿Quién llama?", "identified")):
        picked_up = replace(begin(hospital.scenario), said=(line,))
        assert played(picked_up, hospital, greets)[2] == [cause]
    tells = replace(greets, text=f"Buenas tardes, es por su cuenta con {hospital.scenario.creditor}.")
    assert played(replace(begin(hospital.scenario), said=("Diga.",)), hospital, tells)[2] == ["objection"]


def test_in_an_emergency_a_day_to_speak_again_is_enough(scenarios: Mapping[str, Scenario]) -> None:
    case = scenarios["cuota_hospital"].model_copy(update={"objections": ("already_paid",)})
    scene = Scene(case, LINES, MONDAY, 1)
    cares = Reply("Lo siento.", {"empathy": "Lo siento"}, frozenset({"recognise", "answer"}))
    call = Reply("Lo llamo el lunes 24.", {"calls_back": "Lo llamo"}, frozenset({"answer"}), appointed=True)
    debtor, _, causes = played(start(scene), scene, cares, call)
    assert (debtor.ended, causes[-1]) == ("callback", "agreed_call")


def test_whoever_says_nothing_to_it_is_not_listened_to_for_ever(hospital: Scene) -> None:
    words = [Reply(f"El sistema dice otra cosa, parte {n}.") for n in range(6)]
    debtor, _, causes = played(start(hospital), hospital, *words)
    assert causes == [*["again"] * 4, "refused", "hung_up"]
    assert debtor.ended == "refusal"


def test_whoever_does_not_ask_why_gets_less_at_level_3(hospital: Scene) -> None:
    open_ = start(hospital, trust=0.5, willingness=0.5)
    debtor, _, _ = played(open_, hospital, OFFERS, OFFERS, asks(3000))
    assert debtor.offer is not None
    assert debtor.offer.amount < hospital.scenario.least


def test_a_threat_is_answered_as_a_threat_and_a_second_one_ends_the_call(hospital: Scene) -> None:
    debtor, _, causes = played(start(hospital, patience=1.0), hospital, THREATENS, THREATENS)
    assert causes == ["threatened", "hung_up"]
    assert debtor.ended == "hang_up"


def test_tuteo_is_objected_to_once(hospital: Scene) -> None:
    familiar = Reply("¿Puedes pagar?", {"tuteo": "Puedes"})
    _, _, causes = played(start(hospital), hospital, familiar, replace(familiar, text="¿Y tú cuándo?"))
    assert causes[0] == "tuteo"
    assert causes[1] != "tuteo"


def test_the_agreement_read_back_wrongly_is_put_right(hospital: Scene) -> None:
    talk = (ASKS_WHY, KIND, OFFERS, replace(OFFERS, text="O el 15 y el 30."), asks(1500), asks(2500))
    debtor, lines, causes = played(start(hospital), hospital, *talk)
    assert causes[-1] == "corrected"
    assert "1,500 pesos" in lines[-1]
    goodbye = Reply("Gracias, buen día.", {"polite_close": "Gracias"})
    debtor, _, causes = played(debtor, hospital, asks(1500), goodbye)
    assert causes == ["confirmed", "goodbye"]
    assert debtor.ended == "promise"


def test_asking_for_money_in_a_dispute_leads_nowhere() -> None:
    scene = Scene(SCENARIOS["pago_hecho"], LINES, MONDAY, 1)
    first = start(scene)
    asked, _, _ = played(first, scene, KIND, replace(OFFERS, acts={"asks_commitment": "¿Cuándo paga?"}))
    assert asked.open == ("already_paid",)
    checks = Reply(
        "Lo reviso y le llamo.", {"answers": "Lo reviso", "follow_up": "le llamo"}, frozenset({"answer"})
    )
    debtor, _, causes = played(first, scene, KIND, checks)
    assert debtor.ended == "callback"
    assert causes[-1] == "agreed_call"


def test_the_bait_comes_once_and_calm_is_rewarded() -> None:
    scene = Scene(SCENARIOS["provoca"], LINES, MONDAY, 1)
    debtor, lines, causes = played(start(scene), scene, KIND, NOTHING, KIND, KIND)
    assert lines.count(scene.scenario.bait) == 1
    at = causes.index("bait")
    assert "kept_calm" in dict(answer(played(start(scene), scene, KIND, NOTHING)[0], scene, KIND).why.moved)
    assert at == 1
    assert debtor.baited


def test_somebody_else_takes_a_message_but_not_the_debt() -> None:
    scene = Scene(SCENARIOS["recado"], LINES, MONDAY, 1)
    asks_when = Reply("¿A qué hora la encuentro?", {"asks_when_in": "¿A qué hora la encuentro?"})
    leaves = Reply("La llamo a las seis.", {"leaves_message": "La llamo a las seis"})
    goes = Reply("Hasta luego.", {"leaves": "Hasta luego"})
    debtor, _, causes = played(begin(scene.scenario), scene, asks_when, leaves, goes)
    assert causes == ["answered_other", "took_message", "took_message"]
    assert debtor.ended == "message"
    assert played(begin(scene.scenario), scene, asks_when, goes)[0].ended == "no_agreement"
    tells = Reply("Es por su deuda.", {"discloses_debt": "Es por su deuda"})
    assert played(begin(scene.scenario), scene, tells)[0].ended == "hang_up"


def test_the_account_quotes_the_words_and_exists_in_both_languages(hospital: Scene) -> None:
    _, _, why = answer(start(hospital), hospital, KIND)
    assert told(why).startswith("«es un mes difícil» reconoce lo que le pasa: sube la confianza.")
    assert told(why).endswith("Por eso el deudor cedió un poco (falta de dinero).")
    assert "acknowledges" in told(why, "en")
    assert "(lack of money)" in told(why, "en")


@pytest.mark.parametrize(
    ("amount", "least", "said"),
    [("1840", "1000", "1840"), ("1847", "1000", "1800"), ("138.60", "138.60", "138.60"),
     ("69.3", "138.6", "69"), ("315000.5", "300000", "310000"), ("7", "9", "7")],
)  # fmt: skip
def test_sums_are_said_as_people_say_them(amount: str, least: str, said: str) -> None:
    assert rounded(Decimal(amount), Decimal(least)) == Decimal(said)


# what holds whatever is said

ACTS = st.sampled_from(
    sorted(known_effects() - {"too_long", "repeated", "met", "opened", "kept_calm", "asked_too_soon"})
)
REPLIES = st.builds(
    lambda acts, rungs, amount, days, long: Reply(
        "palabra " * (120 if long else 8),
        {act: f"dijo {act}" for act in acts},
        frozenset(rungs),
        amount,
        None if days is None else MONDAY + datetime.timedelta(days=days),
    ),
    st.lists(ACTS, max_size=4, unique=True),
    st.sets(st.sampled_from(["recognise", "explore", "answer", "ask"])),
    st.none() | st.decimals(min_value=1, max_value=500000, places=0),
    st.none() | st.integers(0, 40),
    st.booleans(),
)


@pytest.mark.parametrize("name", ["cuota_hospital", "pago_hecho", "provoca", "recado"])
@given(replies=st.lists(REPLIES, min_size=1, max_size=20), seed=st.integers(0, 50))
@settings(max_examples=120, deadline=None)
def test_the_debtor_keeps_its_rules(name: str, replies: list[Reply], seed: int) -> None:
    scene = Scene(SCENARIOS[name], LINES, MONDAY, seed)
    third = scene.scenario.with_third_party
    debtor = begin(scene.scenario) if third else start(scene)
    lines = list(debtor.said)
    promise = None
    for reply in (replies * 20)[: scene.limit]:
        if debtor.ended is not None:
            break
        before = debtor
        debtor, line, why = answer(debtor, scene, reply)
        assert answer(before, scene, reply) == (debtor, line, why), "the same again"
        assert told(why)
        assert told(why, "en")
        assert all(0 <= level <= 1 for level in (debtor.trust, debtor.patience, debtor.willingness))
        if debtor.revealed and not before.revealed:
            assert asks_well(scene, reply), "the reason is never told unasked"
        if not debtor.revealed and scene.scenario.hidden_reason:
            assert scene.scenario.hidden_reason not in line
        if promise is not None:
            assert debtor.promise == promise, "what was promised stands"
            assert why.cause in {
                "confirmed", "corrected", "nodded", "hinted", "goodbye", "hung_up"
            }  # fmt: skip
        promise = debtor.promise
        lines.append(line)
    assert debtor.ended is not None, "every talk ends"
    assert len(set(lines)) == len(lines), "no line twice"
    assert not any("{" in line for line in lines)
    assert answer(debtor, scene, replies[0]).line == ""
    assert GONE not in lines[:-1]


# what ships

SHIPPED, BOOK = load_scenarios(), load_lines()


@pytest.mark.parametrize("name", sorted(SHIPPED))
@given(replies=st.lists(REPLIES, min_size=3, max_size=14), seed=st.integers(0, 5))
@settings(max_examples=8, deadline=None)
def test_the_written_cases_keep_the_rules_too(name: str, replies: list[Reply], seed: int) -> None:
    scene = Scene(SHIPPED[name], BOOK, MONDAY, seed)
    debtor = begin(scene.scenario) if scene.scenario.with_third_party else start(scene)
    lines = list(debtor.said)
    for reply in (replies * 20)[: scene.limit]:
        if debtor.ended is not None:
            break
        debtor, line, _ = answer(debtor, scene, reply)
        lines.append(line)
    assert debtor.ended is not None
    assert len(set(lines)) == len(lines)
    assert GONE not in lines, "there are lines enough"


def test_whoever_repeats_the_agreement_wrongly_for_ever_is_left_with_a_goodbye(hospital: Scene) -> None:
    talk = (ASKS_WHY, KIND, OFFERS, replace(OFFERS, text="O el 15 y el 30."), asks(1500))
    wrong = [asks(2000 + n) for n in range(4)]
    debtor, lines, causes = played(start(hospital), hospital, *talk, *wrong)
    assert causes[-4:] == ["corrected", "corrected", "corrected", "goodbye"]
    assert debtor.ended == "promise"
    assert GONE not in lines


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_written_case_can_be_won(name: str) -> None:
    """By somebody who listens, answers and asks firmly for the sum that wins."""
    scene = Scene(SHIPPED[name], BOOK, MONDAY, 1)
    case = scene.scenario
    debtor = begin(case) if case.with_third_party else start(scene)
    listens = Reply("oye", {"empathy": "oye", "probes": "qué"}, frozenset({"recognise", "explore", "answer"}))
    asks_for = replace(asks(case.least), text="pide")
    goes_on = Reply("sigue", {"follow_up": "le llamo", "polite_close": "gracias"}, frozenset({"answer"}))
    while debtor.ended is None:
        if case.with_third_party:
            reply = replace(goes_on, acts={"leaves_message": "le llamo", "polite_close": "gracias"})
        elif case.success.kind == "callback":
            reply = listens if debtor.open else goes_on
        else:
            reply = goes_on if debtor.promise else listens if debtor.open else asks_for
        debtor, _, _ = answer(debtor, scene, replace(reply, text=f"{reply.text} {debtor.turns}"))
    wanted = {"callback": "callback", "third_party_message": "message"}.get(case.success.kind, "promise")
    assert debtor.ended == wanted
    assert debtor.promise is None or debtor.promise.amount >= case.least
