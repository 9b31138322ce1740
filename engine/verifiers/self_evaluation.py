"""Verifiers that ask a policy what it thinks of a trace: value, scale, check, vote. Know no torch and no search.

They look at the last step of a trace only, given those before it: each score takes model calls. A thought is not
judged, nor shown. What the calls use is counted with the scores. Replies that are no verdict (junk) count for nothing;
where all are junk, the score is missing. The texts of the questions are those of `engine.prompts`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import ClassVar

from engine import prompts
from engine.events import Cost, Source, add_costs
from engine.growth import CLOSE, exposed, in_thought
from engine.policies import Policy, Sample, SampleRequest, Watch
from engine.seeds import seed_for
from engine.tokens import Alternative, unpack
from engine.verifiers import ScoreRequest, Scores, StepScores

TEMPERATURE = 0.7
"""Of sampled verdicts (Yao et al. 2023)."""
MOST_TOKENS = 12
"""A verdict is a word or a number."""
WEIGHTS = dict(zip(prompts.WORDS, (20.0, 1.0, 0.001), strict=True))
"""What the words count (Yao et al. 2023, Game of 24)."""
HEAT = 5
"""Most choices of one vote: five short ones are what the bundled policy learned to compare within its context."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the replies about one trace come to."""

    value: float | None
    note: str
    cost: Cost


_SILENT = _Verdict(None, "", Cost())


@dataclass(frozen=True, eq=False)
class SelfEvaluation(ABC):
    """A policy that is asked, and how often."""

    usual: ClassVar[int]
    """Samples where nobody says how many."""
    policy: Policy
    samples: int
    name: str

    @property
    def source(self) -> Source:
        return "self-evaluation"

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        """A score of the last step of every trace. Raises Cancelled or ModelError."""
        asked = [number for number, request in enumerate(requests) if _can_be_asked(request)]
        verdicts = dict(zip(asked, self._judge([requests[number] for number in asked], watch), strict=True))
        return Scores(
            tuple(_step_scores(request, verdicts.get(number, _SILENT)) for number, request in enumerate(requests))
        )

    @abstractmethod
    def _judge(self, requests: Sequence[ScoreRequest], watch: Watch) -> list[_Verdict]:
        """A verdict on each trace."""

    def _ask(
        self, asks: Sequence[tuple[ScoreRequest, prompts.Ask]], watch: Watch, samples: int, temperature: float
    ) -> Iterator[tuple[tuple[Sample, ...], Cost]]:
        """Replies to questions about traces, in one call of the policy, with what each cost."""
        requests = [
            SampleRequest(
                request.problem,
                (),
                tuple(seed_for(request.seed, 0, index, "evaluate") for index in range(samples)),
                temperature,
                whole=True,
                max_tokens=MOST_TOKENS,
                turn=ask.turn,
                given=ask.given,
            )
            for request, ask in asks
        ]
        if not requests:
            return iter(())
        answer = self.policy.sample(requests, Watch(watch.cancelled))  # verdicts are not steps: nobody is shown them
        return zip(answer.samples, answer.costs, strict=True)


class ValueVerifier(SelfEvaluation):
    """Can the answer still be reached? `sure`, `likely` or `impossible`, several times (Yao et al. 2023).

    The words count 20, 1 and 0.001; the score is their mean over 20.
    """

    usual: ClassVar[int] = 3

    def _judge(self, requests: Sequence[ScoreRequest], watch: Watch) -> list[_Verdict]:
        asks = [(request, prompts.value(request.problem, exposed(request.steps))) for request in requests]
        return [_valued(*reply) for reply in self._ask(asks, watch, self.samples, TEMPERATURE)]


class ScaleVerifier(SelfEvaluation):
    """Can the answer still be reached? A whole number from 1 to 10, several times; the score is their mean over 10."""

    usual: ClassVar[int] = 3

    def _judge(self, requests: Sequence[ScoreRequest], watch: Watch) -> list[_Verdict]:
        asks = [(request, prompts.scale(request.problem, exposed(request.steps))) for request in requests]
        return [_graded(*reply) for reply in self._ask(asks, watch, self.samples, TEMPERATURE)]


class CheckVerifier(SelfEvaluation):
    """Is the last step right? P(A) / (P(A) + P(B)) at the first token of one greedy reply (Xie et al. 2023).

    A policy that gives no probabilities is asked `samples` times instead: the share of replies that are A.
    """

    usual: ClassVar[int] = 5

    def _judge(self, requests: Sequence[ScoreRequest], watch: Watch) -> list[_Verdict]:
        asks = [(request, prompts.check(request.problem, exposed(request.steps))) for request in requests]
        greedy = list(self._ask(asks, watch, 1, 0.0))
        blind = [number for number, (replies, _) in enumerate(greedy) if not _likeliest(replies[0])]
        sampled = self._ask([asks[number] for number in blind], watch, self.samples, 1.0)
        again = dict(zip(blind, sampled, strict=True))
        return [
            _counted(again[number][0], add_costs((cost, again[number][1])))
            if number in again
            else _weighed(_likeliest(replies[0]), cost)
            for number, (replies, cost) in enumerate(greedy)
        ]


class VoteVerifier(SelfEvaluation):
    """Which of the traces of one ballot goes on best? Each one's score is its share of the votes (Yao et al. 2023).

    The common beginning of the traces is shown once. More than five are compared in heats of nearly equal size, in the
    order in which they came (neighbours mostly share a parent); a score is then the share of the votes of its heat. No
    call is made for a trace without a rival, which has every vote, or without a ballot, which gets no score.
    """

    usual: ClassVar[int] = 5

    def _judge(self, requests: Sequence[ScoreRequest], watch: Watch) -> list[_Verdict]:
        verdicts = [_SILENT] * len(requests)
        alone, heats = _heats(requests)
        for number in alone:
            verdicts[number] = _Verdict(1.0, "the only choice", Cost())
        asks = [(requests[heat[0]], _ballot([requests[number] for number in heat])) for heat in heats]
        for heat, (replies, cost) in zip(heats, self._ask(asks, watch, self.samples, TEMPERATURE), strict=True):
            votes = Counter(vote for reply in replies if (vote := _number(reply.text, len(heat))) is not None)
            for place, number in enumerate(heat, 1):
                verdicts[number] = _voted(votes, place, len(replies), cost if place == 1 else Cost())
        return verdicts


def _can_be_asked(request: ScoreRequest) -> bool:
    """Whether the last step is one that can be judged."""
    if not request.steps or request.steps[-1].strip() in ("", CLOSE):
        return False
    return not in_thought(request.steps[:-1], request.thinking)


def _step_scores(request: ScoreRequest, verdict: _Verdict) -> StepScores:
    if not request.steps:
        return StepScores(())
    silent = len(request.steps) - 1
    return StepScores((None,) * silent + (verdict.value,), ("",) * silent + (verdict.note,), cost=verdict.cost)


def _valued(replies: Sequence[Sample], cost: Cost) -> _Verdict:
    words = Counter(word for reply in replies if (word := _word(reply.text)) in WEIGHTS)
    count = words.total()
    weight = sum(WEIGHTS[word] * times for word, times in words.items())
    told = " + ".join(f"{words[word]}× {word}" for word in prompts.WORDS if words[word])
    note = f"{told} = {weight:g}" if count else ""
    return _Verdict(weight / (WEIGHTS["sure"] * count) if count else None, note + _junk(replies, count), cost)


def _graded(replies: Sequence[Sample], cost: Cost) -> _Verdict:
    grades = [grade for reply in replies if (grade := _number(reply.text, 10)) is not None]
    note = f"{', '.join(map(str, grades))} of 10" if grades else ""
    value = sum(grades) / (10 * len(grades)) if grades else None
    return _Verdict(value, note + _junk(replies, len(grades)), cost)


def _likeliest(reply: Sample) -> tuple[Alternative, ...]:
    """The likeliest first tokens of a reply; none where the policy gives no probabilities."""
    row = unpack(reply.tokens)
    return row[0].alternatives if row else ()


def _weighed(first: Sequence[Alternative], cost: Cost) -> _Verdict:
    yes, no = (sum(each.probability for each in first if _letter(each.text) == wanted) for wanted in "AB")
    if not yes + no:
        return _Verdict(None, "neither (A) nor (B) is likely", cost)
    return _Verdict(yes / (yes + no), f"P(A) {yes:.2f}, P(B) {no:.2f}", cost)


def _counted(replies: Sequence[Sample], cost: Cost) -> _Verdict:
    letters = Counter(letter for reply in replies if (letter := _letter(reply.text)) in ("A", "B"))
    count = letters.total()
    note = f"{letters['A']} of {count} say (A)" if count else ""
    return _Verdict(letters["A"] / count if count else None, note + _junk(replies, count), cost)


def _heats(requests: Sequence[ScoreRequest]) -> tuple[list[int], list[list[int]]]:
    """The places of traces that are alone on their ballot, and of those to be compared: at most HEAT of one ballot."""
    ballots: dict[int, list[int]] = {}
    for number, request in enumerate(requests):
        if request.ballot:
            ballots.setdefault(request.ballot, []).append(number)
    alone = [rivals[0] for rivals in ballots.values() if len(rivals) == 1]
    return alone, [heat for rivals in ballots.values() if len(rivals) > 1 for heat in _dealt(rivals)]


def _dealt(rivals: list[int]) -> list[list[int]]:
    """As few heats as may be, of nearly equal size: so none has one rival only."""
    count = -(-len(rivals) // HEAT)
    cuts = [len(rivals) * cut // count for cut in range(count + 1)]
    return [rivals[start:stop] for start, stop in pairwise(cuts)]


def _ballot(rivals: Sequence[ScoreRequest]) -> prompts.Ask:
    """The question which of these traces is best: what they share, then how each goes on."""
    traces = [exposed(request.steps) for request in rivals]
    levels = takewhile(lambda level: len(set(level)) == 1, zip(*(trace[:-1] for trace in traces), strict=False))
    shared = sum(1 for _ in levels)
    return prompts.vote(rivals[0].problem, traces[0][:shared], [trace[shared:] for trace in traces])


def _voted(votes: Counter[int], place: int, replies: int, cost: Cost) -> _Verdict:
    count = votes.total()
    if not count:
        return _Verdict(None, f"none of {replies} replies is a vote", cost)
    return _Verdict(votes[place] / count, f"{votes[place]} of {count} votes", cost)


def _junk(replies: Sequence[Sample], counted: int) -> str:
    """The part of a note that says how many replies were no verdict."""
    junk = len(replies) - counted
    if not junk:
        return ""
    return f"; {junk} of {len(replies)} replies no verdict" if counted else f"none of {junk} replies is a verdict"


def _word(reply: str) -> str:
    words = reply.split()
    return words[0].strip(".,:;!*").casefold() if words else ""


def _letter(reply: str) -> str:
    """`A` for `A`, ` (A)` or `a.`"""
    return reply.strip().strip("().").upper()


def _number(reply: str, most: int) -> int | None:
    """A whole number from 1 to `most` that opens the reply."""
    word = _word(reply)
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 and 1 <= int(word) <= most else None
