"""ThinkPRM: a reasoning model thinks the solution through, step by step, then says whether it is right.

Khalifa et al. 2025, Process Reward Models That Think. One greedy chain per trace; of each step it says "The step is
\\boxed{correct}" or "\\boxed{incorrect}", and stops after the first wrong one. Knows policies, no torch, no search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.events import Source, add_costs
from engine.policies import Policy, SampleRequest, Watch
from engine.policies.weighing import Weighed, weigh
from engine.verifiers import ScoreRequest, Scores, StepScores
from engine.verifiers.generative.asking import Reply, ask
from engine.verifiers.generative.critique import Opinion, Shown, plain, share, shown, step_scores

TURN = (
    "You are given a math problem and a proposed step-by-step solution:\n\n[Math Problem]\n\n{problem}\n\n"
    "[Solution]\n\n{solution}\n\nReview and critique each step in the proposed solution to determine whether each "
    "step is correct. If the solution is incomplete, only verify the provided steps."
)
QUESTION = "Is the solution correct?"
LABELS = (" Yes", " No")
"""What follows the question."""
MOST_TOKENS = 4_096
_VERDICT = re.compile(r"\\boxed\{ {0,3}(?:\\text\{)? {0,3}(correct|incorrect) {0,3}\}?\}", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class ThinkPrm:
    """Asked for a whole trace, it scores each step 1 or 0 by its verdict, up to the first wrong one; what comes later
    has no score. The last judged step has the solution's score beside, as the channel `solution`.

    Asked for the last step alone, as searches do, it scores that step with the solution up to there: P(" Yes") over
    P(" Yes") + P(" No") after the question, which is the paper's score of a prefix.
    """

    policy: Policy
    name: str
    max_tokens: int = MOST_TOKENS
    thinking: bool = True
    """Whether the chain is written inside the model's thought, as the published models do it."""

    def __post_init__(self) -> None:
        """Raises ModelError where the model has no such labels."""
        weigh(self.policy, (), LABELS, Watch())

    @property
    def source(self) -> Source:
        return "prm"

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        traces = [shown(request) for request in requests]
        asked = [number for number, steps in enumerate(traces) if steps.texts]
        questions = [self._question(requests[number], traces[number]) for number in asked]
        replies = ask(self.policy, questions, watch)
        weighed = self._weigh(questions, replies, watch)
        found = {
            number: _judged(requests[number], traces[number], reply, solution)
            for number, reply, solution in zip(asked, replies, weighed, strict=True)
        }
        return Scores(
            tuple(found.get(number) or StepScores((None,) * len(each.steps)) for number, each in enumerate(requests))
        )

    def _question(self, request: ScoreRequest, steps: Shown) -> SampleRequest:
        solution = "\n".join(f"Step {number}: {plain(step)}" for number, step in enumerate(steps.texts, 1))
        return SampleRequest(
            request.problem,
            (),
            (request.seed,),
            temperature=0.0,
            whole=True,
            thinking=self.thinking,
            max_tokens=self.max_tokens,
            turn=TURN.format(problem=request.problem.prompt, solution=solution),
        )

    def _weigh(self, questions: Sequence[SampleRequest], replies: Sequence[Reply], watch: Watch) -> list[Weighed]:
        """Of each chain how likely Yes and No are after its question, which is put to it where it has none."""
        written = [number for number, reply in enumerate(replies) if not reply.why]
        forced = [
            replace(questions[number], given=up_to_question(replies[number].samples[0].text)) for number in written
        ]
        found = dict(zip(written, weigh(self.policy, forced, LABELS, watch), strict=True))
        return [found.get(number, Weighed(None, reply.why)) for number, reply in enumerate(replies)]


def up_to_question(chain: str) -> str:
    """A chain up to its last question whether all is correct; one that has none is asked after its last verdict."""
    place = chain.rfind(QUESTION)
    if place >= 0:
        return chain[: place + len(QUESTION)]
    ends = [verdict.end() for verdict in _VERDICT.finditer(chain)]
    return f"{chain[: ends[-1]] if ends else chain.rstrip()}\n{QUESTION}"


def _judged(request: ScoreRequest, steps: Shown, reply: Reply, weighed: Weighed) -> StepScores:
    cost = add_costs([reply.cost, weighed.cost])
    if reply.why:
        return step_scores(request, steps, [Opinion(note=reply.why)] * len(steps.texts), cost)
    chain = reply.samples[0].text
    opinions = _verdicts(chain, len(steps.texts), reply.samples[0].ended == "length")
    values = [each.value for each in opinions if each.value is not None]
    solution, channels = _solution(values, len(opinions), weighed)
    if request.last_only:
        note = "\n".join(filter(None, (chain.strip(), "" if solution is not None else weighed.why)))
        verdict = opinions[-1].channels
        return step_scores(request, steps, [*opinions[:-1], Opinion(solution, note, (*verdict, *channels))], cost)
    if values:
        last = opinions[len(values) - 1]
        opinions[len(values) - 1] = replace(last, channels=(*last.channels, *channels))
    return step_scores(request, steps, opinions, cost)


def _verdicts(chain: str, count: int, cut: bool) -> list[Opinion]:
    """What the chain says of each of `count` steps, in order, up to the first wrong one."""
    opinions: list[Opinion] = []
    start = 0
    for verdict in _VERDICT.finditer(chain):
        if len(opinions) == count or (opinions and opinions[-1].value == 0):
            break
        value = float(verdict[1].lower() == "correct")
        opinions.append(Opinion(value, chain[start : verdict.end()], (("verdict", value),)))
        start = verdict.end()
    if opinions and opinions[-1].value == 0:
        why = "Not judged: it comes after the first wrong step."
    elif cut:
        why = "The critique was cut off before it came to a verdict on this step."
    else:
        why = "The critique has no verdict on this step."
    return [*opinions, *[Opinion(note=why)] * (count - len(opinions))]


def _solution(
    values: Sequence[float], count: int, weighed: Weighed
) -> tuple[float | None, tuple[tuple[str, float], ...]]:
    """The score of the whole, and its channels. Without probabilities the verdicts decide, if they can."""
    if weighed.probabilities is None:
        told = 0.0 if 0.0 in values else 1.0 if len(values) == count else None
        return told, (("solution", told),) if told is not None else ()
    yes, no = weighed.probabilities
    score = share(yes, no)
    parts = (("P(Yes)", yes), ("P(No)", no))
    return score, parts if score is None else (("solution", score), *parts)
