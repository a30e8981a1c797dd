"""The one Settings object: `coach.toml` of the working folder (or `COACH_CONFIG`), then `COACH_*` variables.

Paths in the file are told from its folder, those in variables from where one is.
Closed: a name that does not exist is an error with file, line and a suggestion. Nothing is read on import;
`load` builds the object in `cli.py` or `views/_session.py` and everybody else receives it.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import (
    BaseModel,
    Field,
    ValidationError,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from coach.anchored import anchored
from coach.complaints import place, sentence, suggestion
from coach.house_rules import PromiseRules, ScoreRules, TrustRules
from coach.sections import Accounts, Country, Source, Speech, Sso, Transfers, Upload, Webhook
from coach.types import CoachError
from coach.workflow_rules import WorkflowRules
from transcripts.formats.files import reason
from transcripts.options import Limits, SpeechOptions

FILE_NAME = "coach.toml"
PREFIX = "COACH_"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter="__", case_sensitive=False
    )

    data_dir: Path = Path("var")
    database_url: str = ""  # "": SQLite inside data_dir
    forms_dir: Path | None = None  # one's own forms, packs, drafts; None: `forms` inside data_dir
    rubric: str = "cobranza"  # id of a form, one's own or Temple's, or the path of a file
    country: Country = ""  # for calls that do not say theirs
    rubrics_by_call: tuple[str, ...] = ("recordatorio", "promesa_rota", "confirmacion", "tercero")
    packs: bool = True  # judge by the rules of the call's country beside the form
    slogans: tuple[str, ...] = ()  # the company's set phrases with tú: they address nobody
    scripts: tuple[str, ...] = ()  # texts that agents must say in full: their length is not held against them
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65535)
    hosts: tuple[str, ...] = ()  # names by which browsers reach it, where a proxy stands in front
    certificate: Path | None = None  # PEM, with those that vouch for it: HTTPS without a proxy
    key: Path | None = None
    work: bool = True  # the dashboard starts a worker; off where `coach work` is a service of its own
    demo: bool = False
    speech: Speech = Speech()
    upload: Upload = Upload()
    transfers: Transfers = Transfers()
    accounts: Accounts = Accounts()
    sso: Sso = Sso()
    review: WorkflowRules = WorkflowRules()
    sources: dict[str, Source] = Field(default_factory=dict)
    trust: TrustRules = TrustRules()
    score: ScoreRules = ScoreRules()
    promises: PromiseRules = PromiseRules()
    webhook: Webhook = Webhook()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which `load` hands over as keyword arguments."""
        return env_settings, init_settings

    @property
    def place_of_store(self) -> str:
        """The setting that says where the store is."""
        return "database_url" if self.database_url else "data_dir"

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'temple.db').as_posix()}"

    @property
    def stands_open(self) -> bool:
        """Whether browsers of other machines may come without TLS: no proxy on this machine is in between."""
        return self.host not in LOOPBACK and self.certificate is None and not self.accounts.secure

    @property
    def count_all(self) -> bool:
        """Whether every criterion enters points at once: asked for, or a demonstration."""
        return self.trust.count_all or self.demo

    @property
    def models_dir(self) -> Path:
        return self.speech.models_dir or self.data_dir / "models"

    @property
    def own_forms(self) -> Path:
        """Where published forms of one's own are, each as `<id>.yaml`: they go before Temple's of that id."""
        return self.forms_dir or self.data_dir / "forms"

    @property
    def own_packs(self) -> Path:
        """Where published packs of one's own are, each named by its country."""
        return self.own_forms / "packs"

    @property
    def own_playbook(self) -> Path:
        """One's own wordings, which go before Temple's."""
        return self.own_forms / "playbook" / "own.yaml"

    def source(self, name: str | None) -> Source:
        """The source of that name; the plain one where the name is empty or unknown."""
        return self.sources.get(name or "", Source())

    def speech_options(self, source: str | None = None) -> SpeechOptions:
        """How recordings of this source become text."""
        limits = Limits(max_bytes=self.upload.max_mb * 1_000_000, max_duration_s=self.upload.max_hours * 3600)
        chosen = self.speech.model_dump() | {"models_dir": self.models_dir}
        return SpeechOptions(**chosen, agent_channel=self.source(source).agent_channel, limits=limits)


def load(path: Path | None = None) -> Settings:
    """Settings of `path`, else of `COACH_CONFIG`, else of `coach.toml` here; CoachError on any mistake."""
    file = config_file(path)
    text = _read(file) if file else ""
    _check_environment()
    try:
        said = _parse(text, file)
        return Settings(**(anchored(Settings, said, file.parent) if file else said))
    except ValidationError as error:
        mistakes = "\n".join(_explain(d, text, file) for d in error.errors())
        raise CoachError("{mistakes}", mistakes=mistakes) from error
    except SettingsError as error:  # a table of settings in one variable, not written as JSON
        names = ", ".join(PREFIX + name.upper() for name in _tables())
        raise CoachError(
            "Variables {names}: son JSON. Mejor una por ajuste, como {prefix}SPEECH__DEVICE=cpu.",
            names=names,
            prefix=PREFIX,
        ) from error


def environment(settings: Settings) -> dict[str, str]:
    """Environment for a process of ours that must see exactly these settings."""
    values = settings.model_dump(mode="json")
    values["sso"]["client_secret"] = settings.sso.client_secret.get_secret_value()
    values["webhook"]["secret"] = settings.webhook.secret.get_secret_value()
    said = {PREFIX + name.upper(): v for name, v in values.items() if v is not None}
    return os.environ | {name: v if isinstance(v, str) else json.dumps(v) for name, v in said.items()}


def with_variables(more: Mapping[str, str]) -> dict[str, str]:
    """Environment for another's program: that of this process and `more`."""
    return {**os.environ, **more}


def hand_over(settings: Settings) -> None:
    """Make this very process, and those it starts, read exactly these settings from now on."""
    os.environ.update(environment(settings))


def config_file(path: Path | None = None) -> Path | None:
    """The settings file in use, None where there is none. A file that was named must exist."""
    named = path or (Path(os.environ["COACH_CONFIG"]) if os.environ.get("COACH_CONFIG") else None)
    if named is None:
        return Path(FILE_NAME) if Path(FILE_NAME).is_file() else None
    if not named.is_file():
        raise CoachError(
            "{file}: no existe este archivo de ajustes. Revise la ruta o quite COACH_CONFIG.", file=named
        )
    return named


def _read(file: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise CoachError(
            "{file}: no se puede leer ({why}). Revise los permisos.", file=file, why=reason(error)
        ) from error
    if b"\0" in raw:  # every second byte of plain letters
        raise CoachError(
            "{file}: está guardado en UTF-16. Guárdelo como UTF-8 (en el Bloc de notas: «Guardar como», "
            "codificación «UTF-8»).",
            file=file,
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CoachError(
            "{file}: línea {line}: hay una letra que no está en UTF-8. Guarde el archivo como UTF-8 (en el "
            "Bloc de notas: «Guardar como», codificación «UTF-8»).",
            file=file,
            line=raw[: error.start].count(b"\n") + 1,
        ) from error


# what the reader of TOML says, in the words of who writes the file
_NOT_TOML = {
    "Unterminated string": "falta cerrar las comillas",
    "Illegal character '\\n'": "falta cerrar las comillas",
    "Unclosed array": "falta cerrar el corchete",
    "Expected ']'": "falta cerrar el corchete",
    "Cannot overwrite": "un ajuste está dos veces",
    "Cannot declare": "una sección está dos veces",
    "Expected '='": "falta el signo «=»",
    "Invalid value": "falta el valor, o es un texto sin comillas",
    "Unescaped '\\'": "en un texto, escriba las barras «\\» dobles o como «/»",
}


def _parse(text: str, file: Path | None) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise CoachError(
            "{file}: línea {line}: no es TOML válido{why}. Compare con coach.example.toml."
            if line
            else "{file}: al final: no es TOML válido{why}. Compare con coach.example.toml.",
            file=file,
            line=line[1] if line else "",
            why=next((f": {why}" for said, why in _NOT_TOML.items() if said in str(error)), ""),
        ) from error


def _check_environment() -> None:
    known = {name.upper() for name in _names(Settings)} | {"CONFIG"}
    for variable in sorted(os.environ):
        name = variable.removeprefix(PREFIX)
        if name == variable or name.upper() in known or name.upper().startswith("SOURCES__"):
            continue
        near = suggestion(name.upper(), known).replace("«", f"«{PREFIX}")
        raise CoachError("variable {variable}: este ajuste no existe{maybe}.", variable=variable, maybe=near)


def _names(model: type[BaseModel], prefix: str = "") -> list[str]:
    names = []
    for name, field in model.model_fields.items():
        names.append(prefix + name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names += _names(field.annotation, f"{prefix}{name}__")
    return names


def _tables() -> dict[str, type[BaseModel]]:
    """What may stand in each table of the file, by its name; of `sources`, in each of its tables."""
    fields = {name: field.annotation for name, field in Settings.model_fields.items()}
    plain = {n: kind for n, kind in fields.items() if isinstance(kind, type) and issubclass(kind, BaseModel)}
    return plain | {"sources": Source}


def _explain(error: ErrorDetails, text: str, file: Path | None) -> str:
    loc = error["loc"]
    variable = PREFIX + "__".join(str(part) for part in loc).upper()
    line = line_of(text, loc)
    if variable in {name.upper() for name in os.environ}:
        where = f"variable {variable}"
    else:
        where = f"{file or FILE_NAME}: " + (f"línea {line}: " if line else "") + place(loc)
    if error["type"] in ("model_type", "dict_type"):  # a table of TOML is called a section
        return f"{where}: debe ser una sección [{place(loc)}] con sus ajustes debajo"
    near = suggestion(str(loc[-1]), _siblings(loc)) if error["type"] == "extra_forbidden" else ""
    return f"{where}: {sentence(error)}{near}"


def _siblings(loc: tuple[int | str, ...]) -> list[str]:
    """Names that exist where the wrong one was written."""
    return list((_tables()[str(loc[0])] if len(loc) > 1 else Settings).model_fields)


def line_of(text: str, loc: tuple[int | str, ...]) -> int | None:
    """1-based line of the TOML text on which the key `loc`, or its table, stands; None where it is not."""
    table: tuple[str, ...] = ()
    found = None
    wanted = tuple(str(part) for part in loc)
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = tuple(part.strip().strip("\"'") for part in header[1].split("."))
            found = number if wanted[: len(table)] == table else found
        elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            here = table + tuple(part.strip("\"'") for part in key[1].split("."))
            if wanted == here:
                return number
            found = number if wanted[: len(here)] == here else found
    return found
