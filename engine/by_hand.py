"""Events by which a person says, brings or asks something. All events: engine.events. Imports msgspec and parts only.

Those about a trace name the node at its end; offsets count characters of its text, which is its steps, joined.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from engine.parts import Cost, Event, NodeId, Part, Score

Admission = Literal["admits", "silent", ""]


class Restored(Event, frozen=True):
    """Nodes that were pruned are in the search again: the inverse of Pruned."""

    iteration: int
    nodes: tuple[NodeId, ...]
    by: Literal["search", "person"] = "person"


class ScoreSet(Event, frozen=True):
    """A person said what a step is worth, in place of what was said before. Searches read it as a verifier's score."""

    iteration: int
    node: NodeId
    value: float | None
    """On the run's scale; None: nothing is said any more."""


class Noted(Event, frozen=True):
    """A person wrote about a node. The text takes the place of the one before; an empty one takes the note away.

    This and Bookmarked say something about a run and change nothing in it: they may also come after RunFinished.
    """

    node: NodeId
    text: str


class Bookmarked(Event, frozen=True):
    """A person put a bookmark at a node, or took it away."""

    node: NodeId
    on: bool


class BordersMoved(Event, frozen=True):
    """A person said where a trace turns from hidden to exposed text, or back. In place of what was said before.

    This and the next three, too, may come after RunFinished.
    """

    node: NodeId
    borders: tuple[int, ...]
    """Offsets, ascending: what lies before the first is hidden, after it exposed, and so in turn. Empty: as the
    splitter found it."""


class StepLabelled(Event, frozen=True):
    """A person said what the piece [start, end) of a trace does in it."""

    node: NodeId
    start: int
    end: int
    label: str
    """A function (engine.traces.functions), e.g. `plan`; empty: as the rules label it."""


class StepRated(Event, frozen=True):
    """Somebody rated a step in the sense of PRM800K (Lightman et al. 2023)."""

    node: NodeId
    rating: Annotated[int, msgspec.Meta(ge=-1, le=1)] | None
    """1 good, 0 neutral, -1 bad; None: not rated any more."""
    by: str = ""
    """Who: empty for the person at this program, else the dataset, or the labeler in it, that the step came with."""


class RolloutJudged(Event, frozen=True):
    """A person said of a rollout what a rule had guessed: whether its thought admits what moved it."""

    node: NodeId
    rollout: int
    """Its number at the node, from 0."""
    verdict: Admission
    """Empty: as the rules have it."""


class RolloutScores(Part, frozen=True):
    """A scorer's numbers for the steps of a rollout, which are no nodes."""

    node: NodeId
    rollout: int
    """Its number at the node, from 0."""
    values: tuple[float | None, ...]
    """One for each step, in [0, 1]; None where the scorer says nothing."""


class Unscored(Part, frozen=True):
    """A step that a scorer was asked about and gave no score."""

    node: NodeId
    why: str
    """In the scorer's words."""


class Rescored(Event, frozen=True):
    """A scorer was asked about steps after the fact. No search reads these scores; they may come after RunFinished."""

    scores: tuple[Score, ...]
    scorer: str
    """By this name its scores are found; the same scorer's later ones take the place of those before."""
    recipe: str = ""
    """How the model was asked, where it was not the bundled one: name of a recipe."""
    cost: Cost = Cost()
    """Not counted with the run's."""
    ends: tuple[NodeId, ...] = ()
    """Nodes at the ends of traces that it was asked about: a step of theirs that has no score got none."""
    rollouts: tuple[RolloutScores, ...] = ()
    """Of the traces that end in rollouts, the steps of those."""
    unscored: tuple[Unscored, ...] = ()
    """Steps without a score of which the scorer said why."""
    spec: str = ""
    """The name by which the scorer was asked for, and can be again: see engine.scorers.naming."""
    model: str = ""
    """Fingerprint of its weights and recipe. What another model of this name said before is no longer its word."""
    withdrawn: tuple[NodeId, ...] = ()
    """Steps of which it is from now on as if it had never been asked. So a Rescored is taken back by another one: with
    the words that stood before, and without those that did not."""
    withdrawn_rollouts: tuple[tuple[NodeId, int], ...] = ()
    """The same of rollouts: node and number."""


class TraceRead(Event, frozen=True):
    """A trace that was written elsewhere came in: its text is that of the given steps down to `node`, joined."""

    node: NodeId
    name: str
    """Where it came from, e.g. a file's name."""
    how: str
    """Which rule decided what is hidden, in words."""
    splitter: str
    spans: tuple[tuple[str, int, int], ...]
    """(kind, start, end) without gap or overlap: kinds and offsets are those of engine.traces.spans."""
    cut_off: str = ""
    thinking: str = "unknown"
    opaque: tuple[tuple[str, str, int, int | None, int], ...] = ()
    """(what, sha256, bytes, tokens, place) of parts that cannot be read."""
    answer: str = ""
    """The right answer, where the file says it; nothing is chosen by it."""
    told: dict[str, str] = msgspec.field(default_factory=dict)
    """What else the record of a dataset says, by its own names, and `dataset`, its name. Empty for other files."""
    steps: tuple[int, ...] = ()
    """Where the file's own steps end, ascending offsets; empty where it has none, and its text was cut by us."""


class Credited(Event, frozen=True):
    """Visits and values that came with a tree from elsewhere: each of these nodes alone has so many more.

    Backpropagated credits one value to a whole path; this says other numbers of each node, where rewards fall on the
    way, or where only sums are known.
    """

    iteration: int
    nodes: tuple[NodeId, ...]
    visits: tuple[int, ...]
    """N += this."""
    values: tuple[float, ...]
    """W += this, on the run's scale."""
    single: bool = False
    """Whether each value is what one visit was worth. Else nobody knows what single visits were worth, and Q has no
    standard error: several came at once, or W grew so that W / N is what the file calls the value."""


class RunNamed(Event, frozen=True):
    """A person gave the run a name; an empty one takes it away. This and the next may come after RunFinished."""

    name: str


class PrivacySet(Event, frozen=True):
    """A person said that the run is private, or is not any more: what is shared may leave private runs out."""

    private: bool


class Asked(Event, frozen=True):
    """The engine took up what a person asked for at a node. All events up to AskEnded come of it, or of edits."""

    task: int
    """Number of the task in this run, from 1."""
    verb: str
    """A name in engine.verbs.VERBS."""
    node: NodeId
    words: str
    """The wish, complete: `8 more simulations below node 5`."""
    settings: dict[str, Any] = msgspec.field(default_factory=dict)
    """Every field of the verb (JSON values)."""
    by: Literal["person"] = "person"


class AskEnded(Event, frozen=True):
    """What was asked for is done, or will not be."""

    task: int
    why: str = ""
    """Why it ended before all of it was done, as a sentence; empty if it is done."""


class TaskUndone(Event, frozen=True):
    """A person took back what a task did, or had it done again: the search goes on as if it had not been, or had.

    What is spent stays spent. Whoever took a step out or brought one back in the meantime is not overruled.
    """

    iteration: int
    task: int
    again: bool
    """False: taken back; True: done again."""
    out: tuple[NodeId, ...]
    """Nodes that are out of the search now, with all below them: what the task made; done again, what it pruned."""
    reasons: tuple[str, ...]
    """Why, in words, one for each of them."""
    back: tuple[NodeId, ...]
    """Nodes that are in the search again."""
    asked: tuple[NodeId, ...]
    """Nodes for which the task was the first to ask the policy: they count as never expanded; done again, as
    expanded."""
    nodes: tuple[NodeId, ...] = ()
    """Nodes that the task credited and did not make; of each of them, in the next four:"""
    visits: tuple[int, ...] = ()
    """N += this; less than 0 where it is taken back."""
    values: tuple[float, ...] = ()
    """W += this."""
    squares: tuple[float, ...] = ()
    """Sum of squares += this."""
    bests: tuple[float | None, ...] = ()
    """The largest value credited to it, from now on."""
