"""Which recipe a model is read by, and the scorer that does it. Imports a model's code only when one is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from engine.addresses import is_address
from engine.llm.folder import read_json
from engine.policies import ModelError, Policy
from engine.scorers import naming, table
from engine.scorers.naming import Spec
from engine.scorers.recipes import Recipe, RecipeError, overridden
from engine.verifiers import Verifier

CRITIC = "critic"
"""The kind of scorer that is any policy, and the recipe that it is used by unless another is named."""


def make_scorer(name: str, bundled: Mapping[str, Path], policy: Callable[[str], Policy]) -> Verifier:
    """The scorer called `name`: `prm:FOLDER#RECIPE;key=value`, or `critic`. Raises ModelError.

    `policy` gives the policy at a place, or the run's own where that is empty: a critic writes with it.
    """
    try:
        spec = spec_of(name)
        folder = Path(spec.place).expanduser() if spec.place else bundled.get(spec.kind, Path())
        recipe = recipe_for(spec, folder)
    except RecipeError as error:
        raise ModelError(str(error)) from error
    if recipe.family == "generative":
        from engine.verifiers.generative.by_recipe import make_critic

        if spec.kind != CRITIC and not spec.place:
            raise ModelError(
                f"The recipe {recipe.name} needs a model that writes: name its folder, or let the run's own policy "
                f"write, with critic#{recipe.name}."
            )
        at_folder = spec.place and not is_address(spec.place)
        return make_critic(recipe, policy(str(folder) if at_folder else spec.place), spec)
    if is_address(spec.place):
        raise ModelError(
            f"The recipe {recipe.name} reads numbers inside a model, which the server at {spec.place} does not show: "
            "a server can write a critique, with #thinkprm, #genprm or #critic."
        )
    if recipe.form == "own" and recipe.family == "token_head":
        from engine.verifiers.orm import OrmVerifier  # torch takes a second that a rule does not need
        from engine.verifiers.prm import PrmVerifier

        kind = PrmVerifier if spec.kind == "prm" else OrmVerifier
        return kind(folder, name=spec.title)
    if recipe.family == "implicit":
        from engine.verifiers.implicit import ImplicitVerifier

        return ImplicitVerifier(folder, recipe, spec.title)
    from engine.verifiers.by_recipe import HeadVerifier

    return HeadVerifier(folder, recipe, spec.title)


def spec_of(name: str) -> Spec:
    """A name taken apart. What looks like a recipe is a part of the folder's name where there is such a folder, and the
    model of a server where no recipe has that name."""
    spec = naming.parse(name)
    kind, _, rest = name.partition(":")
    if not spec.recipe or not rest:
        return spec
    known = {recipe.name for recipe in table.known()} if is_address(rest) else set()
    of_place = spec.recipe not in known if is_address(rest) else Path(rest).expanduser().is_dir()
    return Spec(kind, rest) if of_place else spec


def recipe_for(spec: Spec, folder: Path) -> Recipe:
    """The recipe that the name says; else that of the folder; else one that knows such models. Raises RecipeError."""
    if spec.recipe or spec.kind == CRITIC:
        recipe = table.named(spec.recipe or CRITIC)
        if recipe.name != table.OWN and recipe.source != spec.kind and recipe.family != "generative":
            raise RecipeError(
                f"The recipe {recipe.name} is for {recipe.source}:FOLDER, not for {spec.kind}:FOLDER: it scores "
                + ("complete answers." if recipe.source == "orm" else "steps.")
            )
        return overridden(recipe, dict(spec.values))
    if not spec.place:
        return table.named(table.OWN, table.bundled())
    return table.of_folder(folder) or _found(folder, spec.kind) or table.named(table.OWN, table.bundled())


def _found(folder: Path, source: str) -> Recipe | None:
    """By what the folder holds. A folder that cannot be read is told by whoever loads it."""
    if not (folder / "config.json").is_file():
        return None
    from engine.llm.heads import tensor_names

    config = read_json(folder / "config.json")
    recipes = table.known()
    quick = table.suited(folder.name, config, (), recipes, source)
    if quick or not any(recipe.head for recipe in recipes):
        return quick
    return table.suited(folder.name, config, tensor_names(folder), recipes, source)
