"""What plain words settle: a threat on a condition, an open question, the debtor's situation named."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.ladder import pairs
from nlp.thresholds import OPERATING, call_bar
from nlp.types import Finding
from nlp.utterance import tag
from tests.dialogue import dialogue

INSULT = 0.8  # from here no person needs to look
OPENING = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
    D: Sí, soy yo.
    A: Don Darío, su cuota de mil pesos venció hace diez días. ¿Qué día la paga?
"""


def heard(far: str, agent: str) -> dict[str, Finding]:
    """What is found in the agent's answer to `far`, by label."""
    call = dialogue(f"{OPENING}D: {far}\nA: {agent}\nD: Bueno.\nA: Gracias por su tiempo, hasta luego.")
    return {f.label: f for f in analyze(call).findings if f.quote.turn == 4}


def acts(far: str, agent: str) -> set[str]:
    return {label for label, one in heard(far, agent).items() if one.score >= OPERATING}


def fits(far: str, agent: str) -> list[bool]:
    call = dialogue(f"{OPENING}D: {far}\nA: {agent}\nD: Bueno.\nA: Gracias por su tiempo, hasta luego.")
    return [pair.outcome == "fits" for pair in pairs(call, analyze(call))]


@pytest.mark.parametrize(
    "question",
    [
        "Lo escucho, don Darío. ¿Qué tendría que cambiar para que usted quiera arreglarlo?",
        "¿Qué necesitaría para poder ponerse al día?",
        "¿Qué le impide pagar, don Darío?",
        "¿De qué depende que lo pueda hacer?",
    ],
)
def test_an_open_question_explores_and_asks_for_no_payment(question: str) -> None:
    found = acts("No voy a pagar nada.", question)
    assert "probes" in found
    assert "asks_commitment" not in found
    assert fits("No voy a pagar nada.", question) == [True]


def test_a_request_beside_an_open_question_stays_one() -> None:
    said = "¿Qué le impide pagar? ¿Qué día puede pagar los mil pesos?"
    assert {"probes", "asks_commitment"} <= acts("No voy a pagar nada.", said)


def test_a_complaint_that_is_recognised_and_registered_is_answered() -> None:
    far = "Llamé tres veces y me colgaron, el servicio es pésimo, así no pago."
    assert fits(far, "Lamento que le colgaran, eso no debió pasar. Registro la queja.") == [True, True]


def test_a_hard_word_beside_an_open_question_answers_nothing() -> None:
    said = "¿Qué le impide pagar? Si no paga, voy a hablar con su patrón."
    assert fits("No voy a pagar nada.", said) == [False]


@pytest.mark.parametrize(
    ("far", "said"),
    [
        (
            "Me bajaron a media jornada.",
            "Comprendo, don Patricio, con media jornada el presupuesto queda muy apretado.",
        ),
        ("Me quitaron horas en la fábrica.", "Comprendo, con menos horas el dinero rinde menos."),
    ],
)
def test_who_names_the_situation_with_understanding_is_kind_and_not_rude(far: str, said: str) -> None:
    assert "empathy" in acts(far, said)
    assert "rude" not in acts(far, said)
    labels = {label.id for label in tag(said, "agent")}
    assert "empathy" in labels
    assert "rude" not in labels


def test_contempt_after_understanding_is_no_empathy() -> None:
    said = "Comprendo que con media jornada no le alcance, pero para irse de fiesta sí tiene."
    assert "rude" in acts("Me bajaron a media jornada.", said)
    assert "empathy" not in acts("Me bajaron a media jornada.", said)


@pytest.mark.parametrize(
    "said",
    [
        "Ajá, sí, bueno, está difícil para todos, pero el préstamo ahí sigue, señora.",
        "Sí, la entiendo, pero el banco no sabe de eso.",
    ],
)
def test_what_passes_over_the_situation_is_no_empathy(said: str) -> None:
    assert "empathy" not in acts("Me quedé sin trabajo.", said)


@pytest.mark.parametrize(
    "said",
    [
        "Si no paga esta semana, voy a tener que ir a hablar con su patrón.",
        "O paga hoy o le va a pesar, ya sabe.",
        "Si no paga, la policía lo busca.",
        "De lo contrario nos veremos en la necesidad de ir a su trabajo.",
    ],
)
def test_harm_that_is_announced_is_a_threat(said: str) -> None:
    assert "threat" in acts("No me alcanza.", said)


def test_a_reassurance_is_not_even_a_hint_of_a_threat() -> None:
    found = heard("¿Van a venir a mi casa?", "Nadie va a ir a su casa ni a hablar con su patrón, don Luis.")
    assert "threat" not in found


def test_shaming_is_mockery_and_no_threat_by_itself() -> None:
    found = heard("No me alcanza.", "Otra gente a esta altura ya se cae de vergüenza.")
    assert found["rude"].score >= OPERATING
    assert found["rude"].quote.text == "Otra gente a esta altura ya se cae de vergüenza"
    assert "threat" not in found or found["threat"].score < OPERATING


def test_what_is_thrown_back_at_the_debtor_explores_nothing() -> None:
    assert not {"probes", "asks_reason"} & acts("Al rato le pago.", "¿Cómo que al rato?")
    call = dialogue(f"{OPENING}D: Al rato le pago.\nA: ¿Cómo que al rato?\nD: Sí.")
    assert all("explore" not in pair.rungs for pair in pairs(call, analyze(call)))


@pytest.mark.parametrize(
    "said",
    [
        "Es usted una ratera. ¿Con cuánto cuenta hoy?",
        "Qué huevón es usted. ¿Con cuánto cuenta hoy?",
        "Usted es un ratero, señor.",
        "Es usted un pendejo.",
        "Usted es una rata.",
        "Es usted una sinvergüencita.",
        "Señora, usted es una raterita.",
        "Ustedes son unos ladrones.",
        "Sois unos sinvergüenzas.",
        "Es usted una gilipollas.",
        "Qué boludo que sos.",
        "Es usted una conchuda.",
        "No sea huevona, señora.",
        "Páguelo ya, ratero.",
        "Rateros como usted no pagan.",
    ],
)
def test_a_name_that_somebody_is_called_is_rude_beyond_doubt(said: str) -> None:
    assert heard("No tengo ahora.", said)["rude"].score >= INSULT


@pytest.mark.parametrize(
    "said",
    [
        "Nadie le dice ratero, señor.",
        "No le estoy diciendo que sea una ratera.",
        "Nadie dice que usted sea un ratero.",
        "No es usted una mentirosa, le creo.",
        "Usted no es ningún sinvergüenza.",
        "¿Le dijeron ratera? Lo lamento mucho.",
        "Usted dice que le dijeron que es una ratera.",
        "Entiendo que se sienta como una tonta por haber pagado.",
        "El ratero que le robó la cartera ya fue denunciado.",
        "Me cuenta que su hermano es un ratero.",
        "¿Es usted Gil Pérez?",
    ],
)
def test_a_name_that_is_denied_quoted_or_somebody_elses_is_none(said: str) -> None:
    assert "rude" not in acts("No tengo ahora.", said)


def told(far: str) -> set[str]:
    """The objections found in the debtor's answer."""
    call = dialogue(f"{OPENING}D: {far}\nA: ¿Cuándo puede pagar?\nD: El viernes.\nA: Gracias, hasta luego.")
    return {f.label for f in analyze(call).findings if f.quote.turn == 3 and f.score >= call_bar(f.label)}


@pytest.mark.parametrize(
    "far",
    [
        "Se me pasó el día, joven.",
        "Se me fue la paloma.",
        "Se nos pasó a mi esposa y a mí.",
        "Se le pasó a mi señora.",
        "Se me perdió el recibo.",
        "Mi celular se murió ayer.",
        "La batería murió.",
        "Me dieron de baja la línea.",
    ],
)
def test_a_slip_of_the_memory_or_a_device_that_died_is_no_misfortune(far: str) -> None:
    assert told(far).isdisjoint({"health_emergency", "job_loss", "other_debts", "grave_case"})


@pytest.mark.parametrize(
    "far",
    [
        "Se nos fue mi papá hace un mes.",
        "Se me fue mi viejita en abril.",
        "Se me pasó porque mi mamá estaba hospitalizada.",
        "Se me olvidó, es que mi hijo tuvo un accidente.",
    ],
)
def test_a_misfortune_beside_a_slip_is_still_told(far: str) -> None:
    assert "health_emergency" in told(far)


@pytest.mark.parametrize(
    "said",
    [
        "Págueme ya, sinvergüenza.",
        "A ver si cumple, mentiroso.",
        "¿Y cuándo paga, sinvergüenza?",
        "No me cuelgue, payaso.",
        "Deje de dar vueltas, gilipollas.",
        "Ponga la plata, garca.",
        "Cancele la cuota, sapo.",
        "Deposite hoy, moroso.",
        "Ladrón, ¿hasta cuándo?",
    ],
)
def test_to_be_called_a_name_at_the_end_of_a_sentence_is_an_insult(said: str) -> None:
    found = heard("No tengo dinero.", said)
    assert found["rude"].score >= INSULT
    assert found["rude"].quote.text in said


@pytest.mark.parametrize(
    "said",
    [
        "Ponga atención, señora, por favor.",
        "Nadie le está diciendo sinvergüenza.",
        "No me llame ladrón, por favor.",
        "Lamento que mi compañero le dijera sinvergüenza.",
        "¿Quién le dijo conchudo?",
        "¿Vende usted pollo, res, cerdo?",
        "No es usted ningún sinvergüenza, señor.",
        "Está muy fresco el día, ¿no?",
    ],
)
def test_a_polite_address_or_a_name_that_is_quoted_or_denied_is_none(said: str) -> None:
    found = heard("No tengo dinero.", said)
    assert "rude" not in found or found["rude"].score < OPERATING


def test_what_the_debtor_calls_the_agent_is_not_the_agents() -> None:
    call = dialogue(f"{OPENING}D: No le pago, ratero.\nA: Entiendo su molestia.\nD: Bueno.")
    assert "rude" not in {f.label for f in analyze(call).findings if f.quote.turn in (3, 4)}


def test_condolences_are_sympathy_and_no_pity() -> None:
    said = heard("Mi esposa falleció la semana pasada.", "La acompaño en su dolor, mucha fuerza.")
    assert said["empathy"].score >= OPERATING
    assert said["empathy"].quote.text == "La acompaño en su dolor"
    assert "pity" not in said


def far(words: str) -> set[str]:
    """The objections found in what the debtor answers."""
    call = dialogue(f"{OPENING}D: {words}\nA: Entiendo.")
    return {f.label for f in analyze(call).findings if f.quote.turn == 3}


def objections(far: str, asked: str = "¿Qué día la paga?") -> set[str]:
    """What the debtor's answer to `asked` objects."""
    call = dialogue(f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: Don Darío, su cuota de mil pesos venció hace diez días. {asked}
        D: {far}
        A: Entiendo, don Darío. Gracias por su tiempo, hasta luego.
    """)
    return {f.label for f in analyze(call).findings if f.quote.turn == 3}


@pytest.mark.parametrize(
    "asked",
    ["¿Me van a embargar la casa? Mi primo dice que sí.", "¿Van a llamar a mi jefe?", "¿Voy a ir preso?"],
)
def test_a_frightened_question_is_no_complaint(asked: str) -> None:
    assert "harassment_complaint" not in far(asked)


def test_fear_beside_a_complaint_leaves_the_complaint() -> None:
    assert "harassment_complaint" in far("Ayer llamaron a mi jefe. ¿Me van a embargar también?")


@pytest.mark.parametrize(
    "told", ["Me asaltaron y se llevaron lo del pago.", "El taxi me lo robaron, ya puse la denuncia."]
)
def test_what_was_stolen_is_an_emergency(told: str) -> None:
    assert "health_emergency" in far(told)


@pytest.mark.parametrize(
    "calm",
    [
        "Esté tranquilo, nadie le va a embargar nada por esta llamada.",
        "No, quédese tranquila, no llamamos a su trabajo ni hay ningún embargo.",
        "No, don Darío, nosotros no embargamos ni visitamos a nadie.",
    ],
)
def test_calming_who_is_afraid_threatens_nobody(calm: str) -> None:
    assert "threat" not in heard("¿Me van a embargar?", calm)


@pytest.mark.parametrize(
    "veiled", ["Nadie lo va a embargar si paga hoy.", "Por ahora no lo vamos a embargar."]
)
def test_calm_on_a_condition_is_left_as_it_was(veiled: str) -> None:
    assert "reassures" not in heard("¿Me van a embargar?", veiled)


@pytest.mark.parametrize(
    ("far", "kind"),
    [
        ("Ya tengo setenta y todavía manejo el taxi.", "Y todavía al volante, qué admirable."),
        ("Yo bordo manteles para vender.", "Qué interesante, no sabía que se hacía a mano."),
        ("Trabajo en la mina.", "Un trabajo muy sacrificado el suyo."),
        ("Me da pena deber.", "No tiene por qué, esto le pasa a la gente más cumplida."),
        ("La cosecha se perdió.", "Una lástima, tanto trabajo que cuesta sembrar."),
        ("Me robaron el celular.", "Qué rabia da eso, y uno que lo trabaja tanto."),
        ("estoy con licencia y no me pagan", "que complicado estar enfermo y mas encima esperando el pago"),
    ],
)
def test_sympathy_and_praise_are_no_insult(far: str, kind: str) -> None:
    assert "rude" not in heard(far, kind)


@pytest.mark.parametrize(
    ("far", "scorn"),
    [
        ("No tengo.", "Qué le cuesta, si para la birra sí hay, ¿verdad?"),
        ("No le entendí.", "Se lo explico despacito, a ver si ahora sí me capta."),
        ("Otra vez me llaman.", "La gente decente no deja que la anden llamando."),
        ("Me quitaron el trabajo.", "Esa es su bronca, señor."),
        ("me quitaron el trabajo", "eso a mi que me cuenta cuando le dieron la plata si la agarro"),
    ],
)
def test_scorn_is_heard_and_left_to_a_person(far: str, scorn: str) -> None:
    assert OPERATING <= heard(far, scorn)["rude"].score < INSULT


@pytest.mark.parametrize(
    "answer",
    [
        "Pero ese no es problema mío, cuando le dieron el dinero sí lo agarró.",
        "Yo qué culpa tengo de que lo despidieran.",
        "A mí qué me cuenta.",
    ],
)
def test_who_disowns_the_trouble_neither_acknowledges_nor_explores_it(answer: str) -> None:
    found = acts("Me quitaron el trabajo en septiembre.", answer)
    assert found.isdisjoint({"empathy", "probes", "asks_reason", "explores_reason"})


def test_what_the_taggers_alone_call_rude_is_never_sure() -> None:
    alone = heard("Un momento, busco los lentes.", "no me cuente historias busque papel y lápiz")["rude"]
    assert alone.source == "model:tagger@1"
    assert OPERATING <= alone.score < 0.75


@pytest.mark.parametrize(
    ("said", "pities"),
    [
        ("Qué pena con usted, don Darío, no sabía.", False),
        ("Qué lástima que le hayan contestado así.", False),
        ("Qué tristeza lo de su hermana, lo siento.", False),
        ("Ay, Dios mío, ¿y están todos bien?", False),
        ("Qué lástima me da usted, tan joven.", True),
        ("Qué tristeza su vida, don Darío.", True),
        ("ay que lastima pobrecito", True),
    ],
)
def test_regret_at_what_happened_is_no_pity(said: str, pities: bool) -> None:
    assert ("pity" in acts("Me echaron y me trataron mal.", said)) is pities


@pytest.mark.parametrize(
    "left",
    ["ya entonces cuando usted pueda nomas", "ah ok entonces espero que le paguen", "Me avisa cuando pueda."],
)
def test_a_payment_left_to_whenever_is_no_request(left: str) -> None:
    found = acts("No sé cuándo me depositan.", left)
    assert "asks_commitment" not in found
    assert "gives_up" in found


@pytest.mark.parametrize(
    "question",
    [
        "¿Y se sabe algo del bono?",
        "¿Les avisaron antes del cierre?",
        "¿Cómo se las ha arreglado desde entonces?",
        "¿La empresa le ha dado alguna respuesta?",
        "y cuando le pagan esa liquidacion",
        "¿De qué ha vivido estos meses?",
        "¿Le está saliendo alguna chamba?",
    ],
)
def test_asking_on_about_what_was_told_explores_the_reason(question: str) -> None:
    assert "explores_reason" in acts("Cerró la fábrica y no me han pagado.", question)


@pytest.mark.parametrize(
    ("far", "objection"),
    [
        ("Lo voy a pensar y le marco.", "vague_promise"),
        ("En cuantito me suelten la moto del taller le deposito.", "vague_promise"),
        ("Creo que sí, pero no es seguro.", "vague_promise"),
        ("A mí no me está entrando nada, señorita.", "no_money"),
        ("Ahorita no estoy ganando nada porque no hay pasaje.", "no_money"),
        ("De mí no vas a ver un duro.", "refusal"),
    ],
)
def test_what_plainly_objects_counts(far: str, objection: str) -> None:
    found = objections(far)
    assert objection in found
    assert "no_notice" not in found


@pytest.mark.parametrize(
    ("far", "objection"),
    [
        ("El quince sí, porque me pagan la comisión el catorce.", "no_money"),
        ("A mí me caen los pagos cada quincena.", "no_money"),
        ("Los martes, porque el mercado es cuando más vendo.", "vague_promise"),
        (
            "El dos es día de los difuntos y voy al cementerio con mi tía. Mejor el tres.",
            "health_emergency",
        ),
        ("Voy manejando el tráiler, pero tengo el bluetooth.", "call_later"),
        ("Espérame que bajo la música, ando en el taxi.", "call_later"),
    ],
)
def test_what_only_sounds_like_an_objection_is_none(far: str, objection: str) -> None:
    assert objection not in objections(far)


@pytest.mark.parametrize(
    "scorn",
    [
        "Debió pensarlo bien antes de firmar.",
        "Eso se lo cuenta a su suegra.",
        "Esa película ya me la sé.",
        "Para la cañita seguro que le alcanza, para la cerveza seguro que hay.",
        "¿Usted cree que me pagan por oír sus problemas?",
        "Con ese carácter, normal que le vaya así.",
        "Ahórrese los detalles.",
        "Con lágrimas no se paga.",
    ],
)
def test_contempt_in_polite_words_is_heard_and_left_to_a_person(scorn: str) -> None:
    assert OPERATING <= heard("Se me enfermó la niña y no me alcanzó.", scorn)["rude"].score < INSULT


@pytest.mark.parametrize(
    "weary",
    [
        "¿Otra vez con lo mismo? ¿Qué día paga?",
        "Mire, no tengo toda la mañana.",
        "Siempre me viene con la misma historia.",
        "Qué paciencia hay que tenerle.",
        "Ya me tiene harto.",
        "¿Vamos a seguir dando vueltas?",
    ],
)
def test_impatience_in_so_many_words_is_heard(weary: str) -> None:
    assert OPERATING <= heard("Este mes no pude.", weary)["impatient"].score < INSULT


@pytest.mark.parametrize(
    "said",
    [
        "Disculpe que le llamemos otra vez con lo mismo.",
        "Ha de estar cansada de que la llamen siempre con lo mismo.",
        "Gracias por su paciencia, don Darío.",
        "Voy al grano para no quitarle tiempo.",
        "Usted y yo ya nos conocemos, hablamos en abril.",
        "Lo entiendo, uno no piensa en eso antes de firmar.",
        "Aquí tiene su comprobante para la cena de caja.",
    ],
)
def test_what_is_said_kindly_of_repeating_or_of_time_is_no_impatience(said: str) -> None:
    assert acts("Otra vez me llaman.", said).isdisjoint({"rude", "impatient"})


@pytest.mark.parametrize(
    "kind",
    [
        "pucha qué pesado 2 meses sin vender y ya le abrieron",
        "Me pongo en su lugar, a mi hermano le pasó.",
        "Yo en sus zapatos andaría igual.",
        "Claro, primero está la salud de su hija.",
        "Imagínese, todo junto.",
        "Qué garrón lo del taller.",
        "Qué injusto, después de tantos años.",
        "Qué desgracia, tanta gente en la calle.",
    ],
)
def test_who_sees_it_with_the_debtors_eyes_acknowledges_it_without_pity(kind: str) -> None:
    found = acts("Cerró la fábrica y mi hija está enferma.", kind)
    assert "empathy" in found
    assert found.isdisjoint({"rude", "pity"})


@pytest.mark.parametrize(
    "said",
    [
        "Yo en su lugar pagaría hoy mismo.",
        "Esto después se pone feo.",
        "¿Me da su documento, si no es mucha molestia?",
    ],
)
def test_advice_to_pay_and_a_warning_acknowledge_nothing(said: str) -> None:
    assert "empathy" not in acts("Cerró la fábrica.", said)


@pytest.mark.parametrize(
    "question",
    [
        "¿Se le atravesó algo este mes?",
        "¿Hubo algo que no le permitió pagar?",
        "Platíqueme cómo fue que llegamos a esto.",
        "¿Y eso? Si usted venía puntual.",
        "Me extraña, porque siempre estaba al día.",
    ],
)
def test_the_reason_may_be_asked_softly(question: str) -> None:
    assert "asks_reason" in acts("Sí, ya sé que debo.", question)


@pytest.mark.parametrize(
    ("far", "lacks"),
    [
        ("A mí me depositan los cheques cada dos viernes.", False),
        ("Este mes sí, porque me cae el bono el quince.", False),
        ("No tengo, me pagan hasta el viernes.", True),
    ],
)
def test_a_pay_day_is_no_lack_of_money(far: str, lacks: bool) -> None:
    assert ("no_money" in told(far)) is lacks
