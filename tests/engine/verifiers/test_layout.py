"""Traces laid out as tokens: the tokenizer must fit, and a text that is not as it should be is told by its step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from transformers import AutoTokenizer

from engine.policies import ModelError
from engine.scorers.recipes import overridden
from engine.scorers.table import named
from engine.verifiers import ScoreRequest
from engine.verifiers.layout import Layout, token_of
from tests.helpers.scored_traces import FIRST, PUZZLE, SECOND
from tests.helpers.tiny_scorers import TAG, save_words, tokenizer_of

STEPS = (FIRST, "\n", SECOND)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_words(tmp_path_factory.mktemp("layout") / "words", "qwen2")


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_words(tmp_path_factory.mktemp("layout") / "pieces", "mistral")


def layout(folder: Path, recipe: str, tokenizer: Any = None, **values: str) -> Layout:
    return Layout(overridden(named(recipe), values), tokenizer or tokenizer_of(folder), folder, 10_000, 400)


def test_the_text_is_what_the_recipe_says(words: Path) -> None:
    laid = layout(words, "qwen2.5-math-prm", question="Q: {question}?", step="{number}) {step}", separator="\n").lay(
        ScoreRequest(PUZZLE, STEPS, ended=False)
    )
    tokenizer = tokenizer_of(words)
    text = tokenizer.decode(laid.ids)
    told = f"1) {FIRST.strip()}{TAG}\n2) {SECOND.strip()}{TAG}<|end|>\n"
    assert text.endswith(f"<|user|>\nQ: {PUZZLE.prompt}?<|end|>\n<|assistant|>\n{told}")
    assert laid.places[1] is None
    assert [tokenizer.decode(laid.ids[place]) for place in laid.read_places] == [TAG, TAG]
    assert tokenizer.decode(laid.ids[laid.first :]) == told
    assert tokenizer.decode(laid.ids[laid.stem :]).startswith("2) 10 - 4")


@pytest.mark.parametrize(("start", "begins"), [("true", True), ("false", False)])
def test_a_text_begins_with_the_starting_token_once_or_not_at_all(start: str, begins: bool, pieces: Path) -> None:
    tokenizer = tokenizer_of(pieces)
    laid = layout(pieces, "math-shepherd", start=start).lay(ScoreRequest(PUZZLE, STEPS, ended=False))
    assert (laid.ids[0] == tokenizer.bos_token_id, tokenizer.bos_token_id in laid.ids[1:]) == (begins, False)
    chat = layout(pieces, "skywork-reward", tokenizer).lay(ScoreRequest(PUZZLE, STEPS, ended=True))
    assert chat.ids.index(tokenizer.bos_token_id) == 0
    assert chat.ids.count(tokenizer.bos_token_id) == 1, "its template has written it"


def test_a_tokenizer_without_the_tag_is_told(words: Path) -> None:
    with pytest.raises(ModelError, match="does not write ' ки' as one token, so the recipe does not fit this model"):
        layout(words, "math-shepherd")


def test_a_tokenizer_that_loses_blanks_is_told(pieces: Path, tmp_path: Path) -> None:
    whole = tokenizer_of(pieces)
    assert whole.convert_ids_to_tokens(token_of(whole, " ки", pieces)) == "▁ки"
    changes = {
        "tokenizer.json": {"decoder": {"type": "Replace", "pattern": {"String": "▁"}, "content": ""}},
        "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast"},
    }
    for name, change in changes.items():
        settings = json.loads((pieces / name).read_text(encoding="utf-8")) | change
        (tmp_path / name).write_text(json.dumps(settings), encoding="utf-8")
    broken = AutoTokenizer.from_pretrained(tmp_path)
    assert broken.decode(broken.encode("a on", add_special_tokens=False)) == "aon"
    with pytest.raises(ModelError, match="does not write ' ки' as one token"):
        token_of(broken, " ки", tmp_path)


def test_a_model_without_a_chat_template_is_told(words: Path) -> None:
    tokenizer = tokenizer_of(words)
    tokenizer.chat_template = None
    with pytest.raises(ModelError, match=r"has no chat template, which the recipe qwen2\.5-math-prm needs"):
        layout(words, "qwen2.5-math-prm", tokenizer)


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ raise_exception('no system') }}", "cannot be used: no system"),
        ("{{ messages[0]['content'] }}", "leaves out steps of a finished turn"),
        ("{% for m in messages %}{{ m['content'] }}{{ m['content'] }}{% endfor %}", "leaves out steps"),
    ],
)
def test_a_template_that_does_not_show_the_steps_is_told(template: str, told: str, words: Path) -> None:
    tokenizer = tokenizer_of(words)
    tokenizer.chat_template = template
    with pytest.raises(ModelError, match=told):
        layout(words, "qwen2.5-math-prm", tokenizer).lay(ScoreRequest(PUZZLE, STEPS, ended=True))


def test_a_tokenizer_of_a_larger_network_is_told(words: Path) -> None:
    small = Layout(named("qwen2.5-math-prm"), tokenizer_of(words), words, 20, 400)
    with pytest.raises(ModelError, match="but the network knows only 20: they do not belong together"):
        small.lay(ScoreRequest(PUZZLE, STEPS, ended=True))


def test_a_step_whose_tag_is_no_token_there_is_named(words: Path) -> None:
    """A template that puts the tag of its own between the turns: what follows it cannot be read."""
    tokenizer = tokenizer_of(words)
    tokenizer.chat_template = "{% for m in messages %}{{ m['content'].replace('10 - 4', '" + TAG + "') }}{% endfor %}"
    laid = layout(words, "qwen2.5-math-prm", tokenizer).lay(ScoreRequest(PUZZLE, STEPS, ended=True))
    assert laid.places[0] is not None
    assert laid.places[1:] == (None, None)
    assert laid.notes[2] == "Step 3 stands behind a text that holds the tag as a token."


def test_marks_of_the_layout_in_a_text_are_taken_out(words: Path) -> None:
    made = layout(words, "qwen2.5-math-prm")
    plain = made.lay(ScoreRequest(PUZZLE, STEPS, ended=True))
    marked = tuple(f"\uf8fe\uf8fd{step}\uf8fc\uf8ff" for step in (FIRST, "x", SECOND))
    dirty = made.lay(ScoreRequest(PUZZLE, marked, ended=True))
    clean = made.lay(ScoreRequest(PUZZLE, (FIRST, "x", SECOND), ended=True))
    assert (dirty.ids, dirty.places) == (clean.ids, clean.places)
    assert len(plain.read_places) == 2


def test_nothing_to_read_is_nothing(words: Path) -> None:
    made = layout(words, "qwen2.5-math-prm")
    assert made.lay(ScoreRequest(PUZZLE, (), ended=False)).places == ()
    blank = made.lay(ScoreRequest(PUZZLE, ("\n", "</think>\n"), ended=False))
    assert (blank.ids, blank.places) == ((), (None, None))
