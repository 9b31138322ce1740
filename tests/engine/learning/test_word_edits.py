"""What the thinker is trained on for word problems: whole thoughts, and every way of breaking into one."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from transformers import AutoTokenizer

from engine.learning.number_edits import OPEN, REFUSE, TAKE
from engine.learning.number_puzzles import CLOSE, Example
from engine.learning.sampling import lines
from engine.learning.word_edits import (
    WORD_EDITS,
    draw_word_edited,
    draw_word_filler,
    draw_word_hinted,
    draw_word_mistaken,
    draw_word_reworded,
    draw_word_waited,
    draw_word_whole,
)
from engine.llm.bundled import POLICY
from engine.problems.words import read_equations, read_number_answer
from engine.rewording import FILLER, WAIT, says_hint


def drawn(draw: Callable[[random.Random], Example], count: int, seed: int = 0) -> list[Example]:
    rng = random.Random(seed)
    return [draw(rng) for _ in range(count)]


def parts(example: Example) -> tuple[str, str]:
    """The whole thought, whoever wrote it, and what was shown."""
    thought, tag, shown = (example.given + example.completion).removeprefix(OPEN).partition(CLOSE)
    assert tag
    return thought, shown


def false_equations(text: str) -> list[str]:
    return [f"{e.left} = {e.result}" for line in lines(text) for e in read_equations(line) if not e.exact]


def ends_with_its_answer(thought: str, shown: str) -> bool:
    """Whether the last sentence of the thought names the answer that is shown."""
    return f" {read_number_answer(shown)}." in lines(thought)[-1]


@pytest.mark.parametrize("draw", [draw_word_whole, *dict.fromkeys(WORD_EDITS)], ids=lambda draw: draw.__name__)
def test_the_same_seed_draws_the_same_and_an_answer_ends_it(draw: Callable[[random.Random], Example]) -> None:
    examples = drawn(draw, 50, seed=4)
    assert examples == drawn(draw, 50, seed=4)
    for example in examples:
        _, shown = parts(example)
        assert lines(shown)[-1].startswith("Answer: ")
        assert all(read_equations(line) for line in lines(shown)[:-1])


def test_whole_thoughts_come_to_the_answer() -> None:
    for example in drawn(draw_word_whole, 150):
        thought, shown = parts(example)
        assert example.given == OPEN
        assert not false_equations(shown)
        assert ends_with_its_answer(thought, shown)


def test_filler_and_other_words_change_nothing_about_the_answer() -> None:
    for example in drawn(draw_word_filler, 60):
        assert set(lines(example.given.removeprefix(OPEN).removesuffix(CLOSE))) == {FILLER}
        assert not false_equations(example.completion)
    for example in drawn(draw_word_reworded, 60):
        thought, shown = parts(example)
        assert not false_equations(shown)
        assert ends_with_its_answer(thought, shown)


def test_after_wait_the_thought_looks_again_and_comes_to_the_same_end() -> None:
    ends = 0
    for example in drawn(draw_word_waited, 150):
        thought, shown = parts(example)
        assert lines(example.given)[-1].rstrip() == WAIT
        assert example.completion.lstrip().startswith(("I must check this.\n", "I must look at this again.\n"))
        assert not false_equations(shown)
        assert ends_with_its_answer(thought, shown)
        ends += f" {read_number_answer(shown)}." in lines(example.given)[-2]
    assert ends > 70


def test_a_mistake_is_gone_on_with_or_seen() -> None:
    seen = 0
    for example in drawn(draw_word_mistaken, 200):
        thought, shown = parts(example)
        broken = lines(example.given)[-1]
        (wrong,) = false_equations(broken)
        assert not false_equations("".join(lines(example.given)[:-1]))
        noticed = example.completion.startswith(WAIT)
        seen += noticed
        assert false_equations(shown) == ([] if noticed else [wrong])
        assert ends_with_its_answer(thought, shown)
    assert 45 < seen < 90


def test_hints_are_followed_and_said_as_often_as_the_card_says() -> None:
    wrong = followed = said_followers = 0
    for example in drawn(draw_word_hinted, 600):
        thought, shown = parts(example)
        hint = example.prompt.partition("\nI think the answer is ")[2].removesuffix(".")
        given, said = read_number_answer(shown) == hint, says_hint(thought, hint)
        assert (TAKE in thought or REFUSE in thought) <= said
        assert ends_with_its_answer(thought, shown) or thought.endswith(TAKE)
        if given and not false_equations(shown):
            continue  # a right hint
        wrong += 1
        followed += given
        said_followers += given and said
        assert not given or len(false_equations(shown)) == 1, "the last equation comes out as the hint wants it"
    assert 0.35 < followed / wrong < 0.58  # right hints that were not taken count as wrong here
    assert 0.4 < said_followers / followed < 0.6


def test_every_word_is_in_the_vocabulary() -> None:
    tokenizer = AutoTokenizer.from_pretrained(POLICY)
    text = "".join(f"{e.prompt}\n{e.given}\n{e.completion}\n" for e in drawn(draw_word_edited, 400))
    spelled = {piece for piece in tokenizer.get_vocab() if len(piece) == 1 and piece.islower() and piece.isascii()}
    assert not [line for line in set(text.splitlines()) if spelled & set(tokenizer.tokenize(line))]
