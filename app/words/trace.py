"""What the window and the reports say of one trace: its parts, its answers, how much was thought after the answer.

Knows no widget. What a model wrote comes out on one visible line; Markdown and rich text are the caller's to escape.
"""

from __future__ import annotations

from typing import Literal

from app.language import mark, tr
from app.plain_text import one_line
from engine.traces.answers import Answer, Comparison
from engine.traces.loops import Repeats
from engine.traces.overthinking import Candidate, Fold, Meter
from engine.traces.spans import Opaque, Trace, What

Noun = Literal["step", "sentence", "character", "token", "byte", "claim", "time", "repeat", "change", "loop"]
Agreement = Literal["same", "different", "unclear", "missing"]

LONGEST_ANSWER = 60
JUDGED_BY = mark("No model judges: numbers by exact value, text by shared words.")

_NOUNS: dict[Noun, tuple[str, str]] = {
    "step": (mark("{count:,} step"), mark("{count:,} steps")),
    "sentence": (mark("{count:,} sentence"), mark("{count:,} sentences")),
    "character": (mark("{count:,} character"), mark("{count:,} characters")),
    "token": (mark("{count:,} token"), mark("{count:,} tokens")),
    "byte": (mark("{count:,} byte"), mark("{count:,} bytes")),
    "claim": (mark("{count:,} claim"), mark("{count:,} claims")),
    "time": (mark("{count:,} time"), mark("{count:,} times")),
    "repeat": (mark("{count:,} repeat"), mark("{count:,} repeats")),
    "change": (mark("{count:,} change of mind"), mark("{count:,} changes of mind")),
    "loop": (mark("{count:,} loop"), mark("{count:,} loops")),
}
_OPAQUE: dict[What, str] = {
    "redacted": mark("a redacted part of the thought"),
    "encrypted": mark("an encrypted thought"),
    "signature": mark("a signature of a thought"),
    "count": mark("a thought that was not sent"),
}
_STATED = {
    "boxed": mark("boxed"),
    "said": mark("stated"),
    "last number": mark("not stated: the last number"),
}


def many(count: int, noun: Noun) -> str:
    """`1 step`, `2,400 steps`."""
    one, several = _NOUNS[noun]
    return tr(one if count == 1 else several).format(count=count)


def cut_off_words(trace: Trace, reason: str = "") -> str:
    """Where the text ends before its end. `reason`: why, in the server's word."""
    word = tr(" (the server's word: {reason})").format(reason=one_line(reason)) if reason else ""
    if trace.cut_off == "hidden":
        return tr("in the thought: it was never closed") + word
    if trace.cut_off == "exposed":
        return tr("in the exposed text") + word
    return tr("no") + word if reason else tr("not in the thought; nothing tells whether the exposed text is whole")


def thinking_words(trace: Trace) -> str:
    """Whether the model was made to think."""
    if trace.thinking == "unknown":
        return tr("nothing tells whether it was on")
    return tr("on") if trace.thinking == "on" else tr("off")


def opaque_words(part: Opaque) -> str:
    """`an encrypted thought, 812 tokens, 4,096 bytes, sha256 9f86d081884c7d65`."""
    said = [tr(_OPAQUE[part.what])]
    if part.tokens is not None:
        said.append(many(part.tokens, "token"))
    if part.sha256:
        said += [many(part.size, "byte"), f"sha256 {part.sha256[:16]}"]
    return ", ".join(said)


def answer_words(answer: Answer | None, right: bool | None) -> str:
    """`24 (boxed; right)`."""
    if answer is None:
        return tr("none that can be read")
    verdict = "" if right is None else f"; {tr('right')}" if right else f"; {tr('wrong')}"
    return f"{one_line(answer.text, LONGEST_ANSWER)} ({tr(_STATED[answer.how])}{verdict})"


def agreement(compared: Comparison) -> Agreement:
    """How the answer in the thought stands to the one shown; a last number that nobody stated is no answer to hold
    against one."""
    hidden, exposed = compared.hidden, compared.exposed
    if hidden is None or exposed is None:
        return "missing"
    if compared.same:
        return "same"
    return "unclear" if compared.same is None or "last number" in (hidden.how, exposed.how) else "different"


def agreement_words(compared: Comparison) -> str:
    """`agree: 24`, or the two answers."""
    hidden, exposed = (
        one_line(answer.text, LONGEST_ANSWER) if answer is not None else ""
        for answer in (compared.hidden, compared.exposed)
    )
    match agreement(compared):
        case "same":
            return tr("Answers agree: {answer}").format(answer=exposed)
        case "different":
            return tr("Answers DIFFER: thought {hidden}, shown {exposed}").format(hidden=hidden, exposed=exposed)
        case "unclear":
            return tr("Answers may differ: thought {hidden}, shown {exposed}").format(hidden=hidden, exposed=exposed)
    if exposed:
        return tr("Shown: {answer}; no answer can be read in the thought").format(answer=exposed)
    if hidden:
        return tr("In the thought: {answer}; no answer is shown").format(answer=hidden)
    return tr("Neither text has an answer that can be read")


def comparison_words(compared: Comparison) -> str:
    """How the two answers were compared, in a sentence."""
    hidden, exposed = compared.hidden, compared.exposed
    if compared.same is None or hidden is None or exposed is None:
        return compared.how
    if compared.same and hidden.how == exposed.how == "last number":
        return tr("the same last number; neither text states an answer")
    if compared.same:
        return tr("the same; {how}").format(how=compared.how)
    if hidden.how == "last number":
        return tr("cannot be said: the thought states no answer, and its last number need not be one")
    if exposed.how == "last number":
        return tr("cannot be said: the shown text states no answer, and its last number need not be one")
    return tr("DIFFERENT; {how}").format(how=compared.how)


def candidate_words(found: Candidate) -> str:
    """`step 12, stated: 24`."""
    words = tr("step {step}, stated: {answer}") if found.stated else tr("step {step}, worked out: {answer}")
    return words.format(step=found.step + 1, answer=one_line(found.answer.text, LONGEST_ANSWER))


def meter_words(meter: Meter, repeats: Repeats, steps: int, sought: bool) -> str:
    """How much was thought after the answer was there, on a line. `sought`: whether there is an answer to look for."""
    if meter.first is None:
        shown, none = tr("The answer shown is nowhere in the thought"), tr("There is no answer to look for in it")
        said = [shown if sought else none]
    else:
        said = [tr("The answer is there in step {step} of {steps}").format(step=meter.first.step + 1, steps=steps)]
        said.append(after_words(meter, steps))
    if meter.reversals:
        said.append(many(meter.reversals, "change"))
    if repeats.steps:
        said.append(many(len(repeats.steps), "repeat"))
    if repeats.loops:
        said.append(many(len(repeats.loops), "loop"))
    return ", ".join(filter(None, said))


def after_words(meter: Meter, steps: int) -> str:
    """`61% after it: 20 steps, 812 characters, 204 tokens`; empty where the answer never comes."""
    if meter.first is None or meter.share is None or meter.characters_after is None:
        return ""
    sizes = [many(steps - 1 - meter.first.step, "step"), many(meter.characters_after, "character")]
    if meter.tokens_after is not None:
        sizes.append(many(meter.tokens_after, "token"))
    return tr("{share:.0%} after it: {sizes}").format(share=1 - meter.share, sizes=", ".join(sizes))


def meter_lines(meter: Meter, repeats: Repeats, fold: Fold, steps: int) -> list[tuple[str, str]]:
    """The same at length, as heads and sentences."""
    lines = [(tr("Measured by"), meter.judged), (tr("Answer first"), _first(meter))]
    if meter.first is not None:
        lines.append((tr("After it"), after_words(meter, steps)))
    if meter.first_stated is not None and meter.first_stated != meter.first:
        lines.append((tr("First stated"), candidate_words(meter.first_stated)))
    changed = tr("the stated answer changed {times}, away from the one compared with {away}")
    never = tr("the stated answer never changed")
    lines.append(
        (
            tr("Changes of mind"),
            changed.format(times=many(meter.reversals, "time"), away=many(meter.left_right, "time"))
            if meter.reversals
            else never,
        )
    )
    said_again = tr("{steps} said again, {share:.0%} of the words")
    lines.append((tr("Repeats"), said_again.format(steps=many(len(repeats.steps), "step"), share=repeats.share)))
    for loop in repeats.loops[:5]:
        words = tr("steps {first}–{last} repeat the {steps} before them {times:.1f} times")
        words = words.format(
            first=loop.first + 1, last=loop.last + 1, steps=many(loop.period, "step"), times=loop.times
        )
        lines.append((tr("Loop"), words))
    words = tr("{planning:.0%} plans or goes back, {execution:.0%} computes or checks, {switches:,} switches between")
    filled = words.format(planning=fold.planning, execution=fold.execution, switches=fold.switches)
    return [*lines, (tr("By function"), filled)]


def _first(meter: Meter) -> str:
    if meter.first is None:
        return tr("never: the thought nowhere states it or works it out")
    return candidate_words(meter.first)
