"""Tags of models and of runs, while a text is written: the same whatever the pieces; in the end a tag is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.policies.stopping import THOUGHT_ENDS, step_end
from engine.policies.tags import MARK, OPEN, Tags, Telling, tags_in, tags_of
from engine.thoughts import CLOSE
from engine.traces.tags import bundled, named

THINK, MAGISTRAL, HARMONY = (tags_in(named(name)) for name in ("think", "magistral", "harmony"))
PARTS = [
    OPEN,
    CLOSE,
    "[THINK]",
    "[/THINK]",
    "[/THI",
    "NK]",
    "</thi",
    "nk>",
    "<",
    ">",
    "a",
    "\n",
    MARK,
    *HARMONY.closers,
]


def told(tags: Tags, *pieces: str, hidden: bool = True, by_token: bool = False) -> Telling:
    telling = Telling(tags, hidden, by_token)
    for piece in pieces:
        telling.add(piece)
    return telling


@pytest.mark.parametrize("tags", [THINK, MAGISTRAL, HARMONY])
@given(data=st.data())
def test_pieces_do_not_matter(tags: Tags, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(PARTS), max_size=12)))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    hidden = data.draw(st.booleans())
    cut, whole = told(tags, *pieces, hidden=hidden), told(tags, text, hidden=hidden)
    assert cut.text == "".join(cut.pieces) == whole.text
    assert cut.hidden == whole.hidden
    assert len(cut.pieces) == len(pieces)
    assert cut.text.count(CLOSE) <= 1
    assert cut.text.count(OPEN) <= (0 if hidden else 1)


@pytest.mark.parametrize(
    ("tags", "text", "hidden", "kept"),
    [
        (THINK, "a</think>b", True, "a</think>b"),
        (THINK, "a</think>b</think>c<think>", True, f"a</think>b</think{MARK}>c<think{MARK}>"),
        (THINK, "a<think>b</think>", True, f"a<think{MARK}>b</think>"),
        (THINK, " <think>a</think>b", False, " <think>a</think>b"),
        (THINK, "a `</think>` b", False, f"a `</think{MARK}>` b"),
        (MAGISTRAL, "a[/THINK]b[/THINK]", True, f"a</think>b[/THINK{MARK}]"),
        (MAGISTRAL, "a</think>b", True, f"a</think{MARK}>b"),
        (HARMONY, f"a{HARMONY.close}b", True, "a</think>b"),
        (HARMONY, f"a{HARMONY.closers[0][7:]}b", True, f"a{HARMONY.closers[0][7:]}b"),
    ],
)
def test_only_what_is_meant_is_a_tag(tags: Tags, text: str, hidden: bool, kept: str) -> None:
    assert told(tags, *text, hidden=hidden).text == kept


def test_tags_that_are_tokens_are_never_spelled() -> None:
    telling = told(THINK, "a</think>", by_token=True)
    telling.add_tag(CLOSE)
    telling.add("b")
    assert telling.text == f"a</think{MARK}>{CLOSE}b"
    assert not telling.hidden


@pytest.mark.parametrize("recipe", bundled(), ids=lambda recipe: recipe.name)
def test_what_a_run_says_comes_back(recipe: object) -> None:
    tags = tags_in(recipe)  # type: ignore[arg-type]
    text = f"a\n{CLOSE}\nSay </think{MARK}>.\n"
    own = tags.own(text)
    assert own.count(tags.close) == 1
    assert tags.house(own) == text
    assert tags.own(f"Say </think{MARK}>.", "") == "Say </think>."


def test_a_model_is_known_by_its_template_and_its_name() -> None:
    def none(_text: str) -> bool:
        return False

    assert tags_of("[THINK] [/THINK]", "[INST]1[/INST]", "mine", none).close == "[/THINK]"
    assert tags_of("", "1\n", "mine", none).close == CLOSE
    assert tags_of("<seed:think></seed:think>", "<seed:bos>assistant\n", "mine", none).open == "<seed:think>"
    assert tags_of("<think></think>", "1", "magistral", none).open == OPEN  # a name alone is no proof
    broken = {"fields": {"reasoning_content": {"open": 3}}}
    assert tags_of("", "1", "mine", none, broken).open == OPEN


@pytest.mark.parametrize(
    ("text", "old", "end"),
    [
        ("a</think>\n", 0, 10),
        ("a</think>b", 0, 9),
        ("a</think>b\n", 9, 9),
        ("a</think>", 0, None),
        ("a</think> b", 9, 9),
        ("\na\n", 0, 3),
        ("a</think>b</think>", 12, None),
    ],
)
def test_where_a_step_of_a_thought_ends(text: str, old: int, end: int | None) -> None:
    assert step_end(text, old, THOUGHT_ENDS, hidden=True) == end


def test_a_turn_that_goes_on_to_its_end_has_no_step_end() -> None:
    assert step_end("a</think>b\n", 0, (), hidden=True) is None
