"""What a strategy is: a frozen configuration with pure functions over the tree. Knows no model, no clock, no Qt.

One iteration is a generator of moves. Between iterations nothing is remembered but the tree, so a run can be stepped,
edited, stopped and gone on with tomorrow.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, TypeAlias

from engine.events import Choice, NodeId, Reason, Source
from engine.search.settings import Setting, settings_of
from engine.tree import Tree


@dataclass(frozen=True, slots=True)
class Walked:
    """A finished selection: what the Selected event will hold."""

    path: tuple[NodeId, ...]
    choices: tuple[Choice, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class Select:
    """Announce a selection. Gives back the leaf."""

    walked: Walked


@dataclass(frozen=True, slots=True)
class Expand:
    """Ask the policy for `width` next steps of each node. Gives back a tuple of new children for each node."""

    nodes: tuple[NodeId, ...]
    width: int
    temperature: float
    merge: bool = True
    """Merge samples with the same text into one child whose prior counts them all."""


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Ask the verifiers for scores of these steps. Gives back None: read the scores from the tree."""

    nodes: tuple[NodeId, ...]


@dataclass(frozen=True, slots=True)
class Rollout:
    """Let the policy play on from each node to an answer, and score that. Gives back a RolledOut for each."""

    nodes: tuple[NodeId, ...]
    temperature: float


@dataclass(frozen=True, slots=True)
class Backpropagate:
    """Credit `value` to every node from `leaf` to the root. Gives back None."""

    leaf: NodeId
    value: float
    source: Source
    revisit: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a run's single answer stands: at a node, or in a rollout from it (its number, from 0)."""

    node: NodeId
    rollout: int | None = None


Ending: TypeAlias = tuple[Reason, str]
"""Why nothing is left to do, as a word and as the rest of a sentence."""

Move: TypeAlias = Select | Expand | Evaluate | Rollout | Backpropagate
Iteration: TypeAlias = Generator[Move, Any, None]
"""What comes back from `yield` depends on the move, see each one's docstring."""


@dataclass(frozen=True)
class Search(ABC):
    """One strategy. Subclasses are frozen dataclasses whose fields are made with `setting(...)`."""

    name: ClassVar[str]
    """On the command line and in files, e.g. `mcts`."""
    title: ClassVar[str]
    """In the window, e.g. `MCTS`."""
    needs_verifier: ClassVar[bool] = False

    @abstractmethod
    def iteration(self, tree: Tree) -> Iteration:
        """The moves of one iteration, seen from `tree` (which changes as the moves are performed)."""

    @abstractmethod
    def done(self, tree: Tree) -> Ending | None:
        """Why nothing is left to do; None while there is."""

    @abstractmethod
    def choose(self, tree: Tree) -> Answer | None:
        """The run's single answer; None if there is none."""

    def progress(self, tree: Tree) -> float | None:
        """Share of the work that is done, in [0, 1]; None where nobody can know."""
        return None

    def settings(self) -> dict[str, Any]:
        """Every field, as JSON values."""
        return asdict(self)

    @classmethod
    def form(cls) -> tuple[Setting, ...]:
        """The fields as a form shows them."""
        return settings_of(cls)

    @property
    def thinking(self) -> bool:
        """Whether the policy writes its own thought first."""
        return False
