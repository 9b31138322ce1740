"""Links what a trace shows to the hidden steps that made it, without a judge model. Knows what was written, not meant.

Numbers count by their exact value, equations by their normal form, sentences by their words; every mark says why.

    alignment = align(text, steps, exposed)      # steps: the hidden ones; exposed: ranges of the text
    alignment = align_trace(trace)               # the same, of a trace with spans

Every claim is *supported*, with its steps, best first; *only exposed*; or *contradicted*: the thought has the same
equation, or the same words around the same unit, with another value only. Hidden steps whose results are not shown are
*only hidden*.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Literal

import msgspec

from engine.traces.answers import Answer, Comparison, compare, last_answer
from engine.traces.claims import Claim, Said, claims_of, ranges_of, read_sentences, read_steps
from engine.traces.lexical import Index
from engine.traces.linking import ENOUGH_WORDS, Hidden, Link, Sentence
from engine.traces.spans import Kind, Trace
from engine.traces.steps import Rules, Step, cut_ranges

Mark = Literal["supported", "only exposed", "contradicted"]

TOLD_EVERY = 200
"""Sentences between two words about how far it is."""

HOW = "numbers by exact value, equations by normal form, text by words it shares; no model judged"

_OPERATORS = ("+", "-", "*", "/", "×", "·", "÷", "−")
"""Before a number that is a part of a sum, and not what it comes to."""


class Aligned(msgspec.Struct, frozen=True, gc=False):
    """A claim of the exposed text, and where it comes from."""

    claim: Claim
    mark: Mark
    links: tuple[Link, ...]
    """The hidden steps that support it, best first."""
    against: tuple[Link, ...]
    """Those that say otherwise."""
    why: str
    """In words for a person."""


class Unshown(msgspec.Struct, frozen=True, gc=False):
    """A hidden step whose results never reach the exposed text."""

    step: int
    values: tuple[Fraction, ...]


class Alignment(msgspec.Struct, frozen=True):
    """Hidden against exposed."""

    steps: tuple[Step, ...]
    sentences: tuple[Step, ...]
    claims: tuple[Aligned, ...]
    only_hidden: tuple[Unshown, ...]
    answer: Comparison
    how: str = HOW

    def count(self, mark: Mark, kind: str = "") -> int:
        """How many claims have a mark, of one kind or of all."""
        return sum(entry.mark == mark and kind in ("", entry.claim.kind) for entry in self.claims)


def align_trace(trace: Trace, canonical: Callable[[str], str] | None = None) -> Alignment:
    """Hidden against exposed spans of a trace; every span is cut for itself."""
    return align(trace.text, hidden_steps(trace), ranges(trace, "exposed"), canonical)


def hidden_steps(trace: Trace, rules: Rules = Rules()) -> tuple[Step, ...]:  # noqa: B008 - frozen
    """The steps of a trace's hidden spans: its writer's own, where there are such, else each span cut for itself."""
    hidden = ranges(trace, "hidden")
    if not trace.steps:
        return cut_ranges(trace.text, hidden, rules)
    return tuple(piece for start, end in hidden for piece in _pieces(start, end, trace.steps))


def _pieces(start: int, end: int, ends: Sequence[int]) -> Iterator[Step]:
    """[start, end) cut at those of `ends` that lie in it."""
    inner = ends[bisect_right(ends, start) : bisect_left(ends, end)]
    for low, high in pairwise((start, *inner, end)):
        yield Step(low, high)


def ranges(trace: Trace, kind: Kind) -> list[tuple[int, int]]:
    """Where the spans of a kind lie that are not empty."""
    return [(span.start, span.end) for span in trace.spans if span.kind == kind and span.start < span.end]


def align(
    text: str,
    steps: Sequence[Step],
    exposed: Sequence[tuple[int, int]],
    canonical: Callable[[str], str] | None = None,
    said: Said | None = None,
    tell: Callable[[float], None] | None = None,
) -> Alignment:
    """Hidden `steps` against `exposed` ranges of one text.

    `canonical`: the problem's normal form of an answer. `said`: what the steps say (`read_steps`), where it is known.
    `tell` hears now and then what share of the claims is aligned, in [0, 1].
    """
    thought, shown = said or read_steps(text, steps), read_sentences(text, exposed)
    claims = claims_of(shown)
    hidden = Hidden(thought, Index(text, steps, len(shown.steps)), sum(claim.kind == "number" for claim in claims))
    aligned: list[Aligned] = []
    for place, own in groupby(claims, key=lambda claim: claim.sentence):
        aligned.extend(_of_sentence(Sentence(shown, place, hidden.index), hidden, list(own)))
        if tell is not None and place % TOLD_EVERY == 0:
            tell(len(aligned) / len(claims))
    return Alignment(
        tuple(steps),
        shown.steps,
        tuple(aligned),
        _unshown(hidden, shown, {link.step for entry in aligned for link in entry.against}),
        compare(_of_thought(text, steps), _answer(text, exposed), canonical),
    )


def told(claims: Sequence[Aligned]) -> Iterator[Aligned]:
    """Without the numbers of an equation that have its mark: the equation tells it."""
    around: Aligned | None = None
    for entry in claims:
        if entry.claim.kind == "equation":
            around = entry
        inside = entry is not around and around is not None and entry.claim.end <= around.claim.end
        if not (inside and around is not None and entry.mark == around.mark):
            yield entry


def _of_thought(text: str, steps: Sequence[Step]) -> Answer | None:
    """What the thought came to: what it states, or else a number with which its last step ends up.

    A thought that gave up, or was cut off within a sum, came to nothing, however many numbers stand before.
    """
    found = _answer(text, ranges_of(steps))
    if found is None or found.how != "last number":
        return found
    last = next(step for step in reversed(steps) if text[step.start : step.end].strip())
    before = text[last.start : found.start].rstrip()
    return found if found.start >= last.start and not before.endswith(_OPERATORS) else None


def _answer(text: str, ranges: Sequence[tuple[int, int]]) -> Answer | None:
    found = [answer for start, end in ranges if (answer := last_answer(text, start, end)) is not None]
    stated = [answer for answer in found if answer.how != "last number"]
    return next(reversed(stated or found), None)


def _of_sentence(sentence: Sentence, hidden: Hidden, claims: Sequence[Claim]) -> list[Aligned]:
    """A sentence is marked after what lies in it: a wrong number contradicts it."""
    inner = {id(claim): _inner(claim, sentence, hidden) for claim in claims if claim.kind != "text"}
    return [
        inner[id(claim)] if claim.kind != "text" else _sentence(claim, sentence, hidden, list(inner.values()))
        for claim in claims
    ]


def _inner(claim: Claim, sentence: Sentence, hidden: Hidden) -> Aligned:
    return _equation(claim, hidden) if claim.kind == "equation" else _number(claim, sentence, hidden)


def _equation(claim: Claim, hidden: Hidden) -> Aligned:
    made = claim.equation
    assert made is not None
    same, other = hidden.same_equation(made)
    if same:
        return Aligned(claim, "supported", same, other, "the thought has the same equation")
    several = made.verdict == "name" and hidden.has(made.result)  # `x = 2 or 3`
    if other and not several:
        return Aligned(claim, "contradicted", (), other, "the thought has the same left side with another result")
    if links := hidden.all_numbers(made):
        return Aligned(claim, "supported", links, (), "a step of the thought has all of its numbers")
    return Aligned(claim, "only exposed", (), (), "the thought does not have this equation")


def _number(claim: Claim, sentence: Sentence, hidden: Hidden) -> Aligned:
    number = claim.number
    assert number is not None
    made = sentence.equation_of(number)
    if made is not None:
        same, other = hidden.same_equation(made)
        if other and not same:
            return Aligned(claim, "contradicted", (), other, "the thought works out the same with another result")
    links = hidden.support(number, sentence)
    outer = sentence.worked_out_from(number)
    rivals = () if outer is not None else hidden.rivals(number, sentence)
    if rivals and (not links or rivals[0].strength > links[0].strength):
        return Aligned(claim, "contradicted", (), rivals, "the same words and unit have another value in the thought")
    if links:
        return Aligned(claim, "supported", links, rivals, links[0].how)
    if outer is not None and (same := hidden.same_equation(outer)[0]):
        return Aligned(claim, "supported", same, (), "the thought has the same equation")
    if hidden.occurs(number):
        return Aligned(claim, "only exposed", (), (), "the thought has this value only in other words")
    return Aligned(claim, "only exposed", (), (), "the thought does not have this value")


def _sentence(claim: Claim, sentence: Sentence, hidden: Hidden, inner: Sequence[Aligned]) -> Aligned:
    links = hidden.by_words(sentence)
    wrong = [entry for entry in inner if entry.mark == "contradicted"]
    told = [entry for entry in inner if entry.claim.kind == "equation"]
    if wrong:
        against = tuple(link for entry in wrong for link in entry.against)[:1]
        return Aligned(claim, "contradicted", links, against, "a number in it is contradicted")
    if links and (denied := hidden.denial(sentence, links[0])):
        return Aligned(claim, "contradicted", (), (denied,), "the thought has nearly the same words, denied")
    if any(entry.mark == "only exposed" for entry in told):
        return Aligned(claim, "only exposed", (), (), "the thought does not have an equation in it")
    near = [link for link in links if link.strength >= ENOUGH_WORDS]
    if agreeing := [link for link in near if not hidden.denies(link, sentence)]:
        kept = (*agreeing, *(link for link in links if link not in near))
        return Aligned(claim, "supported", kept, (), f"a step has {kept[0].strength:.0%} of its words by weight")
    if near:
        return Aligned(claim, "only exposed", (), tuple(near), "a step has its words, but one of the two denies")
    if told and all(entry.mark == "supported" for entry in told):
        return Aligned(claim, "supported", told[-1].links, (), "the thought has its equations, in other words")
    return Aligned(claim, "only exposed", (), (), "no step has enough of its words")


def _unshown(hidden: Hidden, shown: Said, contradicted: set[int]) -> tuple[Unshown, ...]:
    """Steps that work something out, none of which is shown, be it with another value."""
    seen = {
        value
        for found in shown.numbers
        for number in found
        if number.role == "quantity"
        for value in hidden.shown_by(number)
    }
    unshown = []
    for place, made in enumerate(hidden.said.equations):
        results = tuple(dict.fromkeys(equation.result for equation in made))
        if results and place not in contradicted and not any(result in seen for result in results):
            unshown.append(Unshown(place, results))
    return tuple(unshown)
