"""The critic prompt of ProcessBench: any model that chats is asked for the first wrong paragraph of a solution.

Zheng et al. 2024, ProcessBench: Identifying Process Errors in Mathematical Reasoning. Several replies vote. Knows
policies, no torch and no search.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.events import Source
from engine.policies import Policy, SampleRequest, Watch
from engine.seeds import seed_for
from engine.thoughts import CLOSE
from engine.verifiers import ScoreRequest, Scores, StepScores
from engine.verifiers.generative.asking import Reply, ask
from engine.verifiers.generative.critique import Opinion, Shown, bounded, disarmed, shown, step_scores

TURN = (
    "The following is a math problem and a solution (split into paragraphs, enclosed with tags and indexed from 0):\n\n"
    "[Math Problem]\n\n{problem}\n\n[Solution]\n\n{tagged}\n\nYour task is to review and critique the solution "
    "paragraph by paragraph. Once you identify an error in a paragraph, return the index of the paragraph where the "
    'earliest error occurs. Otherwise, return the index of -1 (which typically denotes "not found").\n\n'
    "Please put your final answer (i.e., the index) in \\boxed{{}}."
)
NONE_WRONG = -1
MOST_TOKENS = 4_096
_INDEX = re.compile(r"\\boxed\{[ $]{0,3}(-?\d{1,5})[ $]{0,3}\}")
_TAGS = ("<paragraph_", "</paragraph_")


@dataclass(frozen=True, eq=False)
class Critic:
    """Asked for a whole trace, it scores the steps before the first wrong one 1 and that one 0; what comes later has no
    score. Which is the first wrong one is what most replies say, and of equally many the earlier one.

    Asked for the last step alone, as searches do, it scores that step with the share of the replies that find nothing
    wrong up to there.
    """

    policy: Policy
    name: str
    samples: int = 1
    max_tokens: int = MOST_TOKENS
    temperature: float = 0.0
    top_p: float = 1.0
    thinking: bool = False
    """Whether the critic thinks before it answers, where its model can."""
    source: Source = "self-evaluation"

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        traces = [shown(request) for request in requests]
        asked = [number for number, steps in enumerate(traces) if steps.texts]
        replies = ask(self.policy, [self._question(requests[number], traces[number]) for number in asked], watch)
        found = {
            number: _judged(requests[number], traces[number], reply)
            for number, reply in zip(asked, replies, strict=True)
        }
        return Scores(
            tuple(found.get(number) or StepScores((None,) * len(each.steps)) for number, each in enumerate(requests))
        )

    def _question(self, request: ScoreRequest, steps: Shown) -> SampleRequest:
        return SampleRequest(
            request.problem,
            (),
            tuple(seed_for(request.seed, 0, index, "evaluate") for index in range(self.samples)),
            temperature=self.temperature,
            whole=True,
            thinking=self.thinking,
            max_tokens=self.max_tokens,
            turn=TURN.format(problem=request.problem.prompt, tagged=tagged(steps.texts)),
            top_p=self.top_p,
        )


def tagged(steps: Sequence[str]) -> str:
    """Steps as paragraphs; a tag that a step says itself is none."""
    return "\n\n".join(
        f"<paragraph_{number}>\n{disarmed(step, _TAGS)}\n</paragraph_{number}>" for number, step in enumerate(steps)
    )


def index_in(reply: str, count: int) -> int | None:
    """The index that a reply puts into its last box, after its thought: of one of `count` paragraphs, or -1."""
    found = _INDEX.findall(reply.rpartition(CLOSE)[2])
    return int(found[-1]) if found and NONE_WRONG <= int(found[-1]) < count else None


def _judged(request: ScoreRequest, steps: Shown, reply: Reply) -> StepScores:
    count = len(steps.texts)
    texts = [sample.text for sample in reply.samples]
    indices = [index_in(text, count) for text in texts]
    votes = Counter(index for index in indices if index is not None)
    if reply.why or not votes:
        return step_scores(request, steps, [Opinion(note=reply.why or _junk(reply))] * count, reply.cost)
    elected = min(votes, key=lambda index: (-votes[index], index if index >= 0 else count))
    critique = texts[indices.index(elected)].strip()
    told = _told(votes, len(texts))
    if request.last_only:
        sound = votes[NONE_WRONG] / votes.total()
        last = Opinion(sound, bounded(f"{told}\n{critique}"), (("solution", sound),))
        return step_scores(request, steps, [*[Opinion()] * (count - 1), last], reply.cost)
    opinions = [_opinion(place, elected, votes, told) for place in range(count)]
    spoken = elected if elected >= 0 else count - 1
    opinions[spoken] = Opinion(opinions[spoken].value, bounded(f"{told}\n{critique}"), opinions[spoken].channels)
    return step_scores(request, steps, opinions, reply.cost)


def _opinion(place: int, elected: int, votes: Counter[int], told: str) -> Opinion:
    if NONE_WRONG < elected < place:
        return Opinion(note="Not judged: it comes after the first wrong step.")
    return Opinion(float(place != elected), told, (("named first wrong", votes[place] / votes.total()),))


def _told(votes: Counter[int], replies: int) -> str:
    """How the replies voted, in words; paragraphs are numbered as the critic sees them, from 0."""
    said = [
        f"{count} of {replies} {'find nothing wrong' if index == NONE_WRONG else f'name paragraph {index}'}"
        for index, count in sorted(votes.items(), key=lambda pair: -pair[1])
    ]
    junk = replies - votes.total()
    return ", ".join([*said, *([f"{junk} without a verdict"] if junk else [])]) + "."


def _junk(reply: Reply) -> str:
    """Why no reply counts, with the first one."""
    count = len(reply.samples)
    what = "The reply has" if count == 1 else f"None of {count} replies has"
    cut = " It was cut off." if count == 1 and reply.samples[0].ended == "length" else ""
    negated = " no index of a paragraph in a box." if count == 1 else " an index of a paragraph in a box."
    return f"{what}{negated}{cut}\n{reply.samples[0].text if reply.samples else ''}"
