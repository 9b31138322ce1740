"""Tables of recipes: those that come along, a user's own, and that of a model's folder. Reads files, loads no model.

The recipes that come along are in `resources/scorers.toml`; users add files of the same form. A file that cannot be
used is a sentence that names the file, the entry and what is wrong with it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from engine.scorers.recipes import Recipe, RecipeError, check
from engine.tables import Table

BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "scorers.toml"
"""In a checkout and in a frozen bundle alike `resources` stands beside the `engine` package."""
VARIABLE = "ESPALIER_SCORERS"
"""The environment variable that names a user's own file, in place of the usual one."""
IN_FOLDER = "scorer.toml"
"""The recipe of one model, in its own folder: the same form, without the line [[scorer]]."""
OWN = "step-end"
"""How Espalier's own models are read; what a folder of which nothing else is known is taken for."""
_FILE = Table("scorer", Recipe, check, RecipeError)


def users_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a user's own recipes are: in the file that ESPALIER_SCORERS names, else beside the program's settings."""
    if named_file := environment.get(VARIABLE):
        return Path(named_file).expanduser()
    if os.name == "nt" and (roaming := environment.get("APPDATA")):
        return Path(roaming) / "Espalier" / "scorers.toml"
    configuration = environment.get("XDG_CONFIG_HOME")
    return (Path(configuration) if configuration else Path.home() / ".config") / "Espalier" / "scorers.toml"


def known(environment: Mapping[str, str] = os.environ) -> tuple[Recipe, ...]:
    """A user's own recipes, then those that come along; of one name the first counts. Raises RecipeError."""
    own = users_file(environment)
    wanted = own.is_file() or bool(environment.get(VARIABLE))
    recipes: dict[str, Recipe] = {}
    for recipe in (*(load(own) if wanted else ()), *bundled()):
        recipes.setdefault(recipe.name, recipe)
    return tuple(recipes.values())


@lru_cache(maxsize=1)
def bundled() -> tuple[Recipe, ...]:
    """The recipes that come along."""
    return load(BUNDLED)


def named(name: str, recipes: Iterable[Recipe] | None = None) -> Recipe:
    """The recipe called `name`. Raises RecipeError."""
    found = {recipe.name: recipe for recipe in (known() if recipes is None else recipes)}
    if name not in found:
        raise RecipeError(f"There is no recipe called “{name}”; there are: {', '.join(found)}.")
    return found[name]


def load(path: Path) -> tuple[Recipe, ...]:
    """The recipes in a file, in order. Raises RecipeError."""
    return _FILE.load(path)


def of_folder(folder: Path) -> Recipe | None:
    """The recipe in a model's folder, if there is one; the folder's name is its name. Raises RecipeError.

    It says the whole, or `recipe = "NAME"` and what is different from that one.
    """
    path = folder / IN_FOLDER
    if not path.is_file():
        return None
    content = _FILE.content(path)
    base = content.pop("recipe", None)
    called = folder.absolute().name
    name = re.sub(r"[^\w.+-]+", "-", called, flags=re.ASCII).strip("-_.+") or OWN  # a folder may be called anything
    given: dict[str, Any] = {"name": name, "title": called}
    if base is not None:
        given |= msgspec.to_builtins(named(str(base))) | {"name": name}
    recipe = _FILE.entry(str(path), given | content)
    if recipe.reference and not Path(recipe.reference).expanduser().is_absolute():
        return msgspec.structs.replace(recipe, reference=str(folder / recipe.reference))
    return recipe


def suited(
    folder: str, config: Mapping[str, Any], tensors: Collection[str], recipes: Iterable[Recipe], source: str
) -> Recipe | None:
    """The recipe for a model, by what its config.json and the names of its weights say, and its folder's name.

    The more it says, the better: the architecture, then the folder's name, then a head that transformers does not
    know. None where no recipe of this source fits.
    """
    architectures = {str(name) for name in config.get("architectures") or ()}
    lower, layers = folder.lower(), {name.removesuffix(".weight") for name in tensors}

    def fit(recipe: Recipe) -> tuple[bool, int, bool]:
        called = max((len(part) for part in recipe.models if part in lower), default=0)
        headed = bool(recipe.head) and set(recipe.head) <= layers and not recipe.architectures
        return bool(architectures & set(recipe.architectures)), called, headed

    mine = [recipe for recipe in recipes if recipe.source == source and recipe.name != OWN]
    best = max(mine, key=fit, default=None)
    return best if best and any(fit(best)) else None
