"""E-mails and addresses, written and spoken."""

from __future__ import annotations

import pytest

from nlp.redact import redacted
from nlp.redact_mails import aliases, emails
from nlp.redact_places import addresses
from tests.dialogue import dialogue


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("mande a ana.ruiz+2@gmail.com por favor", ["ana.ruiz+2@gmail.com"]),
        ("es juan punto perez arroba gmail punto com", ["juan punto perez arroba gmail punto com"]),
        ("el mail es brian guion bajo fer 10 arroba gmail", ["brian guion bajo fer 10 arroba gmail"]),
        ("Waldo punto riffo, con dos efes, arroba gmail.", ["Waldo punto riffo, con dos efes, arroba gmail"]),
        ("acuerdos, arroba, cobroseguro, punto co.", ["acuerdos, arroba, cobroseguro, punto co"]),
        ("noelia, todo junto, arroba correo punto es", ["noelia, todo junto, arroba correo punto es"]),
        ("es contador punto rangel arroba ay como es", ["contador punto rangel arroba"]),
        ("¿El correo sigue siendo hmontero cincuenta y seis?", ["hmontero cincuenta y seis"]),
        ("¿A cuánto la arroba? Una arroba de frijol.", []),
        ("Mándelo por correo, por favor.", []),
    ],
)
def test_an_email(said: str, found: list[str]) -> None:
    assert [said[span.start : span.end] for span in emails(said)] == found


def test_the_alias_of_an_account() -> None:
    said = "El alias es tordo punto casco punto río. Apúntelo."
    assert [said[span.start : span.end] for span in aliases(said)] == ["tordo punto casco punto río"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Vivo en la Sexta avenida 4-55 zona 10.", ["Sexta avenida 4-55 zona 10"]),
        ("I live at 123 Main Street, Apartment 5.", ["123 Main Street, Apartment 5"]),
        ("La sexta cuota vence el 4.", []),
        ("a su domicilio, jirón Moquegua 560.", ["jirón Moquegua 560"]),
        ("a la casa de la calle Los Cipreses, o si no", ["calle Los Cipreses"]),
        ("calle 19 número 6 68 piso 8 en pereira", ["calle 19 número 6 68 piso 8"]),
        ("carrera 14 # 20-15 apto 302", ["carrera 14 # 20-15 apto 302"]),
        ("en la ocho calle, portón café", ["ocho calle"]),
        ("Colonia Valle Verde, pasaje cuatro, casa once.", ["Colonia Valle Verde, pasaje cuatro, casa once"]),
        ("la Av. Insurgentes Sur 1234, depto. 5", ["Av. Insurgentes Sur 1234, depto. 5"]),
        ("pasaje los notros 142", ["pasaje los notros 142"]),
        ("están abriendo la calle desde febrero", []),
        ("al del segundo piso, en otro piso", []),
        ("un piso con setenta y un años", []),
        ("el pasaje 40 de ida", []),
        ("venía de dejar una carrera a San Lucas", []),
        ("no tengo casa, 20 años pagando", []),
    ],
)
def test_an_address(said: str, found: list[str]) -> None:
    assert [said[span.start : span.end] for span in addresses(said, "MX", asked=False)] == found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (
            "Trece cuarenta, South Bonnie Brae, Los Ángeles.",
            ["Trece cuarenta, South Bonnie Brae, Los Ángeles"],
        ),
        ("Thames 1340, y le cuento", ["Thames 1340"]),
        ("San Juan Bosco, en León.", ["San Juan Bosco"]),
        ("Debo 300 pesos, señora.", []),
    ],
)
def test_an_address_that_was_asked_for(answer: str, found: list[str]) -> None:
    assert [answer[span.start : span.end] for span in addresses(answer, "MX", asked=True)] == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            "Vivo en Insurgentes Sur mil doscientos, departamento cuatro be.",
            ["Insurgentes Sur mil doscientos, departamento cuatro be"],
        ),
        ("Vivo en Corrientes 1234, séptimo B.", ["Corrientes 1234, séptimo B"]),
        ("vivo en corrientes 1234 septimo b", ["corrientes 1234 septimo b"]),
        ("Vivo en el 1234 Main Street.", ["1234 Main Street"]),
        ("Vivo en Los Aromos 345, La Florida.", ["Los Aromos 345, La Florida"]),
        ("Vivo en la Roma 120, interior 3.", ["Roma 120, interior 3"]),
        ("Me mudé a Rivera 2345, apartamento tres.", ["Rivera 2345, apartamento tres"]),
        ("Resido en Gran Vía, 45.", ["Gran Vía, 45"]),
        ("Vivo en Santiago, cerca del hospital.", []),
    ],
)
def test_where_somebody_lives_needs_no_word_for_street(said: str, found: list[str]) -> None:
    assert [said[span.start : span.end] for span in addresses(said, "MX", asked=False)] == found


@pytest.mark.parametrize("answer", ["Manzana F lote 12, Villa El Salvador", "Insurgentes Sur 1200, depto 4"])
def test_an_address_that_was_asked_for_is_one(answer: str) -> None:
    assert [answer[span.start : span.end] for span in addresses(answer, "PE", asked=True)] == [answer]


@pytest.mark.parametrize("asked", ["¿CP?", "¿C.P.?", "¿Me da su c. p.?"])
def test_a_postal_code_may_be_asked_for_in_two_letters(asked: str) -> None:
    assert redacted(dialogue(f"A: {asked}\nD: 06700.")).turns[1].text == "[dirección]."
