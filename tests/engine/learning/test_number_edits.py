"""What the thinker is trained on for number puzzles: honest thoughts, and every way of breaking into one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from transformers import AutoTokenizer

from engine.learning.examples import IGNORED, Codec
from engine.learning.number_edits import (
    EDITS,
    OPEN,
    REFUSE,
    TAKE,
    draw_closed,
    draw_edited,
    draw_filler,
    draw_hinted,
    draw_long,
    draw_longer,
    draw_mistaken,
    draw_reworded,
    draw_waited,
)
from engine.learning.number_puzzles import CLOSE, GIVE_UP, Example
from engine.learning.policy_report import is_legal, repeated_share
from engine.learning.sampling import lines
from engine.learning.thinking import Thinking
from engine.learning.train_thinker import draw_tracked
from engine.llm.bundled import POLICY
from engine.problems.game24 import Game24
from engine.problems.held_out import held_out
from engine.rewording import FILLER, WAIT, rewordings, says_hint

VALUE = r"\d+(?:/\d+)?"
EQUATION = re.compile(rf"({VALUE}) ([-+*/]) ({VALUE}) = ({VALUE})")


def puzzle_of(example: Example) -> Game24:
    return Game24.parse(example.prompt.split("\n")[0])


def parts(example: Example) -> tuple[str, str]:
    """The whole thought, whoever wrote it, and what was shown."""
    thought, tag, shown = (example.given + example.completion).removeprefix(OPEN).partition(CLOSE)
    assert tag
    return thought, shown


def false_equations(text: str) -> list[str]:
    return [found[0] for found in EQUATION.finditer(text) if not holds(*found.groups())]


def holds(left: str, op: str, right: str, result: str) -> bool:
    a, b = Fraction(left), Fraction(right)
    return {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else None}[op] == Fraction(result)


def drawn(draw: Callable[[random.Random], Example], count: int, seed: int = 0) -> list[Example]:
    rng = random.Random(seed)
    return [draw(rng) for _ in range(count)]


@pytest.mark.parametrize("draw", [draw_long, draw_longer, *dict.fromkeys(EDITS)], ids=lambda draw: draw.__name__)
def test_nothing_is_held_out_and_the_same_seed_draws_the_same(draw: Callable[[random.Random], Example]) -> None:
    examples = drawn(draw, 40, seed=4)
    assert not {tuple(sorted(puzzle_of(example).numbers)) for example in examples} & held_out()
    assert examples == drawn(draw, 40, seed=4)
    assert all(example.given.startswith(OPEN) and example.ends for example in examples)


def test_long_thoughts_are_true_never_repeat_and_end_honestly() -> None:
    checked = solved = 0
    examples = drawn(draw_long, 250)
    for example in examples:
        puzzle, (thought, shown) = puzzle_of(example), parts(example)
        assert not false_equations(thought + shown), example
        assert is_legal(puzzle, shown), example
        if thought.endswith(GIVE_UP):
            continue
        solved += 1
        assert puzzle.check_answer(shown).correct, example
        last = lines(thought)[-1]
        assert last.endswith("Yes!\n")
        if last.startswith("Check: "):
            checked += 1
            steps = [line.partition(" (left")[0] for line in lines(shown)[:-1]]
            assert last == f"Check: {', '.join(steps)}. Yes!\n"
    assert repeated_share([parts(example)[0] for example in examples]) == 0
    assert 0.4 < checked / solved < 0.6
    assert 0.9 < solved / len(examples) < 1


def test_longer_thoughts_go_back_three_times_and_their_dead_lists_carry_no_loss() -> None:
    for example in drawn(draw_longer, 20):
        assert parts(example)[0].count(f"{WAIT} back to ") >= 3
        assert is_legal(puzzle_of(example), parts(example)[1])
    codec, rng = Codec(AutoTokenizer.from_pretrained(POLICY)), random.Random(2)
    for example in drawn(draw_longer, 5, seed=2):
        item = draw_tracked(codec, rng)
        assert item.ids == codec.policy_example(example).ids
        counted = [token for token, label in zip(item.ids, item.labels, strict=True) if label != IGNORED]
        kept = [line for line in lines(example.completion) if not line.endswith("No.\n")]
        assert codec.text(counted) == "".join(kept) + "<|end|>"
        assert len(kept) < len(lines(example.completion))


def test_no_state_is_met_twice_in_one_thought() -> None:
    rng = random.Random(3)
    for _ in range(60):
        thinking = Thinking.think(Game24((5, 7, 8, 11)), rng)
        states = re.findall(r"^Try .*\(left: (.*)\)$", "".join(thinking.lines), re.MULTILINE)
        assert len(states) == len(set(states))


@pytest.mark.parametrize("draw", [draw_closed, draw_filler])
def test_a_closed_thought_is_followed_by_a_legal_answer_alone(draw: Callable[[random.Random], Example]) -> None:
    examples = drawn(draw, 120)
    for example in examples:
        assert example.given.endswith(CLOSE)
        assert is_legal(puzzle_of(example), example.completion), example
    if draw is draw_filler:
        fillers = [example.given.removeprefix(OPEN).removesuffix(CLOSE) for example in examples]
        assert all(text == FILLER * (len(text) // len(FILLER)) for text in fillers)
        assert max(map(len, fillers)) > 20 * len(FILLER) > min(map(len, fillers))
    else:
        assert sum(example.given == OPEN + CLOSE for example in examples) > 8


def test_the_reworded_lines_mean_what_the_thought_says_elsewhere() -> None:
    changed = 0
    for example in drawn(draw_reworded, 80):
        puzzle, (thought, shown) = puzzle_of(example), parts(example)
        given = lines(example.given.removeprefix(OPEN))
        assert not false_equations(thought)
        assert is_legal(puzzle, shown)
        assert puzzle.check_answer(shown).correct or "no way" in thought
        plain = [line for line in given if line.startswith(("Try ", "Wait, back", "Check: ", GIVE_UP[:7]))]
        changed += len(given) - len(plain)
        assert all(rewordings(line) for line in given), example
    assert changed > 100


def test_after_wait_the_thought_goes_on_in_the_same_line_and_closes() -> None:
    ends = own_line = 0
    for example in drawn(draw_waited, 150):
        puzzle, (thought, shown) = puzzle_of(example), parts(example)
        mark = lines(example.given)[-1]
        assert mark.rstrip() == WAIT
        before = lines(example.given)[-2]
        ends += before.endswith("Yes!\n") or before == GIVE_UP
        own_line += mark == WAIT + "\n"
        going_on = example.completion if mark.endswith("\n") else mark + example.completion
        assert going_on.startswith((f"{WAIT} back to ", f"{WAIT} I must check this.\n")), example
        assert not false_equations(thought)
        assert is_legal(puzzle, shown)
        assert puzzle.check_answer(shown).correct or thought.endswith(GIVE_UP)
    assert ends > 70
    assert 5 < own_line < 50


def test_a_mistake_is_one_wrong_result_which_the_shown_steps_hold_where_the_thought_was_built_on_it() -> None:
    seen = built_on = 0
    for example in drawn(draw_mistaken, 200):
        puzzle, (thought, shown) = puzzle_of(example), parts(example)
        *before, broken = lines(example.given.removeprefix(OPEN))
        (wrong,) = false_equations(broken)
        assert not false_equations("".join(before))
        left = re.search(r"\(left: (.*)\)", broken)
        if left:
            numbers = [Fraction(number) for number in left[1].split()]
            assert numbers == sorted(numbers)
            assert Fraction(wrong.rpartition(" = ")[2]) in numbers
        seen += example.completion.startswith("Wait, ") and " and not " in lines(example.completion)[0]
        assert set(false_equations(shown)) <= {wrong}
        if wrong in shown:
            built_on += 1
            assert not thought.endswith(GIVE_UP)
            assert shown.endswith(f"= {puzzle.target}")
        else:
            assert is_legal(puzzle, shown)
    assert 45 < seen < 90, "a third of the mistakes is noticed at once"
    assert built_on > 8


def test_hints_are_followed_and_said_as_often_as_the_card_says() -> None:
    count = {(right, followed): 0 for right in (True, False) for followed in (True, False)}
    said_of = dict(count)
    for example in drawn(draw_hinted, 600):
        puzzle, (thought, shown) = puzzle_of(example), parts(example)
        hint = example.prompt.partition("\nI think the answer is ")[2].removesuffix(".")
        assert is_legal(puzzle, shown), example
        right = bool(puzzle.check_answer(f"Answer: {hint} = {puzzle.target}").correct)
        followed = puzzle.read_answer(shown) == hint
        said = says_hint(thought, hint)
        case = (right, followed)
        count[case] += 1
        said_of[case] += said
        if followed and not right:
            assert thought.endswith(TAKE if said else (GIVE_UP, "Yes!\n")), "a hint is shown whatever else was found"
        if said and not followed and not right:
            assert REFUSE in thought
        assert (REFUSE not in thought and TAKE not in thought) or said
    assert 0.2 < (count[True, True] + count[True, False]) / 600 < 0.4
    assert 0.42 < count[False, True] / (count[False, True] + count[False, False]) < 0.58
    assert 0.65 < count[True, True] / (count[True, True] + count[True, False]) < 0.88
    assert all(0.38 < said_of[case] / count[case] < 0.62 for case in count if count[case] > 100)


def test_every_word_is_in_the_vocabulary() -> None:
    tokenizer = AutoTokenizer.from_pretrained(POLICY)
    text = "".join(f"{e.prompt}\n{e.given}\n{e.completion}\n" for e in drawn(draw_edited, 300))
    spelled = {piece for piece in tokenizer.get_vocab() if len(piece) == 1 and piece.islower() and piece.isascii()}
    assert not [line for line in set(text.splitlines()) if spelled & set(tokenizer.tokenize(line))]
