"""Verifiers that ask the policy: what they ask, how replies become scores and notes, what they cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from engine import prompts
from engine.events import Cost, Scored
from engine.policies import Cancelled, Sample, Sampled, SampleRequest, Watch
from engine.problems.game24 import Game24
from engine.problems.words import WordProblem
from engine.tokens import Alternative, Token, pack
from engine.tree import fold
from engine.verifiers import ScoreRequest, StepScores, Verifier
from engine.verifiers.self_evaluation import HEAT, CheckVerifier, ScaleVerifier, ValueVerifier, VoteVerifier
from tests.helpers.running import plan, run_log
from tests.helpers.scripted import ScriptedPolicy

PUZZLE = Game24.parse("4 9 10 13")
STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n", "6 * 4 = 24 (left: 24)\n")
ANSWER = "Answer: (10 - 4) * (13 - 9) = 24"
NEXT = tuple(f"{line}\n" for line in ("10 - 4 = 6 (left: 4 6)", "10 + 4 = 14 (left: 4 14)", "4 + 4 = 8 (left: 8 10)"))


@dataclass
class Replying:
    """A policy that says what it is told to, to the n-th sample of every question; it keeps the questions."""

    replies: Sequence[str]
    likeliest: tuple[Alternative, ...] = ()
    asked: list[SampleRequest] = field(default_factory=list)
    calls: int = 0
    name: str = "replying"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        if watch.cancelled():
            raise Cancelled
        self.calls += 1
        self.asked += requests
        row = pack((Token("A", 0, 0.0, 0.0, self.likeliest),)) if self.likeliest else b""
        samples = tuple(
            tuple(Sample(self.replies[n % len(self.replies)], -1.0, 2, "end", row) for n in range(len(request.seeds)))
            for request in requests
        )
        costs = tuple(
            Cost(calls=len(request.seeds), generated=2 * len(request.seeds), prompt=9) for request in requests
        )
        return Sampled(samples, costs)


def request(*steps: str, ballot: int = 0, seed: int = 7) -> ScoreRequest:
    return ScoreRequest(PUZZLE, steps, False, seed=seed, ballot=ballot, last_only=True)


def judge(verifier: Verifier, *requests: ScoreRequest) -> tuple[StepScores, ...]:
    return verifier.score(requests, Watch()).traces


@pytest.mark.parametrize(
    ("replies", "value", "note"),
    [
        (("sure", "sure", "likely"), 41 / 60, "2× sure + 1× likely = 41"),
        (("Impossible.",), 0.001 / 20, "3× impossible = 0.003"),
        (("likely", "perhaps", ""), 1 / 20, "1× likely = 1; 2 of 3 replies no verdict"),
        (("perhaps",), None, "none of 3 replies is a verdict"),
    ],
)
def test_words_count_as_in_the_paper_and_junk_counts_for_nothing(
    replies: tuple[str, ...], value: float | None, note: str
) -> None:
    scores = judge(ValueVerifier(Replying(replies), 3, "value"), request(*STEPS[:2]))[0]
    assert scores.values == pytest.approx((None, value))
    assert scores.notes == ("", note)


def test_the_question_is_that_of_the_prompts_and_every_sample_has_its_seed() -> None:
    policy = Replying(("sure",))
    verifier = ValueVerifier(policy, 4, "value:4")
    judge(verifier, request(*STEPS[:2]), request(*STEPS[:1], seed=8))
    first, second = policy.asked
    assert first.turn == prompts.value(PUZZLE, STEPS[:2]).turn
    assert (first.steps, first.whole, first.temperature) == ((), True, 0.7)
    assert len(set(first.seeds + second.seeds)) == 8
    again = Replying(("sure",))
    judge(ValueVerifier(again, 4, "value:4"), request(*STEPS[:2]))
    assert again.asked == [first], "the same request asks the same"
    assert policy.calls == 1, "all questions share a batch"


def test_what_the_calls_use_is_counted() -> None:
    scores = judge(ValueVerifier(Replying(("sure",)), 3, "value"), request(*STEPS[:2]))[0]
    assert scores.cost == Cost(calls=3, generated=6, prompt=9)
    assert scores.tokens == 0


@pytest.mark.parametrize(
    ("replies", "value", "note"),
    [
        (("7", "10", "1"), 0.6, "7, 10, 1 of 10"),
        (("10/10", "0", "11"), None, "none of 3 replies is a verdict"),
        ((" 3.", "ten", "²"), 0.3, "3 of 10; 2 of 3 replies no verdict"),
    ],
)
def test_grades_are_whole_numbers_from_1_to_10(replies: tuple[str, ...], value: float | None, note: str) -> None:
    policy = Replying(replies)
    scores = judge(ScaleVerifier(policy, 3, "scale"), request(*STEPS[:1]))[0]
    assert scores.values == pytest.approx((value,))
    assert scores.notes == (note,)
    assert policy.asked[0].turn == prompts.scale(PUZZLE, STEPS[:1]).turn


def test_a_check_reads_the_probabilities_of_the_first_token() -> None:
    likeliest = (Alternative("A", 0.6), Alternative(" B", 0.15), Alternative("(A", 0.0), Alternative("7", 0.25))
    policy = Replying(("A",), likeliest)
    scores = judge(CheckVerifier(policy, 5, "check"), request(*STEPS[:2]))[0]
    assert scores.values == pytest.approx((None, 0.8))
    assert scores.notes[1] == "P(A) 0.60, P(B) 0.15"
    assert [(asked.temperature, len(asked.seeds)) for asked in policy.asked] == [(0.0, 1)]
    assert policy.asked[0].turn == prompts.check(PUZZLE, STEPS[:2]).turn


def test_a_check_without_probabilities_counts_replies() -> None:
    policy = Replying(("A", "(B)", "a", "what"))
    scores = judge(CheckVerifier(policy, 4, "check"), request(*STEPS[:1]))[0]
    assert scores.values == pytest.approx((2 / 3,))
    assert scores.notes == ("2 of 3 say (A); 1 of 4 replies no verdict",)
    assert scores.cost == Cost(calls=5, generated=10, prompt=18), "the greedy call counts too"


def test_a_check_that_is_answered_with_something_else_is_missing() -> None:
    scores = judge(CheckVerifier(Replying(("7",), (Alternative("7", 0.9),)), 5, "check"), request(*STEPS[:1]))[0]
    assert scores.values == (None,)
    assert scores.notes == ("neither (A) nor (B) is likely",)


def test_votes_are_shared_out_among_the_traces_of_a_ballot() -> None:
    policy = Replying(("2", "1", "2", "9", "2"))
    scores = judge(VoteVerifier(policy, 5, "vote"), *(request(STEPS[0], step, ballot=1) for step in NEXT))
    assert [trace.values[-1] for trace in scores] == [0.25, 0.75, 0.0]
    assert [trace.notes[-1] for trace in scores] == ["1 of 4 votes", "3 of 4 votes", "0 of 4 votes"]
    assert [asked.turn for asked in policy.asked] == [prompts.vote(PUZZLE, STEPS[:1], [(step,) for step in NEXT]).turn]
    assert [trace.cost.calls for trace in scores] == [5, 0, 0], "one question, counted once"


def test_ballots_are_not_mixed_and_traces_without_rivals_cost_nothing() -> None:
    policy = Replying(("1",))
    traces = [request(NEXT[0], ballot=1), request(NEXT[1], ballot=2), request(NEXT[2], ballot=1), request(NEXT[0])]
    scores = judge(VoteVerifier(policy, 3, "vote"), *traces)
    assert [trace.values for trace in scores] == [(1.0,), (1.0,), (0.0,), (None,)]
    assert scores[1].notes == ("the only choice",)
    assert len(policy.asked) == 1


def test_traces_of_different_parents_are_shown_from_where_they_part() -> None:
    policy = Replying(("1",))
    judge(VoteVerifier(policy, 1, "vote"), request(STEPS[0], NEXT[0], ballot=1), request(STEPS[0], *NEXT[1:], ballot=1))
    assert policy.asked[0].turn == prompts.vote(PUZZLE, STEPS[:1], [NEXT[:1], NEXT[1:]]).turn
    judge(VoteVerifier(policy, 1, "vote"), request(STEPS[0], ballot=1), request(NEXT[0], ballot=1))
    assert policy.asked[1].turn == prompts.vote(PUZZLE, (), [STEPS[:1], NEXT[:1]]).turn


def test_many_choices_are_compared_in_heats_of_nearly_equal_size() -> None:
    policy = Replying(("1",))
    count = 2 * HEAT + 1
    steps = [f"{n} + 1 = {n + 1} (left: {n + 1})\n" for n in range(count)]
    scores = judge(VoteVerifier(policy, 2, "vote"), *(request(step, ballot=3) for step in steps))
    assert [asked.turn.count("\n") - 1 for asked in policy.asked if asked.turn] == [3, 4, 4]
    assert sum(trace.values[-1] or 0 for trace in scores) == 3
    assert all(trace.notes[-1].endswith(" of 2 votes") for trace in scores)


def test_no_vote_at_all_is_a_missing_score() -> None:
    scores = judge(VoteVerifier(Replying(("none",)), 2, "vote"), request(NEXT[0], ballot=1), request(NEXT[1], ballot=1))
    assert [trace.values for trace in scores] == [(None,), (None,)]
    assert scores[0].notes == ("none of 2 replies is a vote",)


EVERY: list[Callable[[Replying], Verifier]] = [
    lambda policy: ValueVerifier(policy, 1, "value"),
    lambda policy: ScaleVerifier(policy, 1, "scale"),
    lambda policy: CheckVerifier(policy, 1, "check"),
    lambda policy: VoteVerifier(policy, 1, "vote"),
]


@pytest.mark.parametrize("make", EVERY)
def test_thoughts_blank_steps_and_empty_traces_are_not_judged(make: Callable[[Replying], Verifier]) -> None:
    policy = Replying(("1",))
    thought = ("Try 13 - 9 = 4 (left: 4 4 10)\n",)
    traces = [
        replace(request(*thought, ballot=1), thinking=True),
        replace(request(*thought, "</think>\n", ballot=1), thinking=True),
        request("\n", ballot=1),
        request(ballot=1),
    ]
    assert [trace.values for trace in judge(make(policy), *traces)] == [(None,), (None, None), (None,), ()]
    assert policy.calls == 0
    after = replace(request(*thought, "</think>\n", STEPS[0], ballot=1), thinking=True)
    judge(make(policy), after, replace(after, steps=(*after.steps[:2], NEXT[2])))
    assert policy.asked
    assert all("Try" not in (asked.turn or "") for asked in policy.asked), "a thought is not shown"


@pytest.mark.parametrize("make", EVERY)
def test_a_cancel_ends_the_call(make: Callable[[Replying], Verifier]) -> None:
    with pytest.raises(Cancelled):
        make(Replying(("1",))).score(
            [request(STEPS[0], ballot=1), request(NEXT[0], ballot=1)], Watch(cancelled=lambda: True)
        )


def test_an_answer_is_judged_as_an_answer() -> None:
    policy = Replying(("sure",))
    judge(ValueVerifier(policy, 1, "value"), request(*STEPS, ANSWER))
    assert policy.asked[0].turn == f"{PUZZLE.prompt}\n{ANSWER}\nCan it be done? sure, likely or impossible:"


def test_word_problems_are_shown_whole() -> None:
    policy = Replying(("sure",))
    problem = WordProblem.parse("Tom has 5 boxes with 7 pens each. How many pens are there?")
    judge(ValueVerifier(policy, 1, "value"), ScoreRequest(problem, ("The boxes hold 5 * 7 = 35 pens.\n",), False))
    turn = policy.asked[0].turn
    assert turn is not None
    assert turn.startswith(f"{problem.prompt}\nThe boxes hold")


@pytest.mark.parametrize("make", [EVERY[0], EVERY[1], EVERY[2]])
def test_a_search_runs_on_them_and_names_them(make: Callable[[ScriptedPolicy], Verifier]) -> None:
    policy = ScriptedPolicy()
    log = run_log(plan(simulations=4, width=3), policy, [make(policy)])
    scores = [score for record in log for score in getattr(record.event, "scores", ())]
    assert {score.source for score in scores} == {"self-evaluation"}
    assert all(0 <= score.value <= 1 and score.note for score in scores)
    assert log == run_log(plan(simulations=4, width=3), ScriptedPolicy(), [make(ScriptedPolicy())])


def test_replies_that_are_no_verdict_are_paid_for() -> None:
    asked = Replying(("junk",))
    log = run_log(plan(simulations=2, width=3), ScriptedPolicy(), [ValueVerifier(asked, 2, "value")])
    costs = [record.event.cost for record in log if isinstance(record.event, Scored)]
    assert sum(cost.generated for cost in costs) == 2 * 2 * len(asked.asked)
    assert all(not record.event.scores for record in log if isinstance(record.event, Scored))
    assert fold(log).cost.generated > sum(cost.generated for cost in costs)
