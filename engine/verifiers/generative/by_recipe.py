"""The critic that a recipe describes. Knows recipes and policies, no torch."""

from __future__ import annotations

from engine.addresses import is_address
from engine.policies import Policy
from engine.scorers.naming import Spec
from engine.scorers.recipes import Recipe
from engine.verifiers import Verifier
from engine.verifiers.generative.critic import Critic
from engine.verifiers.generative.draft import Drawing
from engine.verifiers.generative.gen_prm import GenPrm
from engine.verifiers.generative.think_prm import ThinkPrm


def make_critic(recipe: Recipe, policy: Policy, spec: Spec) -> Verifier:
    """A critic that writes with `policy`. One without a place of its own judges what the run's own policy wrote, by
    that very policy. Raises ModelError where the model cannot be used so."""
    name = str(spec).partition(":")[2] if is_address(spec.place) else spec.title
    if recipe.critique == "think-prm":
        return ThinkPrm(policy, name, recipe.tokens, recipe.thinking)
    if recipe.critique == "gen-prm":
        how = Drawing(recipe.temperature, recipe.top_p, recipe.thinking)
        return GenPrm(policy, name, recipe.samples, recipe.execute, recipe.tokens, how)
    return Critic(
        policy,
        name,
        recipe.samples,
        recipe.tokens,
        recipe.temperature,
        recipe.top_p,
        recipe.thinking,
        "prm" if spec.place else "self-evaluation",
    )
