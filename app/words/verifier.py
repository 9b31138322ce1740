"""The verifiers in words: what a form offers, and what a score answers. Pure data; knows no widget and no model."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import mark, tr
from engine.events import Score, Source

SOURCE_WORDS: dict[Source, str] = {
    "policy": mark("Policy"),
    "prm": mark("PRM"),
    "orm": mark("ORM"),
    "self-evaluation": mark("Self-evaluation"),
    "rule": mark("Rule"),
    "code": mark("Code"),
    "person": mark("Person"),
    "gold": mark("Gold answer"),
}


@dataclass(frozen=True, slots=True)
class VerifierWords:
    """One verifier that a plan may name."""

    name: str
    """In plans; scores of the policy's own verdict carry it, too."""
    title: str
    question: str
    """What its score answers."""
    who: str
    """Who answers, and what that costs: a sentence."""
    asks_policy: bool = False
    """Whether it is the policy's own verdict, which costs model calls."""


VERIFIERS: tuple[VerifierWords, ...] = (
    VerifierWords(
        "prm",
        mark("PRM"),
        mark("how likely is it that a trace with this step comes out right?"),
        mark("The bundled process reward model reads every step."),
    ),
    VerifierWords(
        "orm",
        mark("ORM"),
        mark("how likely is it that this answer is right?"),
        mark("The bundled outcome reward model reads the whole trace, once it has ended."),
    ),
    VerifierWords(
        "rule",
        mark("Rule checks"),
        mark("is this step legal, is its arithmetic right?"),
        mark("Exact rules of the problem; free, and ignorant of the solution."),
    ),
    VerifierWords(
        "value",
        mark("Value"),
        mark("can what is left still be solved: surely, likely, or impossibly?"),
        mark("The policy judges its own steps in words, a few times each."),
        asks_policy=True,
    ),
    VerifierWords(
        "scale",
        mark("Scale 1–10"),
        mark("how likely can what is left still be solved, from 1 to 10?"),
        mark("The policy gives its own steps marks."),
        asks_policy=True,
    ),
    VerifierWords(
        "vote",
        mark("Vote"),
        mark("which of these steps is the best?"),
        mark("The policy compares the steps of one move with each other and votes a few times."),
        asks_policy=True,
    ),
    VerifierWords(
        "check",
        mark("Self-check"),
        mark("is this step right?"),
        mark("The policy is asked for (A) or (B); the score is the probability of (A)."),
        asks_policy=True,
    ),
)
GOLD = VerifierWords(
    "gold",
    mark("Gold answer"),
    mark("is this the known right answer?"),
    mark("For experiments only: the run says for ever that a known right answer influenced it."),
)
"""Never suggested; works only where a right answer is known."""
SHORT_WORDS = (mark("Value"), mark("Scale"), mark("Vote"), mark("Check"), mark("self-evaluation"))
"""Names of verifiers in a word, as `short_name` makes them."""
_BY_NAME = {entry.name: entry for entry in (*VERIFIERS, GOLD)}


def tool_tip(entry: VerifierWords) -> str:
    """Question and answerer, for the form."""
    question = tr(entry.question)
    return f"{question[0].upper()}{question[1:]} {tr(entry.who)}"


def judge_title(score: Score) -> str:
    """Who says a score: `PRM`, or `Self-evaluation (vote)`."""
    title = tr(SOURCE_WORDS[score.source])
    return f"{title} ({score.verifier})" if score.source == "self-evaluation" and score.verifier else title


def short_name(score: Score) -> str:
    """Who says a score, in an English word: `PRM`, `Vote`."""
    kind = score.verifier.partition(":")[0]
    known = score.source == "self-evaluation" and kind in _BY_NAME
    return kind.capitalize() if known else SOURCE_WORDS[score.source]


def question_of(score: Score) -> str:
    """What a score answers; empty where nobody knows."""
    name = score.verifier.partition(":")[0] if score.source == "self-evaluation" else score.source
    return tr(_BY_NAME[name].question) if name in _BY_NAME else ""
