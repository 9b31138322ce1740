"""ThinkBooster's events: each example x budget x strategy is a run, beams are edges, and what was selected goes on."""

from __future__ import annotations

from typing import Any

import pytest

from engine.events import Pruned
from engine.importing import Kept
from storage.importers import think_booster
from storage.importers.think_booster import THINK_BOOSTER
from tests.helpers.data_sets import kept_of, tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.step_logs import beams, booster, candidate, chain, event, strategy
from tests.helpers.tree_files import found_in


def only(given: dict[str, Any]) -> tuple[Kept, list[str]]:
    (run,), odd = found_in(THINK_BOOSTER, booster(given))
    return run, odd


def shape(run: Kept) -> list[tuple[int | None, str]]:
    return [(node.parent, node.step) for node in tree_of(run).nodes.values()][1:]


def test_beams_are_edges() -> None:
    (run,) = kept_of(booster(beams()))
    tree = tree_of(run)
    check_tree(tree, run.records(1, 0.0))
    assert shape(run) == [(0, "3*4=12\n"), (0, "12 apples\n"), (1, "12-3=9\n"), (2, "12-2=10\n")]
    assert tree.iterations_done == 2
    pruned = [found for found in run.events if isinstance(found, Pruned)]
    assert [(found.nodes, found.reasons) for found in pruned] == [((3,), ("pruned: below the best",))]
    assert tree.finished is not None
    assert (tree.finished.chosen, tree.finished.answer, tree.finished.correct) == (4, "10", True)
    assert tree.finished.why == "best"


def test_signals_are_scores_of_those_who_gave_them() -> None:
    (run,) = kept_of(booster(beams()))
    tree = tree_of(run)
    assert [(score.source, score.verifier, score.value) for score in tree.nodes[1].scores] == [
        ("prm", "toy-prm", 0.9), ("policy", "confidence", 0.5),
    ]  # fmt: skip
    assert tree.started is not None
    assert (tree.started.scale.low, tree.started.scale.high) == (0.0, 1.0)
    assert tree.started.scale.words == "prm, confidence, as the log has them"
    assert tree.notes[1] == "select: Step 1\nkeep\nentropy 0.5 down"
    assert (tree.cost.generated, tree.cost.seconds, tree.started.policy) == (120, 1.5, "toy")
    told = tree.started.told
    assert (told["format"], told["budget"], told["budget_unit"], told["family"]) == (
        "ThinkBooster",
        "4",
        "beams",
        "tree",
    )
    several = strategy(event(1, candidate("a", True, entropy=2.5, margin=-1)))
    tree = tree_of(only(several)[0])
    (score,) = tree.nodes[1].scores
    assert (score.value, score.channels) == (2.5, (("entropy", 2.5), ("margin", -1.0)))


def test_without_beams_what_was_selected_goes_on() -> None:
    run, odd = only(chain())
    assert shape(run) == [(0, "3*4=12\n"), (0, "12 apples\n"), (1, "12-2=10\n"), (1, "12-3=9\n")]
    tree = tree_of(run)
    assert odd == [f"line 1: in 1 of its runs {think_booster.GUESSED}"]
    assert tree.finished is not None
    assert tree.finished.chosen == 3
    assert [bool(node.pruned) for node in tree.nodes.values()] == [False, False, True, False, True]
    assert tree.started is not None
    assert (tree.started.scale.low, tree.started.scale.high) == (-2.0, -0.25)


def test_a_later_event_of_a_step_says_it_again() -> None:
    again = strategy(event(1, candidate("a", prm=0.1), candidate("b", prm=0.2)),
                     event(1, candidate("a"), candidate("b", True), reason="more votes"))  # fmt: skip
    run, odd = only(again)
    assert (shape(run), odd) == ([(0, "a\n"), (0, "b\n")], [])
    assert tree_of(run).nodes[1].pruned == "pruned: more votes"


def test_paths_that_begin_alike_are_apart() -> None:
    """Self-consistency and best-of-N write a beam for every step of every path."""
    first = [candidate("3*4=12", place == 1, f"path_{place}_step_0", consensus=place / 4) for place in range(3)]
    then = [candidate(f"12-2={8 + place}", place == 1, f"path_{place}_step_1", f"path_{place}_step_0")
            for place in range(3)]  # fmt: skip
    text = "3*4=12\n12-2=9"
    run, odd = only(strategy(event(1, *first), event(2, *then), trajectory=text))
    assert odd == []
    assert shape(run) == [(0, "3*4=12\n")] * 3 + [(1, "12-2=8\n"), (2, "12-2=9\n"), (3, "12-2=10\n")]
    tree = tree_of(run)
    assert [score.value for node in tree.nodes.values() for score in node.scores] == [0.0, 0.25, 0.5]
    assert tree.finished is not None
    assert tree.finished.chosen == 5
    alike = [candidate("3*4=12", place == 1, f"path_{place}_step_0") for place in range(3)]
    tree = tree_of(only(strategy(event(1, *alike), trajectory="3*4=12"))[0])
    assert tree.finished is not None
    assert tree.finished.chosen == 2  # the selected one of those that say the same


def test_less_may_be_better_and_the_file_has_its_own_word() -> None:
    given = strategy(event(1, candidate("It is 9.", True, entropy=0.5)), trajectory="")
    given["run"]["events"][0]["signals"][0] = {"name": "entropy", "value": 0.5, "direction": "lower_better"}
    given["run"]["final"] |= {"answer": "nine", "is_correct": False}
    tree = tree_of(only(given)[0])
    assert tree.started is not None
    assert tree.started.scale.words == "entropy (lower is better), as the log has them"
    assert tree.finished is not None
    assert (tree.finished.answer, tree.finished.correct, tree.started.told["is_correct"]) == ("nine", None, "false")


def test_a_beam_that_was_lost_and_goes_on_is_in_again() -> None:
    lost = strategy(event(1, candidate("a", True, "a"), candidate("b", False, "b")),
                    event(2, candidate("c", True, "c", "b"), candidate("b", False, "b2", "b")))  # fmt: skip
    run, _ = only(lost)
    tree = tree_of(run)
    check_tree(tree, run.records(1, 0.0))
    assert shape(run) == [(0, "a\n"), (0, "b\n"), (2, "c\n")]  # a beam that is finished says its text again
    assert not any(node.pruned for node in tree.nodes.values())


def test_a_trajectory_that_no_candidate_wrote() -> None:
    run, _ = only(strategy(trajectory="3*4=12\n\n12-2=10"))
    assert shape(run) == [(0, "3*4=12\n"), (1, "12-2=10\n")]
    run, _ = only(strategy(event(1, candidate("3*4=12", True)), trajectory="3*4=12\nso\n10"))
    assert shape(run) == [(0, "3*4=12\n"), (1, "so\n10\n")]
    run, _ = only(strategy(event(1, candidate("a"), candidate("b")), event(2, candidate("c", True)), trajectory="c"))
    tree = tree_of(run)
    assert tree.finished is not None
    assert (shape(run)[-1], tree.finished.chosen) == ((0, "c\n"), 3)


def test_wrong_answers_and_none() -> None:
    tree = tree_of(only(strategy(event(1, candidate("It is 9.", True)), trajectory="It is 9."))[0])
    assert tree.finished is not None
    assert (tree.finished.correct, tree.finished.verdict) == (False, "the answer is 9, not 10")
    tree = tree_of(only(strategy(event(1, candidate("a", True))))[0])
    assert tree.finished is not None
    assert (tree.finished.chosen, tree.finished.answer, tree.finished.correct) == (None, None, None)


def test_every_budget_and_strategy_is_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    record = booster(beams(), chain(), strategy(), {"run": 3}, strategy(event(1, {"id": 3}, candidate("", True))))
    payloads = record["examples"][0]["payloads"]
    payloads["8"] = payloads["4"]
    record["examples"] += [3, {"payloads": {"1": None}}]
    runs, odd = found_in(THINK_BOOSTER, record)
    names = [run.plan.text for run in runs]
    assert names == ["How many are left? #### 10"] * 6
    assert [line.partition(": ")[2] for line in odd] == [
        *(
            f"Apples, budget {budget}, {what}"
            for budget in (4, 8)
            for what in (
                "Beam: it has no steps",
                "a strategy: its 'run' is no object",
                "Beam: event 1 has 1 candidates without a text: they are left out",
            )
        ),
        "example 2 has no payloads",
        f"in 2 of its runs {think_booster.GUESSED}",
    ]  # fmt: skip
    monkeypatch.setattr(think_booster, "MOST_RUNS", 2)
    runs, odd = found_in(THINK_BOOSTER, record)
    assert len(runs) == 2
    assert "line 1: it has more than 2 runs: the rest is left out" in odd
