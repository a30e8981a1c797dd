"""Scenario and line files are checked whole: every mistake at once, with its line."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

import nlp
from drills.lines import Book, Line, Reactions
from drills.loader import check_scenario, load_lines, load_scenario, load_scenarios
from drills.scenario import DrillError
from nlp.text import plain
from tests.drills.conftest import DATA, MONDAY

SOUND = (DATA / "scenarios" / "cuota_hospital.yaml").read_text(encoding="utf-8")


def mistakes(text: str) -> list[str]:
    return [f"{one.line}: {one.where}: {one.what}" for one in check_scenario(text)]


def test_a_sound_scenario_has_no_mistakes() -> None:
    assert check_scenario(SOUND) == ()


def test_every_mistake_is_told_with_its_line() -> None:
    text = SOUND.replace("mood: worried", "mood: woried").replace("[no_money,", "[no_mony,")
    text = text.replace("patience: 4", "patience: 9").replace("product: ", "produkt: ")
    assert [one.partition(": ")[0] for one in mistakes(text)] == ["1", "5", "13", "15", "18"]
    told = "\n".join(mistakes(text))
    assert "mood: debe ser uno de" in told
    assert "(¿quiso decir «worried»?)" in told
    assert "objeción desconocida «no_mony» (¿quiso decir «no_money»?)" in told
    assert "clave desconocida «produkt» (¿quiso decir «product»?)" in told
    assert "patience: debe ser como mucho 5" in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("min_amount: \"1500\"", "min_amount: \"9000\"", "es más que lo que se debe (3000)"),
        ("min_amount: \"1500\", ", "", "una promesa necesita min_amount"),
        (", within_days: 10", "", "una promesa necesita within_days"),
        ("country: MX", "country: CO", ""),
        ("difficulty: 3", "difficulty: 5", "el nivel 5 necesita bait"),
        ("difficulty: 3", "difficulty: 3\nbait: ¿O qué?", "solo el nivel 5"),
        ("reveal_on: [asks_reason, explores_objection]\n", "", "falta reveal_on"),
        ("[no_money, vague_promise]", "[no_money, no_money]", "dos veces"),
        ("kind: partial_promise", "kind: third_party_message", "la única objeción es wrong_person"),
        ("min_amount: \"1500\"", "min_amount: 1.500", "escriba 1500 sin el punto"),
        ("min_amount: \"1500\"", "min_amount: \"1.500\"", "escriba 1500 sin el punto"),
        ("min_amount: \"1500\"", "min_amount: \"1500.50\"", ""),
        ("[asks_reason, explores_objection]", "[asks_reazon]", "acto desconocido «asks_reazon»"),
    ],
)  # fmt: skip
def test_what_no_field_by_itself_can_tell(old: str, new: str, told: str) -> None:
    assert old in SOUND
    found = mistakes(SOUND.replace(old, new))
    assert any(told in one for one in found) if told else not found


@pytest.mark.parametrize(
    ("amount", "told"),
    [("3.450", "escriba 3450 sin el punto"), ("3.4505", "escríbala sin separar los miles: 880.50")],
)
def test_a_sum_with_a_point_too_many_is_told_once(amount: str, told: str) -> None:
    written = (SOUND.replace('amount: "3000"', f"amount: {sign}{amount}{sign}") for sign in ('"', ""))
    for text in written:
        (one,) = [one for one in mistakes(text) if ": amount: " in one]
        assert told in one


@pytest.mark.parametrize("endless", [".inf", ".nan", "1e400", "inf"])
def test_a_number_without_end_is_refused_by_line(endless: str) -> None:
    for line, key, number in ((9, "amount", '"3000"'), (11, "days_late", "18")):
        text = SOUND.replace(f"\n{key}: {number}\n", f"\n{key}: {endless}\n")
        assert mistakes(text)[0].startswith(f"{line}: {key}: se esperaba un número")


def test_a_point_of_thousands_is_told_beside_what_has_no_shape() -> None:
    text = SOUND.replace('min_amount: "1500"', "min_amount: 1.500").replace("difficulty: 3", "difficulty: x")
    told = mistakes(text)
    assert any("escriba 1500 sin el punto" in one for one in told)
    assert any("difficulty" in one for one in told)


def test_the_reason_is_not_asked_in_colombia() -> None:
    text = SOUND.replace("country: MX", "country: CO").replace(", explores_objection]", "]")
    assert any("en Colombia no se pregunta el motivo" in one for one in mistakes(text))


def test_broken_yaml_is_told_in_a_sentence() -> None:
    with pytest.raises(DrillError, match=r"escenario\.yaml:1: el «\[» que se abre aquí no se cierra"):
        check_scenario("id: [")


def test_the_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    for name, id_ in (("a", "x"), ("b", "x"), ("c", "X Y")):
        (tmp_path / f"{name}.yaml").write_text(SOUND.replace("id: cuota_hospital", f"id: {id_}"), "utf-8")
    with pytest.raises(DrillError) as told:
        load_scenarios(tmp_path)
    assert "b.yaml: el id «x» ya es de otro escenario" in str(told.value)
    assert "c.yaml:1: id:" in str(told.value)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(DrillError, match="no se puede leer"):
        load_scenario(Path("nada.yaml"))


def test_a_case_is_a_call_of_its_day(book: Book) -> None:
    call = load_scenario(DATA / "scenarios" / "cuota_hospital.yaml").recording(MONDAY)
    assert (call.call_date, call.country, call.company) == (MONDAY, "MX", "Crédito Norte")
    assert (call.facts.days_late, str(call.facts.due_date)) == (18, "2025-10-23")


def lines_with(tmp_path: Path, name: str, old: str, new: str) -> Path:
    copytree(DATA / "lines", tmp_path / "lines")
    file = tmp_path / "lines" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return tmp_path / "lines"


def test_a_line_that_cannot_be_filled_is_told(tmp_path: Path) -> None:
    folder = lines_with(tmp_path, "_common.yaml", "le pago {amount}", "le pago {monto}")
    with pytest.raises(DrillError, match=r"_common\.yaml:\d+: accepts › 0: «{monto}» no se puede llenar"):
        load_lines(folder)


def test_a_sum_belongs_into_an_offer_only(tmp_path: Path) -> None:
    folder = lines_with(tmp_path, "_common.yaml", "Mmm, déjeme pensarlo.", "Ahí vemos lo de {amount}.")
    with pytest.raises(DrillError, match="van solo en accepts, corrects, small_offers"):
        load_lines(folder)


def test_lines_may_be_grouped_by_mood_first(tmp_path: Path, book: Book) -> None:
    copytree(DATA / "lines", tmp_path / "lines")
    file = tmp_path / "lines" / "_common.yaml"
    kinds = file.read_text(encoding="utf-8").replace("\n", "\n  ")
    moods = ("calm", "worried", "evasive", "annoyed", "hostile", "sad")
    file.write_text("".join(f"{mood}:\n  {kinds}\n" for mood in moods), encoding="utf-8")
    assert load_lines(tmp_path / "lines").common == book.common


def test_no_small_answer_is_a_sentence_that_the_taggers_learned() -> None:
    reactions = load_lines().reactions
    said = {plain(line.text) for kind in type(reactions).model_fields for line in _lines(reactions, kind)}
    learned = {
        plain(turn["text"])
        for file in (Path(nlp.__file__).parent / "corpus").glob("*.jsonl")
        for row in file.read_text(encoding="utf-8").splitlines()
        for turn in json.loads(row).get("turns", [])
    }
    assert len(learned) > 1000
    assert not said & {text for text in learned if len(text.split()) > 4}


def _lines(reactions: Reactions, kind: str) -> list[Line]:
    return [line for lines in getattr(reactions, kind).values() for line in lines]
