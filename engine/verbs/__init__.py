"""Verbs: what a person can ask of the engine at any node. Adding one is one new file and one line in KINDS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.search.settings import SettingError, configure
from engine.verbs.alternatives import Alternatives
from engine.verbs.deepen import Deepen
from engine.verbs.equalise import Equalise
from engine.verbs.only import Only
from engine.verbs.play_out import PlayOut
from engine.verbs.reroll import Reroll
from engine.verbs.verb import Place, Verb
from engine.verbs.write import Edit, InsertAndGoOn

KINDS: tuple[type[Verb], ...] = (Deepen, Equalise, Alternatives, Only, PlayOut, InsertAndGoOn, Edit, Reroll)
VERBS: dict[str, type[Verb]] = {verb.name: verb for verb in KINDS}


def make_verb(name: str, settings: Mapping[str, Any]) -> Verb:
    """The verb called `name` with these settings. Raises SettingError with a sentence."""
    if name not in VERBS:
        raise SettingError(f"There is nothing called {name!r} to ask for; there are: {', '.join(VERBS)}.")
    return configure(VERBS[name], settings)


def refusal(verb: Verb, place: Place) -> str:
    """Why it cannot be done there, as a sentence; empty if it can."""
    if place.node not in place.tree.nodes:
        return f"There is no node {place.node}: the tree has nodes 0 to {len(place.tree.nodes) - 1}."
    return verb.refusal(place)


__all__ = ["KINDS", "VERBS", "Place", "Verb", "make_verb", "refusal"]
