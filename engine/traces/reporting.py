"""Says in words for a person how a text was split. Decides nothing."""

from __future__ import annotations

from engine.traces.harmony import RULE
from engine.traces.modes import Mode, Next
from engine.traces.spans import CutOff, Thinking
from engine.traces.tags import Recipe


class Seen:
    """Which tags of thoughts a text had."""

    __slots__ = ("closer", "messages", "opener", "thoughts", "unopened")

    def __init__(self) -> None:
        self.opener = ""
        self.closer = ""
        self.thoughts = 0
        self.messages = 0
        self.unopened = False

    def tag(self, tag: str, before: Mode, after: Mode, found: Next) -> None:
        """A tag led from one mode to another."""
        self.messages += 1
        if after.kind == "hidden" and before.kind != "hidden":
            self.thoughts += 1
            self.opener = self.opener or tag
        if (before.kind == "hidden" and after.kind != "hidden") or found.closes_unopened:
            self.closer = self.closer or tag
        if found.closes_unopened:
            self.thoughts += 1
            self.unopened = True


def how(recipe: Recipe, began: str, seen: Seen, thinking: Thinking, cut_off: CutOff) -> str:
    """The sentence of a trace."""
    clauses = [began, *_clauses(recipe, seen, bool(began))]
    if seen.thoughts > 1:
        clauses.append(f"{seen.thoughts} thoughts")
    if thinking == "off":
        clauses.append("the thought is an empty block, so thinking was off")
    if cut_off == "hidden":
        clauses.append("the text ends inside the thought")
    return f"{recipe.title}: {'; '.join(clause for clause in clauses if clause)}"


def _clauses(recipe: Recipe, seen: Seen, began: bool) -> list[str]:
    if recipe.machine == "harmony" and seen.messages:
        return [RULE]
    if seen.unopened:
        return [f"{_shown(seen.closer)} comes without an opening tag, so all before it counts as hidden"]
    said = []
    if seen.opener:
        said.append(f"{_shown(seen.opener)} opens the thought")
    if seen.closer:
        said.append(f"{_shown(seen.closer)} ends it")
    if not said and not began:
        said.append("no tag of a thought was found, so all of it counts as exposed")
    return said


def _shown(tag: str) -> str:
    return tag.replace("\n", "\\n")
