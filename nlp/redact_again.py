"""Numbers of a call that give somebody away, said again: read back, repeated, spelled."""

from __future__ import annotations

from nlp.redact_digits import no_sum
from nlp.redact_figures import Run, runs_of
from nlp.redact_quantities import is_day, without_quantities
from nlp.redact_words import Kind, Span, flat

_SAME = 3  # first figures by which a corrected number is known
_PART = 4  # figures of a number that are known again without the rest


def digits_of(said: str) -> str:
    """The figures of a stretch, however they are spoken."""
    return "".join(run.digits for run in runs_of(said))


def _alike(run: Run, digits: str) -> bool:
    """Whether `run` says a part of the number, or corrects its end right at once."""
    return run.digits in digits or (
        run.start <= 1 and len(digits) > _PART and no_sum(run) and run.digits[:_SAME] == digits[:_SAME]
    )


def _related(said: str, digits: str) -> bool:
    return said in digits or digits in said or said[:_SAME] == digits[:_SAME]


def echoes(text: str, known: dict[str, Kind], country: str | None) -> list[Span]:
    """Where `text` says one of the `known` numbers again."""
    low = flat(text)
    out = []
    for run in runs_of(text):
        if not any(_related(run.digits, digits) for digits in known):
            continue
        kept = without_quantities(low, run, country)
        if kept is None or kept.forms & {"cardinal", "marked", "date"} or is_day(low, kept):
            continue
        same = known.get(kept.digits)
        if same is None and len(kept.digits) >= _PART:
            same = next((kind for digits, kind in known.items() if _alike(kept, digits)), None)
        if same is not None:
            out.append(Span(kept.start, kept.end, same))
    return out
