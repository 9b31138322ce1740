"""The settings of Monte Carlo tree search: its form, its flags, and what cannot be. Knows nothing of a tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from engine.search.evaluators import kind_of
from engine.search.search import Search
from engine.search.selection import FirstPlayUrgency, Formula, PUcb, Puct, Selection, Uct
from engine.search.settings import setting
from engine.search.values import AGGREGATIONS


@dataclass(frozen=True)
class MctsSettings(Search):
    """The fields of `Mcts`, and the selection that they describe."""

    simulations: int = setting(64, "Simulations", "Values credited in all.", minimum=1, maximum=1_000_000)
    width: int = setting(8, "Width", "Samples per expansion; equal ones become one child.", minimum=1, maximum=256)
    root_width: int = setting(
        0,
        "Root width",
        "Samples of the first expansion, where a miss costs most; 0: as many as Width.",
        minimum=0,
        maximum=1024,
    )
    generator: str = setting(
        "sample",
        "Next steps by",
        "Sampled one by one, or proposed: one call lists several, all with the same prior (Yao et al. 2023).",
        choices=("sample", "propose"),
    )
    temperature: float = setting(1.0, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)
    formula: str = setting(
        "puct", "Formula", "How selection weighs value against novelty.", choices=("puct", "uct", "p-ucb")
    )
    c_init: float = setting(
        1.25, "c_init", "Weight of the prior in PUCT.", minimum=0.0, maximum=100.0, when="formula=puct"
    )
    c_base: float = setting(
        19652.0, "c_base", "How slowly that weight grows with N.", minimum=1.0, maximum=1e9, when="formula=puct"
    )
    beta_c: float = setting(
        4.0, "P-UCB c", "Weight of the prior in P-UCB.", minimum=0.0, maximum=100.0, when="formula=p-ucb"
    )
    beta_base: float = setting(
        10.0, "P-UCB c_base", "How slowly that weight grows with N.", minimum=1.0, maximum=1e9, when="formula=p-ucb"
    )
    first_play: str = setting(
        "score",
        "Unvisited Q",
        "What stands for Q of a child that was never visited: the verifiers' score, Q of the parent, 0, or the lowest "
        "Q of parent and siblings.",
        choices=("score", "parent", "zero", "lowest"),
        when="formula=puct|p-ucb",
    )
    q_scale: str = setting(
        "none",
        "Q scale",
        "Q as it is, or spread over [0, 1] between the least and the greatest of parent and siblings (mctx).",
        choices=("none", "siblings"),
        when="formula=puct|p-ucb",
    )
    c: float = setting(
        round(sqrt(2), 4), "c", "Exploration weight in UCT.", minimum=0.0, maximum=100.0, when="formula=uct"
    )
    backup: str = setting(
        "mean",
        "Backup",
        "Q is the mean of the values credited to a node, or the largest of them.",
        choices=("mean", "max"),
    )
    noise: float = setting(
        0.0,
        "Root noise",
        "Share of Dirichlet noise in the priors of the first steps; AlphaZero has 0.25.",
        minimum=0.0,
        maximum=1.0,
        when="formula=puct|p-ucb",
    )
    noise_alpha: float = setting(
        0.3,
        "Noise alpha",
        "Small: the noise favours few steps; large: all alike.",
        minimum=0.001,
        maximum=1000.0,
        when="formula=puct|p-ucb",
    )
    in_flight: int = setting(
        1,
        "Leaves in flight",
        "Leaves selected before the first is credited, so that models see larger batches; a virtual loss keeps the "
        "walks apart.",
        minimum=1,
        maximum=1024,
    )
    value: str = setting(
        "score", "Value from", "The verifiers' scores, or a rollout to an answer.", choices=("score", "rollout")
    )
    aggregation: str = setting(
        "min", "Trace value", "How the scores of a trace's steps become one number.", choices=AGGREGATIONS
    )
    merge: str = setting(
        "text",
        "Equal samples",
        "Which samples of one node become one child, whose prior counts them all: those with equal texts, or those "
        "that lead to equal states.",
        choices=("text", "state"),
    )
    transpositions: str = setting(
        "keep",
        "Transpositions",
        "A child whose state was reached elsewhere in the tree is kept, or pruned so that no work is done twice.",
        choices=("keep", "merge"),
    )
    adaptive_width: bool = setting(
        False,
        "Adaptive width",
        "Let a node grow wider while the values of its children differ much (AlphaLLM).",
        when="generator=sample",
    )
    widest: int = setting(
        32, "Widest", "Samples of one node at most.", minimum=1, maximum=4096, when="adaptive_width=True"
    )
    importance: float = setting(
        40.0,
        "Importance",
        "Samples of a node for a distance of 1 between a child's Q and the mean of the children.",
        minimum=0.0,
        maximum=10_000.0,
        when="adaptive_width=True",
    )
    revisit: bool = setting(
        True,
        "Revisit answers",
        "Whether a finished leaf may be selected again, its known value counting once more, as in the textbook. Then "
        "most simulations of a small tree learn nothing; without it each one reaches something new until the tree is "
        "exhausted.",
    )
    enough: float = setting(
        1.0,
        "Enough",
        "Stop as soon as an answer is worth this much; 1: only if proven by a rule.",
        minimum=0.0,
        maximum=1.0,
    )
    final: str = setting(
        "value",
        "Final answer",
        "The answer whose trace has the best value; the one found by going down by most visits; or the one that the "
        "verifiers score best by itself.",
        choices=("value", "visits", "reward"),
    )

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        if self.adaptive_width and self.widest < max(self.width, self.root_width):
            return f"Widest must be at least Width and Root width, not {self.widest}."
        if "vote" in map(kind_of, verifiers):
            return (
                "MCTS compares values from all over the tree, and a vote only says which of a few steps is the best: "
                "take value, scale, check or prm instead of vote."
            )
        return super().refusal(verifiers)

    @cached_property
    def selection(self) -> Selection:
        """The walk that these settings describe."""
        return Selection(self._formula(), self.aggregation, self.backup, self.in_flight > 1)  # type: ignore[arg-type]

    def _formula(self) -> Formula:
        urgency = FirstPlayUrgency(self.first_play, self.q_scale)  # type: ignore[arg-type] # each one of its choices
        match self.formula:
            case "uct":
                return Uct(self.c)
            case "p-ucb":
                return PUcb(self.beta_c, self.beta_base, urgency)
        return Puct(self.c_init, self.c_base, urgency)
