"""Imports point down only, and every third party has one home (docs/architecture.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    "onnxruntime": ("nlp/net.py", "nlp/learn/net/graph.py"),
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

# parts that need what a view may not use
ALLOWED = {
    "views/_call_downloads.py": {"io"},  # a file is put together in memory
    "views/_form_parts.py": {"pathlib"},  # the type of a form's place
    "views/_form_table.py": {"pathlib"},
    "views/_text.py": {"pathlib"},  # english.yaml
    "views/_widgets.py": {"pathlib", "re"},  # look.css; what Markdown would take for its own
}


ASSIGNMENTS = (ast.Assign, ast.AnnAssign)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def sources() -> Iterator[Path]:
    for package in LEVEL:
        yield from sorted((ROOT / package).rglob("*.py"))
        if (script := ROOT / f"{package}.py").is_file():
            yield script


@cache
def texts() -> dict[str, str]:
    return {name_of(path): path.read_text(encoding="utf-8") for path in sources()}


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in texts().items()}


@cache
def imports() -> dict[str, list[str]]:
    """Full names of all modules that a file imports, those inside functions too."""
    return {name: sorted(set(imported(tree))) for name, tree in trees().items()}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module}.{alias.name}" for alias in node.names)


def screens() -> list[str]:
    return [name for name in texts() if name.startswith("views/") and name not in parts()]


def parts() -> list[str]:
    """What screens are put together from: views/_x.py, and the folders views/_x of components."""
    return [name for name in texts() if name.startswith("views/_")]


def test_every_file_is_looked_at() -> None:
    assert len(texts()) > 500
    assert set(ALLOWED) <= set(parts())
    assert {"views/calls.py", "coach_app.py"} & set(texts()) == {"views/calls.py", "coach_app.py"}


def test_imports_are_written_with_their_full_name() -> None:
    assert not [(name, one) for name, names in imports().items() for one in names if one.startswith(".")]


def test_imports_point_down() -> None:
    assert not [
        f"{name} imports {one} from above"
        for name, names in imports().items()
        for one in sorted(names)
        if LEVEL.get(top(one), -1) > LEVEL[name.split("/")[0].removesuffix(".py")]
    ]


def test_third_parties_stay_at_home() -> None:
    assert not [
        f"{name} imports {one}; its home: {HOMES[top(one)]}"
        for name, names in imports().items()
        for one in sorted(names)
        if top(one) in HOMES and not name.startswith(HOMES[top(one)])
    ]


def test_the_environment_is_read_in_settings_only() -> None:
    assert not [
        f"{name}:{node.lineno} reads the environment; pass settings down"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
        if name != "coach/settings.py"
    ]


def test_an_init_holds_a_docstring_or_a_registry() -> None:
    assert not [
        f"{name}:{node.lineno} is more than a docstring or a registry"
        for name in texts()
        if name.endswith("/__init__.py") and name not in parts() and not is_registry(trees()[name])
        for node in trees()[name].body
        if not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom)
    ]


def is_registry(tree: ast.Module) -> bool:
    """A table with a name in capitals, and what picks from it."""
    names = [
        getattr(node, "target", None) or node.targets[0]
        for node in tree.body
        if isinstance(node, ASSIGNMENTS)
    ]
    return any(isinstance(name, ast.Name) and name.id.isupper() for name in names)


def test_a_view_asks_coach_and_draws() -> None:
    assert not [
        f"{name} imports {one}: a view asks coach.* and uses views._*"
        for name in screens()
        for one in sorted(imports()[name])
        if (top(one) in LEVEL and not one.startswith(("coach.", "views._"))) or top(one) in NOT_IN_VIEWS
    ]


def test_a_part_of_a_view_asks_coach_and_knows_the_types_it_draws() -> None:
    assert not [
        f"{name} imports {one}: ask coach.* for it; a part stands below the screens"
        for name in parts()
        for one in sorted(imports()[name])
        if top(one) in LEVEL and not one.startswith(("coach.", "views._", *DRAWN))
    ]


def test_a_part_of_a_view_needs_no_more_than_it_is_allowed() -> None:
    for name in parts():
        barred = set(map(top, imports()[name])) & NOT_IN_VIEWS
        component = name.endswith("/__init__.py") and barred  # it names the folder of its assets
        allowed = {"pathlib"} if component else ALLOWED.get(name, set())
        assert barred == allowed, f"{name} imports {barred}: that is work for coach"


def test_no_view_speaks_sql() -> None:
    assert not [
        f"{name} imports {one}"
        for name in parts() + screens()
        for one in imports()[name]
        if one.startswith(SQL)
    ]


def test_a_module_fits_in_the_head() -> None:
    scripts = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "views").glob("_*/*.js")}
    own = {name: text for name, text in (texts() | scripts).items() if name != "wavesurfer.esm.js"}
    long = {name: lines for name, text in own.items() if (lines := len(text.splitlines())) > 300}
    assert not long, "split them by what they are about"


def top(module: str) -> str:
    return module.split(".")[0]
