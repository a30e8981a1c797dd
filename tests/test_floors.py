"""Imports point down only, and every third party has one home (docs/architecture.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# from the ground up; what stands on the same line may import one another
FLOORS = (
    ("models",),
    ("transcripts",),
    ("nlp",),
    ("rubrics",),
    ("drills",),
    ("coach",),
    ("views", "coach_app"),
)
LEVEL = {package: level for level, floor in enumerate(FLOORS) for package in floor}

# third party: the places (folders or files) that may import it
HOMES = {
    "faster_whisper": ("transcripts/engines",),
    "ctranslate2": ("transcripts/engines", "transcripts/demo_speech"),
    "sherpa_onnx": ("transcripts/engines",),
    "av": ("transcripts",),
    "soxr": ("transcripts",),
    "torch": ("transcripts/demo_speech", "nlp/learn/net"),
    "transformers": ("transcripts/demo_speech",),
    "tokenizers": ("transcripts/demo_speech", "nlp/net.py", "nlp/learn"),
    "onnxruntime": ("nlp/net.py",),
    "stdnum": ("nlp",),
    "phonenumbers": ("nlp",),
    "spacy": ("nlp", "models"),
    "sklearn": ("nlp", "models"),
    "skops": ("models",),
    "text_to_num": ("nlp",),
    "sqlalchemy": ("coach",),
    "alembic": ("coach",),
    "pandas": ("coach",),
    "argon2": ("coach/passwords.py",),
    "authlib": ("coach/sso.py",),
    "pydantic_settings": ("coach/settings.py",),
    "huggingface_hub": ("coach/speech_models.py",),
    "typer": ("coach/cli",),
    "rich": ("coach/cli",),
    "uvicorn": ("coach/cli",),
    "distributed": ("coach/runners/dask.py",),
    "starlette": ("coach",),
    # the dashboard's script and the server that is built around it; everything else of the screen is a view
    "streamlit": ("views", "coach_app.py", "coach/server.py"),
    "altair": ("views",),
}

# what a view may not do by itself: it asks `coach`
NOT_IN_VIEWS = {
    "os",
    "io",
    "re",
    "pathlib",
    "sqlite3",
    "subprocess",
    "shutil",
    "statistics",
    "threading",
}

SQL = ("coach.schema", "coach.database")  # schema_lists, schema_work and the like too

# types and words of the floors below, which the parts of a view draw
DRAWN = (
    "transcripts.types.",
    "nlp.labels.",
    "nlp.types.",
    "rubrics.labels.",
    "rubrics.playbook.",
    "rubrics.replies.",
    "rubrics.settled.",
    "rubrics.types.",
    "drills.checklist.",
    "drills.choices.",
    "drills.drill.",
    "drills.effects.",
    "drills.faults.",
    "drills.formats.",
    "drills.marks.",
    "drills.scenario.",
    "drills.schedule.",
)

# parts that need what a view may not use; a component (views/_x/__init__.py) names the folder of its assets
ALLOWED = {
    "views/_call_downloads.py": {"io"},  # a file is put together in memory
    "views/_form_parts.py": {"pathlib"},  # the type of a form's place
    "views/_form_table.py": {"pathlib"},
    "views/_text.py": {"pathlib"},  # english.yaml
    "views/_widgets.py": {"pathlib", "re"},  # look.css; what Markdown would take for its own
}


ASSIGNMENTS = (ast.Assign, ast.AnnAssign)


def sources() -> list[Path]:
    packages = [path for package in LEVEL for path in (ROOT / package).rglob("*.py")]
    scripts = [path for package in LEVEL if (path := ROOT / f"{package}.py").is_file()]
    return sorted(packages + scripts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Full names of all modules that the file imports, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative import; write the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


every_file = pytest.mark.parametrize("path", sources(), ids=name_of)


@every_file
def test_imports_point_down(path: Path) -> None:
    here = path.relative_to(ROOT).parts[0].removesuffix(".py")
    tops = {name.split(".")[0] for name in imported(path)}
    above = sorted(top for top in tops if LEVEL.get(top, -1) > LEVEL[here])
    assert not above, f"{name_of(path)} stands on the floor of {here} and imports {above} from above"


@every_file
def test_third_parties_stay_at_home(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported(path)}
    strangers = sorted(top for top in tops if top in HOMES and not name_of(path).startswith(HOMES[top]))
    assert not strangers, f"{name_of(path)} imports {strangers}; their homes: {[HOMES[s] for s in strangers]}"


@every_file
def test_the_environment_is_read_in_settings_only(path: Path) -> None:
    if name_of(path) == "coach/settings.py":
        return
    reads = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert not reads, f"{name_of(path)}: lines {reads} read the environment; pass settings down"


def inits() -> list[Path]:
    """All but those of the screen's components: a folder views/_x is one component, its assets beside it."""
    return [path for path in sources() if path.name == "__init__.py" and "views/_" not in name_of(path)]


@pytest.mark.parametrize("path", inits(), ids=name_of)
def test_an_init_holds_a_docstring_or_a_registry(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    names = [
        getattr(node, "target", None) or node.targets[0] for node in body if isinstance(node, ASSIGNMENTS)
    ]
    if any(isinstance(name, ast.Name) and name.id.isupper() for name in names):
        return  # a registry, with what picks from it
    other = [node.lineno for node in body if not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom)]
    assert not other, f"{name_of(path)}: lines {other} hold more than a docstring or a registry"


def views(*, parts: bool) -> list[Path]:
    """The screens, or the parts that they are put together from: views/_x.py and the folders views/_x."""
    inside = [path for path in sources() if name_of(path).startswith("views/")]
    return [path for path in inside if ("views/_" in name_of(path)) is parts]


@pytest.mark.parametrize("path", views(parts=False), ids=name_of)
def test_a_view_asks_coach_and_draws(path: Path) -> None:
    for name in imported(path):
        top, *rest = name.split(".")
        if top in LEVEL:
            assert top == "coach" or (top == "views" and rest and rest[0].startswith("_")), (
                f"{name_of(path)} imports {name}: a view asks coach.* and uses views._*"
            )
        assert not name.startswith(SQL), f"{name_of(path)}: no SQL in a view"
        assert top not in NOT_IN_VIEWS, f"{name_of(path)} imports {top}: that is work for coach"


@pytest.mark.parametrize("path", views(parts=True), ids=name_of)
def test_a_part_of_a_view_asks_coach_and_knows_the_types_it_draws(path: Path) -> None:
    names = set(imported(path))
    for name in names:
        top, *rest = name.split(".")
        if top == "views":
            assert rest[0].startswith("_"), f"{name_of(path)} imports {name}: a part stands below the screens"
        elif top in LEVEL and top != "coach":
            assert name.startswith(DRAWN), f"{name_of(path)} imports {name}: ask coach.* for it"
        assert not name.startswith(SQL), f"{name_of(path)}: no SQL in a view"
    barred = {name.split(".")[0] for name in names} & NOT_IN_VIEWS
    allowed = {"pathlib"} if path.name == "__init__.py" and barred else ALLOWED.get(name_of(path), set())
    assert barred == allowed, f"{name_of(path)} imports {barred}: that is work for coach"


@every_file
def test_a_module_fits_in_the_head(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 300, f"{name_of(path)} has {lines} lines: split it by what it is about"
