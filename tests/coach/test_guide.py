"""One's own wordings over Temple's playbook: tried first, kept with who and when, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import audit, guide, own_wordings
from coach.guide import Wanted
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE
from rubrics.loader import pack_of
from rubrics.playbook import Wording, load_playbook
from tests.coach.people import somebody

SAID = "Le entiendo. ¿Con cuánto comienza el {fecha}?"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def store(settings: Settings) -> Store:
    return Store.open(settings)


def add(
    store: Store, settings: Settings, say: str = SAID, note: str = "", *, sure: bool = False, **more: object
) -> None:
    wording = Wording.model_validate({"say": say, **more})
    own_wordings.add(store, settings, HOUSE, "no_money", "replies", wording, note, sure=sure)


def said(settings: Settings, step: str = "replies") -> list[str]:
    return [wording.say for wording in guide.guide(settings).playbook.play("no_money").wordings(step)]


def test_without_a_file_it_is_temples(settings: Settings) -> None:
    assert guide.guide(settings).own.plays == ()
    temples = load_playbook().play("no_money").wordings("replies")
    assert said(settings) == [wording.say for wording in temples]


def test_an_own_wording_goes_first_from_now_on(store: Store, settings: Settings) -> None:
    add(store, settings, note="lo piden en Mérida")
    assert said(settings)[0] == SAID
    (version,) = own_wordings.versions(settings)
    assert (version.version, version.by, version.note, version.in_use) == (
        1,
        "Temple",
        "lo piden en Mérida",
        True,
    )
    (entry,) = audit.entries(store, HOUSE).rows
    assert (entry.action, entry.subject, entry.detail) == (
        "playbook.add",
        "playbook:no_money",
        {"version": 1},
    )


def test_the_same_wording_twice_is_refused(store: Store, settings: Settings) -> None:
    add(store, settings)
    with pytest.raises(CoachError, match="ya está en la guía"):
        add(store, settings)


def test_a_threat_is_told_and_never_kept(store: Store, settings: Settings) -> None:
    threat = Wording(say="Si no paga lo vamos a embargar.")
    assert [doubt.fault for doubt in guide.tried(threat, settings)] == ["threat"]
    with pytest.raises(CoachError, match="no se guardó"):
        add(store, settings, threat.say)
    assert not settings.own_playbook.exists()


@pytest.mark.parametrize(
    "say",
    [
        "Si no paga, lo vamos a demandar.",
        "Si usted no paga la vamos a demandar mañana.",
        "Si no hay acuerdo, la empresa procederá a demandarla.",
    ],
)
def test_a_lawsuit_is_never_kept(store: Store, settings: Settings, say: str) -> None:
    assert "lawyer" in [doubt.fault for doubt in guide.tried(Wording(say=say), settings)]
    with pytest.raises(CoachError, match="no se guardó"):
        add(store, settings, say)


def test_what_only_the_taggers_hear_is_refused_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = Wording(say="Si no paga, lo vamos a demandar.")
    monkeypatch.setattr(guide, "faults", lambda text: ())
    guide._grave.cache_clear()
    assert [doubt.fault for doubt in guide.tried(say, settings)] == ["lawyer"]
    guide._grave.cache_clear()


def test_a_kind_sentence_that_a_tagger_doubts_is_kept_on_a_second_word(
    store: Store, settings: Settings
) -> None:
    kind = Wording(say="Siento mucho la situación que están pasando en su casa, señora, de verdad.")
    assert guide.doubtful(kind) == ("threat",)
    with pytest.raises(CoachError, match="Confirme que la leyó en voz alta"):
        add(store, settings, kind.say)
    add(store, settings, kind.say, sure=True)
    assert kind.say in said(settings)


@pytest.mark.parametrize(
    "say",
    [
        "Si no me lo comprueba hoy, va a tener un problema serio con nosotros.",
        "Si no manda el comprobante, va a conocer quiénes somos.",
        "Si no cumple el viernes, va a lamentarlo.",
        "Piense en sus hijos.",
        "Mejor arréglelo hoy, no vaya a ser que se arrepienta.",
    ],
)
def test_what_is_nearly_a_threat_is_told(say: str, settings: Settings) -> None:
    """The taggers score these below their mark: nothing is claimed, and nothing is called fine."""
    assert guide.tried(Wording(say=say), settings) or "threat" in guide.doubtful(Wording(say=say))


@pytest.mark.parametrize(
    "say",
    [
        "Si no puede hoy, lo vemos mañana con calma.",
        "Si no le llega el enlace, me avisa y se lo mando otra vez.",
        "¿Lo vemos en un solo pago o por partes?",
        "Si no alcanza para todo, empezamos con una parte el {fecha}.",
        "Le entiendo, {nombre}. ¿Con cuánto comienza?",
    ],
)
def test_a_plain_condition_is_no_threat(say: str, settings: Settings) -> None:
    assert guide.tried(Wording(say=say), settings) == guide.doubtful(Wording(say=say)) == ()


@pytest.mark.parametrize(
    "say",
    [
        "Si usted no paga hoy, le cortamos la luz del negocio.",
        "Si no deposita hoy, lo meto en el buró de crédito.",
    ],
)
def test_what_may_be_a_veiled_threat_is_told(say: str, settings: Settings) -> None:
    wording = Wording(say=say)
    assert guide.tried(wording, settings) or guide.doubtful(wording) == ("threat",)


@pytest.mark.parametrize(
    ("say", "kept_out"),
    [
        ("Pregúntele a su familia.", False),
        ("Pregúntele a su hermano si le ayuda con la cuota.", False),
        ("Puede pedirle apoyo a su hija con el pago.", False),
        ("Hable con su esposa y me dice con cuánto comienza.", False),
        ("Dígale a su hijo que debe tres cuotas.", True),
        ("Su esposo tiene una deuda con nosotros.", True),
        ("Pregúntele a su hermana por qué no ha pagado lo que nos debe.", True),
    ],
)
def test_to_ask_the_family_discloses_nothing(say: str, kept_out: bool, settings: Settings) -> None:
    assert bool(guide.tried(Wording(say=say), settings)) == kept_out


def test_an_invented_term_on_the_record_breaks_a_rule(settings: Settings) -> None:
    say = Wording(say="Su nombre aparecerá en Infocorp por siete años si no abona hoy.", **{"in": ["PE"]})
    assert [doubt.fault for doubt in guide.tried(say, settings)] == ["credit_record_wording"]


@pytest.mark.parametrize(
    ("say", "vouched"),
    [
        ("le condonamos el 90 % de la deuda, se lo prometo yo", True),
        ("Le doy mi palabra de que le perdonamos todo si paga {monto} hoy.", True),
        ("Puedo ofrecerle una quita del 30 % si paga antes del {fecha}.", True),
        ("Le perdono la mora si paga hoy sin falta.", True),
        ("Le hago una quita del 30 % si paga hoy.", True),
        ("Si liquida hoy, le borro los intereses.", True),
        ("Hoy mismo le quitamos los recargos.", True),
        ("Le bonificamos los gastos de cobranza.", True),
        ("Tiene un descuento si cierra hoy.", True),
        ("Le hacemos una rebajita y queda al día.", True),
        ("Le regalo los intereses si cancela hoy.", True),
        ("Con una quita queda en {monto}.", True),
        ("Si paga hoy, la mora queda en cero.", True),
        ("Pague solo el capital y olvídese de los intereses.", True),
        ("Le quito un minuto y le explico.", False),
        ("Le borro de la lista de llamadas.", False),
        ("Perdone la molestia, ¿tiene un momento?", False),
        ("Registro su pedido de quita y le llamo el {fecha}.", False),
        ("Así evita más intereses.", False),
        ("Si paga el {fecha}, le ofrezco {oferta}.", False),
        ("No le puedo prometer una quita, pero la consulto hoy mismo.", False),
    ],
)
def test_a_waiver_promised_out_of_hand_is_told(say: str, vouched: bool) -> None:
    assert guide.vouches(Wording(say=say)) == vouched


def test_what_is_not_late_has_no_charges_to_waive() -> None:
    say = "Si paga hoy, la mora queda en cero."
    assert guide.vouches(Wording(say=say))
    assert not guide.vouches(Wording(say=say, stage="preventiva"))


def test_colombia_does_not_ask_why(store: Store, settings: Settings) -> None:
    asks = "¿Por qué motivo no pudo pagar este mes?"
    (doubt,) = guide.tried(Wording(say=asks), settings)
    assert (doubt.country, doubt.fault) == ("CO", "does_not_ask_reason")
    assert doubt.rule is not None
    assert doubt.rule.source.startswith("Ley 2300")
    assert guide.tried(Wording(say=asks, not_in=("CO",)), settings) == ()
    assert guide.tried(Wording(say=asks, in_=("MX",)), settings) == ()


def test_rules_of_a_country_are_told_for_a_sentence(settings: Settings) -> None:
    (rule,) = guide.broken("¿Por qué motivo no pudo pagar?", pack_of("CO"), settings)
    assert rule.id == "does_not_ask_reason"
    assert guide.broken("¿Qué cuota sí puede?", pack_of("CO"), settings) == ()


def test_a_sentence_of_temples_is_left_out_and_taken_back(store: Store, settings: Settings) -> None:
    second = said(settings)[1]
    own_wordings.leave_out(store, settings, HOUSE, "no_money", second)
    assert second not in said(settings)
    own_wordings.take_back(store, settings, HOUSE, "no_money", second)
    assert said(settings)[1] == second


def test_an_own_sentence_that_is_left_out_is_gone(store: Store, settings: Settings) -> None:
    add(store, settings)
    own_wordings.leave_out(store, settings, HOUSE, "no_money", SAID)
    assert SAID not in said(settings)
    assert guide.guide(settings).own.play("no_money").without == ()


def test_enough_must_be_left_to_say(store: Store, settings: Settings) -> None:
    *_, last, for_anybody = sorted(said(settings), key=lambda say: "Comprendo que ahora no le alcanza" in say)
    with pytest.raises(CoachError, match="deben quedar tres respuestas"):
        own_wordings.leave_out(store, settings, HOUSE, "no_money", for_anybody)
    own_wordings.leave_out(store, settings, HOUSE, "no_money", last)
    assert for_anybody in said(settings)
    assert last not in said(settings)


def test_an_earlier_state_comes_back(store: Store, settings: Settings) -> None:
    add(store, settings)
    add(store, settings, "Comprendo. ¿Qué día cobra?")
    _, first = own_wordings.versions(settings)
    own_wordings.restore(store, settings, HOUSE, first.digest)
    assert said(settings)[:1] == [SAID]
    assert [v.version for v in own_wordings.versions(settings) if v.in_use] == [1]
    add(store, settings, "Comprendo. ¿Qué día le depositan?")
    assert max(v.version for v in own_wordings.versions(settings)) == 3


def test_who_has_no_right_changes_nothing(store: Store, settings: Settings) -> None:
    agent = somebody(store, "agent")
    with pytest.raises(CoachError, match="no tiene permiso"):
        own_wordings.add(store, settings, agent, "no_money", "replies", Wording(say="Le entiendo."), "")
    with pytest.raises(CoachError, match="no tiene permiso"):
        own_wordings.leave_out(store, settings, agent, "no_money", said(settings)[0])
    with pytest.raises(CoachError, match="no tiene permiso"):
        own_wordings.restore(store, settings, agent, "abc")


def test_a_file_that_cannot_be_read_leaves_temples_and_says_why(settings: Settings) -> None:
    settings.own_playbook.parent.mkdir(parents=True)
    text = "version: 1\nbased_on: temple\nplays:\n  - objection: no_mony\n"
    settings.own_playbook.write_text(text, encoding="utf-8")
    found = guide.guide(settings)
    assert "own.yaml:4" in found.trouble
    assert "¿quiso decir «no_money»?" in found.trouble
    assert found.playbook.play("no_money").replies


def found(settings: Settings, **wanted: str) -> list[str]:
    book = guide.guide(settings)
    return [w.say for w in guide.wordings(book, settings, "no_money", Wanted(**wanted))["explore"]]


def test_words_are_looked_for_without_accents(settings: Settings) -> None:
    assert found(settings, text="que dia recibe") == ["¿Qué día recibe su próximo ingreso?"]
    assert found(settings, text="xyz") == []


def test_a_country_has_its_own_words_first_and_those_for_everybody(settings: Settings) -> None:
    said_in_chile = found(settings, country="CL")
    assert said_in_chile[0] == "¿Le depositan a fin de mes o el día 5?"
    assert "¿Qué día recibe su próximo ingreso?" in said_in_chile
    assert not any("cheque" in say for say in said_in_chile)


def test_colombia_is_shown_nothing_that_asks_why_and_told_by_what_rule(settings: Settings) -> None:
    assert not any("para que no le alcanzara" in say for say in found(settings, country="CO"))
    assert any("para que no le alcanzara" in say for say in found(settings, country="PE"))
    rules = guide.barring(guide.guide(settings), settings, "no_money", "CO")
    assert [rule.id for rule in rules] == ["does_not_ask_reason"]
    assert guide.barring(guide.guide(settings), settings, "no_money", "MX") == ()


def test_without_packs_no_country_bars_anything(tmp_path: Path) -> None:
    assert (
        guide.tried(Wording(say="¿Por qué motivo no pagó?"), Settings(data_dir=tmp_path, packs=False)) == ()
    )


def test_what_temple_hears_in_a_wording_is_told(settings: Settings) -> None:
    assert "threat" in guide.heard(Wording(say="Si no paga lo vamos a embargar."))
