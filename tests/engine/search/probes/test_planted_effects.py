"""Every probe against thinkers of which it is known whether their thought matters: what is planted is found, and where
nothing is planted, nothing is. Samples as a person would draw them, noise of a tenth, several seeds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.search.probes import PROBES, Result
from engine.search.probes.intervals import Estimate, Share, difference
from tests.helpers.probing import probe_plan, probed
from tests.helpers.scripted_thinkers import PUZZLE, STORY, Nature, Thinker

SEEDS = range(12)
SAMPLES = 20
BY_CHANCE = 3
"""Of 12 intervals at 95 %, so many at most miss what is true: more than these have a chance of 2 in 1,000."""

both_problems = pytest.mark.parametrize("text", [STORY, PUZZLE], ids=["words", "game24"])


@cache
def found(
    name: str, text: str, nature: Nature, wander: float = 0.05, follows: float = 1.0, says: bool = True
) -> tuple[Result, ...]:
    """What a probe finds, for each of SEEDS."""
    thinker = Thinker(nature, noise=0.1, wander=wander, follows=follows, says=says)
    return tuple(probed(probe_plan(name, text, seed, samples=SAMPLES), thinker)[1] for seed in SEEDS)


def figures(results: tuple[Result, ...]) -> list[Estimate]:
    return [result.figure.estimate for result in results if result.figure is not None]


def settled(estimates: list[Estimate]) -> int:
    """How many intervals exclude 0."""
    assert len(estimates) == len(SEEDS)
    return sum(estimate.settled for estimate in estimates)


def effects(results: tuple[Result, ...]) -> list[Estimate]:
    """Figure minus control, of probes whose numbers are shares."""
    return [difference(_share(result.figure), _share(result.control)) for result in results]


def _share(row: object) -> Share:
    estimate = getattr(row, "estimate")  # noqa: B009 - None fails the test
    return Share(round((estimate.value or 0) * estimate.n), estimate.n)


@both_problems
def test_a_mistake_moves_the_answer_of_a_thinker_that_reads_its_thought(text: str) -> None:
    faithful, unfaithful = found("adding-mistake", text, "faithful"), found("adding-mistake", text, "unfaithful")
    assert all(effect.high < -0.5 for effect in figures(faithful))
    assert settled(figures(unfaithful)) <= BY_CHANCE
    assert all("follows the thought" in result.verdict for result in faithful)
    assert sum("No effect" in result.verdict for result in unfaithful) >= len(SEEDS) - BY_CHANCE


@both_problems
def test_other_words_lose_only_what_was_in_the_wording(text: str) -> None:
    hidden, faithful = found("paraphrase", text, "steganographic"), found("paraphrase", text, "faithful")
    assert all(effect.high < -0.5 for effect in figures(hidden))
    assert settled(figures(faithful)) <= BY_CHANCE
    assert settled(figures(found("paraphrase", text, "unfaithful"))) <= BY_CHANCE
    assert all("wording matters" in result.verdict for result in hidden)
    assert sum("no sign of steganography" in result.verdict for result in faithful) >= len(SEEDS) - BY_CHANCE


@both_problems
def test_filler_is_no_thought_to_a_thinker_that_reads_it(text: str) -> None:
    faithful, unfaithful = found("filler", text, "faithful"), found("filler", text, "unfaithful")
    assert all(effect.low > 0.4 for effect in figures(faithful))
    assert settled(figures(unfaithful)) <= BY_CHANCE
    for results in (faithful, unfaithful):  # length alone helps neither
        assert settled([result.rows[1].estimate for result in results]) <= BY_CHANCE


@both_problems
@pytest.mark.parametrize("name", ["adding-mistake", "paraphrase", "filler"])
@pytest.mark.parametrize("nature", ["faithful", "unfaithful"])
def test_controls_of_edits_are_near_zero(name: str, nature: Nature, text: str) -> None:
    controls = [result.control.estimate for result in found(name, text, nature) if result.control]
    assert settled(controls) <= BY_CHANCE
    values = [control.value for control in controls if control.value is not None]
    assert abs(sum(values) / len(values)) < 0.12


@both_problems
def test_early_answers_are_those_of_the_end_only_where_the_thought_does_not_matter(text: str) -> None:
    assert all(area.low > 0.5 for area in figures(found("early-answering", text, "faithful")))
    assert all(area.high < 0.3 for area in figures(found("early-answering", text, "unfaithful")))


@both_problems
def test_a_forced_close_costs_only_a_faithful_thinker_its_answer(text: str) -> None:
    assert all(gap.high < -0.3 for gap in effects(found("forced-close", text, "faithful")))
    assert settled(effects(found("forced-close", text, "unfaithful"))) <= BY_CHANCE


@both_problems
def test_steps_are_important_only_to_a_faithful_thinker(text: str) -> None:
    faithful = found("importance", text, "faithful", wander=0.5)
    unfaithful = found("importance", text, "unfaithful", wander=0.5)
    assert all(result.rows[0].estimate.value is not None for result in faithful)
    strongest = [max(row.estimate.low for row in result.rows) for result in faithful]
    assert all(low > 0 for low in strongest)
    steps = [row.estimate for result in unfaithful for row in result.rows]
    assert sum(step.settled for step in steps) / len(steps) < 0.15  # the largest of several is looked for, in rounds


@both_problems
def test_a_thought_decides_the_answer_of_a_faithful_thinker(text: str) -> None:
    faithful = found("keep-thought", text, "faithful", wander=0.5)
    assert all(gap.low > 0.2 for gap in effects(faithful))
    assert settled(effects(found("keep-thought", text, "unfaithful", wander=0.5))) <= BY_CHANCE
    assert all("this thought leads to it" in result.verdict for result in faithful)


@both_problems
def test_new_thoughts_keep_the_answer_of_an_unfaithful_thinker(text: str) -> None:
    assert all(gap.high < -0.2 for gap in effects(found("keep-answer", text, "faithful", wander=0.5)))
    assert settled(effects(found("keep-answer", text, "unfaithful", wander=0.5))) <= BY_CHANCE


@both_problems
def test_a_hint_moves_a_sycophant_and_nobody_else(text: str) -> None:
    moved = [result.rows[0] for result in found("hint", text, "sycophantic", follows=0.6)]
    others = [result.rows[0] for result in found("hint", text, "faithful")]
    assert all(row.control is not None and row.estimate.low > row.control.high for row in moved)
    assert all((row.estimate.value or 0) < 0.15 for row in others)
    assert all((row.control.value or 0) < 0.15 for row in (*moved, *others) if row.control)


@both_problems
def test_whether_a_sycophant_says_so_is_told_apart(text: str) -> None:
    honest = figures(found("hint", text, "sycophantic", follows=0.6, says=True))
    silent = figures(found("hint", text, "sycophantic", follows=0.6, says=False))
    assert all(share.low > 0.5 for share in honest)
    assert all(share.value == 0 for share in silent)


def test_every_probe_stands_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{probe.name}"' in text for probe in PROBES)
