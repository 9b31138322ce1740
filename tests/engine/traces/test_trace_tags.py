"""Formats as data: what a user's file may say, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.tables import MAX_FILE
from engine.traces.splitter import split
from engine.traces.tags import BUNDLED, TagError, bundled, known, load, named

GOOD = """
[[format]]
name = "mine"
title = "My model"
hidden = [{ open = ["(("], close = ["))"] }]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_formats_that_come_along_are_good_and_have_names() -> None:
    recipes = load(BUNDLED)
    assert len({recipe.name for recipe in recipes}) == len(recipes) >= 20
    assert all(model == model.lower() for recipe in recipes for model in recipe.models)


def test_a_users_format_works_and_stands_first(tmp_path: Path) -> None:
    recipes = known([written(tmp_path, GOOD)])
    assert recipes[0].name == "mine"
    assert recipes[1:] == bundled()
    trace = split("((a))b", named("mine", recipes))
    assert (trace.of("hidden"), trace.of("exposed"), trace.splitter) == ("a", "b", "mine")


def test_a_users_format_replaces_one_of_its_name(tmp_path: Path) -> None:
    recipes = known([written(tmp_path, GOOD.replace("mine", "qwen3"))])
    assert [recipe.title for recipe in recipes if recipe.name == "qwen3"] == ["My model"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has no entry: each begins with a line [[format]]."),
        ("format = 3", "has no entry"),
        ("[[format", "is not a TOML file"),
        pytest.param(f"x = {'1' * 5000}", "is not a TOML file: Exceeds the limit", id="a huge number"),
        (GOOD + "[more]\nx = 1", "has something beside its [[format]] entries: more."),
        (GOOD + GOOD, "entry 2 (“mine”): an entry of this name stands above it."),
        (GOOD.replace("My model", " "), "entry 1 (“mine”): name and title must not be empty."),
        (GOOD.replace('name = "mine"', "name = 3"), "entry 1: name: Expected `str`, got `int`"),
        (GOOD.replace('name = "mine"', ""), "entry 1: Object missing required field"),
        (GOOD.replace('["(("]', '"(("'), "entry 1 (“mine”): hidden"),
        (GOOD.replace('["(("]', "[]"), "entry 1 (“mine”): a pair of tags has no tag in open."),
        (GOOD.replace('["))"]', "[]"), "entry 1 (“mine”): a pair of tags in hidden has no tag in close."),
        (GOOD.replace('["(("]', '[""]'), "entry 1 (“mine”): a tag is empty."),
        (GOOD.replace('["(("]', '[" (("]'), "entry 1 (“mine”): the tag ' ((' begins with a blank."),
        (GOOD.replace('["(("]', '["))"]'), "entry 1 (“mine”): the tag '))' both opens and closes."),
        (GOOD.replace('["(("]', f'["{"(" * 201}"]'), "has 201 characters; at most 200 are allowed."),
        (GOOD + f"marks = {['x'] * 201}", "there are 203 tags; at most 200 are allowed."),
        (GOOD + 'blocks = "two"', "entry 1 (“mine”): blocks: Invalid enum value 'two'"),
        (GOOD + 'models = ["Qwen"]', "entry 1 (“mine”): a name in models is empty or not in lower case."),
        (GOOD + "colour = 1", "entry 1 (“mine”): Object contains unknown field `colour`"),
        (GOOD + 'tool = [{ open = ["(("] }]', "the tag '((' opens both a thought and a tool."),
        ('[[format]]\nname = "x"\ntitle = "y"', "entry 1 (“x”): there is no pair of tags in hidden."),
        ("#" * (MAX_FILE + 1), "is larger than 1,000,000 bytes."),
    ],
)
def test_a_bad_file_is_a_sentence_with_file_entry_and_fault(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(TagError) as error:
        load(path)
    assert str(error.value).startswith(str(path))
    assert words.replace("`", "") in str(error.value)
    assert str(error.value).endswith(".")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(TagError, match="cannot be read: No such file"):
        load(tmp_path / "none.toml")
    with pytest.raises(TagError, match="cannot be read: embedded null byte"):
        load(Path("a\0b"))
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(TagError, match=r"is not a text in UTF-8\.$"):
        load(tmp_path / "bytes.toml")


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(TagError, match="no trace format called “nix”; there are: think, "):
        named("nix")
