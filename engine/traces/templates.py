"""Imports the `response_template` of a Hugging Face tokenizer as a recipe. Runs nothing of it: tags are data.

The dictionary (transformers, `utils/chat_parsing`, version 1): `start_anchor`, `fields` with `open`, `close` or regular
expressions in their place. Only the literal text of an expression is taken; one without any is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.traces.tags import Pair, Recipe, TagError, check

_REASONING = ("reasoning_content", "reasoning", "thinking")
_ANSWER = "content"
_BLANKS = re.compile(r"^(?:\\s[*+?]?|\\n[*+?]?)+")
_LITERAL = re.compile(r"(?:[^\\^$.|?*+()\[\]{}]|\\[^A-Za-z0-9])+")
"""Characters that stand for themselves in a regular expression."""


def recipe_of(template: Any, name: str, title: str = "") -> Recipe:
    """The recipe in a tokenizer's `response_template`. Raises TagError, a sentence that names the entry."""
    where = f"The response template of {name}"
    if not isinstance(template, Mapping) or not isinstance(template.get("fields"), Mapping):
        raise TagError(f"{where} has no fields.")
    if (version := template.get("version", 1)) != 1:
        raise TagError(f"{where} has version {version}; only version 1 is known.")
    fields = template["fields"]
    hidden = tuple(_pair(where, field, fields[field]) for field in _REASONING if field in fields)
    if not hidden:
        raise TagError(f"{where} has no field for a thought; known are: {', '.join(_REASONING)}.")
    tool = tuple(_pair(where, field, spec) for field, spec in fields.items() if field not in (*_REASONING, _ANSWER))
    recipe = Recipe(
        name=name,
        title=title or f"the response template of {name}",
        hidden=hidden,
        tool=tool,
        turns=tuple(_tags(f"{where}: start_anchor", template, "start_anchor")),
        ends=tuple(_tags(f"{where}, field {_ANSWER}", fields.get(_ANSWER, {}), "close")),
        blocks="several",
    )
    if wrong := check(recipe):
        raise TagError(f"{where}: {wrong}.")
    return recipe


def _pair(where: str, name: str, spec: Any) -> Pair:
    where = f"{where}, field {name}"
    opening, closing = tuple(_tags(where, spec, "open")), tuple(_tags(where, spec, "close"))
    if not opening:
        raise TagError(f"{where}: there is no tag that opens it.")
    return Pair(opening, tuple(tag for tag in closing if tag not in opening))


def _tags(where: str, spec: Any, key: str) -> Iterator[str]:
    """The tags under `key`, or the literal text of the expressions under `key_pattern`."""
    if not isinstance(spec, Mapping):
        raise TagError(f"{where} is not a table.")
    given = spec.get(key, ())
    for tag in (given,) if isinstance(given, str) else given if isinstance(given, list | tuple) else (None,):
        if not isinstance(tag, str):
            raise TagError(f"{where}: {key} is neither a text nor a list of texts.")
        yield tag.lstrip()
    pattern = spec.get(f"{key}_pattern")
    if pattern is not None:
        yield from _literals(f"{where}: {key}_pattern", pattern, last=key == "close")


def _literals(where: str, pattern: Any, last: bool) -> Iterator[str]:
    """The tags an expression begins with (or ends with, if `last`): one for each of its alternatives."""
    if not isinstance(pattern, str):
        raise TagError(f"{where} is not a text.")
    body = _BLANKS.sub("", pattern)
    for choice in _alternatives(body):
        found = [re.sub(r"\\(.)", r"\1", piece) for piece in _LITERAL.findall(_without_blanks(choice))]
        pieces = [piece for piece in found if piece.strip()]
        if not pieces or (not last and not _LITERAL.match(choice)):
            raise TagError(f"{where} has no literal tag: {pattern[:60]}.")
        yield pieces[-1 if last else 0].strip()


def _alternatives(body: str) -> list[str]:
    """Of `(?:a|b)` or `a|b` without deeper groups: a and b. Of anything else: itself."""
    inner = body[3:-1] if body.startswith("(?:") and body.endswith(")") and body.count("(?:") == 1 else body
    if re.search(r"(?<!\\)[()\[\]]", inner):
        return [body]
    return [choice for choice in re.split(r"(?<!\\)\|", inner) if choice]


def _without_blanks(choice: str) -> str:
    """With `\\s*` and the like as a border between two literals."""
    return re.sub(r"\\[snt][*+?]?", "()", choice)
