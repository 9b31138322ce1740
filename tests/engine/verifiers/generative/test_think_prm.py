"""ThinkPRM: what it is asked, which verdict belongs to which step, and the score of the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.policies import Cancelled, Watch
from engine.problems.game24 import Game24
from engine.tokens import Alternative
from engine.verifiers import ScoreRequest, StepScores
from engine.verifiers.generative.critique import MOST_NOTE
from engine.verifiers.generative.think_prm import LABELS, QUESTION, ThinkPrm, up_to_question
from tests.helpers.writing_policy import COST, WEIGHED, Weighing, Writing

PUZZLE = Game24.parse("4 9 10 13")
STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "Step 2: 10 - 4 = 7 (left: 4 7)\n", "7 * 4 = 24 (left: 24)\n")
TRACE = ScoreRequest(PUZZLE, STEPS, True, seed=7)
FIRST, SECOND = "13 - 9 is 4. The step is \\boxed{correct}", "10 - 4 is 6. The step is \\boxed{incorrect}"
CHAIN = f"Let's see.\n{FIRST}\n{SECOND}\n{QUESTION} No"
SURE = {" Yes": 0.06, " No": 0.54}


def critic(chain: str = CHAIN, cut: bool = False) -> ThinkPrm:
    return ThinkPrm(Weighing(chain, weighs=SURE, cut=cut), "think")


def judge(verifier: ThinkPrm, *requests: ScoreRequest) -> tuple[StepScores, ...]:
    return verifier.score(requests, Watch()).traces


def test_the_question_is_that_of_the_paper() -> None:
    policy = Weighing(CHAIN, weighs=SURE)
    judge(ThinkPrm(policy, "think", max_tokens=99), TRACE)
    (asked,) = policy.asked
    assert asked.turn == (
        "You are given a math problem and a proposed step-by-step solution:\n\n[Math Problem]\n\n"
        "Make 24 from 4 9 10 13.\n\n[Solution]\n\n"
        "Step 1: 13 - 9 = 4 (left: 4 4 10)\nStep 2: 10 - 4 = 7 (left: 4 7)\nStep 3: 7 * 4 = 24 (left: 24)\n\n"
        "Review and critique each step in the proposed solution to determine whether each step is correct. "
        "If the solution is incomplete, only verify the provided steps."
    )
    assert (asked.temperature, asked.whole, asked.thinking, asked.max_tokens) == (0.0, True, True, 99)
    (forced,) = policy.weighed
    assert forced == replace(asked, given=f"Let's see.\n{FIRST}\n{SECOND}\n{QUESTION}")


def test_each_step_has_its_verdict_up_to_the_first_wrong_one() -> None:
    scores = judge(critic(f"{CHAIN}\nThe step is \\boxed{{correct}}"), TRACE)[0]
    assert scores.values == (1.0, 0.0, None)
    assert scores.notes == (f"Let's see.\n{FIRST}", SECOND, "Not judged: it comes after the first wrong step.")
    assert [dict(each) for each in scores.channels] == [
        {"verdict": 1.0},
        {"verdict": 0.0, "solution": pytest.approx(0.1), "P(Yes)": 0.06, "P(No)": 0.54},
        {},
    ]
    assert scores.cost.calls == COST.calls + WEIGHED.calls
    assert (scores.cost.generated, scores.cost.prompt) == (7, 8)


def test_the_last_step_alone_is_scored_with_the_solution_up_to_it() -> None:
    scores = judge(critic(), replace(TRACE, last_only=True))[0]
    assert scores.values == pytest.approx((1.0, 0.0, 0.1))
    assert scores.notes[2] == CHAIN
    assert dict(scores.channels[2])["P(No)"] == 0.54
    one = judge(critic(FIRST), replace(TRACE, steps=STEPS[:1], last_only=True))[0]
    assert dict(one.channels[0])["verdict"] == 1.0


@pytest.mark.parametrize(
    ("chain", "given"),
    [
        (f"a {QUESTION} No, wait. b {QUESTION} Yes", f"a {QUESTION} No, wait. b {QUESTION}"),
        (f"{FIRST} and then it goes on", f"{FIRST}\n{QUESTION}"),
        ("no verdict at all \n", f"no verdict at all\n{QUESTION}"),
        ("", f"\n{QUESTION}"),
    ],
)
def test_the_question_is_put_where_the_chain_does_not_ask_it(chain: str, given: str) -> None:
    assert up_to_question(chain) == given


@pytest.mark.parametrize(
    ("chain", "values"),
    [
        (f"{FIRST}{FIRST}{FIRST}{FIRST}", (1.0, 1.0, 1.0)),
        ("\\boxed{Correct} \\boxed{ \\text{correct} } \\boxed{\\text{Incorrect}}", (1.0, 1.0, 0.0)),
        ("\\boxed{24} \\boxed{correctly} boxed{correct} \\boxed{}", (None, None, None)),
        ("\\boxed{" * 20_000, (None, None, None)),
        ("\\boxed{correct" + " " * 50_000, (None, None, None)),
        ("\u202e\x00\\boxed{incorrect}", (0.0, None, None)),
    ],
)
def test_junk_is_no_verdict(chain: str, values: tuple[float | None, ...]) -> None:
    scores = judge(critic(chain), TRACE)[0]
    assert scores.values == values
    assert all(len(note) <= MOST_NOTE for note in scores.notes)


def test_a_critique_that_is_cut_off_says_so() -> None:
    scores = judge(critic(FIRST, cut=True), TRACE)[0]
    assert scores.values == (1.0, None, None)
    assert scores.notes[1] == "The critique was cut off before it came to a verdict on this step."
    assert judge(critic(FIRST), TRACE)[0].notes[1] == "The critique has no verdict on this step."


def test_a_trace_that_is_too_long_spoils_no_other() -> None:
    policy = Weighing(FIRST, weighs=SURE, longest=700)
    short = replace(TRACE, steps=STEPS[:1])
    long = replace(TRACE, steps=("x" * 700,))
    first, none, second = judge(ThinkPrm(policy, "think"), short, long, short)
    assert first.values == second.values == (1.0,)
    assert none == StepScores((None,), ("The problem takes too many tokens.",), ((),))


def test_thoughts_and_blank_steps_are_neither_shown_nor_judged() -> None:
    policy = Weighing(FIRST, weighs=SURE)
    thought = ("I try\n", "</think>\n", "\n", STEPS[0])
    scores, inside, empty = judge(
        ThinkPrm(policy, "think"),
        replace(TRACE, steps=thought, thinking=True),
        replace(TRACE, steps=thought[:1], thinking=True),
        replace(TRACE, steps=()),
    )
    assert scores.values == (None, None, None, 1.0)
    assert (inside.values, empty.values) == ((None,), ())
    assert "I try" not in (policy.asked[0].turn or "")
    blank = replace(TRACE, steps=(*STEPS, "\n"), last_only=True)
    assert judge(ThinkPrm(policy, "think"), blank)[0].values == (None,) * 4
    assert len(policy.asked) == 1


def test_a_policy_that_tells_its_likeliest_tokens_is_believed() -> None:
    def score(*likeliest: Alternative) -> StepScores:
        return judge(ThinkPrm(Writing(FIRST, likeliest=likeliest), "t"), replace(TRACE, steps=STEPS[:1]))[0]

    both = score(Alternative(" Yes", 0.6), Alternative(" No", 0.2), Alternative("x", 0.1))
    assert dict(both.channels[0])["solution"] == pytest.approx(0.75)
    one = score(Alternative(" Yes", 0.6), Alternative("x", 0.2))
    assert dict(one.channels[0])["solution"] == pytest.approx(0.75), "the absent one counts as the last listed one"
    assert dict(score(Alternative("x", 0.9)).channels[0]) == {"verdict": 1.0, "solution": 1.0}, "its verdict is left"


def test_without_probabilities_the_verdicts_decide() -> None:
    def score(chain: str) -> StepScores:
        return judge(ThinkPrm(Writing(chain), "t"), replace(TRACE, last_only=True))[0]

    assert score(FIRST * 3).values[-1] == 1.0
    assert score(FIRST + SECOND).values[-1] == 0.0
    assert score(FIRST).values[-1] is None
    assert score(FIRST).notes[-1].endswith("The policy tells no probabilities of its tokens.")


def test_where_neither_label_is_likely_there_is_no_score() -> None:
    policy = Weighing(FIRST, weighs=dict.fromkeys(LABELS, 1e-5))
    scores = judge(ThinkPrm(policy, "t"), replace(TRACE, last_only=True))[0]
    assert scores.values[-1] is None


def test_a_cancel_ends_the_call() -> None:
    with pytest.raises(Cancelled):
        critic().score([TRACE], Watch(cancelled=lambda: True))
