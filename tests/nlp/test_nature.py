"""What people live from or live in, taken by weather, fire, pests or the earth."""

from __future__ import annotations

import pytest

from nlp.plain import says_plainly
from nlp.tagger import hear
from nlp.thresholds import OPERATING
from tests.marks import bare


@pytest.mark.parametrize(
    "said",
    [
        "Fíjese que con las lluvias se me fue la milpa, se perdió casi todo.",
        "La helada me quemó la papa.",
        "Se me murió el ganado con la sequía.",
        "El huaico se llevó mi puesto.",
        "La plaga me acabó el banano este año.",
        "Se inundó la tienda y perdí la mercancía.",
        "Nos cortaron la luz tres semanas y se me pudrió toda la mercadería.",
        "Se me murieron los pollos, toda la camada.",
        "La cosecha se perdió con la helada.",
        "Con el incendio se nos quemó la bodega.",
    ],
)
def test_what_one_lives_from_taken_is_a_loss_of_income(said: str) -> None:
    for words in (said, bare(said)):
        assert says_plainly(hear(words, "debtor"), "job_loss") >= OPERATING, words


@pytest.mark.parametrize(
    "said",
    [
        "El huracán nos tumbó la casa.",
        "Se nos quemó la casa.",
        "El río nos inundó el cuarto.",
        "Quedamos damnificados.",
    ],
)
def test_a_home_struck_is_an_emergency(said: str) -> None:
    for words in (said, bare(said)):
        assert says_plainly(hear(words, "debtor"), "health_emergency") >= OPERATING, words


@pytest.mark.parametrize(
    "said",
    [
        "Se me perdió el recibo.",
        "Se me fue la señal con la lluvia.",
        "No he perdido la cosecha, gracias a Dios.",
        "Con esta lluvia no le oigo bien.",
        "Se me quemó la lavadora que ustedes me vendieron.",
        "El agua me llegó muy cara este mes.",
        "Voy a vender la cosecha el viernes.",
        "Hoy tengo pollo para la cena.",
    ],
)
def test_weather_and_farm_words_alone_tell_of_no_loss(said: str) -> None:
    for words in (said, bare(said)):
        assert not {"lost_livelihood", "struck_home"} & set(hear(words, "debtor").found), words
