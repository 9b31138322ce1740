"""What views share in saying of a probe: which one it is, and of which trace. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.language import tr
from app.models.probe_results import Place, probe_named
from app.plain_text import one_line
from engine.search import NAMED


def place_words(place: Place) -> str:
    """`run 1, node 9`"""
    return tr("run {run}, node {node}").format(run=place.run, node=place.node)


def search_title(search: str, settings: Mapping[str, Any]) -> str:
    """`MCTS`; of a probe with a trace `Early answering of run 1, node 9`; a name that nobody knows is itself."""
    title = NAMED[search].title if search in NAMED else one_line(search)
    place = Place.read(str(settings.get("of", ""))) if probe_named(search) is not None else None
    return title if place is None else tr("{probe} of {place}").format(probe=title, place=place_words(place))
