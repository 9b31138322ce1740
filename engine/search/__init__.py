"""Search strategies. Adding one is one new file and one line in STRATEGIES."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.search.adaptive_consistency import AdaptiveConsistency
from engine.search.beam import Beam
from engine.search.best_of_n import BestOfN
from engine.search.chain_of_thought import ChainOfThought
from engine.search.dvts import Dvts
from engine.search.guided_beam import GuidedBeam
from engine.search.imported import Imported
from engine.search.labels import LabelSteps
from engine.search.mcts import Mcts
from engine.search.probes import PROBES, Probe
from engine.search.rebase import Rebase
from engine.search.search import Search
from engine.search.self_consistency import SelfConsistency
from engine.search.settings import Setting, SettingError, configure, settings_of
from engine.search.tot_bfs import TotBfs
from engine.search.tot_dfs import TotDfs

STRATEGIES: tuple[type[Search], ...] = (
    ChainOfThought,
    SelfConsistency,
    AdaptiveConsistency,
    BestOfN,
    Beam,
    GuidedBeam,
    Dvts,
    Rebase,
    TotBfs,
    TotDfs,
    Mcts,
)
SEARCHES: dict[str, type[Search]] = {strategy.name: strategy for strategy in (*STRATEGIES, *PROBES)}
"""By name. A probe is one, too: it runs, stops and goes on as they do."""
UNOFFERED: tuple[type[Search], ...] = (LabelSteps, Imported)
"""What no form offers: runs that the program makes of traces."""
NAMED: dict[str, type[Search]] = {**SEARCHES, **{search.name: search for search in UNOFFERED}}
"""All that a log can name."""


def make_search(name: str, settings: Mapping[str, Any]) -> Search:
    """The strategy called `name` with these settings, or what stands in its place in a run that no form offers.

    Raises SettingError with a sentence.
    """
    found = SEARCHES.get(name) or NAMED.get(name)
    if found is None:
        raise SettingError(f"There is no search called {name!r}; there are: {', '.join(SEARCHES)}.")
    return configure(found, settings)


def told_settings(name: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Those settings of the search called `name` that are told to a reader: neither the text of a trace nor what was
    left empty."""
    untold = {entry.name for entry in settings_of(NAMED[name]) if not entry.shown} if name in NAMED else set()
    return {key: value for key, value in settings.items() if key not in untold and value != ""}


__all__ = [
    "NAMED",
    "PROBES",
    "SEARCHES",
    "STRATEGIES",
    "Imported",
    "LabelSteps",
    "Probe",
    "Search",
    "Setting",
    "SettingError",
    "configure",
    "make_search",
    "settings_of",
    "told_settings",
]
