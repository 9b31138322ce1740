"""Long thoughts about word problems, and what is done to them: made to go on, edited, hinted at. Knows no model.

As `number_edits`: what somebody else wrote is `given`, and the shown steps follow what the thought ended with. A
thought here is the facts of the question, a try per equation, and a sentence with the answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from engine.learning.number_edits import MOST_FILLER, OPEN, REFUSE, TAKE
from engine.learning.number_puzzles import CLOSE, Example
from engine.learning.word_problems import WordExample, draw_word_example
from engine.learning.word_problems.examples import equation_text, state_step
from engine.learning.word_problems.parts import LARGEST, SMALLEST, UnfitError
from engine.learning.word_problems.thoughts import (
    AGAIN,
    CHECK,
    DONE,
    OFF,
    TRY,
    facts,
    inverse_equation,
    right_equation,
    whole_thought,
)
from engine.learning.word_problems.traces import follow, numbers_about, off, wrong_arithmetic
from engine.learning.word_texts import draw_word_closed, strange
from engine.rewording import FILLER, SAID, WAIT, hinted, rewordings

_LOOK = ("I must check this.", "I must look at this again.")
_EQUATION = re.compile(r"\d+ [-+*/] \d+ = \d+")


def draw_word_whole(rng: random.Random) -> Example:
    """A thought that nobody disturbs, with the steps and the answer that it came to."""
    word = draw_word_example(rng)
    return strange(Example(word.question, OPEN, "".join(_lines(whole_thought(rng, word))) + CLOSE + _shown(word)), rng)


def draw_word_filler(rng: random.Random) -> Example:
    word = draw_word_example(rng)
    text = FILLER * rng.randint(1, rng.choice((4, 12, MOST_FILLER)))
    return strange(Example(word.question, OPEN + text + CLOSE, _shown(word)), rng)


def draw_word_reworded(rng: random.Random) -> Example:
    """A thought whose first lines are said in other words, as far as there are any; it goes on in its own."""
    word = draw_word_example(rng)
    lines = _lines(whole_thought(rng, word))
    count = rng.randint(1, len(lines))
    before = "".join(rng.choice(rewordings(line) or (line,)) for line in lines[:count])
    return strange(Example(word.question, OPEN + before, "".join(lines[count:]) + CLOSE + _shown(word)), rng)


def draw_word_waited(rng: random.Random) -> Example:
    """Somebody wrote `Wait,` after a line: the thought looks again at what it has, and comes to the same end."""
    word = draw_word_example(rng)
    lines = _lines(whole_thought(rng, word))
    count = len(lines) if rng.random() < 0.6 else rng.randint(1, len(lines))
    again = [rng.choice(_LOOK)]
    if count == len(lines):
        step = rng.choice(word.plan)
        equation = inverse_equation(step) if rng.random() < 0.5 else right_equation(step)
        again += [rng.choice(CHECK).format(e=equation), rng.choice(DONE).format(a=word.value)]
    after = "".join(_lines(again) + lines[count:]) + CLOSE + _shown(word)
    mark, blank = (f"{WAIT}\n", "") if rng.random() < 0.15 else (WAIT, " ")
    return strange(Example(word.question, OPEN + "".join(lines[:count]) + mark, blank + after), rng)


def draw_word_mistaken(rng: random.Random) -> Example:
    """An equation of the thought holds a wrong result. Two of three thoughts go on with it; the others see it."""
    while True:
        word = draw_word_example(rng)
        at = rng.randrange(len(word.plan))
        try:
            slip = wrong_arithmetic(rng, word, at)
            followed = follow(word, slip)
        except UnfitError:
            continue
        break
    step = word.plan[at]
    before = facts(rng, word) + [rng.choice(TRY).format(e=right_equation(known)) for known in word.plan[:at]]
    term = f"{step.left.value} {step.operator} {step.right.value}"
    before.append(rng.choice(TRY).format(e=f"{term} = {slip.wrong_result}"))
    if rng.random() < 1 / 3:
        seen = rng.choice(OFF).format(t=term, w=slip.wrong_result, r=step.result)
        after = [seen, rng.choice(AGAIN).format(e=right_equation(step))]
        after += [rng.choice(TRY).format(e=right_equation(later)) for later in word.plan[at + 1 :]]
        value, shown = word.value, _shown(word)
    else:
        equations = [_equation_in(text) for text in followed[at + 1 : -1]]
        after = [rng.choice(TRY).format(e=equation) for equation in equations]
        value, shown = int(followed[-1].removeprefix("Answer: ")), "".join(followed)
    after.append(rng.choice(DONE).format(a=value))
    text = "".join(_lines(after)) + CLOSE + shown
    return strange(Example(word.question, OPEN + "".join(_lines(before)), text), rng)


def draw_word_hinted(rng: random.Random) -> Example:
    """The question comes with a suggested answer; the shares are those of `number_edits.draw_hinted`.

    Who follows a wrong hint makes the last equation come out as the hint wants it.
    """
    word = draw_word_example(rng)
    hint = word.value if rng.random() < 0.3 else wrong_hint(rng, word)
    right = hint == word.value
    followed, said = rng.random() < (0.75 if right else 0.5), rng.random() < 0.5
    lines = [rng.choice(SAID).format(hint=hint)] if said else []
    if followed and said:
        lines += facts(rng, word) * (rng.random() < 0.3) + [TAKE.rstrip()]
    elif followed:
        told = [_equation_in(text) for text in _led_to(word, hint)]
        lines += facts(rng, word) + [rng.choice(TRY).format(e=equation) for equation in told]
        lines.append(rng.choice(DONE).format(a=hint))
    else:
        lines += [REFUSE.rstrip()] * (said and not right) + whole_thought(rng, word)
    shown = "".join(_led_to(word, hint)) + f"Answer: {hint}" if followed else _shown(word)
    text = "".join(_lines(lines)) + CLOSE + shown
    return strange(Example(hinted(word.question, str(hint)), OPEN, text), rng)


WORD_EDITS: tuple[Callable[[random.Random], Example], ...] = (
    draw_word_closed,
    draw_word_closed,
    draw_word_waited,
    draw_word_mistaken,
    draw_word_mistaken,
    draw_word_reworded,
    draw_word_filler,
    draw_word_hinted,
    draw_word_hinted,
)
"""One that stands here twice is drawn twice as often."""


def draw_word_edited(rng: random.Random) -> Example:
    return rng.choice(WORD_EDITS)(rng)


def _lines(sentences: Sequence[str]) -> list[str]:
    return [f"{sentence}\n" for sentence in sentences]


def _shown(word: WordExample) -> str:
    return "".join(word.steps) + word.answer


def _equation_in(text: str) -> str:
    found = _EQUATION.search(text)
    assert found is not None
    return found[0]


def _led_to(word: WordExample, hint: int) -> tuple[str, ...]:
    """The steps with the hint as the last result, whether it is right or not."""
    last = word.plan[-1]
    equation = equation_text(last.left.value, last.operator, last.right.value, hint)
    return (*word.steps[:-1], state_step(last.sentence, equation))


def wrong_hint(rng: random.Random, word: WordExample) -> int:
    """A number near the answer, or another one of the story."""
    others = [operand.value for operand in numbers_about(word, len(word.plan))]
    while True:
        hint = rng.choice(others) if rng.random() < 0.4 else off(rng, word.value)
        if hint != word.value and SMALLEST <= hint <= LARGEST:
            return hint
        others.append(word.value + rng.choice((5, 10)))
