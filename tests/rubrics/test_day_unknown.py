"""Who has just said that the day cannot be known is not asked for it in the next breath."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import pack_of
from rubrics.playbook import load_playbook
from rubrics.replies import Suggestion, suggest
from tests.dialogue import dialogue

COUNTRIES = ("MX", "CO", "AR", "ES")


def suggested(said: str, country: str) -> tuple[Suggestion, ...]:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: Don Darío, su cuota de mil pesos venció hace diez días. ¿Qué pasó con el pago?
        D: {said}
        A: Ya veo.
        D: Sí.
        """
    )
    of = replace(call.recording, country=country, call_started_at=date(2026, 3, 4))
    call = replace(call, recording=of)
    return suggest(analyze(call), call, load_playbook(), pack_of(country))


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize(
    "said",
    [
        "no tengo y la verdad no le sé decir cuándo depende de que me paguen en la obra",
        "Me quedé sin trabajo y no sé cuándo me salga algo.",
        "estoy esperando que me paguen un trabajo pero no me dicen cuándo",
        "no tengo plata ni fecha de cuándo me entre algo, no tengo fecha",
        "no le puedo asegurar un día pero yo le pago cuando pueda",
    ],
)
def test_no_day_is_asked_of_who_cannot_know_it(said: str, country: str) -> None:
    shown = suggested(said, country)
    assert shown
    for one in shown:
        texts = [*one.steps.values(), *(reply.text for reply in one.replies)]
        assert not [text for text in texts if "asks_the_day" in hear(text, "agent").found]
        assert any(text.startswith("Le entiendo: hoy no se puede saber el día") for text in texts)


@pytest.mark.parametrize(
    "said",
    [
        "No tengo ahorita, me pagan el viernes, aunque no sé a qué hora.",
        "no me acuerdo cuándo vencía pero no tengo plata",
        "No sé qué día vencía, no me alcanzó.",
    ],
)
def test_a_day_that_is_named_or_past_may_be_asked_about(said: str) -> None:
    texts = [reply.text for one in suggested(said, "CO") for reply in one.replies]
    assert texts
    assert not [text for text in texts if text.startswith(("Le entiendo: hoy no", "Claro, todavía no hay"))]
