"""What a strategy is: a frozen configuration with pure functions over the tree. Knows no model, no clock, no Qt.

One iteration is a generator of moves. Between iterations nothing is remembered but the tree, so a run can be stepped,
edited, stopped and gone on with tomorrow.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal, TypeAlias

from engine.events import Choice, NodeId, Phase, Reason, Source, Voted
from engine.problems.problem import Problem
from engine.search.settings import Setting, settings_of
from engine.search.values import best_open_leaf, open_leaves
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
    """Ask the policy for next steps of each node. Gives back a tuple of new children for each node.

    With `whole` every sample goes on to the end of its turn, and each of its steps becomes a node: what comes back
    for each node are the last nodes of its chains.
    """

    nodes: tuple[NodeId, ...]
    width: int | tuple[int, ...]
    """Samples, or calls where steps are proposed in lists: for every node, or one number for each."""
    temperature: float
    merge: Literal["none", "text", "state"] = "text"
    """Which samples of one node become one child, whose prior counts them all: none, equal texts, or equal states."""
    generator: Literal["sample", "propose"] = "sample"
    """`propose`: one call lists several next steps (Yao et al. 2023); the prior is even."""
    whole: bool = False
    given: str = ""
    """What every sample opens with, as if the policy had written it."""
    given_tokens: bytes = b""
    """Packed row (engine.tokens) of `given`, where its tokens are known: the policy goes on after these very tokens."""
    task: int = 0
    """Number of a task that a person asked for; 0: none. Its samples are drawn by numbers of their own, and those with
    the text of a child that is there already are left out."""
    answers: bool = True
    """Whether a turn should end in an answer; False: one that ends without is no fault."""

    def widths(self) -> tuple[int, ...]:
        """Samples for each node. Raises ValueError if there is not one number for each."""
        if isinstance(self.width, int):
            return (self.width,) * len(self.nodes)
        if len(self.width) != len(self.nodes):
            raise ValueError(f"{len(self.width)} widths for {len(self.nodes)} nodes")
        return self.width


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Ask the verifiers for scores of these steps. Gives back None: read the scores from the tree.

    A verifier that compares (a vote) compares the nodes of one move with each other.
    """

    nodes: tuple[NodeId, ...]


@dataclass(frozen=True, slots=True)
class Rollout:
    """Let the policy play on from each node to an answer, and score that. Gives back a RolledOut for each."""

    nodes: tuple[NodeId, ...]
    temperature: float
    most_steps: int | None = None
    """Only so many steps (lookahead); None: to the end."""
    samples: int = 1
    """Of each node; what comes back has those of one node side by side."""
    turn: str = ""
    """The user turn that they are given in place of the run's own; empty for that."""


@dataclass(frozen=True, slots=True)
class Given:
    """Let the text of a trace that is there already become a chain of nodes below `parent`. Gives back their ids."""

    parent: NodeId
    steps: tuple[str, ...]
    edits: tuple[str, ...] = ()
    """What was done to each step, see NewNode.edit; () for none."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Mix Dirichlet noise into the priors of the children of `parent` (Silver et al. 2018). Gives back None."""

    parent: NodeId
    alpha: float
    fraction: float


@dataclass(frozen=True, slots=True)
class VirtualLoss:
    """Let a leaf go into flight (change +1) or come back (-1). Gives back None."""

    leaf: NodeId
    change: int


@dataclass(frozen=True, slots=True)
class Prune:
    """Take nodes out of the search, with a reason in words for each. Gives back None."""

    nodes: tuple[NodeId, ...]
    reasons: tuple[str, ...]
    by: Literal["search", "person"] = "search"


@dataclass(frozen=True, slots=True)
class Insert:
    """Add a step that a person wrote. Gives back its node."""

    parent: NodeId
    step: str


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Announce a count of the answers. Gives back None."""

    voted: Voted


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

Move: TypeAlias = (
    Select | Expand | Evaluate | Rollout | Given | Noise | VirtualLoss | Prune | Insert | Aggregate | Backpropagate
)
Iteration: TypeAlias = Generator[Move, Any, None]
"""What comes back from `yield` depends on the move, see each one's docstring."""

_PHASES: dict[type[Any], Phase] = {
    **dict.fromkeys((Select, Noise, VirtualLoss, Prune), "selection"),
    **dict.fromkeys((Expand, Given, Insert), "expansion"),
    **dict.fromkeys((Evaluate, Rollout), "simulation"),
    **dict.fromkeys((Backpropagate, Aggregate), "backpropagation"),
}


def phase_of_move(move: Move) -> Phase:
    """The phase that a move belongs to."""
    return _PHASES[type(move)]


@dataclass(frozen=True)
class Search(ABC):
    """One strategy. Subclasses are frozen dataclasses whose fields are made with `setting(...)`."""

    name: ClassVar[str]
    """On the command line and in files, e.g. `mcts`."""
    title: ClassVar[str]
    """In the window, e.g. `MCTS`."""
    group: ClassVar[str] = "Others"
    """Heading under which lists show it, e.g. `Tree search`."""
    needs_verifier: ClassVar[bool] = False
    citation: ClassVar[str] = ""
    """The paper, as its authors' names, year and arXiv number."""
    formula_text: ClassVar[str] = ""
    """The formula that decides, in plain text; empty where there is none."""

    @abstractmethod
    def iteration(self, tree: Tree) -> Iteration:
        """The moves of one iteration, seen from `tree` (which changes as the moves are performed)."""

    @abstractmethod
    def done(self, tree: Tree) -> Ending | None:
        """Why nothing is left to do; None while there is."""

    @abstractmethod
    def choose(self, tree: Tree) -> Answer | None:
        """The run's single answer; None if there is none."""

    limit: ClassVar[str] = ""
    """The field that says how much is done before it ends, and decides nothing on the way: a run that is gone on with
    may be given more of it. Empty: there is none."""

    def spent(self, tree: Tree) -> int:
        """How much of `limit` is done; 0 where there is none."""
        return 0

    def cut_by_limit(self, tree: Tree) -> bool:
        """Whether the last iteration may have done less because `limit` allowed no more: what comes after it may then
        be other than what would have come at once. If not, it is the same."""
        return False

    counts_visits: ClassVar[bool] = False
    """Whether it credits values to nodes, so that N means something."""

    def expand_at(self, node: NodeId) -> Expand:
        """The expansion with which it would go on at one node: what a person who wants more there is given."""
        return Expand((node,), 4, 1.0)

    def open_below(self, tree: Tree, node: NodeId) -> bool:
        """Whether something new can be learned at or below `node`, which is in the search and no answer."""
        return self.expand_at(node).whole or any(True for _ in open_leaves(tree, node))

    def iteration_below(self, tree: Tree, node: NodeId) -> Iteration:
        """One iteration that stays at or below `node`, where a person wants more: the best open leaf grows, or another
        chain is drawn. `open_below` holds."""
        wish = self.expand_at(node)
        leaf = None if wish.whole else best_open_leaf(tree, node)
        yield from grow_and_score(tree, wish if leaf is None else self.expand_at(leaf.id))

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        """Why this cannot be run with verifiers of these names, as a sentence; empty if it can."""
        if self.needs_verifier and not verifiers:
            return f"{self.title} needs a verifier: choose the PRM, the rule checker, or both."
        return ""

    def unfit(self, problem: Problem, verifiers: tuple[str, ...]) -> str:
        """Why it can do nothing with this problem and these verifiers, as a sentence; empty if it can."""
        return ""

    def turn(self, problem: Problem) -> str:
        """The user turn that the policy is given."""
        return problem.prompt

    def progress(self, tree: Tree) -> float | None:
        """Share of the work that is done, in [0, 1]; None where nobody can know."""
        return None

    def settings(self) -> dict[str, Any]:
        """Every field, as JSON values."""
        return asdict(self)

    @classmethod
    def form(cls) -> tuple[Setting, ...]:
        """The fields as a form shows them: without those that the program fills in."""
        return tuple(entry for entry in settings_of(cls) if entry.shown)

    @property
    def thinking(self) -> bool:
        """Whether the policy writes its own thought first."""
        return False


def grow_and_score(tree: Tree, wish: Expand) -> Iteration:
    """An expansion, and what the verifiers say of everything that came of it."""
    known = len(tree.nodes)
    yield wish
    yield from score(tree, tuple(range(known, len(tree.nodes))))


def insert_and_score(tree: Tree, parent: NodeId, step: str) -> Iteration:
    """A step that a person wrote, and what the verifiers say of it."""
    born = yield Insert(parent, step)
    yield from score(tree, (born,))


def score(tree: Tree, nodes: tuple[NodeId, ...]) -> Iteration:
    """What the verifiers say of these steps, where there are any and somebody to ask."""
    if nodes and tree.started is not None and tree.started.verifiers:
        yield Evaluate(nodes)
