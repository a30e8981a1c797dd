"""Each format from the exercise to its grade, by the real eyes of nlp and rubrics."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import TypeAdapter

from drills.checklist import checklist
from drills.drill import Attempt, Drill, FormatId, begin_play, replayed, say
from drills.faults import FAULT_ACTS, faults, faults_in
from drills.feedback import HARDER, TRAINS, feedback
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade, grade_play
from drills.lines import Book
from drills.loader import load_lines, load_scenarios
from drills.marks import rules
from drills.reply import cited, findings_of, read_reply
from drills.scenario import DrillError, Scenario
from drills.schedule import Card
from nlp.text import plain
from rubrics.loader import load_packs, load_rubric
from rubrics.playbook import Playbook, load_playbook
from rubrics.replies import faults as faults_of
from tests.dialogue import dialogue
from tests.drills.conftest import MONDAY

THREAT = "Mire, si no paga hoy lo vamos a embargar."


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


@pytest.fixture(scope="module")
def tools(book: Book, playbook: Playbook) -> Tools:
    return Tools(book, playbook, load_rubric())


class Desk:
    """Where exercises are made and attempts graded."""

    def __init__(self, scenarios: dict[str, Scenario], tools: Tools) -> None:
        self.scenarios, self.tools = scenarios, tools

    def drill(self, format_: FormatId, scenario: str = "cuota_hospital", seed: int = 1) -> Drill:
        case = self.scenarios[scenario]
        return FORMATS[format_].build(case, seed, MONDAY, self.tools.book, self.tools.playbook)

    def grade(self, drill: Drill, *replies: str) -> Grade:
        return grade(drill, Attempt(replies), self.tools)


@pytest.fixture(scope="module")
def desk(scenarios: dict[str, Scenario], tools: Tools) -> Desk:
    return Desk(scenarios, tools)


def points(given: Grade) -> dict[str, int]:
    return {mark.id: mark.got for mark in given.marks}


GOOD_REPLY = (
    "Comprendo, Rosa, este mes se le juntó todo. ¿Qué día recibe su ingreso y con cuánto puede comenzar? "
    "Le propongo 1,500 pesos el viernes."
)
GOOD_CALL = (
    "Buenas tardes, le saluda Ana Ruiz, de Crédito Norte. ¿Hablo con la señora Rosa López?",
    "Señora López, su préstamo personal tiene un pago vencido de 3,000 pesos, con 18 días de atraso.",
    "Entiendo que está en un momento difícil, señora López. ¿Qué ocurrió este mes con su pago?",
    "Lamento mucho lo de su hijo, espero que se recupere pronto. Podemos dividirlo en dos pagos sin recargo.",
    "Comprendo. ¿Qué día recibe su ingreso y con cuánto puede comenzar?",
    "Con un primer pago de 1,500 pesos evita más intereses. ¿Le anoto 1,500 pesos para el viernes 14?",
    "Entonces quedamos en 1,500 pesos el viernes 14 por transferencia, ¿es correcto?",
    "Muy bien. Le envío el acuerdo por mensaje y le llamo el jueves. Gracias, que tenga buena tarde.",
)


def test_a_good_reply_gets_all_points_and_the_next_harder_exercise(desk: Desk) -> None:
    given = desk.grade(desk.drill("one_reply"), GOOD_REPLY)
    assert (given.points, given.of, given.passed) == (13, 13, True)  # nobody can close in one reply
    assert feedback(given, "one_reply").next_format == "three_escalating"


def test_a_bare_entiendo_is_half_an_acknowledgement(desk: Desk) -> None:
    given = desk.grade(desk.drill("one_reply"), "Entiendo, pero ¿qué día me paga los 3,000 pesos?")
    assert points(given)["recognise"] == 1
    lost = {mark.id: mark for mark in given.marks if mark.got < mark.of}
    assert lost["recognise"].quote.startswith("Entiendo")
    assert lost["recognise"].better
    assert "no alcanza" in lost["recognise"].rule()
    assert lost["recognise"].rule("en").startswith("Courtesy alone")


@pytest.mark.parametrize("reply", ["ok", "Claro que sí."])
def test_a_word_of_assent_is_no_step_and_softens_nobody(desk: Desk, reply: str) -> None:
    drill = desk.drill("one_reply")
    given = points(desk.grade(drill, reply))
    assert [given[step] for step in ("recognise", "explore", "answer", "ask")] == [0, 0, 0, 0]
    play = replayed(drill, (reply,), desk.tools.book)
    assert [why.cause for why in play.whys] == ["again"]


def test_recognising_what_nobody_said_is_half_an_acknowledgement(desk: Desk) -> None:
    drill = desk.drill("one_reply", "pago_hecho")
    assert drill.objections == ("already_paid",)
    given = desk.grade(drill, "Comprendo que este mes no le alcanza. ¿Qué día le depositan?")
    assert points(given)["recognise"] == 1
    given = desk.grade(drill, "Comprendo, señora, usted ya hizo el pago. ¿Qué día lo hizo?")
    assert points(given)["recognise"] == 2


def test_words_cut_from_their_sentence_say_so() -> None:
    call = dialogue("A: Buenas. Le propongo la mitad el viernes 4 y el resto el 15.")
    said = call.turns[0].text
    start = said.index("Le propongo")
    whole = call.quote(0, start, len(said))
    assert cited(said, whole) == "Le propongo la mitad el viernes 4 y el resto el 15."
    assert (
        cited(said, call.quote(0, start, said.index(" resto"))) == "Le propongo la mitad el viernes 4 y el …"
    )
    assert cited(said, call.quote(0, said.index("la mitad"), len(said))).startswith("… la mitad")
    assert cited(said, call.quote(0, said.index("viernes"), said.index(" y"))) == "viernes 4"


def test_a_threat_is_worth_nothing_and_shows_the_safe_wording(desk: Desk) -> None:
    given = desk.grade(desk.drill("one_reply"), THREAT)
    assert (given.points, given.passed) == (0, False)
    (critical,) = given.critical
    assert critical.rule == "no_threats"
    assert critical.quote in THREAT
    assert "evita [el cargo que corresponda]" in critical.better
    assert feedback(given, "one_reply", Card("no_money", MONDAY)).next_format == "rewrite_bad_line"


@pytest.mark.parametrize(
    "reply",
    [
        "Si no paga esta semana, voy a tener que ir a hablar con su patrón.",
        "O pagas hoy o te va a pesar, ya sabes.",
        "Comprendo, pero si no deposita voy a tener que avisarle a su familia. ¿Qué día paga?",
    ],
)
def test_a_threat_on_a_condition_is_named(desk: Desk, reply: str) -> None:
    given = desk.grade(desk.drill("one_reply"), reply)
    assert [one.rule for one in given.critical] == ["no_threats"]
    assert given.points == 0


def test_what_is_thrown_back_is_no_exploring(desk: Desk) -> None:
    assert points(desk.grade(desk.drill("one_reply"), "¿Cómo que al rato?"))["explore"] == 0


@pytest.mark.parametrize("scenario", ["cuota_hospital", "pago_hecho", "provoca"])
@pytest.mark.parametrize(
    "reply",
    [
        "Si no paga hoy, lo vamos a embargar. Entiendo que es un mes duro.",
        "Entiendo que es un mes duro, pero si no paga hoy lo vamos a embargar.",
        "Comprendo. Su caso pasa a jurídico y lo demandamos.",
    ],
)
def test_kind_words_around_a_threat_do_not_take_it_back(desk: Desk, scenario: str, reply: str) -> None:
    given = desk.grade(desk.drill("one_reply", scenario), reply)
    assert given.critical
    assert given.points == 0


@pytest.mark.parametrize(
    "reply",
    [
        "No lo vamos a embargar, señora. ¿Qué día le pagan?",
        "Por una deuda no se va a la cárcel. ¿Le anoto 500 para el viernes?",
        "Aquí nadie lo amenaza, don Luis. ¿Con cuánto puede comenzar el viernes?",
    ],
)
def test_whoever_takes_a_fear_away_has_not_threatened(desk: Desk, reply: str) -> None:
    assert desk.grade(desk.drill("one_reply"), reply).critical == ()


def test_tuteo_and_doubt_cost_their_points(desk: Desk) -> None:
    given = desk.grade(desk.drill("one_reply"), "A ver si puedes dar algo el viernes, aunque sea 500 pesos.")
    assert {mark: points(given)[mark] for mark in ("usted", "sure", "figures")} == {
        "usted": 0,
        "sure": 0,
        "figures": 1,
    }


@pytest.mark.parametrize(
    "asked", ["¿Lo dejamos así?", "¿Se lo dejo así, don Luis?", "¿Le parece si lo dejamos así?"]
)
def test_asking_for_a_yes_to_an_offer_is_no_doubt(desk: Desk, asked: str) -> None:
    offer = "Entiendo que no le alcance. Serían dos pagos, el primero de 500 pesos el viernes 4."
    given = desk.grade(desk.drill("one_reply"), f"{offer} {asked}")
    assert points(given)["sure"] == 1
    left = desk.grade(desk.drill("one_reply"), "Entiendo que no le alcance. Bueno, lo dejamos así.")
    assert points(left)["sure"] == 0


def test_a_whole_call_is_won_and_explained(desk: Desk) -> None:
    drill = desk.drill("whole_call")
    play = replayed(drill, GOOD_CALL, desk.tools.book)
    assert play.debtor is not None
    assert play.debtor.ended == "promise"
    assert [why.turn for why in play.whys] == list(play.mine)
    given = grade_play(play, desk.tools)
    assert given.won
    assert (given.points, given.of) == (15, 15)
    assert grade(drill, Attempt(GOOD_CALL), desk.tools) == given, "an attempt is its replies"


def test_a_rude_whole_call_is_not_won(desk: Desk) -> None:
    rude = (
        "Buenas, ¿Rosa López?",
        "Debe 3,000 pesos. ¿Va a pagar o no?",
        "No me haga perder el tiempo. Pague ya.",
    )
    given = desk.grade(desk.drill("whole_call"), *rude, *rude)
    assert given.won is False
    assert not given.passed


def test_somebody_who_only_hedges_does_not_win(desk: Desk) -> None:
    given = desk.grade(
        desk.drill("whole_call"),
        "Buenas, disculpe la molestia, ¿hablo con Rosa?",
        "Es por lo de su pago, a ver si puede dar algo, aunque sea poquito.",
        "Entiendo que es difícil. Cuando guste, lo que pueda.",
        "Aunque sea un pagito, tal vez la otra semana.",
        "Bueno, a ver si puede, no hay prisa.",
    )
    assert given.won is False


def test_a_vague_debtor_is_closed(desk: Desk) -> None:
    closing = (
        "Entiendo que está complicado, señora Rosa. ¿Qué día le entra su ingreso?",
        "Gracias por contármelo. ¿Le anoto 1,500 pesos para el viernes 14 por transferencia?",
        "Quedamos en 1,500 pesos el viernes 14 por transferencia, ¿correcto?",
        "Gracias, que tenga buen día.",
    )
    given = desk.grade(desk.drill("close_vague"), *closing)
    assert given.won
    assert points(given)["close"] == 2


def test_three_turns_go_on_whatever_is_said(desk: Desk) -> None:
    drill = desk.drill("three_escalating", "provoca")
    replies = (
        "Entiendo su molestia, don Norberto. ¿Qué ocurrió con las cuotas?",
        "Comprendo que no quiera hablar de esto. Puede pagarlo en tres cuotas de 60.000 pesos.",
        "Lo escucho. ¿Dejamos la primera de 60.000 para el viernes?",
    )
    play = replayed(drill, replies, desk.tools.book)
    assert play.over
    assert [turn.speaker for turn in play.turns[3:]] == [
        "debtor",
        "agent",
        "debtor",
        "agent",
        "debtor",
        "agent",
    ]
    assert {label for _, label in play.raised} == {"refusal"}
    assert grade_play(play, desk.tools).passed


def test_a_message_without_the_debt_is_won_and_the_debt_told_is_worth_nothing(desk: Desk) -> None:
    drill = desk.drill("third_party", "recado")
    kept = desk.grade(
        drill,
        "Buenas tardes, le saluda Ana Ruiz. ¿A qué hora puedo encontrar a la señora Milagros?",
        "Es un asunto personal. La llamo mañana a las seis. Gracias por su ayuda, que tenga buena tarde.",
    )
    assert (kept.points, kept.of, kept.won) == (10, 10, True)
    told = desk.grade(drill, "Es que la señora Milagros tiene una deuda de 850 soles con nosotros.")
    assert told.points == 0
    assert [one.rule for one in told.critical][:1] == ["no_third_party_disclosure"]


@pytest.mark.parametrize("format_", ["one_reply", "three_escalating", "rewrite_bad_line"])
def test_where_somebody_else_answers_nobody_is_told_the_debt(desk: Desk, format_: FormatId) -> None:
    drill = desk.drill(format_, "recado")
    assert [turn.speaker for turn in drill.turns] == ["agent", "other"]
    said = plain(drill.turns[0].text)
    case = desk.scenarios["recado"]
    assert not any(word in said for word in plain(f"{case.creditor} {case.product} debe pago").split())
    assert "Sí, soy yo" not in drill.turns[1].text


def test_one_reply_to_somebody_else_is_marked_by_what_is_kept_from_them(desk: Desk) -> None:
    drill = desk.drill("one_reply", "recado")
    kept = desk.grade(
        drill,
        "Le saluda Ana Ruiz. Es un asunto personal. ¿A qué hora puedo encontrar a la señora Milagros? "
        "La llamo mañana a las seis.",
    )
    assert points(kept) == {"present": 2, "asks_for": 2, "leaves_word": 2, "keeps": 2}
    assert [rule for rule, _ in checklist(begin_play(drill, desk.tools.book))] == list(points(kept))
    offered = desk.grade(
        drill,
        "Entiendo. Podemos dividirlo en tres cuotas sin recargo. ¿Qué día de la semana paga la primera?",
    )
    assert points(offered)["keeps"] == 0
    assert not offered.passed
    told = desk.grade(drill, "Es que la señora Milagros tiene una deuda de 850 soles con nosotros.")
    assert told.points == 0


def test_any_scenario_can_be_answered_by_somebody_else(desk: Desk) -> None:
    play = begin_play(desk.drill("third_party"), desk.tools.book)
    assert [turn.speaker for turn in play.turns] == ["agent", "other"]


def test_a_check_is_no_ask_for_payment(desk: Desk) -> None:
    given = desk.grade(
        desk.drill("one_reply", "pago_hecho"),
        "Gracias por avisarme, señor Ospina. ¿Por qué medio consignó y qué día? "
        "Reviso el comprobante y lo llamo mañana.",
    )
    assert points(given)["no_ask"] == 2
    assert "figures" not in points(given)
    asked = desk.grade(desk.drill("one_reply", "pago_hecho"), "¿Y qué día va a pagar los 420.000 pesos?")
    assert points(asked)["no_ask"] == 0


@pytest.mark.parametrize("seed", range(6))
def test_of_four_answers_one_is_best(desk: Desk, seed: int) -> None:
    drill = desk.drill("choose_best", seed=seed)
    best = next(i for i, one in enumerate(drill.options) if not one.fault)
    why = next(i for i, one in enumerate(drill.reasons) if not one.fault)
    assert len({one.text for one in drill.options}) == 4
    assert not faults_of(drill.options[best].text, load_packs()["MX"])
    given = grade(drill, Attempt(choice=best, reason=why), desk.tools)
    assert (given.points, given.of) == (15, 15)
    for at, one in enumerate(drill.options):
        if one.fault:
            missed = grade(drill, Attempt(choice=at, reason=why), desk.tools)
            assert missed.points == 0
            assert missed.marks[0].better == drill.options[best].text


@pytest.mark.parametrize("seed", range(6))
def test_the_fault_is_found_by_turn_and_kind(desk: Desk, seed: int) -> None:
    drill = desk.drill("spot_fault", seed=seed)
    assert drill.at is not None
    assert drill.bad is not None
    assert drill.turns[drill.at].text == drill.bad.text
    label = drill.raised[-1][1]
    after = drill.turns[drill.at + 1 : drill.at + 2]  # nobody warms to a turn that fails
    warm = {line.text for lines in desk.tools.book.pool("softer", label).values() for line in lines}
    assert not warm & {turn.text for turn in after}
    kind = next(i for i, one in enumerate(drill.options) if one.fault == drill.bad.fault)
    right = grade(drill, Attempt(turn=drill.at, choice=kind), desk.tools)
    assert (right.points, right.of, right.passed) == (15, 15, True)
    assert grade(drill, Attempt(turn=0, choice=kind), desk.tools).points == 0
    wrong = next(
        i
        for i, one in enumerate(drill.options)
        if one.fault not in faults_in(drill.bad.fault, drill.bad.text)
    )
    assert grade(drill, Attempt(turn=drill.at, choice=wrong), desk.tools).points == 8


@pytest.mark.parametrize("seed", range(6))
def test_where_somebody_else_answered_they_go_on(desk: Desk, seed: int) -> None:
    drill = desk.drill("spot_fault", "recado", seed)
    assert {turn.speaker for turn in drill.turns} == {"agent", "other"}


def test_a_bad_line_is_written_anew(desk: Desk) -> None:
    drills = (desk.drill("rewrite_bad_line", seed=seed) for seed in range(20))
    drill = next(one for one in drills if one.bad is not None and one.bad.fault == "rude")
    assert drill.bad is not None
    assert points(desk.grade(drill, GOOD_REPLY))["mended"] == 2
    again = desk.grade(drill, drill.bad.text)
    assert points(again)["mended"] == 0
    assert not again.passed


@pytest.mark.parametrize("kind", sorted(FAULT_ACTS))
def test_every_sown_fault_is_one_that_the_eyes_see(kind: str) -> None:
    for text in faults()[kind].says:
        call = dialogue(f"D: No tengo dinero.\nA: {text}", country="MX")
        found = findings_of(call, ((0, "no_money"),))
        assert found.of(*FAULT_ACTS[kind]), f"{kind}: {text}"


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_the_same_seed_makes_the_same_exercise_and_it_can_be_kept(desk: Desk, format_: FormatId) -> None:
    drill = desk.drill(format_, seed=7)
    assert drill == desk.drill(format_, seed=7)
    kept = TypeAdapter(Drill)
    assert kept.validate_json(kept.dump_json(drill)) == drill


def test_an_attempt_without_an_answer_says_what_is_missing(desk: Desk) -> None:
    with pytest.raises(DrillError, match="Falta su respuesta"):
        desk.grade(desk.drill("one_reply"))
    with pytest.raises(DrillError, match="Falta elegir"):
        grade(desk.drill("choose_best"), Attempt(choice=9, reason=0), desk.tools)
    with pytest.raises(DrillError, match="Falta señalar"):
        grade(desk.drill("spot_fault"), Attempt(choice=0), desk.tools)


def test_nothing_can_be_said_after_the_end_or_without_words(desk: Desk) -> None:
    drill = desk.drill("one_reply")
    play = say(begin_play(drill, desk.tools.book), GOOD_REPLY, desk.tools.book)
    with pytest.raises(DrillError, match="ya terminó"):
        say(play, "¿Algo más?", desk.tools.book)
    with pytest.raises(DrillError, match="Falta su respuesta"):
        say(begin_play(drill, desk.tools.book), "  ", desk.tools.book)
    with pytest.raises(DrillError, match="Acórtela"):
        say(begin_play(drill, desk.tools.book), "pago " * 500, desk.tools.book)


def test_every_rule_trains_something() -> None:
    assert set(TRAINS) == set(rules())
    assert set(HARDER) == set(FORMATS) == set(get_args(FormatId))


@pytest.mark.parametrize(
    "format_", ["one_reply", "three_escalating", "whole_call", "close_vague", "third_party"]
)
def test_every_written_case_makes_every_talk(format_: FormatId, playbook: Playbook) -> None:
    shipped = load_lines()
    for case in load_scenarios().values():
        drill = FORMATS[format_].build(case, 2, MONDAY, shipped, playbook)
        assert begin_play(drill, shipped).turns
        assert not any("{" in turn.text for turn in drill.turns)


@pytest.mark.parametrize(
    ("said", "acts"),
    [
        ("Pague ya, payaso, que el total no es mío.", {"rude"}),
        ("Yo no sumo con morosos. Usted es un moroso.", {"rude"}),
        ("Si lo paga en una vez, le quitan el 25 %. ¿Qué le parece?", set()),
        ("Quédese tranquilo, ya verá usted cuándo le queda bien.", set()),
        ("Le saluda Laura Gil, de Crédito Norte.", set()),
        ("Si no paga, ya verá lo que le pasa.", {"threat"}),
    ],
)
def test_an_offence_is_heard_where_there_is_one(desk: Desk, said: str, acts: set[str]) -> None:
    transcript = dialogue(f"D: No me alcanza.\nA: {said}")
    heard = read_reply(transcript, ((0, "no_money"),))
    assert {act for act in ("rude", "threat", "lawyer") if heard.has(act)} == acts


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("¿Qué pasó?", True),
        ("Cuénteme qué ocurrió este mes.", True),
        ("¿Tuvo algún problema con el banco?", True),
        ("Ya veremos, ¿no?", False),
        ("Ahí lo vemos, ¿le parece bien?", False),
    ],
)
def test_a_tag_is_no_question(said: str, asks: bool) -> None:
    assert read_reply(dialogue(f"D: No me alcanza.\nA: {said}"), ((0, "no_money"),)).asks is asks


def test_a_goodbye_counts_where_nothing_is_asked_after_it() -> None:
    for said, leaves in (
        ("Bueno, hasta luego.", True),
        ("¿Hasta luego quiere decir que no, don Luis?", False),
    ):
        heard = read_reply(dialogue(f"D: No me alcanza.\nA: {said}"), ((0, "no_money"),))
        assert heard.has("leaves") is leaves
