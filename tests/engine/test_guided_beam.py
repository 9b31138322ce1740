"""Self-evaluation guided beam search: its score, its draw, what is missing."""

from __future__ import annotations

from math import exp, sqrt

import pytest

from engine.events import ROOT, Budget, Expanded, Pruned, RunFinished, RunStarted, Score
from engine.search import make_search
from engine.search.guided_beam import GuidedBeam
from engine.tree import Node, Tree, fold
from tests.helpers.running import plan, run_log


def chain(*steps: tuple[float | None, float | None], seed: int = 0) -> Tree:
    """A trace whose steps have these log-probabilities (of one word each) and self-evaluations."""
    started = RunStarted("game24", "", "", "guided-beam", {}, seed, Budget(), "", ("check",))
    tree = Tree(nodes={ROOT: Node(ROOT, None, "", 0)}, started=started)
    for number, (logprob, check) in enumerate(steps, 1):
        node = Node(number, number - 1, "word", number, logprob=logprob)
        if check is not None:
            node.scores = (Score(number, check, "self-evaluation", "check"),)
        tree.nodes[number] = node
    return tree


def score(tree: Tree, balance: float = 0.5) -> float | None:
    return GuidedBeam(balance=balance).score(tree, tree.nodes[len(tree.nodes) - 1])


def test_the_score_is_that_of_the_paper() -> None:
    one = chain((-1.0, 0.8))
    assert score(one, 0.3) == pytest.approx(exp(-0.3) * 0.8**0.7)
    assert score(one, 0.0) == pytest.approx(0.8)
    assert score(one, 1.0) == pytest.approx(exp(-1.0))
    two = chain((-1.0, 0.8), (-2.0, 0.5))
    assert score(two) == pytest.approx(sqrt(sqrt(exp(-1.0) * 0.8) * sqrt(exp(-2.0) * 0.5)))


def test_what_is_missing_is_left_out_and_is_not_zero() -> None:
    assert score(chain((None, 0.8))) == pytest.approx(0.8)
    assert score(chain((-1.0, None))) == pytest.approx(exp(-1.0))
    assert score(chain((-1.0, None)), 0.0) is None
    assert score(chain((None, None))) is None
    assert score(chain((-1.0, 0.0))) == 0.0


def drawn(scores: list[float | None], beams: int, seed: int, depth: int = 1, tau: float = 0.5) -> set[int]:
    return GuidedBeam(beams=beams, tau=tau, decay=0.5).draw(chain(seed=seed), depth, scores)


def test_candidates_are_drawn_from_the_softmax() -> None:
    """With one beam the draw is the softmax itself: e^(0.5/0.5) to e^0 is 0.731 to 0.269."""
    hits = sum(drawn([0.5, 0.0], 1, seed) == {0} for seed in range(4000))
    assert hits / 4000 == pytest.approx(0.7311, abs=0.02)


def test_the_temperature_decays_with_the_depth() -> None:
    """At depth 3 it is 0.5 / 4, so the odds are e^4."""
    hits = sum(drawn([0.5, 0.0], 1, seed, depth=3) == {0} for seed in range(4000))
    assert hits / 4000 == pytest.approx(0.982, abs=0.01)


def test_draws_are_without_replacement_by_seed_and_the_unknown_comes_last() -> None:
    for seed in range(50):
        assert drawn([None, 0.1, 0.2, None], 2, seed) == {1, 2}
        assert len(drawn([0.1, 0.2, 0.3], 2, seed)) == 2
        assert drawn([0.1, 0.2, 0.3], 2, seed) == drawn([0.1, 0.2, 0.3], 2, seed)
    assert len({frozenset(drawn([0.1, 0.2, 0.3], 2, seed)) for seed in range(50)}) == 3


def test_cold_it_is_a_plain_beam() -> None:
    for seed in range(20):
        assert drawn([0.1, 0.3, 0.2], 2, seed, tau=0.0) == {1, 2}


def test_k_candidates_stay_at_each_depth() -> None:
    log = run_log(plan("guided-beam", beams=3, samples=4, verifiers=("check",)))
    tree, end = fold(log), log[-1].event
    first = log[1].event
    assert isinstance(first, Expanded)
    assert sum(child.samples for child in first.children) == 12
    for depth in range(1, 5):
        kept = [node for node in tree.nodes.values() if node.depth == depth and not node.pruned]
        assert len(kept) <= 3
        assert depth == 4 or all(sum(child.samples for child in tree.children(node.id)) == 4 for node in kept)
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
    assert not tree.is_out(end.chosen)
    reasons = [why for record in log if isinstance(record.event, Pruned) for why in record.event.reasons]
    assert all(why.startswith("not drawn: rank") for why in reasons)


def test_the_answer_is_the_best_of_those_that_were_drawn() -> None:
    wish = plan("guided-beam", beams=3, samples=4, verifiers=("check",), seed=5)
    log = run_log(wish)
    tree, search = fold(log), make_search(wish.search, wish.settings)
    assert isinstance(search, GuidedBeam)
    left = [node for node in tree.answers() if not tree.is_out(node.id)]
    scores = {node.id: search.score(tree, node) or 0.0 for node in left}
    end = log[-1].event
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
    assert scores[end.chosen] == max(scores.values())
