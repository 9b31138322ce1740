"""A scorer as a form asks for it: which kind of place, which recipe, what is different; and its name. Knows no widget.

The name is what plans and the desk take: `prm`, `orm:FOLDER`, `prm:FOLDER#RECIPE;separator=\\n`, `critic:PLACE`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from app.language import mark, tr
from engine.addresses import is_address
from engine.scorers import table
from engine.scorers.naming import Spec, parse
from engine.scorers.recipes import Recipe, RecipeError, overridden

Kind = Literal["prm", "orm", "folder", "critic"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_WORDS: dict[Kind, str] = {
    "prm": mark("The bundled PRM: scores every step"),
    "orm": mark("The bundled ORM: scores whole answers"),
    "folder": mark("A reward model in a folder"),
    "critic": mark("A language model that writes a judgement"),
}
MOST_CONFIG = 4_000_000
"""Bytes of a config.json that is looked at."""


@dataclass(frozen=True)
class ScorerChoice:
    """What a form says."""

    kind: Kind = "prm"
    place: str = ""
    """A folder, or for a critic a server too; empty for the run's own policy."""
    whole: bool = False
    """Of a folder without a named recipe: whether it scores whole answers, not steps."""
    recipe: str = ""
    """Empty: found by what the folder holds."""
    values: tuple[tuple[str, str], ...] = ()

    def spec(self, recipes: Sequence[Recipe]) -> str:
        """The scorer's name."""
        if self.kind in ("prm", "orm"):
            return self.kind
        kind = "critic" if self.kind == "critic" else self._source(recipes)
        return str(Spec(kind, self.place, self.recipe, self.values if self.recipe else ()))

    def _source(self, recipes: Sequence[Recipe]) -> str:
        known = recipe_called(self.recipe, recipes)
        return known.source if known is not None else "orm" if self.whole else "prm"

    def fault(self, recipes: Sequence[Recipe]) -> str:
        """What is wrong with it, as a sentence; empty if nothing is."""
        if self.kind in ("prm", "orm"):
            return ""
        if self.kind == "folder" and not self.place:
            return tr("Choose the folder of a model.")
        if self.place and not is_address(self.place) and (fault := _folder_fault(self.place)):
            return fault
        return self._recipe_fault(recipes)

    def _recipe_fault(self, recipes: Sequence[Recipe]) -> str:
        recipe = recipe_called(self.recipe, recipes)
        if recipe is None:
            return ""
        try:
            recipe = overridden(recipe, dict(self.values))
        except RecipeError as error:
            return str(error)
        if recipe.family != "implicit":
            return ""
        if not recipe.reference:
            return tr("This recipe compares with another model: choose the folder of the reference model.")
        return _folder_fault(recipe.reference)


def _folder_fault(place: str) -> str:
    return "" if Path(place).expanduser().is_dir() else tr("There is no folder {folder}.").format(folder=place)


def choice_of(spec: str) -> ScorerChoice:
    """What a form has to say to give this name."""
    said = parse(spec)
    if said.kind == "critic":
        return ScorerChoice("critic", said.place, recipe=said.recipe, values=said.values)
    if not said.place:
        return ScorerChoice("orm" if said.kind == "orm" else "prm")
    return ScorerChoice("folder", said.place, said.kind == "orm", said.recipe, said.values)


def recipe_called(name: str, recipes: Sequence[Recipe]) -> Recipe | None:
    return next((recipe for recipe in recipes if recipe.name == name), None)


def recipes_for(kind: Kind, recipes: Sequence[Recipe]) -> list[Recipe]:
    """Those that a form offers: a folder may hold any model; who writes judgements needs a prompt, of which
    ProcessBench's is the usual one."""
    writers = [recipe for recipe in recipes if recipe.family == "generative" and recipe.name != "critic"]
    return list(recipes) if kind == "folder" else writers


def known_recipes() -> tuple[tuple[Recipe, ...], str]:
    """All recipes, and what is wrong with the user's own file, if it cannot be read; then without it."""
    try:
        return table.known(), ""
    except RecipeError as error:
        return table.bundled(), str(error)


def found_in(folder: str, whole: bool, recipes: Sequence[Recipe]) -> Recipe | None:
    """The recipe that will be taken for a folder if none is named, as far as its small files say."""
    place = Path(folder).expanduser()
    try:
        if (own := table.of_folder(place)) is not None:
            return own
        with (place / "config.json").open("rb") as file:
            config = json.loads(file.read(MOST_CONFIG))
    except (OSError, ValueError):  # RecipeError is one: the engine will say it
        return None
    source = "orm" if whole else "prm"
    return table.suited(place.name, config, (), recipes, source) if isinstance(config, dict) else None
