"""Rubric files are refused whole, with every mistake named by file, line and what was probably meant."""

from __future__ import annotations

import math
import re
from pathlib import Path

import holidays
import pytest
from pydantic import BaseModel, ValidationError
from ruamel.yaml.comments import CommentedMap

import rubrics.loader
from drills.scenario import Scenario, Success
from nlp.cues import Cue, read_yaml
from nlp.types import NlpError
from rubrics.checks import CHECKS
from rubrics.loader import DEFAULT, PACKS, load_pack, load_rubric
from rubrics.types import Applies, Change, Criterion, Pack, Rubric, RubricError, Rule, RuleChange
from rubrics.yamlfile import mistakes as told_of
from rubrics.yamlfile import parsed
from transcripts.facts.values import ZONES

GOOD = """\
id: prueba
version: 1
label: Prueba
criteria:
  - id: no_threats
    label: Sin amenazas
    group: trato
    check: never_says
    params: {what: una amenaza, findings: [threat]}
    na_when: [voicemail_only]
    weight: 5
    help: No amenaza.
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "prueba.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(RubricError) as refused:
        load_rubric(write(folder, text))
    return str(refused.value).splitlines()


def test_the_base_form_weighs_100_points_without_what_voids_a_call() -> None:
    rubric = load_rubric()
    assert sum(c.weight for c in rubric.criteria) == 100
    assert {c.id for c in rubric.criteria if c.critical} == {
        "no_threats",
        "no_lawyer",
        "no_third_party_disclosure",
    }
    assert all(c.weight == 0 for c in rubric.criteria if c.critical)


def test_the_base_form_says_of_each_group_what_it_weighs() -> None:
    """Weight is moved between groups on purpose only: the heading of the group is changed with it."""
    said = re.findall(r"^  # (\w+): (\d+) points", DEFAULT.read_text(encoding="utf-8"), re.MULTILINE)
    weights: dict[str, float] = {}
    for criterion in load_rubric().criteria:
        weights[criterion.group] = weights.get(criterion.group, 0) + criterion.weight
    heads = {title.lower().replace("ó", "o"): float(points) for title, points in said}
    differ = [
        f"{name}: {weights.get(name, 0):g}"
        for name in {**heads, **weights}
        if heads.get(name) != weights.get(name)
    ]
    assert not differ, f"rubrics/cobranza.yaml: these headings are to say what their criteria weigh: {differ}"


def test_the_base_form_says_how_many_criteria_it_has() -> None:
    first = DEFAULT.read_text(encoding="utf-8").partition("\n")[0]
    assert f" {len(load_rubric().criteria)} criteria" in first, "the first line of rubrics/cobranza.yaml"


def test_every_criterion_has_both_labels_help_and_a_better_wording() -> None:
    for criterion in load_rubric().criteria:
        assert criterion.label, criterion.id
        assert criterion.label_en, criterion.id
        assert criterion.help.endswith("."), criterion.id
        assert criterion.help_en.endswith("."), criterion.id
        assert criterion.better, criterion.id


def test_a_good_file_loads_with_its_digest(tmp_path: Path) -> None:
    rubric = load_rubric(write(tmp_path, GOOD))
    assert rubric.criteria[0].params == {"what": "una amenaza", "findings": ["threat"]}
    assert len(rubric.digest) == 12


def test_the_digest_changes_with_the_text(tmp_path: Path) -> None:
    before = load_rubric(write(tmp_path, GOOD)).digest
    assert load_rubric(write(tmp_path, GOOD.replace("weight: 5", "weight: 6"))).digest != before


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "check: never_says",
            "check: never_say",
            "prueba.yaml:8: criteria › no_threats › check: tipo de revisión desconocido «never_say»"
            " (¿quiso decir «never_says»?)",
        ),
        (
            "findings: [threat]",
            "findings: [treat]",
            "prueba.yaml:9: criteria › no_threats › params › findings › 1: hallazgo desconocido «treat»"
            " (¿quiso decir «threat»?)",
        ),
        (
            "[voicemail_only]",
            "[voicemail]",
            "prueba.yaml:10: criteria › no_threats › na_when: precondición desconocida «voicemail»"
            " (¿quiso decir «voicemail_only»?)",
        ),
        (
            "params: {what: una amenaza, findings: [threat]}",
            "params: {what: una amenaza, finding: [threat]}",
            "prueba.yaml:9: criteria › no_threats › params › finding: clave desconocida «finding»"
            " (¿quiso decir «findings»?)",
        ),
        (
            "weight: 5",
            "weigth: 5",
            "prueba.yaml:11: criteria › no_threats › weigth: clave desconocida «weigth»"
            " (¿quiso decir «weight»?)",
        ),
        (
            "weight: 5",
            "weight: -5",
            "prueba.yaml:11: criteria › no_threats › weight: debe ser al menos 0.0",
        ),
        (
            "weight: 5",
            "weight: mucho",
            "prueba.yaml:11: criteria › no_threats › weight: se esperaba un número",
        ),
        (
            "group: trato",
            "group: tratos",
            "prueba.yaml:7: criteria › no_threats › group: debe ser uno de 'apertura', 'trato', 'escucha',"
            " 'negociacion' o 'cierre' (¿quiso decir «trato»?)",
        ),
        (
            "id: no_threats",
            "id: Sin Amenazas",
            "prueba.yaml:5: criteria › Sin Amenazas › id: se escribe con minúsculas sin ñ ni acentos,"
            " números, «_» y «-»",
        ),
        (
            "criteria:\n",
            "cues:\n  Pide El Recibo: {said_by: [debtor], strong: recibo}\ncriteria:\n",
            "prueba.yaml:5: cues › Pide El Recibo: se escribe con minúsculas sin ñ ni acentos,"
            " números, «_» y «-»",
        ),
        (
            "version: 1\n",
            "version: 1\ndigest: abc\n",
            "prueba.yaml:3: digest: no se escribe a mano: se calcula del archivo",
        ),
    ],
)
def test_a_mistake_is_named_by_line_with_what_was_meant(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert right in GOOD
    assert told in mistakes(tmp_path, GOOD.replace(right, wrong, 1))


@pytest.mark.parametrize("endless", [".inf", "-.inf", ".nan", "1e400", "'inf'", "'nan'"])
def test_a_number_without_end_is_refused_by_line(tmp_path: Path, endless: str) -> None:
    """No card could be made of it, and none could be read again."""
    told = "se esperaba un número, no infinito ni «nan»"
    assert mistakes(tmp_path, GOOD.replace("weight: 5", f"weight: {endless}"))[0] == (
        f"prueba.yaml:11: criteria › no_threats › weight: {told}"
    )
    text = GOOD.replace("findings: [threat]", f"findings: [threat], sure: {endless}")
    assert mistakes(tmp_path, text)[0] == f"prueba.yaml:9: criteria › no_threats › params › sure: {told}"
    text = f"id: prueba\nversion: 1\nlabel: Prueba\nbased_on: cobranza\nreview_below: {endless}\nchanges:\n"
    assert [
        line.partition(": ")[2] for line in mistakes(tmp_path, f"{text}  firm: {{weight: {endless}}}\n")[:2]
    ] == [
        f"review_below: {told}",
        f"changes › firm › weight: {told}",
    ]


def test_no_weight_is_so_large_that_they_add_up_to_no_number(tmp_path: Path) -> None:
    text = GOOD.replace("weight: 5", "weight: 1e308")
    assert mistakes(tmp_path, text)[0].endswith("no_threats › weight: debe ser como mucho 1000000.0")


@pytest.mark.parametrize(
    "model", [Rubric, Pack, Criterion, Rule, Change, RuleChange, *(one.params for one in CHECKS.values())]
)
def test_no_key_takes_a_number_without_end(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        if not re.search(r"\b(float|int|Decimal)\b", repr(field.annotation)):
            continue
        for endless in (math.inf, math.nan, "inf"):
            with pytest.raises(ValidationError) as refused:
                model.model_validate({name: endless})
            assert (name,) in {one["loc"] for one in refused.value.errors()}, name


MODELS = (Rubric, Pack, Criterion, Rule, Change, RuleChange, Applies, Cue, Scenario, Success)
WRONG = (
    "", "true", "1.5", "1e30", ".inf", "1" + "0" * 400, "'" + "9" * 4500 + "'", "''", "x", "[]", "[1.5]",
    "[null]", "{}", "{1: 2}", "{x: {}}", "2026-01-01", "2026-01-01 05:00:00", "'2026-01-01 05:00'",
    "!!binary eA==", "!!omap [a: 1]", "!!set {a}", "'99999999999999999999'", "-1000000000",
)  # fmt: skip


@pytest.mark.parametrize("model", [*MODELS, *(one.params for one in CHECKS.values())])
def test_whatever_is_written_for_a_key_is_refused_in_spanish(model: type[BaseModel]) -> None:
    for key in (field.alias or name for name, field in model.model_fields.items()):
        for wrong in WRONG:
            data = parsed(f"{key}: {wrong}\n", "prueba.yaml")
            with pytest.raises(ValidationError) as refused:
                model.model_validate({**data, "no_such_key": 1})
            for one in told_of(refused.value, data, (), model):
                assert not one.what.startswith("valor no válido ("), (key, wrong, one.what)


def test_a_part_of_a_number_is_no_version(tmp_path: Path) -> None:
    told = mistakes(tmp_path, GOOD.replace("version: 1", "version: 1.5"))
    assert told[0] == "prueba.yaml:2: version: se esperaba un número entero"


HOURS = "country: UY, weekdays: 9-20, saturday: never, sunday: never, holidays: never"


@pytest.mark.parametrize(
    ("check", "params", "told"),
    [
        (
            "contact_hours",
            HOURS.replace("UY", "UR"),
            "country: no se conoce la hora del país «UR»; use uno de",
        ),
        ("contact_frequency", "country: UR, per_day: 1", "country: no se conoce la hora del país «UR»"),
        ("one_channel", "country: uy", "country: no se conoce la hora del país «uy»"),
        (
            "contact_hours",
            HOURS.replace("9-20", "20-9"),
            "weekdays: el horario «20-9» termina antes",
        ),
        (
            "contact_hours",
            HOURS.replace("9-20", "9-9"),
            "weekdays: el horario «9-9» termina antes",
        ),
    ],
)
def test_a_country_or_hours_that_no_call_could_be_judged_by_are_refused(
    tmp_path: Path, check: str, params: str, told: str
) -> None:
    text = GOOD.replace("never_says", check).replace("what: una amenaza, findings: [threat]", params)
    assert mistakes(tmp_path, text)[0].startswith(f"prueba.yaml:9: criteria › no_threats › params › {told}")


def test_every_country_whose_hour_is_known_has_its_holidays() -> None:
    assert ZONES.keys() <= holidays.list_supported_countries().keys()


def test_a_pack_is_of_a_country_that_there_is_and_reckons_by_its_days(tmp_path: Path) -> None:
    text = (PACKS / "gt.yaml").read_text(encoding="utf-8")
    path = tmp_path / "gt.yaml"
    for wrong, told in (
        (text.replace("country: GT\n", "country: GX\n"), "country: no es un país"),
        (
            text.replace("{country: GT, per_day", "{country: MX, per_day"),
            "dice «MX» y las reglas son de «GT»",
        ),
    ):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(RubricError, match=told):
            load_pack(path)


def test_an_id_used_twice_names_the_first_line(tmp_path: Path) -> None:
    criterion = GOOD[GOOD.index("  - id:") :]
    assert mistakes(tmp_path, GOOD + criterion)[0] == (
        "prueba.yaml:13: criteria › no_threats: este id ya está en la línea 5"
    )


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        GOOD.replace("never_says", "nunca_dice")
        .replace("weight: 5", "weight: x")
        .replace("label: Prueba\n", "")
    )
    told = mistakes(tmp_path, text)
    assert [line.split(":")[1] for line in told[:-1]] == ["1", "7", "10"]
    assert told[0] == "prueba.yaml:1: label: falta este dato"
    assert told[-1] == "prueba.yaml no se usará: tiene 3 errores. Corríjalo y vuelva a cargarlo."


def test_a_file_that_is_no_yaml_names_the_line(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "id: [1,\nversion: }\n")[0].startswith(
        "prueba.yaml:1: el «[» que se abre aquí no se cierra"
    )


def test_a_list_is_no_rubric(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "- uno\n")[0].startswith("prueba.yaml:1: se esperaban claves con sus valores")


@pytest.mark.parametrize("empty", ["", "\n\n", "# una pauta\n", "---\n"])
def test_an_empty_file_is_told_as_empty(tmp_path: Path, empty: str) -> None:
    told = "prueba.yaml:1: el archivo está vacío, o solo tiene comentarios."
    assert mistakes(tmp_path, empty) == [told]
    with pytest.raises(NlpError) as refused:
        read_yaml(write(tmp_path, empty))
    assert str(refused.value) == told


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"no_existe\.yaml: no se puede leer"):
        load_rubric(tmp_path / "no_existe.yaml")


def test_the_base_form_is_the_default() -> None:
    assert DEFAULT.name == "cobranza.yaml"
    assert load_rubric().id == "cobranza"


# read once, and again when a file has changed


def parsings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are parsed from now on."""
    names: list[str] = []

    def counted(text: str, name: str) -> CommentedMap:
        names.append(name)
        return parsed(text, name)

    monkeypatch.setattr(rubrics.loader, "parsed", counted)
    return names


def test_a_file_is_parsed_once_while_it_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, names = write(tmp_path, GOOD), parsings(monkeypatch)
    assert load_rubric(path) is load_rubric(path)
    assert names == ["prueba.yaml"]


def test_a_file_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert load_rubric(path).criteria[0].weight == 5
    write(tmp_path, GOOD.replace("weight: 5", "weight: 6"))  # as long as before
    assert load_rubric(path).criteria[0].weight == 6


def test_a_form_is_read_anew_when_its_base_has_changed(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    mine = tmp_path / "mia.yaml"
    mine.write_text("id: mia\nversion: 1\nlabel: Mía\nbased_on: prueba\n", encoding="utf-8")
    before = load_rubric(mine)
    write(tmp_path, GOOD.replace("weight: 5", "weight: 6"))
    after = load_rubric(mine)
    assert (after.criteria[0].weight, after.digest != before.digest) == (6, True)


def test_a_base_that_appears_beside_a_form_takes_the_place_of_temples(tmp_path: Path) -> None:
    mine = tmp_path / "mia.yaml"
    mine.write_text("id: mia\nversion: 1\nlabel: Mía\nbased_on: cobranza\n", encoding="utf-8")
    assert load_rubric(mine).criteria == load_rubric().criteria
    (tmp_path / "cobranza.yaml").write_text(GOOD, encoding="utf-8")
    assert len(load_rubric(mine).criteria) == 1


def test_a_form_that_names_itself_is_based_on_temples_of_that_name(tmp_path: Path) -> None:
    mine = tmp_path / "cobranza.yaml"
    mine.write_text(
        "id: cobranza\nversion: 2\nlabel: Mía\nbased_on: cobranza\nwithout: [no_lawyer]\n", encoding="utf-8"
    )
    left = [one.id for one in load_rubric().criteria if one.id != "no_lawyer"]
    assert [one.id for one in load_rubric(mine).criteria] == left


def test_params_are_validated_at_load_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    criterion = load_rubric(write(tmp_path, GOOD)).criteria[0]
    params = CHECKS["never_says"].params
    monkeypatch.setattr(params, "model_validate", None)  # nobody may ask it again
    assert criterion.settings(params).findings == ("threat",)


def test_another_check_or_other_params_are_validated_anew(tmp_path: Path) -> None:
    criterion = load_rubric(write(tmp_path, GOOD)).criteria[0]
    other = criterion.model_copy(update={"params": {"what": "un insulto", "findings": ["rude"]}})
    assert other.settings(CHECKS["never_says"].params).findings == ("rude",)
    assert criterion.settings(CHECKS["never_says"].params).findings == ("threat",)
    manual = criterion.model_copy(update={"check": "manual", "params": {"question": "¿Bien?"}})
    assert manual.settings(CHECKS["manual"].params).question == "¿Bien?"


def test_a_key_that_is_like_no_other_is_told_which_there_are(tmp_path: Path) -> None:
    told = mistakes(tmp_path, GOOD.replace("weight: 5", "weight: 5\n    auto_fail: true"))
    assert "clave desconocida «auto_fail» (aquí van: " in told[0]
