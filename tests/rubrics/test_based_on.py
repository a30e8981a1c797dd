"""Forms and packs that are based on others: what they take over, and every mistake named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.types import Pack, Rubric, RubricError

BASE = """\
id: base
version: 1
label: Base
cues:
  takes_cash: {said_by: [agent], strong: recibo efectivo}
criteria:
  - id: no_threats
    label: Sin amenazas
    group: trato
    check: never_says
    params: {what: una amenaza, findings: [threat]}
    weight: 5
    help: No amenaza.
  - id: no_cash
    label: Sin efectivo
    group: cierre
    check: never_says
    params: {what: que recibe efectivo, findings: [takes_cash]}
    weight: 3
    help: No recibe efectivo.
"""
MINE = "id: mia\nversion: 1\nlabel: Mía\nbased_on: base\n"
THANKS = """\
criteria:
  - id: thanks
    label: Agradece
    group: cierre
    check: says
    params: {all_of: {las gracias: [thanks]}}
    weight: 2
    help: Da las gracias.
"""
PACK = "id: p\nversion: 1\nlabel: P\ncountry: MX\nreviewed_on: 2026-11-28\n"
RULE = """\
rules:
  - id: no_threats_by_law
    label: Sin amenazas, por ley
    check: never_says
    params: {what: una amenaza, findings: [threat]}
    source: Ley 1, artículo 2
    certainty: A
    reviewed_on: 2026-11-28
    replaces: no_threats
    help: No amenaza.
"""


def write(folder: Path, text: str, name: str = "mia") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def form(folder: Path, text: str, base: str = BASE) -> Rubric:
    """The form in `text`, beside the file `base`."""
    write(folder, base, "base")
    return load_rubric(write(folder, text))


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(RubricError) as refused:
        form(folder, text)
    return str(refused.value).splitlines()[:-1]


def pack(folder: Path, text: str) -> Pack:
    return load_pack(write(folder, text, "p"))


def pack_mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(RubricError) as refused:
        pack(folder, text)
    return str(refused.value).splitlines()[:-1]


# what is taken over


def test_a_form_has_the_criteria_of_its_base_and_then_its_own(tmp_path: Path) -> None:
    mine = form(tmp_path, MINE + THANKS)
    assert [criterion.id for criterion in mine.criteria] == ["no_threats", "no_cash", "thanks"]
    assert (mine.id, mine.label) == ("mia", "Mía")


def test_what_is_left_out_is_not_judged(tmp_path: Path) -> None:
    assert [c.id for c in form(tmp_path, MINE + "without: [no_threats]\n").criteria] == ["no_cash"]


def test_a_criterion_of_the_same_id_takes_the_place_of_the_bases(tmp_path: Path) -> None:
    mine = form(tmp_path, MINE + THANKS.replace("id: thanks", "id: no_threats"))
    assert [(c.id, c.label) for c in mine.criteria] == [
        ("no_cash", "Sin efectivo"),
        ("no_threats", "Agradece"),
    ]


def test_a_change_says_anew_only_what_it_names(tmp_path: Path) -> None:
    change = (
        "changes: {no_threats: {weight: 9, params: {what: una advertencia}, na_when: [voicemail_only]}}\n"
    )
    before, after = form(tmp_path, MINE).criteria[0], form(tmp_path, MINE + change).criteria[0]
    assert after.params == {"what": "una advertencia", "findings": ["threat"]}
    assert (after.weight, after.na_when) == (9, ("voicemail_only",))
    assert (after.label, after.help, after.group) == (before.label, before.help, before.group)


def test_a_text_said_anew_in_spanish_alone_has_no_english_of_the_base(tmp_path: Path) -> None:
    base = BASE.replace(
        "help: No amenaza.", "help: No amenaza.\n    label_en: No threats\n    help_en: Does not threaten."
    )
    before = form(tmp_path, MINE, base).criteria[0]
    said = "changes: {no_threats: {label: Abre bien, help: Abre con todo.}}\n"
    after = form(tmp_path, MINE + said, base).criteria[0]
    assert (before.label_en, before.help_en) == ("No threats", "Does not threaten.")
    assert (after.label, after.label_en, after.help, after.help_en) == ("Abre bien", "", "Abre con todo.", "")


def test_the_cues_of_the_base_may_be_used_and_said_anew(tmp_path: Path) -> None:
    mine = form(tmp_path, MINE + "cues: {takes_cash: {said_by: [agent], strong: al contado}}\n")
    assert mine.cues["takes_cash"].strong == "al contado"
    changed = form(tmp_path, MINE + "changes: {no_threats: {params: {findings: [takes_cash]}}}\n")
    assert changed.criteria[0].params["findings"] == ["takes_cash"]


def test_for_which_calls_a_form_is_is_not_taken_over(tmp_path: Path) -> None:
    base = BASE.replace("label: Base\n", "label: Base\nfor_calls: {call_type: [recordatorio]}\n")
    assert form(tmp_path, MINE, base).for_calls is None


def test_a_base_may_have_a_base_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, MINE + THANKS, "media")
    mine = form(tmp_path, MINE.replace("based_on: base", "based_on: media"))
    assert [criterion.id for criterion in mine.criteria] == ["no_threats", "no_cash", "thanks"]


def test_a_base_that_is_not_beside_the_file_is_sought_among_temples(tmp_path: Path) -> None:
    mine = form(tmp_path, MINE.replace("based_on: base", "based_on: cobranza"))
    assert mine.criteria == load_rubric().criteria


def test_the_digest_changes_with_the_base(tmp_path: Path) -> None:
    before = form(tmp_path, MINE).digest
    assert form(tmp_path, MINE, BASE.replace("weight: 5", "weight: 6")).digest != before
    assert form(tmp_path, MINE).digest == before
    assert form(tmp_path, MINE + "without: [no_cash]\n").digest != before


# mistakes


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            "without: [no_threat]\n",
            "mia.yaml:5: without: «no_threat» no está en el archivo en que este se basa"
            " (¿quiso decir «no_threats»?)",
        ),
        (
            "changes:\n  no_csh: {weight: 1}\n",
            "mia.yaml:6: changes: «no_csh» no está en el archivo en que este se basa"
            " (¿quiso decir «no_cash»?)",
        ),
        (
            "changes:\n  no_cash:\n    wieght: 1\n",
            "mia.yaml:7: changes › no_cash › wieght: clave desconocida «wieght» (¿quiso decir «weight»?)",
        ),
        (
            "changes:\n  no_cash:\n    weight: -1\n",
            "mia.yaml:7: changes › no_cash › weight: debe ser al menos 0.0",
        ),
        (
            "changes:\n  no_cash:\n    label: Otro\n    params: {findings: [takes_cas]}\n",
            "mia.yaml:8: changes › no_cash › params › findings › 1: hallazgo desconocido «takes_cas»"
            " (¿quiso decir «takes_cash»?)",
        ),
        (
            "changes:\n  no_cash:\n    params: {finding: [takes_cash]}\n",
            "mia.yaml:7: changes › no_cash › params › finding: clave desconocida «finding»"
            " (¿quiso decir «findings»?)",
        ),
        (
            "changes:\n  no_cash:\n    na_when: [voicemail]\n",
            "mia.yaml:7: changes › no_cash: precondición desconocida «voicemail»"
            " (¿quiso decir «voicemail_only»?)",
        ),
        (
            "for_calls: {call_tipe: [x]}\n",
            "mia.yaml:5: for_calls › call_tipe: clave desconocida «call_tipe» (¿quiso decir «call_type»?)",
        ),
        (
            "cues:\n  threat: {said_by: [agent], strong: ya verá}\n",
            "mia.yaml:6: cues › threat: ese nombre ya es de Temple; elija otro",
        ),
        (
            "cues:\n  pays_late: {said_by: [agent], strng: ya verá}\n",
            "mia.yaml:6: cues › pays_late › strng: clave desconocida «strng» (¿quiso decir «strong»?)",
        ),
        ("without: no_threats\n", "mia.yaml:5: without: se esperaba una lista"),
        (
            "changes: {no_threats: 3}\n",
            "mia.yaml:5: changes › no_threats: se esperaban claves con sus valores",
        ),
    ],
)
def test_a_mistake_is_named_by_line_with_what_was_meant(tmp_path: Path, wrong: str, told: str) -> None:
    assert mistakes(tmp_path, MINE + wrong) == [told]


def test_a_pattern_that_cannot_be_read_is_named_by_its_cue(tmp_path: Path) -> None:
    cues = "cues:\n  good: {said_by: [agent], strong: hola}\n  bad: {said_by: [agent], strong: (hola}\n"
    (told,) = mistakes(tmp_path, MINE + cues)
    assert told == "mia.yaml:7: cues › bad › strong: «(hola»: falta cerrar un paréntesis"


def test_patterns_are_told_by_their_own_lines_with_all_else(tmp_path: Path) -> None:
    """Also where the file has no shape of a form yet."""
    cues = "cues:\n  bad:\n    said_by: [agnt]\n    strong: |\n      hola\n      paga(|, ya @nadie\n"
    cues += "    not: (fue\n"
    more = "without: [nada_de_eso]\nchanges:\n  no_threats: {params: {findings: [threet]}}\n"
    told = mistakes(tmp_path, MINE.replace("label: Mía\n", "") + cues + more)
    assert [line.split(" (", 1)[0] for line in told] == [
        "mia.yaml:1: label: falta este dato",
        "mia.yaml:6: cues › bad › said_by › 1: debe ser uno de 'agent' o 'debtor'",
        "mia.yaml:9: cues › bad › strong: «paga(|»: falta cerrar un paréntesis",
        "mia.yaml:9: cues › bad › strong: «ya @nadie»: ningún concepto se llama @nadie",
        "mia.yaml:10: cues › bad › not: «(fue»: falta cerrar un paréntesis",
        "mia.yaml:11: without: «nada_de_eso» no está en el archivo en que este se basa",
        "mia.yaml:13: changes › no_threats › params › findings › 1: hallazgo desconocido «threet»",
    ]


@pytest.mark.parametrize(
    ("name", "meant"), [("bas", "base"), ("cobransa", "cobranza"), ("comn", "comun"), ("nada_de_eso", "")]
)
def test_a_base_that_is_nowhere_is_named_with_the_nearest(tmp_path: Path, name: str, meant: str) -> None:
    near = f" (¿quiso decir «{meant}»?)" if meant else ""
    told = mistakes(tmp_path, MINE.replace("based_on: base", f"based_on: {name}"))
    assert told == [f"mia.yaml:4: based_on: no hay ningún archivo «{name}.yaml»{near}"]


def test_files_that_are_based_on_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, MINE.replace("based_on: base", "based_on: mia"), "otra")
    told = mistakes(tmp_path, MINE.replace("based_on: base", "based_on: otra"))
    assert told == ["mia.yaml:4: based_on: «otra» se basa a su vez en este archivo"]
    with pytest.raises(RubricError, match=r"^mia\.yaml:4: based_on: «otra» se basa a su vez"):
        load_rubric(write(tmp_path, MINE.replace("based_on: base", "based_on: mia"), "tercera"))


@pytest.mark.parametrize("base", ["nada_de_eso", "otra"])
def test_of_a_base_that_is_not_there_nothing_is_said_to_lack(tmp_path: Path, base: str) -> None:
    """Whether `otra` is in a circle or nowhere: what its criteria and cues are nobody knows."""
    write(tmp_path, MINE.replace("based_on: base", "based_on: mia"), "otra")
    mine = MINE.replace("based_on: base", f"based_on: {base}").replace("label: Mía\n", "label: 3\n")
    more = "without: [no_cash]\nchanges: {no_threats: {params: {findings: [takes_cash]}}}\n"
    text = (
        mine
        + more
        + THANKS.replace("[thanks]", "[takes_cash]").replace("check: says", "check: says\n    nada: 1")
    )
    told = mistakes(tmp_path, text)
    assert [line.split(":")[1:3] for line in told] == [
        ["3", " label"], ["4", " based_on"], ["12", " criteria › thanks › nada"],
    ]  # fmt: skip


def test_a_file_that_is_based_on_itself_is_refused(tmp_path: Path) -> None:
    told = mistakes(tmp_path, MINE.replace("based_on: base", "based_on: mia"))
    assert told == ["mia.yaml:4: based_on: «mia» se basa a su vez en este archivo"]


def test_a_mistake_in_the_base_is_named_in_the_base(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"^base\.yaml:10: criteria › no_threats › check: "):
        form(tmp_path, MINE, BASE.replace("check: never_says", "check: never_say", 1))


def test_a_form_without_a_base_needs_a_criterion(tmp_path: Path) -> None:
    told = mistakes(tmp_path, MINE.replace("based_on: base\n", ""))
    assert told == ["mia.yaml:1: criteria: falta este dato: al menos un criterio"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    wrong = "without: [x]\ncues:\n  threat: {said_by: [agent], strong: ya}\nchanges:\n  y: {weight: 1}\n"
    told = mistakes(tmp_path, MINE + wrong)
    assert [line.split(":")[1] for line in told] == ["5", "7", "9"]


# packs


def test_every_pack_that_comes_with_temple_has_the_common_rules_or_drops_them_by_name() -> None:
    common = load_pack(PACKS / "comun.yaml")
    for path in sorted(PACKS.glob("*.yaml")):
        own = load_pack(path)
        missing = {rule.id for rule in common.rules} - {rule.id for rule in own.rules}
        assert missing <= set(own.without), path.name


def test_a_pack_says_anew_source_and_certainty_of_a_common_rule(tmp_path: Path) -> None:
    change = "changes: {recording_notice: {source: Ley 9, certainty: A, critical: true}}\n"
    rule = pack(tmp_path, PACK + "based_on: comun\n" + change).rules[0]
    assert (rule.id, rule.source, rule.certainty, rule.voids) == ("recording_notice", "Ley 9", "A", True)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            RULE.replace("replaces: no_threats", "replaces: no_threat"),
            "p.yaml:14: rules › no_threats_by_law › replaces: «no_threat» no es un criterio de la pauta"
            " (¿quiso decir «no_threats»?)",
        ),
        (
            "based_on: comun\nchanges:\n  recording_notice: {replaces: no_threat}\n",
            "p.yaml:8: changes › recording_notice › replaces: «no_threat» no es un criterio de la pauta"
            " (¿quiso decir «no_threats»?)",
        ),
        (
            RULE.replace("certainty: A", "certainty: D"),
            "p.yaml:12: rules › no_threats_by_law › certainty: debe ser uno de 'A', 'B' o 'C'",
        ),
        (
            RULE.replace("    source: Ley 1, artículo 2\n", ""),
            "p.yaml:7: rules › no_threats_by_law › source: falta este dato",
        ),
        (
            RULE.replace("reviewed_on: 2026-11-28", "reviewed_on: pronto"),
            "p.yaml:13: rules › no_threats_by_law › reviewed_on: se esperaba una fecha AAAA-MM-DD",
        ),
        (
            "based_on: comun\nwithout: [recording_notic]\n",
            "p.yaml:7: without: «recording_notic» no está en el archivo en que este se basa"
            " (¿quiso decir «recording_notice»?)",
        ),
    ],
)
def test_a_mistake_of_a_pack_is_named_by_line(tmp_path: Path, wrong: str, told: str) -> None:
    assert pack_mistakes(tmp_path, PACK + wrong) == [told]
