"""What strings mean something to a scorer: its recipe's tag and labels, the special tokens of its folder. No Qt.

Of a folder only small text files are read; a file that cannot be read has nothing to say here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.models.scorer_choice import found_in, known_recipes, recipe_called
from engine.scorers.naming import parse
from engine.scorers.recipes import Recipe

MAX_FILE = 2_000_000
"""Bytes; a tokenizer may take many more, and is left alone then."""
MOST = 16
"""Strings that are named."""
LONGEST = 40
FILES = ("tokenizer_config.json", "special_tokens_map.json", "tokenizer.json")
KEYS = ("bos_token", "eos_token", "pad_token", "unk_token", "sep_token", "cls_token")


def spec_of(scorer: str, specs: Iterable[str]) -> str | None:
    """The first of `specs` that asks the scorer with this name; None: nobody remembers how it was asked."""
    return next((spec for spec in specs if spec == scorer or parse(spec).title == scorer), None)


def recipe_of(spec: str, bundled: Path) -> Recipe | None:
    """The recipe that a scorer is asked with, as far as its spec and the small files of its folder tell; else None.

    `bundled`: where the program's own models are.
    """
    asked, (recipes, _) = parse(spec), known_recipes()
    if asked.recipe:
        return recipe_called(asked.recipe, recipes)
    return found_in(str(_folder(spec, bundled)), asked.kind == "orm", recipes)


def strings_of(spec: str, bundled: Path) -> tuple[str, ...]:
    """Strings that the scorer may take for more than text, each once."""
    recipe = recipe_of(spec, bundled)
    named = () if recipe is None else (recipe.tag, *recipe.labels)
    found = dict.fromkeys(text.strip() for text in (*named, *_tokens(_folder(spec, bundled))))
    return tuple(text for text in found if text and len(text) <= LONGEST)[:MOST]


def _folder(spec: str, bundled: Path) -> Path:
    asked = parse(spec)
    return Path(asked.place).expanduser() if asked.place else bundled / asked.kind


def _tokens(folder: Path) -> Iterator[str]:
    for name in FILES:
        content = _read(folder / name)
        for key in KEYS:
            yield from _texts(content.get(key))
        yield from _texts(content.get("additional_special_tokens"))
        added = content.get("added_tokens_decoder")
        yield from _texts(list(added.values()) if isinstance(added, dict) else None)
        yield from _texts(content.get("added_tokens"))


def _texts(value: Any) -> Iterator[str]:
    """The strings in what these files hold: a text, a mapping with `content`, or a list of such."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(value.get("content"))
    elif isinstance(value, list):
        for each in value[:MOST]:
            yield from _texts(each) if not isinstance(each, list) else ()


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_FILE:
            return {}
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
