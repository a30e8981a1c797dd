"""What is missing on this machine and how to get it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from typing import Literal

from coach import (
    aside,
    certificates,
    database,
    intact,
    owners,
    pipeline,
    shared_mails,
    stuck,
    tending,
    unread_told,
    webhook,
    worker_log,
)
from coach.anchored import whole
from coach.complaints import OURS, in_words, some
from coach.database import make_folder
from coach.settings import Settings
from coach.store import Store
from rubrics.types import Rubric
from transcripts.engines import ENGINES
from transcripts.engines.whisper import gpus
from transcripts.formats.files import reason
from transcripts.options import DEFAULT_ENGINE, is_demo, model_folder, resolve

State = Literal["well", "note", "missing"]
_NAMED = 10  # logins in one line
OLDER = (
    "La base de datos es de una versión anterior de Temple. «coach db upgrade», o lo primero que la abra, la "
    "pone al día; después el programa anterior ya no la abre."
)
CLOSED = "{folder}: no se puede leer ({why}). Revise los permisos de la carpeta."
NO_ENGINE = "No existe el motor de voz «{engine}»: hay {known}."
OTHER_ENGINE = "Motor de voz: {engine}. Lo que le falte lo dice él con la primera grabación."
SAID = "{what}"  # what another part of Temple says of itself


class Examined:
    """One finding. `said` is the Spanish sentence, with `given` in its slots; screens look up its English."""

    def __init__(self, state: State, said: str, **given: object) -> None:
        self.state, self.said, self.given = state, said, given

    @property
    def text(self) -> str:
        return self.said.format(**self.given)

    @property
    def sign(self) -> str:
        return {"well": "✓", "note": "·", "missing": "✕"}[self.state]


def examine(settings: Settings) -> Iterator[Examined]:
    """One finding after the other: program, data, rules, speech, hardware, what is optional."""
    version = ".".join(map(str, sys.version_info[:3]))
    supported = (3, 11) <= sys.version_info < (3, 14)
    yield Examined(
        "well" if supported else "missing",
        "Python {version} (se necesita 3.11, 3.12 o 3.13)",
        version=version,
    )
    told = set[str]()
    for part in (
        _store,
        _https,
        _company_accounts,
        _rubrics,
        _speech,
        _disk,
        _aside,
        _in_vain,
        _seals,
        _work,
    ):
        for one in _what_can_be(part(settings)):
            if one.state != "missing" or one.text not in told:  # what is wrong for two of them is said once
                yield one
            told.add(one.text)
    if find_spec("sherpa_onnx") is None:
        yield Examined(
            "note", "Voces en grabaciones de un solo canal: opcional, «pip install -e .[diarize]»."
        )
    if shutil.which("espeak-ng") is None:
        yield Examined("note", "espeak-ng: solo para «coach train-demo-asr» («apt install espeak-ng»).")


def _what_can_be(part: Iterator[Examined]) -> Iterator[Examined]:
    """What a part finds; where it cannot look, why: the rest is examined all the same."""
    try:
        yield from part
    except OURS as error:
        yield Examined("missing", SAID, what=in_words(error))
    except NotADirectoryError:
        return  # what lies in the data folder, where that is none: told of the folder itself
    except OSError as error:
        yield Examined("missing", CLOSED, folder=error.filename, why=reason(error))


def _store(settings: Settings) -> Iterator[Examined]:
    """A store of an older program is only told of: to look must not bring it up."""
    if database.is_older(settings.url, setting=settings.place_of_store):
        yield Examined("note", OLDER)
        return
    with closing(Store.open(settings)) as store:
        where = whole(store.engine.url)
    yield Examined("well", "Base de datos: {where}", where=where)


def _https(settings: Settings) -> Iterator[Examined]:
    """Browsers of other machines: passwords are to travel by TLS, and without it they give no microphone."""
    if settings.stands_open:
        yield Examined(
            "note",
            "El tablero escucha en {host} sin HTTPS: las contraseñas viajan a la vista y el "
            "navegador no da el micrófono. Ponga «certificate» y «key», o un proxy con HTTPS delante y "
            'host = "127.0.0.1" (si el proxy está en otro equipo: accounts.secure = true). '
            "Vea docs/server.md.",
            host=settings.host,
        )
    if settings.certificate is None and settings.key is None:
        return
    try:
        days = certificates.check(settings)
    except OURS as error:
        yield Examined("missing", SAID, what=in_words(error))
        return
    file = settings.certificate
    if days is None:
        yield Examined("well", "HTTPS con {file}", file=file)
    elif days < 0:
        yield Examined("missing", "{file}: el certificado venció. Renuévelo y reinicie Temple.", file=file)
    else:
        state: State = "well" if days >= certificates.SOON else "note"
        yield Examined(state, "HTTPS con {file}, vence en {days} días", file=file, days=days)


def _company_accounts(settings: Settings) -> Iterator[Examined]:
    """Whether the service answers by which people sign in, where there is one."""
    if not settings.sso.issuer:
        return
    from coach import sso

    try:
        sso.try_out(settings)
    except OURS as error:
        yield Examined("missing", SAID, what=in_words(error))
    else:
        yield Examined("well", "Cuenta de la empresa: {issuer} contesta", issuer=settings.sso.issuer)
    if not database.is_older(settings.url, setting=settings.place_of_store):
        with closing(Store.open(settings)) as store:
            given = shared_mails.shared(store, settings)
        yield from (Examined("note", shared_mails.TOLD, **one) for one in given)


def _rubrics(settings: Settings) -> Iterator[Examined]:
    base = pipeline.places_of(settings)[0]
    if isinstance(base, Rubric):
        yield Examined("well", "Pauta: {name}", name=base.name)
    yield from unread(settings)


def unread(settings: Settings) -> Iterator[Examined]:
    """Files of one's own that cannot be used, each with the calls that it stops."""
    for one in pipeline.unread_of(settings):
        given = {"file": one.path.absolute(), "why": one.why}
        if one.kind == "playbook":
            yield Examined("missing", unread_told.NO_WORDINGS, **given)
        elif one.kind == "pack":
            yield Examined("missing", unread_told.NO_RULES, **given)
        elif one.base:
            yield Examined("missing", unread_told.NO_BASE, **given)
        elif one.for_calls is None:
            yield Examined("missing", unread_told.UNNEEDED, **given)
        else:
            yield Examined("missing", unread_told.UNCLEAR if one.unsure else unread_told.NO_FORM, **given)


def _speech(settings: Settings) -> Iterator[Examined]:
    engine, known = settings.speech_options().engine, ", ".join(ENGINES)
    if engine not in ENGINES:
        yield Examined("missing", NO_ENGINE, engine=engine, known=known)
    elif engine == DEFAULT_ENGINE:
        yield from _whisper(settings)
    else:  # only it knows what it needs
        yield Examined("well", OTHER_ENGINE, engine=engine)


def _whisper(settings: Settings) -> Iterator[Examined]:
    cards = gpus()
    options = resolve(settings.speech_options(), cuda=cards > 0, cores=1)
    try:
        folder = model_folder(options)
    except OURS as error:
        yield Examined("missing", SAID, what=in_words(error))
    else:
        yield Examined(
            "well", "Modelo de voz: {model} ({folder}), en {device}, {kind}",
            model=options.model, folder=folder, device=options.device, kind=options.compute_type,
        )  # fmt: skip
        if is_demo(folder):
            best = "large-v3-turbo" if cards else "small"
            yield Examined(
                "note",
                "Es el modelo de demostración: solo entiende las voces sintéticas de ejemplo. "
                "Para llamadas reales: coach models get {best} && coach models use {best}",
                best=best,
            )
    if cards:
        yield Examined("well", "GPU con CUDA: {cards}", cards=cards)
    else:
        yield Examined("note", "GPU con CUDA: ninguna; se transcribe con el procesador")


def _aside(settings: Settings) -> Iterator[Examined]:
    """Files that the intake could not read wait for somebody, who must hear of them."""
    if found := aside.aside(settings):
        yield Examined(
            "note",
            "Archivos que no se pudieron leer: {n}, en {folder}. El último: {last}. "
            "Al lado de cada uno está su motivo ({why}).",
            n=len(found),
            folder=aside.folder(settings),
            last=found[0].path.name,
            why=aside.WHY,
        )


def _in_vain(settings: Settings) -> Iterator[Examined]:
    """Alerts that did not arrive, calls that are in nobody's month: nobody would hear of them elsewhere."""
    if database.is_older(settings.url, setting=settings.place_of_store):
        return
    with closing(Store.open(settings)) as store:
        again, given_up = webhook.not_arrived(store, settings)
        nobodys = owners.unheld_lately(store)
    log = worker_log.of(settings)
    if again or given_up:
        yield Examined(
            "note",
            worker_log.VAIN if log else worker_log.VAIN_UNLOGGED,
            again=len(again), given_up=len(given_up),
            calls=some(dict.fromkeys((*given_up, *again)), _NAMED), log=log,
        )  # fmt: skip
    if nobodys:
        yield Examined(
            "note",
            "Usuarios del marcador que no eran de nadie el día de su llamada: {logins}. Llamadas del último "
            "mes que por eso no entran en el mes de nadie: {n}. Dé el usuario a su persona en "
            "Administración, Personas.",
            logins=some(nobodys, _NAMED),
            n=sum(nobodys.values()),
        )


def _seals(settings: Settings) -> Iterator[Examined]:
    """Closes that somebody changed in the database: who does not open that very month would hear of none."""
    if database.is_older(settings.url, setting=settings.place_of_store):
        return
    with closing(Store.open(settings)) as store:
        broken = intact.broken(store)
    if changed := [one for one in broken if one.month is not None]:
        named = [f"{one.month:%Y-%m} {one.site}".strip() for one in changed]
        yield Examined("missing", intact.CHANGED, closes=some(named, _NAMED))
    if gone := [one.close_id for one in broken if one.month is None]:
        yield Examined("missing", intact.GONE, closes=some(map(str, gone), _NAMED))


def _work(settings: Settings) -> Iterator[Examined]:
    """Whether what comes is done: where this is not told, it waits unseen."""
    if not tending.at_work(settings.data_dir):
        log = worker_log.of(settings)
        state: State = "missing" if tending.serving() else "note"
        yield Examined(state, worker_log.NOBODY if log else worker_log.NOBODY_UNLOGGED, log=log)
    if still := stuck.standing(settings):
        yield Examined("missing", stuck.STANDS, minutes=stuck.SILENT.seconds // 60, jobs=some(still, _NAMED))


def _disk(settings: Settings) -> Iterator[Examined]:
    make_folder(settings.data_dir)
    free = shutil.disk_usage(settings.data_dir).free / 1e9
    given = {"folder": settings.data_dir.resolve(), "free": free}
    if free >= 2:
        yield Examined("well", "Espacio libre en {folder}: {free:.0f} GB", **given)
    else:
        yield Examined(
            "missing", "Espacio libre en {folder}: {free:.0f} GB; deje al menos 2 GB libres.", **given
        )
