"""By Dask: a cluster of processes on this machine, or a real one at the address of its scheduler.

The table of jobs is the truth and Dask only runs: a task is «take that job and do it», it writes its results
by itself, and done twice it does nothing the second time. A worker that is gone loses its jobs at once.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coach import jobs
from coach.runners.types import Wanted
from coach.settings import LOOPBACK, PREFIX, Settings, environment, load
from coach.store import Store
from coach.types import CoachError, JobStep
from transcripts.engines import ENGINES
from transcripts.types import TranscriptError

if TYPE_CHECKING:
    from distributed import Client, Future

GPU = "GPU"  # the resource that a worker with a card is started with: --resources "GPU=1"
_WAIT_S = 1.0  # for a hand to become free
_LOOK_S = 3.0  # between two looks at who is there
_CONNECT_S = "20s"
_GATHER_S = 60.0  # for the first worker of a cluster to come
_NO_PAGE = "127.0.0.1:0"  # left out, Dask serves its pages to every machine around

log = logging.getLogger(__name__)


class Crew:
    """The workers of a cluster, each with a job at most for every thread it has."""

    def __init__(self, store: Store, client: Client) -> None:
        self.store, self.client = store, client
        self.out: dict[int, tuple[Future, bool]] = {}  # by job: its task, and whether it needs a card
        self.hands, self.cards = 0, 0
        self.seen: set[str] = set()  # workers as the table names them
        self.look_at = 0.0

    @property
    def busy(self) -> bool:
        return bool(self.out)

    def advance(self, stop: Callable[[], bool]) -> bool:
        """Hand out as many jobs as there are free hands; who is next in the table goes first."""
        self._collect()
        if time.monotonic() >= self.look_at:
            self._look()
        handed = self._hand_out(("transcribe",), card=True) if self.cards else 0
        handed += self._hand_out(("analyze", "score") if self.cards else jobs.STEPS, card=False)
        if self.out and not handed:
            self._wait()
        return bool(self.out) or handed > 0

    def _hand_out(self, steps: tuple[JobStep, ...], *, card: bool) -> int:
        busy = sum(each == card for _, each in self.out.values())
        free = (self.cards if card else self.hands) - busy
        if free <= 0:
            return 0
        found = jobs.waiting(self.store, steps, free, self.out.keys())
        for job_id in found:
            task = self.client.submit(
                _do, job_id, card, pure=False, key=f"job-{job_id}-{time.monotonic_ns()}",
                resources={GPU: 1} if card else None,
            )  # fmt: skip
            self.out[job_id] = (task, card)
        return len(found)

    def _collect(self) -> None:
        """Forget the tasks that ended. What one of them could not do stays in the table and is seen there."""
        self.out = {job: (task, card) for job, (task, card) in self.out.items() if not task.done()}

    def _wait(self) -> None:
        from distributed import TimeoutError as Late
        from distributed import wait

        try:
            wait([task for task, _ in self.out.values()], timeout=_WAIT_S, return_when="FIRST_COMPLETED")
        except Late:
            return

    def _look(self) -> None:
        """Who is there. The jobs of a worker that was there before and is not any more are free again."""
        self.look_at = time.monotonic() + _LOOK_S
        workers = self.client.scheduler_info(n_workers=-1)["workers"].values()
        self.hands = sum(one["nthreads"] for one in workers)
        self.cards = sum(int(one["resources"].get(GPU, 0)) for one in workers)
        told = self.client.run(_who, on_error="ignore").values() if workers else ()
        known = [one for one in told if one is not None]
        ours = _database(self.store)
        for name, database in known:
            if database != ours:
                raise CoachError(
                    "{worker}: ese trabajador usa otra base de datos ({theirs}, aquí {ours}). "
                    "Ponga la misma database_url en todos los equipos.",
                    worker=name,
                    theirs=database,
                    ours=ours,
                )
        here = {name for name, _ in known}
        for gone in self.seen - here:
            jobs.lose(self.store, gone)
        self.seen = here


@contextmanager
def opened(store: Store, settings: Settings, wanted: Wanted) -> Iterator[Crew]:
    if wanted.scheduler and not _on_this_machine(wanted.scheduler) and store.engine.dialect.name == "sqlite":
        raise CoachError(
            "{address}: varios equipos no pueden compartir una base SQLite. "
            "Ponga database_url con una base PostgreSQL; docs/cluster.md dice cómo.",
            address=wanted.scheduler,
        )
    with connected(settings, wanted) as client:
        client.register_plugin(prepared())
        crew = Crew(store, client)
        try:
            yield crew
        finally:
            client.cancel([task for task, _ in crew.out.values()])


@contextmanager
def connected(settings: Settings, wanted: Wanted) -> Iterator[Client]:
    """A client of the cluster that is wanted; one of our own ends with it.

    CoachError where Dask is not installed, the scheduler does not answer, or it would be reached in the open.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise CoachError(
            "Falta Dask para trabajar en varios procesos: instale Temple con el extra «cluster»."
        ) from error
    if not wanted.scheduler:
        with (
            LocalCluster(
                n_workers=wanted.workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=_NO_PAGE,
                worker_dashboard_address=_NO_PAGE, env=_variables(settings, wanted.workers),
            ) as cluster,
            Client(cluster) as client,
        ):  # fmt: skip
            yield client
        return
    security = _security(wanted)
    try:
        client = Client(wanted.scheduler, security=security, timeout=_CONNECT_S)
    except (OSError, ValueError) as error:
        raise CoachError(
            "{address}: el planificador de Dask no responde ({error}). "
            "Revise la dirección y los certificados.",
            address=wanted.scheduler,
            error=error,
        ) from error
    with client:
        _gathered(client, wanted.scheduler)
        yield client


def _gathered(client: Client, address: str) -> None:
    """Give workers that are just starting the time to come; without any it goes on all the same."""
    from distributed import TimeoutError as Late

    try:
        client.wait_for_workers(1, timeout=_GATHER_S)
    except Late:
        log.warning("%s: no worker has come yet", address)


def prepared() -> Any:
    """What every worker does once, also one that comes later or is started again: see `_ready`."""
    from distributed import WorkerPlugin

    class Prepared(WorkerPlugin):  # type: ignore[misc]
        name = "temple"

        def setup(self, worker: Any) -> None:
            worker.temple = _ready()

        def teardown(self, worker: Any) -> None:
            worker.temple[0].close()

    return Prepared()


def _ready() -> tuple[Store, Settings]:
    """In a worker: the settings of its machine, its store open, and the speech model loaded, which then stays
    for all its jobs.
    """
    settings = load()
    options = settings.speech_options()
    try:
        ENGINES[options.engine](options)
    except TranscriptError as error:  # text is judged all the same; a recording says so on its job
        log.warning("%s", error)
    return Store.open(settings), settings


def _variables(settings: Settings, workers: int) -> dict[str, str]:
    """These very settings for workers on this machine, its processors shared out among them."""
    threads = settings.speech.cpu_threads or max(1, min(8, (os.cpu_count() or 1) // workers))
    speech = settings.speech.model_copy(update={"cpu_threads": threads})
    said = environment(settings.model_copy(update={"speech": speech}))
    return {name: value for name, value in said.items() if name.startswith(PREFIX)}


def _security(wanted: Wanted) -> Any:
    """The certificates. A scheduler asks nobody for a password: without TLS only one of this machine."""
    from distributed.security import Security

    if not wanted.scheduler.startswith("tls://"):
        if _on_this_machine(wanted.scheduler):
            return None
        raise CoachError(
            "{address}: sin TLS solo se usa un planificador de este mismo equipo. "
            "Escriba tls://… con --tls-ca, --tls-cert y --tls-key.",
            address=wanted.scheduler,
        )
    files = (wanted.tls_ca, wanted.tls_cert, wanted.tls_key)
    if any(file is None or not file.is_file() for file in files):
        told = ", ".join(str(file) for file in files if file is not None and not file.is_file())
        raise CoachError(
            "{address}: faltan certificados ({files}). "
            "Indique --tls-ca, --tls-cert y --tls-key; docs/cluster.md dice cómo se hacen."
            if told
            else "{address}: faltan certificados. "
            "Indique --tls-ca, --tls-cert y --tls-key; docs/cluster.md dice cómo se hacen.",
            address=wanted.scheduler,
            files=told,
        )
    ca, cert, key = map(str, files)
    return Security(tls_ca_file=ca, tls_client_cert=cert, tls_client_key=key, require_encryption=True)


def _on_this_machine(scheduler: str) -> bool:
    host = scheduler.partition("://")[2].rpartition(":")[0].strip("[]")
    return host in LOOPBACK


def _who(dask_worker: Any) -> tuple[str, str] | None:
    """In a worker: its name in the table, and its database; None while it is not ready."""
    ready = getattr(dask_worker, "temple", None)
    return (jobs.worker_name(), _database(ready[0])) if ready else None


def _database(store: Store) -> str:
    """What tells two databases apart, whatever their host is called from where one looks."""
    url = store.engine.url
    return f"{url.get_backend_name()}:{url.database}"


def _do(job_id: int, only_hear: bool) -> None:
    """In a worker: take the job and do it; nothing where another has it, or it no longer waits."""
    from distributed import get_worker

    from coach.doing import do

    store, settings = get_worker().temple
    if job := jobs.take(store, jobs.worker_name(), job_id):
        do(store, settings, job, only_hear=only_hear)
