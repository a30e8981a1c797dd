"""What people watch for while somebody plays: the rules that the machine marks by, with their points."""

from __future__ import annotations

from drills.aims import disputed, names_sums, pays
from drills.closing import CLOSES
from drills.credit import ACTS
from drills.drill import Play
from drills.marks import rules
from drills.state import MOST_WORDS
from drills.third import steps_of
from nlp.labels import Text

Item = tuple[str, int]  # rule of `rules.yaml`, points at most


def checklist(play: Play) -> tuple[Item, ...]:
    """The lines of the list, in the order of the grade. Only for formats in which words are said."""
    if play.drill.with_other:
        return (*((step, 2) for step in steps_of(play.drill)), ("keeps", 2))
    items: list[Item] = [(step, 2) for step in ACTS]
    asks = pays(play)
    if disputed(play):
        items.append(("no_ask", 2))
    elif asks:
        items.append(("ask", 2))
    if play.drill.format in CLOSES and play.debtor is not None:
        items.append(("close" if asks else "close_next", 2))
    named = play.drill.recording.debtor_name
    small = (
        "usted",
        *(("name",) if named else ()),
        "short",
        "sure",
        *(("figures",) if names_sums(play) else ()),
    )
    return (*items, *((rule, 1) for rule in small))


def watched(rule: str, name: str) -> Text | None:
    """What to watch for by a rule of the list, with `name` for who is spoken to; None for no rule."""
    known = rules().get(rule)
    if known is None:
        return None
    said = known.watch or known.rule
    values = {"most": MOST_WORDS, "words": "", "name": name}
    return Text(es=said.es.format(**values), en=said.en.format(**values))
