"""A critique in GenPRM's form as it is written: analysis, code and what it printed, judgement. Knows no verifier.

Several are written side by side: each round is one call of the policy. Code runs in the sandbox, and what came of it is
put into the text, from where the model goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.events import Cost, add_costs
from engine.policies import Cancelled, Policy, Said, SampleRequest, Watch
from engine.policies.weighing import Weighed, weigh
from engine.problems.problem import Problem
from engine.sandbox import Ran
from engine.seeds import seed_for
from engine.verifiers.generative.asking import Reply, ask
from engine.verifiers.generative.critique import share

ANALYSE = "<analyze>\nLet's analyze the Paragraph {number} step by step: "
ANALYSED = "</analyze>\n"
VERIFY = "<verify>\nLet's use python code to find any potential error:\n```python\n"
CODE_END = "\n```\n"
PRINTED = "[Code Output]\n\n```\n{output}\n```\n"
JUDGE = "<output>\n**Judgement**: $\\boxed{"
JUDGED = "</output>\n"
LABELS = ("Yes", "No")
Runs: TypeAlias = Callable[[str, Sequence[str], Callable[[], bool]], Ran]
"""Runs a program after others, until it is cancelled: see engine.sandbox.run."""
ROUNDS = 3
"""Times that code is run for one critique; who has not judged by then is made to, after the analysis."""
MOST_PRINTED = 2_000
"""Characters of a program's output that the model reads."""
_OUTPUT = "<output>"
_BOX = "\\boxed{"
_CODE = re.compile(r"```python[ \t]*\n(.*?)\n?```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How its text is drawn."""

    temperature: float = 0.6
    top_p: float = 0.95
    thinking: bool = False
    """Whether it stands inside the model's thought."""


@dataclass
class Draft:
    """One critique under way."""

    problem: Problem
    before: tuple[Said, ...]
    turn: str
    number: int
    """Of the paragraph, from 1."""
    seed: int
    sample: int
    text: str = ""
    why: str = ""
    """Why there is no judgement, or what is not exact, in words."""
    value: float | None = None
    weights: tuple[float, float] | None = None
    """P(Yes) and P(No), where the policy tells them."""
    cost: Cost = Cost()  # noqa: RUF009 - frozen
    analysis: str = ""
    """The text up to the end of the analysis."""
    round: int = 0
    """Replies so far: each is drawn with a seed of its own."""
    left: int = 0
    """Tokens that it may still take."""
    programs: list[str] = field(default_factory=list)
    """Those that ran to an end, for the names that the next one knows."""

    def request(self, given: str, how: Drawing, stops: tuple[str, ...] = ()) -> SampleRequest:
        """For what comes after the text `given`."""
        place = seed_for(self.seed, self.number, self.sample, "evaluate")
        return SampleRequest(
            self.problem,
            (),
            (seed_for(place, 0, self.round, "evaluate"),),
            how.temperature,
            whole=True,
            thinking=how.thinking,
            max_tokens=self.left,
            turn=self.turn,
            given=given,
            before=self.before,
            stops=stops,
            top_p=how.top_p,
        )

    def take(self, reply: Reply) -> bool:
        """Write on with a reply. Whether it stopped where it was to stop."""
        self.cost = add_costs([self.cost, reply.cost])
        if reply.why:
            self.why = reply.why
            return False
        sample = reply.samples[0]
        self.text += sample.text
        self.left -= sample.count
        self.round += 1
        return sample.ended == "step"

    def settle(self, weighed: Weighed) -> None:
        """The judgement, of probabilities or, where there are none, of the word in the box."""
        self.cost = add_costs([self.cost, weighed.cost])
        self.why = weighed.why
        if weighed.probabilities is not None:
            yes, no = weighed.probabilities
            self.weights, self.value = (yes, no), share(yes, no)
            if self.value is None:
                self.why = "Neither Yes nor No is likely as the judgement."
        else:
            word = judgement(self.text)
            self.value = None if word is None else float(word == "Yes")
        if self.value is not None and judgement(self.text) is None:
            self.text += f"{LABELS[self.value < 0.5]}}}$\n{JUDGED}"


@dataclass(frozen=True)
class Writer:
    """Writes critiques."""

    policy: Policy
    execute: bool
    max_tokens: int
    how: Drawing
    runs: Runs

    def write(self, drafts: Sequence[Draft], watch: Watch) -> None:
        """From their beginning to the judgement, all side by side. Raises Cancelled, ModelError."""
        for draft in drafts:
            draft.text, draft.left = ANALYSE.format(number=draft.number), self.max_tokens
        self._go_on(drafts, (ANALYSED,), watch)
        for draft in drafts:
            draft.analysis = draft.text = f"{draft.text.removesuffix(ANALYSED).rstrip()}\n{ANALYSED}"
        waiting = [draft for draft in drafts if not draft.why] if self.execute else []
        for draft in waiting:
            draft.text += VERIFY
        for _ in range(ROUNDS):
            waiting = [draft for draft in waiting if draft.left > 0]
            stopped = self._go_on(waiting, (CODE_END, JUDGED), watch)
            waiting = [draft for draft in stopped if not draft.text.endswith(JUDGED)]
            for draft in waiting:
                draft.text += self._printed(draft, watch)
        self._judge([draft for draft in drafts if not draft.why], watch)

    def _go_on(self, drafts: Sequence[Draft], stops: tuple[str, ...], watch: Watch) -> list[Draft]:
        """A reply for each; those that stopped where they were to stop."""
        requests = [draft.request(draft.text, self.how, stops) for draft in drafts]
        replies = ask(self.policy, requests, watch)
        return [draft for draft, reply in zip(drafts, replies, strict=True) if draft.take(reply)]

    def _printed(self, draft: Draft, watch: Watch) -> str:
        """What the model is told of the code that it has just written. Raises Cancelled."""
        if watch.cancelled():
            raise Cancelled
        blocks = _CODE.findall(draft.text)
        ran = self.runs(blocks[-1], draft.programs, watch.cancelled) if blocks else Ran(error="There is no code.")
        if ran.stopped == "cancelled":
            raise Cancelled
        if blocks and not ran.stopped:
            draft.programs.append(blocks[-1])
        told = ran.told.replace("```", "'''")
        return PRINTED.format(output=told if len(told) <= MOST_PRINTED else f"{told[:MOST_PRINTED]} […]")

    def _judge(self, drafts: Sequence[Draft], watch: Watch) -> None:
        """How likely Yes and No are in the box of each."""
        for draft in drafts:
            if box_in(draft.text) is None:  # the code has not led to a judgement: it is asked for after the analysis
                draft.text = f"{draft.analysis}{JUDGE}"
        boxes = [draft.request(draft.text[: box_in(draft.text)], self.how) for draft in drafts]
        for draft, weighed in zip(drafts, weigh(self.policy, boxes, LABELS, watch), strict=True):
            draft.settle(weighed)


def box_in(text: str) -> int | None:
    """Where the box of the judgement opens: the first one of the last output."""
    box = text.find(_BOX, text.rfind(_OUTPUT)) if _OUTPUT in text else -1
    return box + len(_BOX) if box >= 0 else None


def judgement(text: str) -> str | None:
    """Yes or No, as it stands in the box of the judgement."""
    found = re.compile(r" ?(Yes|No)\b", re.IGNORECASE).match(text, box_in(text) or len(text))
    return found[1].capitalize() if found else None
