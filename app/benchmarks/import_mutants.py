"""Files of others made wrong: their bytes, the values in their JSON, the members of their archives. Reads nothing back.

A file whose bytes are changed is mostly no JSON any more; so half of them stay what they are, and say what cannot be.
"""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from copy import deepcopy
from random import Random
from typing import Any

from app.benchmarks.mutating import mutant, text_mutant

VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 2**31, 2**62, 10**30, 1e308, -1e308, 5e-324, "", " ", "x", "\x00", "\ud800", "\u202eevil",
    "#### 1", "<think>", "</think>", "x" * 70_000, "1\n" * 20_000, "9" * 400, "../../x",
    "attachment://0123456789abcdef0123456789abcdef", [], {}, [[]], [None], {"": None}, [{}] * 50,
    {"type": "text", "text": "x"}, {"role": "assistant", "content": "x"},
)  # fmt: skip
"""Each a value of JSON where another one was expected."""
DEEP = 600
"""Lists within each other: more than any reader takes."""
MOST_EDITS = 3
MOST_SPOTS = 20_000
BOMB = 80_000_000
"""Bytes of a member that packs to a thousandth."""
_JSON = (".json", ".jsonl", ".ndjson")


def wrong(name: str, original: bytes, random: Random) -> tuple[bytes, str]:
    """`original`, a file called `name`, made wrong, and in which way."""
    if original.startswith(b"PK"):
        if random.random() < 0.3 or "zstd" in name:  # which Python's own reader unpacks from 3.14 on
            return mutant(original, random), "bytes"
        return _wrong_archive(original, random), "archive"
    if name.endswith(_JSON) and random.random() < 0.6:
        return _wrong_json(name, original, random), "values"
    return text_mutant(original, random), "bytes"


def _wrong_json(name: str, original: bytes, random: Random) -> bytes:
    """The same document, or one of its lines, with other values here and there."""
    if name.endswith(".json"):
        return _edited(original, random)
    lines = original.splitlines()
    place = random.randrange(len(lines))
    lines[place] = _edited(lines[place], random)
    return b"\n".join(lines)


def _edited(original: bytes, random: Random) -> bytes:
    value = [json.loads(original)]
    for _ in range(random.randint(1, MOST_EDITS)):
        spots: list[tuple[Any, Any]] = []
        _find_spots(value, spots)
        if not spots:  # the whole document was taken out
            break
        holder, key = random.choice(spots)
        with suppress(RecursionError):
            _edit(holder, key, spots, random)
    indent = random.choice((None, None, 1))
    with suppress(RecursionError):
        return json.dumps(value[0] if value else None, indent=indent).encode()
    return original


def _edit(holder: Any, key: Any, spots: list[tuple[Any, Any]], random: Random) -> None:
    """One accident at one place."""
    way = random.randrange(6)
    if way == 0:
        del holder[key]
    elif way == 1 and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif way == 2 and isinstance(holder, dict):
        holder[random.choice(("", "id", "text", "x" * 5000, "\u202e"))] = holder.pop(key)
    elif way == 3:  # what stands elsewhere in the document
        other, place = random.choice(spots)
        holder[key] = json.loads(json.dumps(other[place]))
    elif way == 4 and random.random() < 0.2:
        holder[key] = json.loads("[" * DEEP + "]" * DEEP)
    else:
        holder[key] = deepcopy(random.choice(VALUES))


def _find_spots(value: Any, found: list[tuple[Any, Any]], deep: int = 0) -> None:
    """Places at which another value could stand."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found.append((value, key))
        if len(found) < MOST_SPOTS and deep < 100:
            _find_spots(value[key], found, deep + 1)


def _wrong_archive(original: bytes, random: Random) -> bytes:
    """Its members with other values, twice, under other names, missing, cut, or far too large; packed in any way."""
    out = io.BytesIO()
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
    with zipfile.ZipFile(io.BytesIO(original)) as archive, zipfile.ZipFile(out, "w", random.choice(methods)) as made:
        for name in archive.namelist():
            raw, way = archive.read(name), random.randrange(8)
            if way == 0:
                continue
            if way == 1:
                raw = _edited(raw, random)
            elif way == 2:
                raw = text_mutant(raw, random)
            elif way == 3:
                name = random.choice((f"../{name}", "samples/x.json", "data.pkl", "samples/\x01.json", "header.json"))
            elif way == 4 and random.random() < 0.05:
                raw = b"[" + b" " * BOMB
            if name not in made.namelist():  # the writer warns of what the reader is to be tried with
                made.writestr(name, raw, zipfile.ZIP_DEFLATED if len(raw) > 1_000_000 else None)
    data = bytearray(out.getvalue())
    if random.random() < 0.2:  # what the table of contents says of a member
        at = data.rfind(b"PK\x01\x02")
        data[at + random.randrange(10, 46)] = random.randrange(256)
    return bytes(data)
