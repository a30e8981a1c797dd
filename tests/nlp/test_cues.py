"""Whether the speaker means it: negation, quotation, supposition; and cue files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.analyze import analyze
from nlp.cues import Cue, Cues, Hit, Side, combine, lines, read_cues, read_lexicon, read_yaml
from nlp.labels import act_ids, objection_ids
from nlp.tagger import scored
from nlp.thresholds import OPERATING
from nlp.types import NlpError
from tests.dialogue import dialogue


def has(label: str, text: str, side: Side) -> bool:
    found = scored(text, side)[1].get(label)
    return found is not None and found.score >= OPERATING


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Lo vamos a embargar.", True),
        ("No lo vamos a embargar.", False),
        ("No pagó y lo vamos a embargar.", True),
        ("¿Quién le dijo que lo vamos a embargar?", False),
        ("Usted me dice que lo vamos a embargar.", False),
        ("Un papel decía «lo vamos a embargar».", False),
    ],
)
def test_a_threat_counts_where_the_agent_means_it(text: str, meant: bool) -> None:
    assert has("threat", text, "agent") is meant


@pytest.mark.parametrize(
    "text",
    [
        "Si no paga, lo vamos a demandar.",
        "Si usted no paga la vamos a demandar mañana.",
        "Como no ha pagado, lo demandamos.",
        "No hubo pago y lo van a demandar.",
        "Si no, la demandamos el lunes.",
        "No nos deja otra opción que demandarlo.",
        "Si no hay acuerdo la va a demandar la empresa.",
        "Si no paga, va a juicio.",
    ],
)
def test_a_condition_denies_nothing_of_what_follows(text: str) -> None:
    assert has("lawyer", text, "agent")


def test_nor_does_it_take_off_a_seizure() -> None:
    assert has("threat", "Si no paga hay embargo.", "agent")


@pytest.mark.parametrize(
    "text",
    [
        "No lo vamos a demandar.",
        "Nadie lo va a demandar.",
        "No puedo decirle que lo vayan a demandar.",
        "Usted me dice que lo van a demandar.",
        "Entiendo que tema que lo demanden.",
        "Usted nos puede demandar, está en su derecho.",
        "No tiene que pagar honorarios de abogado.",
        "Nadie habla de demandas.",
    ],
)
def test_a_lawsuit_denied_reported_or_the_debtors_own_is_none(text: str) -> None:
    assert not has("lawyer", text, "agent")
    assert not has("legal_consequence", text, "agent")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Los voy a demandar.", True),
        ("Me dijeron que los voy a demandar.", False),
        ("no mi mamá está hospitalizada", True),
        ("no puedo estoy manejando", True),
    ],
)
def test_a_debtors_words_are_weighed_alike(text: str, meant: bool) -> None:
    label = {"Los": "legal_threat", "Me": "legal_threat", "no": "health_emergency"}[text.split()[0]]
    label = "call_later" if "manejando" in text else label
    assert has(label, text, "debtor") is meant


def test_a_mere_supposition_is_no_objection() -> None:
    assert not has("job_loss", "Si me quedara sin trabajo no sé qué haría.", "debtor")


def test_weak_hits_add_up_only_where_they_stand_apart() -> None:
    apart = combine("x", [Hit("x", 0, 1, 0.35, "a"), Hit("x", 3, 4, 0.35, "b")])
    together = combine("x", [Hit("x", 0, 2, 0.35, "a"), Hit("x", 1, 3, 0.35, "b")])
    assert (apart.score, together.score) == (0.577, 0.35)


def test_the_heaviest_hit_comes_first() -> None:
    found = combine("x", [Hit("x", 0, 1, 0.35, "a"), Hit("x", 3, 4, 0.9, "b")])
    assert [hit.source for hit in found.hits] == ["b", "a"]


def test_lines_split_at_commas_and_drop_remarks() -> None:
    assert lines("no tengo, no hay\n# nada\ndebo #num # una cifra") == ["no tengo", "no hay", "debo #num"]


def test_every_objection_and_every_act_has_cues() -> None:
    said_elsewhere = {"none", "tuteo"}  # the absence of all, and nlp/address.py
    assert set(objection_ids()) | set(act_ids()) - said_elsewhere <= set(read_cues())


def test_a_pattern_keeps_its_name_when_another_comes_before_it() -> None:
    def sources(strong: str) -> list[str]:
        cues = Cues("debtor", {"refusal": Cue(said_by=("debtor",), strong=strong)}, {})
        return [hit.source for hit in cues.score(cues.words("pues voy a pagar"))["refusal"].hits]

    assert sources("voy a pagar") == sources("a otro perro\nvoy a pagar") == ["rule:refusal/voy a pagar"]


def test_a_cue_that_names_an_unknown_concept_says_which(tmp_path: Path) -> None:
    cue = Cue(said_by=("debtor",), strong="no @dinerillo")
    with pytest.raises(NlpError, match="@dinerillo"):
        Cues("debtor", {"no_money": cue}, read_lexicon())


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "roto.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(NlpError, match=r"roto\.yaml"):
        read_yaml(path)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Si no paga, lo vamos a demandar.", True),
        ("La empresa lo va a demandar.", True),
        ("Vamos a tener que demandarlo.", True),
        ("No lo vamos a demandar, señor, no se preocupe.", False),
    ],
)
def test_in_a_call_a_plain_lawsuit_is_a_claim_whatever_the_tagger_makes_of_it(text: str, meant: bool) -> None:
    call = dialogue(f"A: Le llamo por su cuota vencida.\nD: No tengo dinero ahora.\nA: {text}\nD: Bueno.")
    heard = [f for f in analyze(call).findings if f.label == "lawyer" and f.score >= OPERATING]
    assert [f.quote.turn for f in heard] == ([2] if meant else [])
