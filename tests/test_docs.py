"""The tables and the example of the how-to pages say what the code knows."""

from __future__ import annotations

import ast
import re
import runpy
import signal
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest
from ruamel.yaml import YAML

from benchmarks import page
from coach import payment_table
from nlp.labels import labels
from nlp.own_cues import find_own
from rubrics.checks import CHECKS
from rubrics.conditions import CONDITIONS
from rubrics.labels import OBJECTIONS
from rubrics.loader import load_packs, load_rubric
from rubrics.playbook import SLOTS, load_playbook
from rubrics.types import Pack, Rubric, Rule
from tests.dialogue import dialogue
from tests.rubrics.test_cases import CASES, KEYS
from transcripts.types import Recording, Transcript, TranscriptError, Turn

DOCS = Path(__file__).parent.parent / "docs"
NAMED = re.compile(r"`(\w+)`")


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of every line of the first table under `heading`."""
    _, _, below = text(page).partition(f"\n## {heading}\n")
    assert below, f"{page} has no part «{heading}»"
    lines = re.search(r"(?:^\|.*\n)+", below.partition("\n## ")[0], re.M)
    assert lines, f"{page}: «{heading}» has no table"
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[0].splitlines()[2:]
    ]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Rubric:
    """The form that the page on rubric files shows."""
    shown = re.search(r"```yaml\n(id: .*?)```", text("rubric-files.md"), re.S)
    assert shown
    path = tmp_path_factory.mktemp("docs") / "microcredito.yaml"
    path.write_text(shown[1], encoding="utf-8")
    return load_rubric(path)


@pytest.mark.parametrize("page", ["commands.md", "intake.md"])
def test_what_is_stopped_ends_with_the_codes_that_the_pages_name(page: str) -> None:
    told = re.findall(r"\b1\d\d\b(?= \(Ctrl| by\s+Ctrl| \(SIGTERM| by\s+SIGTERM)", text(page))
    assert [int(code) for code in told] == [128 + signal.SIGINT, 128 + signal.SIGTERM]


def test_every_check_has_its_line() -> None:
    rows = table("rubric-files.md", "Kinds of check")
    assert [NAMED.findall(row[0]) for row in rows] == [[name] for name in sorted(CHECKS)]


@pytest.mark.parametrize("row", table("rubric-files.md", "Kinds of check"), ids=lambda row: str(row[0]))
def test_a_check_s_line_names_its_params(row: list[str]) -> None:
    fields = CHECKS[row[0].strip("`")].params.model_fields
    named = set(NAMED.findall(row[2]))
    assert set(fields) <= named
    assert named - set(fields) <= {"never"}  # a value, not a name


def test_every_precondition_has_its_line() -> None:
    rows = table("rubric-files.md", "Preconditions")
    assert [row[0].strip("`") for row in rows] == list(CONDITIONS)


def test_the_example_is_the_base_form_with_its_changes(example: Rubric) -> None:
    base = load_rubric()
    kept = [c.id for c in base.criteria if c.id != "explains_benefit"]
    assert [c.id for c in example.criteria] == [*kept, "tells_of_app"]
    changed = next(c for c in example.criteria if c.id == "offers_alternatives")
    assert (changed.weight, changed.params) == (9, {"ways": 1})


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Puede pagarlo desde la app.", True),
        ("Descargue la aplicación.", True),
        ("No puede pagar desde la app.", False),
        ("Puede pagar desde la app de su banco.", False),
    ],
)
def test_the_example_s_cue_finds_what_the_page_says(example: Rubric, said: str, found: bool) -> None:
    assert said.removesuffix(".") in text("rubric-files.md")
    assert bool(find_own(dialogue(f"A: {said}"), example.cues, example.id)) is found


def certainty(rule: Rule) -> str:
    return rule.certainty + (", critical" if rule.voids else "")


def test_every_rule_of_a_country_has_its_line() -> None:
    """The common rules, and in each country those of its own and those that it says anew."""
    packs: dict[str, Pack] = load_packs()
    common = {rule.id: rule for rule in packs[""].rules}
    rules = {("all", rule.id, certainty(rule)) for rule in common.values()}
    for country in filter(None, packs):
        own = (rule for rule in packs[country].rules if common.get(rule.id) != rule)
        rules |= {(country, rule.id, certainty(rule)) for rule in own}
    rows = table("country-packs.md", "The rules by country")
    assert {(row[0], row[1].strip("`"), row[3]) for row in rows} == rules


def test_the_pages_name_every_country_that_has_a_pack() -> None:
    countries = sorted(filter(None, load_packs()))
    head = text("country-packs.md").partition("## ")[0]
    assert sorted(re.findall(r"`([a-z]{2})\.yaml`", head)) == [code.lower() for code in countries]
    numbers = ("nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen")
    assert f"exist for {numbers[len(countries) - 9]} countries" in text("limits.md")


def test_every_slot_of_the_playbook_has_its_line() -> None:
    assert [row[0].strip("`{}") for row in table("playbook.md", "Slots")] == list(SLOTS)


def test_every_criterion_objection_and_act_has_its_line() -> None:
    """The page is made from the form and the labels; whoever adds one makes it anew."""
    made = runpy.run_path(str(DOCS / "vocabulary.py"))
    assert text("vocabulary.md") == made["page"](), "run: python docs/vocabulary.py"
    for name in (*(one.id for one in load_rubric().criteria), *labels().objections, *labels().acts):
        assert f"| `{name}` |" in text("vocabulary.md")


@pytest.mark.parametrize("page", ["README.md", "README.es.md", "docs/rubric-files.md"])
def test_the_number_of_criteria_is_that_of_the_base_form(page: str) -> None:
    said = re.findall(r"(\d+) criter(?:ia|ios)\b", (DOCS.parent / page).read_text(encoding="utf-8"))
    assert set(said) == {str(len(load_rubric().criteria))}


@pytest.fixture(scope="module")
def first_form(tmp_path_factory: pytest.TempPathFactory) -> Rubric:
    """The form that the page on adding a criterion shows, with the head that it tells."""
    shown = re.search(r"```yaml\n( +criteria:.*?)```", text("add-a-criterion.md"), re.S)
    assert shown
    path = tmp_path_factory.mktemp("docs") / "my-form.yaml"
    head = "id: mine\nversion: 1\nlabel: Mía\nlabel_en: Mine\nbased_on: cobranza\n"
    path.write_text(head + dedent(shown[1]), encoding="utf-8")
    return load_rubric(path)


def test_the_criterion_of_the_page_on_criteria_is_a_good_one(first_form: Rubric) -> None:
    own = first_form.criteria[-1]
    beside = {c.na_when for c in load_rubric().criteria if c.group == own.group}
    assert own.na_when in beside  # what its neighbours ask for before they blame anybody


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("¿Con cuánto cuenta hoy?", True),
        ("¿De cuánto dispone en este momento?", True),
        ("¿Cuánto podría abonar hoy?", True),
        ("¿Puede pagar hoy?", False),
        ("¿Cuándo puede pagar?", False),
        ("¿En cuánto tiempo puede pagar?", False),
        ("¿De cuánto es su cuenta?", False),
    ],
)
def test_the_criterion_of_the_page_on_criteria_asks_what_its_text_says(
    first_form: Rubric, said: str, found: bool
) -> None:
    assert bool(find_own(dialogue(f"A: {said}"), first_form.cues, first_form.id)) is found


def test_every_objection_has_a_play() -> None:
    assert {play.objection for play in load_playbook().plays} == set(labels().objections)


def test_the_page_of_figures_and_readme_say_what_was_measured() -> None:
    for file, made in page.files(page.results()).items():
        assert file.read_text(encoding="utf-8") == made, f"{file.name}: run python -m benchmarks.page"


@pytest.fixture(scope="module")
def tabs(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The transcript format that the page on extending shows, whole."""
    shown = re.search(r"```python\n(\"\"\"Turns as lines.*?)```", text("extending.md"), re.S)
    assert shown
    path = tmp_path_factory.mktemp("docs") / "tabs.py"
    path.write_text(shown[1], encoding="utf-8")
    spec = spec_from_file_location("tabs", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_format_of_the_page_reads_what_it_writes(tabs: ModuleType, tmp_path: Path) -> None:
    call = dialogue("A[0-2.5]: Buenos días.\nD: Sí, dígame.", id="llamada")
    (tmp_path / "llamada.tsv").write_text(tabs.write(call), encoding="utf-8")
    assert tabs.read(tmp_path / "llamada.tsv", call.recording) == call


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("agent\t0\tHola.", "línea 2: se esperan quién, desde, hasta y texto"),
        ("agente\t0\t1\tHola.", "línea 2: no se sabe quién es «agente»"),
        ("agent\tuno\t2\tHola.", "línea 2: «uno» no es un tiempo"),
        ("agent\tnan\t2\tHola.", "línea 2: «nan» no es un tiempo"),
        ("agent\t-1\t2\tHola.", "línea 2: «-1» no es un tiempo"),
    ],
)
def test_the_format_of_the_page_names_the_line(
    tabs: ModuleType, tmp_path: Path, line: str, complaint: str
) -> None:
    (tmp_path / "c.tsv").write_text(f"debtor\t\t\tSí.\n{line}\n", encoding="utf-8")
    with pytest.raises(TranscriptError, match=complaint):
        tabs.read(tmp_path / "c.tsv")


def test_the_format_of_the_page_takes_quotation_marks_and_long_turns_as_they_are(
    tabs: ModuleType, tmp_path: Path
) -> None:
    said = ['"Buenas tardes', "Sí, soy yo.", "palabra " * 20_000 + "fin", "con\ttab y\nsalto"]
    call = Transcript(Recording("c"), tuple(Turn("agent", text) for text in said))
    (tmp_path / "c.tsv").write_text(tabs.write(call), encoding="utf-8")
    assert [turn.text for turn in tabs.read(tmp_path / "c.tsv").turns] == [*said[:3], "con tab y salto"]


def test_every_key_of_a_case_is_explained() -> None:
    rows = table("add-a-criterion.md", "What a case says")
    assert {row[0].strip("`") for row in rows} == KEYS


def test_the_case_of_the_page_is_one_of_the_tests() -> None:
    shown = re.search(r"```yaml\n(criterion: .*?)```", text("add-a-criterion.md"), re.S)
    assert shown
    file = YAML(typ="safe").load(shown[1])
    (case,) = file["cases"]
    assert (file["criterion"], {**case, "name": ""}) in [
        (param.values[0], {**param.values[1], "name": ""}) for param in CASES
    ]


def test_the_lists_that_a_new_objection_goes_into_are_where_the_page_says() -> None:
    told = re.findall(r"((?:`_?[A-Z_]+`(?:, )?)+) in `([a-z_/]+\.py)`", text("extending.md"))
    assert len(told) >= 10
    for names, file in told:
        for name in re.findall(r"_?[A-Z_]+", names):
            assert re.search(
                rf"^(?:\w+, )*{name}\b.*=", (DOCS.parent / file).read_text(encoding="utf-8"), re.M
            ), f"{name}: {file}"


def test_the_headings_of_payments_in_the_page_are_those_that_are_taken() -> None:
    rows = [row for row in table("scores-and-month.md", "Promises") if row[0] in payment_table.FIELDS]
    assert [row[0] for row in rows] == list(payment_table.FIELDS)
    for name, headings, _ in rows:
        for one in re.findall(r"`(.+?)`", headings):
            assert payment_table.columns([one]) == {name: 0}, one


LISTING = ("nlp", "rubrics", "drills", "coach")  # packages that hold objections by id


def listed_ids(value: ast.expr) -> set[str]:
    """The objections among the words of a value."""
    texts = [
        one.value for one in ast.walk(value) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    return {word for text in texts for word in text.split()} & set(OBJECTIONS)


def lists_by_id() -> Iterator[tuple[str, str]]:
    """File and name of what is assigned and holds two objections or more; in a function, the function's."""
    for file in sorted(one for package in LISTING for one in (DOCS.parent / package).rglob("*.py")):
        for top in ast.parse(file.read_text(encoding="utf-8")).body:
            within = top.name if isinstance(top, ast.FunctionDef | ast.ClassDef) else ""
            for name, value in (pair for node in ast.walk(top) for pair in assigned(node)):
                if len(listed_ids(value)) > 1:
                    yield file.relative_to(DOCS.parent).as_posix(), within or name


def assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that a line gives, each with its value."""
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        yield ast.unparse(node.target), node.value
    if isinstance(node, ast.Assign):
        names, value = node.targets[0], node.value
        if isinstance(names, ast.Tuple) and isinstance(value, ast.Tuple):
            yield from ((ast.unparse(name), one) for name, one in zip(names.elts, value.elts, strict=True))
        else:
            yield ast.unparse(names), value


def test_the_step_on_lists_by_id_names_every_list() -> None:
    page = text("extending.md")
    told = page.split("## An objection or an act")[1].split("## A tagger")[0]
    missing = [
        (file, name) for file, name in lists_by_id() if f"`{file}`" not in told or f"`{name}`" not in told
    ]
    assert not missing
