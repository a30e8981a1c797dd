"""The sections of `coach.toml` that say how recordings come in and who may sign in; each is closed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from transcripts.facts.filenames import facts_of
from transcripts.facts.values import Place
from transcripts.facts.values import country as country_of
from transcripts.options import AUTO, Device
from transcripts.types import TranscriptError

DEMO_MODEL = "whisper-demo-es"
LEAST_SECRET = 16  # characters


Country = Annotated[str, AfterValidator(lambda text: country_of(text.strip(), Place()) if text else text)]


class Speech(BaseModel):
    """Which speech model hears the calls, and how (`transcripts.options`). 0 and "auto": by the machine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: str = "faster-whisper"  # a name in `transcripts.engines.ENGINES`
    model: str = DEMO_MODEL  # name or folder
    models_dir: Path | None = None  # None: `models` inside data_dir
    device: Device = "auto"
    compute_type: str = AUTO
    beam_size: int = Field(default=5, ge=1, le=20)
    batch_size: int = Field(default=0, ge=0, le=256)
    cpu_threads: int = Field(default=0, ge=0)
    language: str = "es"
    hotwords: bool | None = None  # None: yes, but never for the demo model, which they harm
    diarizer_segmentation: Path | None = None
    diarizer_embedding: Path | None = None


class Source(BaseModel):
    """What is known of every recording that comes from one place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agent_channel: Literal[0, 1] = 0  # 0 left, 1 right
    filename_pattern: str = ""  # like "{agent_login}_{account}_{call_started_at:%Y%m%d-%H%M%S}"
    timezone: str = ""
    country: Country = ""
    company: str = ""
    campaign: str = ""

    @field_validator("filename_pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        if pattern:
            try:
                facts_of("", pattern)
            except TranscriptError as error:
                raise ValueError(str(error)) from error
        return pattern

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name) if name else None
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("no es una zona horaria conocida, como America/Mexico_City") from error
        return name


ScoredFor = Literal["nobody", "first", "last"]


class Transfers(BaseModel):
    """How the recordings of a transferred call become one (`coach.legs`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wait_minutes: int = Field(default=30, ge=0, le=10_080)  # for a leg, since the last one came
    scored_for: ScoredFor = "nobody"  # whose score it enters where several agents spoke


class Upload(BaseModel):
    """What one recording may be at most, and a ZIP of many."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_mb: int = Field(default=500, ge=1)
    max_hours: float = Field(default=6.0, gt=0)
    zip_mb: int = Field(default=2000, ge=1)  # a ZIP as it comes, and what is in it together
    zip_files: int = Field(default=5000, ge=1)


class Accounts(BaseModel):
    """How long a sign-in lasts, and what stops who guesses passwords (`coach.sessions`, `coach.accounts`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    idle_minutes: int = Field(default=30, ge=1, le=1440)
    longest_hours: int = Field(default=12, ge=1, le=168)  # even for who never pauses
    attempts: int = Field(default=5, ge=3, le=20)  # wrong passwords in a row, then a pause
    pause_minutes: int = Field(default=15, ge=1, le=1440)  # doubled at each further one
    secure: bool = False  # the cookie over TLS only; where a request comes by TLS it is so anyway
    proxies: tuple[str, ...] = ("127.0.0.1",)  # whose word on TLS and on the client's address counts


class Sso(BaseModel):
    """Sign-in with the company's own accounts (OpenID Connect); off where `issuer` is empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str = ""  # address under which /.well-known/openid-configuration is found
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    address: str = ""  # of this dashboard as browsers see it, like https://temple.example


class Webhook(BaseModel):
    """Where to tell of possible critical failures (`coach.webhook`); nowhere while `url` is empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""
    secret: SecretStr = SecretStr("")
    address: str = ""  # of this dashboard as browsers see it: links to calls begin with it
    timeout_s: float = Field(default=10.0, gt=0, le=60)

    @field_validator("url", "address")
    @classmethod
    def _of_the_web(cls, address: str) -> str:
        parts = urlsplit(address)
        if address and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("debe ser una dirección como https://avisos.miempresa.example/temple")
        return address

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if self.url and len(self.secret.get_secret_value()) < LEAST_SECRET:
            raise ValueError(f"con «url» hace falta «secret», de {LEAST_SECRET} caracteres o más")
        return self
