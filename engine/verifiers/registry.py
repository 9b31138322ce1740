"""Verifiers by name. Knows which there are; imports a model's code only when one is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from engine.addresses import is_address
from engine.policies import ModelError, Policy
from engine.scorers.naming import parse
from engine.verifiers import Verifier
from engine.verifiers.choosing import CRITIC, make_scorer, spec_of
from engine.verifiers.gold import GoldVerifier
from engine.verifiers.rule import RuleVerifier
from engine.verifiers.self_evaluation import (
    CheckVerifier,
    ScaleVerifier,
    SelfEvaluation,
    ValueVerifier,
    VoteVerifier,
)

ASKING: dict[str, type[SelfEvaluation]] = {
    "value": ValueVerifier,
    "scale": ScaleVerifier,
    "vote": VoteVerifier,
    "check": CheckVerifier,
}
"""Those that ask the run's own policy; `value:5` asks five times."""
NAMES = (
    *("prm", "prm:FOLDER", "orm", "orm:FOLDER", "prm:FOLDER#RECIPE", "critic", "critic:PLACE", "rule", *ASKING),
    *("value:N", "scale:N", "vote:N", "check:N", "gold"),
)
MOST_SAMPLES = 100


def asks_policy(name: str) -> bool:
    """Whether the verifier called `name` asks the run's own policy."""
    spec = parse(name)
    return spec.kind in ASKING or (spec.kind == CRITIC and not spec.place)


def folder_of(name: str, bundled: Mapping[str, Path]) -> Path | None:
    """The folder that the model of the verifier called `name` stands in; None where it has none of its own."""
    spec = spec_of(name)
    if spec.kind not in ("prm", "orm", CRITIC) or is_address(spec.place):
        return None
    return Path(spec.place).expanduser() if spec.place else bundled.get(spec.kind)


def make_verifier(name: str, bundled: Mapping[str, Path], policy: Callable[[str], Policy]) -> Verifier:
    """The verifier called `name`.

    `bundled` has the folders of the reward models that need no naming, `prm` and `orm`; `policy` gives the policy at a
    place, or the run's own where that is empty. Raises ModelError for a name that means nothing, and for a
    folder that cannot be used.
    """
    kind, colon, rest = name.partition(":")
    if name == "rule":
        return RuleVerifier()
    if name == "gold":
        return GoldVerifier()
    if kind in ASKING:
        asking = ASKING[kind]
        return asking(policy(""), _samples(name, rest) if colon else asking.usual, name)
    if parse(name).kind in ("prm", "orm", CRITIC) and (rest or not colon):
        return make_scorer(name, bundled, policy)
    raise ModelError(f"There is no verifier called '{name}'; there are: {', '.join(NAMES)}.")


def _samples(name: str, text: str) -> int:
    """How often it asks. Raises ModelError."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_SAMPLES and len(text) < 4:
        return int(text)
    raise ModelError(
        f"The verifier '{name}' has no such number of samples: after the colon stands one from 1 to {MOST_SAMPLES}."
    )
