"""Ways to spoil a good file: bytes flipped, cut and repeated, odd characters, odd values, endless nesting."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

Damage = Callable[[bytes, random.Random], bytes]

ODD_TEXTS = (
    "\x00", "a\x00b", "\u202edeuda\u202c", "مرحبا بالعالم",
    "😀👩‍👩‍👧‍👦🇲🇽", "\ud800", "\ufeff", "\u2028", "\x1b[2J", "\r\n",
    "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "{{7*7}}", "%s%n",
    "../../etc/passwd", "C:\\Windows", "' OR 1=1 --", "ﷺ" * 50, "é" * 3, "a" * 70_000, "9" * 5_000, " ", "",
)  # fmt: skip
ODD_NUMBERS = (
    "-1", "0", "1e400", "-0.0", "NaN", "Infinity", "9223372036854775808", "1" + "0" * 400, "0x10", "1_000",
    "1e-400", "٣", "²", "12:99", "1,5", "1.000.000,00", "-9999999999999999999",
)  # fmt: skip
ODD_DATES = (
    "0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "31/02/2026", "2026-10-25T02:30:00",
    "99999-01-01",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-03-29T02:30", "1/1/1", "25:61",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, -1, 0, 10**30, 1e308, float("inf"), float("nan"), [], {}, [[]], {"": {}},
    *ODD_TEXTS, *ODD_DATES,
)  # fmt: skip
_DEEP = 100_000
YAML_BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (n, n, *[n - 1] * 9) for n in range(98, 108)
)
_YAML_ODD = (
    b"a: &a [*a]\n", b"? [a, b]\n: c\n", b"!!python/object/apply:os.system [id]\n", b"<<: [1, 2]\n",
    b"--- a\n--- b\n",
    b"a: 2026-02-30\n", b"a: 1:99:99\n", b"%TAG ! tag:x\n---\na: b\n", b"a: !!int x\n",
    b"a: !!timestamp x\n",
    b"a: !!binary \xff\n", b"a: 0o9\n", b"a: " + b"9" * 5000 + b"\n", b"a: !!float ..\n",
    b"? ? ? a\n", b"a: b: c\n",
)  # fmt: skip


def flip(data: bytes, dice: random.Random) -> bytes:
    """Up to eight bytes are others."""
    out = bytearray(data)
    for _ in range(dice.randint(1, 8) if out else 0):
        out[dice.randrange(len(out))] = dice.choice((0, 255, 127, 10, 34, dice.randrange(256)))
    return bytes(out)


def cut(data: bytes, dice: random.Random) -> bytes:
    """The end is missing, or a piece in the middle."""
    one, other = sorted((dice.randint(0, len(data)), dice.randint(0, len(data))))
    return data[:one] if dice.random() < 0.5 else data[:one] + data[other:]


def repeat(data: bytes, dice: random.Random) -> bytes:
    """A piece comes again and again."""
    one, other = sorted((dice.randint(0, len(data)), dice.randint(0, len(data))))
    piece = data[one:other][:20_000]
    return data[:other] + piece * dice.choice((1, 3, 50)) + data[other:]


def put_in(data: bytes, dice: random.Random) -> bytes:
    """Odd characters somewhere."""
    at = dice.randint(0, len(data))
    odd = dice.choice((*ODD_TEXTS, *ODD_NUMBERS, *ODD_DATES)).encode("utf-8", "surrogatepass")
    return data[:at] + odd + data[at:]


def value(data: bytes, dice: random.Random) -> bytes:
    """A word or number of the file is an odd one."""
    words = list(re.finditer(rb"[\w.:+-]+", data))
    if not words:
        return data
    word = dice.choice(words)
    odd = dice.choice((*ODD_NUMBERS, *ODD_DATES, *ODD_TEXTS)).encode("utf-8", "surrogatepass")
    return data[: word.start()] + odd + data[word.end() :]


def encoding(data: bytes, dice: random.Random) -> bytes:
    """The same in another encoding, or in one that it is not."""
    text = data.decode("utf-8", "replace")
    name = dice.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "utf-8-sig", "cp1252", "utf-7"))
    return text.encode(name, "replace")


def node(data: bytes, dice: random.Random) -> bytes:
    """JSON, one part of which is an odd value; other data come back spoilt otherwise."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return value(data, dice)
    places: list[tuple[Any, Any]] = []
    _places(tree, places)
    if not places:
        return value(data, dice)
    for _ in range(dice.randint(1, 3)):
        holder, key = dice.choice(places)
        if dice.random() < 0.1 and isinstance(holder, dict):
            holder.pop(key, None)
        else:
            holder[key] = dice.choice(ODD_VALUES)
    return json.dumps(tree).encode()


def nested(data: bytes, dice: random.Random) -> bytes:
    """Brackets without end, by themselves or in the place of a value."""
    many = dice.choice((200, 1500, _DEEP))
    if dice.random() < 0.5:
        return b"[" * many
    at = data.find(b":", dice.randint(0, max(0, len(data) - 1)))
    inside = dice.choice((b"[" * many + b"]" * many, b'{"a":' * many + b"1" + b"}" * many))
    return data[: at + 1] + b" " + inside + data[at + 1 :]


def yaml_odd(data: bytes, dice: random.Random) -> bytes:
    """What YAML can do beyond keys and values: anchors that multiply, tags, cycles."""
    odd = dice.choice((*_YAML_ODD, YAML_BOMB))
    if dice.random() < 0.3:
        return odd
    lines = data.splitlines(keepends=True)
    at = dice.randint(0, len(lines))
    return b"".join(lines[:at]) + odd + b"".join(lines[at:])


def packed(data: bytes, dice: random.Random) -> bytes:
    """A ZIP (a book of Excel) with one of its parts spoilt, missing, doubled or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = {part.filename: book.read(part) for part in book.infolist()}
    except Exception:  # spoilt before this
        return flip(data, dice)
    name = dice.choice(sorted(parts))
    how = dice.randrange(5)
    if how == 0:
        parts.pop(name)
    elif how == 1:
        parts[name] = b"<a>" * 30_000_000
    elif how == 2:
        bomb = b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 1000 + b'">' + b'<!ENTITY b "' + b"&a;" * 1000 + b'">]>'
        parts[name] = bomb + parts[name].partition(b"?>")[2]
    else:
        parts[name] = dice.choice((flip, cut, value, put_in))(parts[name], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for each, content in parts.items():
            book.writestr(each, content)
    return out.getvalue()


OF_BYTES: tuple[Damage, ...] = (flip, cut, repeat)
OF_TEXT: tuple[Damage, ...] = (flip, cut, repeat, put_in, value, value, encoding)
OF_JSON: tuple[Damage, ...] = (*OF_TEXT, node, node, node, nested)
OF_YAML: tuple[Damage, ...] = (*OF_TEXT, yaml_odd, nested)
OF_BOOK: tuple[Damage, ...] = (*OF_BYTES, packed, packed, packed)


def spoilt(data: bytes, ways: tuple[Damage, ...], dice: random.Random) -> bytes:
    """`data` spoilt in one to three of these ways."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        data = dice.choice(ways)(data, dice)
    return data


def _places(tree: Any, out: list[tuple[Any, Any]]) -> None:
    keys = range(len(tree)) if isinstance(tree, list) else list(tree) if isinstance(tree, dict) else ()
    for key in keys:
        out.append((tree, key))
        _places(tree[key], out)
