"""The texts that a policy is asked with: they are what the bundled policy learned, so a change must be meant."""

from __future__ import annotations

from engine import prompts
from engine.problems.game24 import Game24
from engine.problems.words import WordProblem

PUZZLE = Game24.parse("4 9 10 13")
STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n")
ANSWER = "Answer: (10 - 4) * (13 - 9) = 24"
WORDS = WordProblem.parse("Tom has 5 boxes with 7 pens each. How many pens are there?")


def test_proposals_are_asked_for_from_the_numbers_left() -> None:
    assert prompts.propose(PUZZLE, ()).turn == "Make 24 from 4 9 10 13.\nPossible next steps:"
    assert prompts.propose(PUZZLE, STEPS).turn == "Make 24 from 4 6.\nPossible next steps:"


def test_a_state_is_judged_without_its_past() -> None:
    assert prompts.value(PUZZLE, STEPS).turn == "Make 24 from 4 6.\nCan it be done? sure, likely or impossible:"
    assert prompts.scale(PUZZLE, STEPS).turn == "Make 24 from 4 6.\nCan it be done? 1 to 10:"
    other = ("10 - 4 = 6 (left: 6 9 13)\n", "13 - 9 = 4 (left: 4 6)\n")
    assert prompts.value(PUZZLE, STEPS) == prompts.value(PUZZLE, other)


def test_an_answer_is_judged_with_its_puzzle() -> None:
    turn = prompts.value(PUZZLE, (*STEPS, "6 * 4 = 24 (left: 24)\n", ANSWER)).turn
    assert turn == f"Make 24 from 4 9 10 13.\n{ANSWER}\nCan it be done? sure, likely or impossible:"


def test_a_check_shows_the_steps() -> None:
    turn = prompts.check(PUZZLE, STEPS).turn
    assert turn == f"Make 24 from 4 9 10 13.\n{''.join(STEPS)}Is the last step right? (A) yes (B) no:"


def test_a_vote_lists_the_choices_after_what_they_share() -> None:
    choices = [("10 - 4 = 6 (left: 4 6)\n",), ("10 + 4 = 14 (left: 4 14)\n", "14 + 4 = 18 (left: 18)\n")]
    assert prompts.vote(PUZZLE, STEPS[:1], choices).turn == (
        "Make 24 from 4 9 10 13.\n13 - 9 = 4 (left: 4 4 10)\nWhich is best?\n"
        "1: 10 - 4 = 6 (left: 4 6)\n2: 10 + 4 = 14 (left: 4 14)\n14 + 4 = 18 (left: 18)"
    )
    assert prompts.vote(PUZZLE, (), choices[:1]).turn.startswith("Make 24 from 4 9 10 13.\nWhich is best?\n1: ")


def test_answers_at_once_step_by_step_and_after_examples() -> None:
    assert prompts.direct(PUZZLE).turn == "Make 24 from 4 9 10 13.\nAnswer at once:"
    assert prompts.think_step_by_step(PUZZLE).turn == "Make 24 from 4 9 10 13.\nLet's think step by step."
    shown = prompts.few_shot(PUZZLE, [("Make 24 from 4 6.", "6 * 4 = 24 (left: 24)\nAnswer: 6 * 4 = 24")]).turn
    assert shown == (
        "Q: Make 24 from 4 6.\nA: 6 * 4 = 24 (left: 24)\nAnswer: 6 * 4 = 24\n\nQ: Make 24 from 4 9 10 13.\nA:"
    )
    assert prompts.few_shot(PUZZLE, []).turn == "Q: Make 24 from 4 9 10 13.\nA:"


def test_word_problems_are_shown_with_every_step() -> None:
    step = "The boxes hold 5 * 7 = 35 pens.\n"
    whole = f"{WORDS.prompt}\n{step}"
    assert prompts.propose(WORDS, (step,)).turn == f"{whole}Possible next steps:"
    assert prompts.value(WORDS, (step,)).turn == f"{whole}Can it be done? sure, likely or impossible:"
    assert prompts.check(WORDS, (step,)).turn == f"{whole}Is the last step right? (A) yes (B) no:"


def test_no_question_shows_a_gold_answer() -> None:
    problem = WordProblem.parse("Tom has 5 boxes with 7 pens each. How many pens are there? #### 35")
    for ask in (
        prompts.propose(problem, ()),
        prompts.value(problem, ()),
        prompts.scale(problem, ()),
        prompts.vote(problem, (), [("a",), ("b",)]),
        prompts.direct(problem),
        prompts.think_step_by_step(problem),
        prompts.few_shot(problem, []),
    ):
        assert "35" not in ask.turn + ask.given
