"""Spanish numbers in words, as people say them, up to 999 999 999."""

_SMALL = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
    "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte",
    "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete",
    "veintiocho", "veintinueve",
)  # fmt: skip
_TENS = ("treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS = (
    "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos",
    "ochocientos", "novecientos",
)  # fmt: skip
NUMBER_WORDS = frozenset([*_SMALL, *_TENS, *_HUNDREDS, "cien", "mil", "un", "veintiún", "millón", "millones"])


def spell(number: int, *, before_noun: bool = False) -> str:
    """`number` in words; `before_noun` says «un», «veintiún» instead of «uno», «veintiuno»."""
    words = _plain(number)
    if before_noun and words.endswith("veintiuno"):
        return words.removesuffix("veintiuno") + "veintiún"
    if before_noun and words.endswith("uno"):
        return words.removesuffix("o")
    return words


def digits(numbers: list[int]) -> str:
    """Digits one by one."""
    return " ".join(_SMALL[number] for number in numbers)


def _plain(number: int) -> str:
    if number < 30:
        return _SMALL[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return _TENS[ten - 3] + (f" y {_SMALL[one]}" if one else "")
    if number == 100:
        return "cien"
    if number < 1000:
        hundred, rest = divmod(number, 100)
        return _HUNDREDS[hundred - 1] + (f" {_plain(rest)}" if rest else "")
    if number < 1_000_000:
        thousand, rest = divmod(number, 1000)
        head = "mil" if thousand == 1 else f"{spell(thousand, before_noun=True)} mil"
        return head + (f" {_plain(rest)}" if rest else "")
    million, rest = divmod(number, 1_000_000)
    head = "un millón" if million == 1 else f"{spell(million, before_noun=True)} millones"
    return head + (f" {_plain(rest)}" if rest else "")
