"""Recipes are data: those that come along, a user's own, a model's own, and what is told of one that is broken."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.scorers import table
from engine.scorers.recipes import Recipe, RecipeError, overridden
from engine.scores.aggregates import RULES
from engine.tables import MAX_FILE

OWN = '[[scorer]]\nname = "mine"\ntitle = "Mine"\nfamily = "token_head"\n'
QWEN = {"architectures": ["Qwen2ForProcessRewardModel"], "model_type": "qwen2"}


def test_the_recipes_of_every_family_come_along() -> None:
    recipes = {recipe.name: recipe for recipe in table.bundled()}
    families = {recipe.family for recipe in recipes.values()}
    assert families >= {"token_head", "next_token", "implicit", "scalar_orm"}
    assert {"step-end", "qwen2.5-math-prm", "trl", "skywork-o1-prm", "reasoneval", "math-shepherd"} <= set(recipes)
    assert {"rlhflow-deepseek", "eurus-prm-stage2", "qwen2.5-math-rm", "skywork-reward", "rlhflow-orm"} <= set(recipes)
    assert all(recipe.aggregate in RULES for recipe in recipes.values())
    assert all(recipe.title and recipe.notes for recipe in recipes.values())
    aggregates = {name: recipes[name].aggregate for name in ("qwen2.5-math-prm", "math-shepherd", "skywork-o1-prm")}
    assert aggregates == {"qwen2.5-math-prm": "product", "math-shepherd": "min", "skywork-o1-prm": "mean"}


def test_a_users_file_adds_and_replaces(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN + OWN.replace('"mine"', '"trl"'), encoding="utf-8")
    recipes = table.known({"ESPALIER_SCORERS": str(file)})
    assert [recipe.name for recipe in recipes[:2]] == ["mine", "trl"]
    assert len([recipe for recipe in recipes if recipe.name == "trl"]) == 1
    assert table.named("trl", recipes).title == "Mine"
    assert len(recipes) == len(table.bundled()) + 1


def test_a_users_file_lies_beside_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Espalier").mkdir()
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "APPDATA": str(tmp_path)}
    assert table.known(environment) == table.bundled()
    (tmp_path / "Espalier" / "scorers.toml").write_text(OWN, encoding="utf-8")
    assert table.known(environment)[0].name == "mine"
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    if sys.platform != "win32":
        assert table.users_file({}) == tmp_path / ".config" / "Espalier" / "scorers.toml"


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"gone\.toml cannot be read: No such file"):
        table.known({"ESPALIER_SCORERS": str(tmp_path / "gone.toml")})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name =", r"own\.toml is not a TOML file: "),
        ("", "has no entry: each begins with a line"),
        ("scorer = 3", "has no entry"),
        (OWN + "[other]\n", "has something beside its .* entries: other"),
        (OWN + OWN, r"entry 2 \(“mine”\): an entry of this name stands above it"),
        (OWN + 'colour = "red"', r"entry 1 \(“mine”\): .*unknown field colour"),
        (OWN.replace('"token_head"', '"head"'), r"entry 1 \(“mine”\): family: Invalid enum value 'head'"),
        (OWN.replace('"Mine"', "3"), r"title: Expected str, got int"),
        ('[[scorer]]\nname = "x"', "missing required field title"),
        (OWN.replace('"mine"', '"my own"'), "name must be made of letters, digits"),
        (OWN + 'models = ["Big"]', "not in lower case"),
        (OWN + 'step = "x"', r"step must hold \{step\}, once"),
        (OWN + 'at = "tag"\nform = "chat"', "it is read at the tag, but there is none"),
        (OWN + 'read = "sigmoid"', "the form own is that of a token classifier"),
        (OWN + 'read = "labels"\nform = "plain"\nlabels = ["+"]', "labels must be two"),
        (OWN + 'read = "log-ratio"\nform = "chat"', "what the family implicit reads"),
        (OWN + 'classes = ["a", "b"]', "value does not say which of the classes"),
        (OWN + 'classes = ["a", "b"]\nvalue = "c"', "value is c, which is neither in classes nor in channels"),
        (OWN + 'classes = ["a", "b"]\nvalue = "a"\nchannels = { d = ["e"] }', "names a class e"),
        (OWN + f'notes = "{"x" * 20_001}"', "notes has 20,001 characters"),
    ],
)
def test_a_broken_file_is_told_in_a_sentence(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match=told) as caught:
        table.load(file)
    assert str(caught.value).startswith(str(file))
    assert str(caught.value).endswith(".")


def test_a_file_that_is_no_text_or_too_large_is_told(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(RecipeError, match="is not a text in UTF-8"):
        table.load(file)
    file.write_bytes(b"#" * (MAX_FILE + 1))
    with pytest.raises(RecipeError, match="is larger than 1,000,000 bytes"):
        table.load(file)


def test_a_models_folder_may_say_how_it_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "trained"
    folder.mkdir()
    assert table.of_folder(folder) is None
    (folder / "scorer.toml").write_text('recipe = "trl"\nseparator = "\\n\\n"\nreference = "base"\n', encoding="utf-8")
    recipe = table.of_folder(folder)
    assert recipe is not None
    assert (recipe.name, recipe.separator, recipe.at) == ("trained", "\n\n", "separator")
    assert recipe.reference == str(folder / "base")
    (folder / "scorer.toml").write_text('family = "token_head"\nstep = 3\n', encoding="utf-8")
    with pytest.raises(RecipeError, match=r"scorer\.toml \(“trained”\): step: Expected str, got int"):
        table.of_folder(folder)
    (folder / "scorer.toml").write_text('recipe = "none"', encoding="utf-8")
    with pytest.raises(RecipeError, match="There is no recipe called “none”; there are: "):
        table.of_folder(folder)


@pytest.mark.parametrize(
    ("called", "name"),
    [("my prm (2)", "my-prm-2"), ("odd#na;me,x", "odd-na-me-x"), (".hidden", "hidden"), ("#", "step-end")],
)
def test_a_models_folder_may_be_called_anything(called: str, name: str, tmp_path: Path) -> None:
    folder = tmp_path / called
    folder.mkdir()
    (folder / "scorer.toml").write_text('recipe = "step-end"\n', encoding="utf-8")
    recipe = table.of_folder(folder)
    assert recipe is not None
    assert recipe.name == name


def suited(folder: str, config: Mapping[str, object], *tensors: str, source: str = "prm") -> str | None:
    recipe = table.suited(folder, config, tensors, table.bundled(), source)
    return recipe.name if recipe else None


def test_a_recipe_is_found_by_what_a_folder_holds() -> None:
    assert suited("x", QWEN) == "qwen2.5-math-prm"
    assert suited("Qwen2.5-Math-7B-PRM800K", QWEN) == "qwen2.5-math-prm800k"
    assert suited("x", {"architectures": ["ReasonEval_7B"]}) == "reasoneval"
    assert suited("x", {"architectures": ["Qwen2ForCausalLM"]}, "v_head.summary.weight") == "skywork-o1-prm"
    assert suited("math-shepherd-mistral-7b-prm", {"architectures": ["MistralForCausalLM"]}) == "math-shepherd"
    assert suited("Llama3.1-8B-PRM-Mistral-Data", {}) == "rlhflow-mistral"
    assert suited("EurusPRM-Stage2", {"architectures": ["Qwen2ForCausalLM"]}) == "eurus-prm-stage2"
    assert suited("x", {"architectures": ["Qwen2ForRewardModel"]}, source="orm") == "qwen2.5-math-rm"
    assert suited("x", {"architectures": ["LlamaForSequenceClassification"]}, source="orm") == "skywork-reward"


def test_a_folder_of_which_nothing_is_known_has_no_recipe() -> None:
    plain = {"architectures": ["Qwen2ForTokenClassification"]}
    assert suited("tiny-prm", plain, "score.weight", "score.bias") is None
    assert suited("tiny-orm", plain, "score.weight", source="orm") is None
    assert suited("x", {}) is None


def test_values_may_be_others_for_once() -> None:
    recipe = table.named("trl")
    other = overridden(recipe, {"separator": "!", "aggregate": "min", "strip": "false", "coefficient": "0.5"})
    assert (other.separator, other.aggregate, other.strip, other.coefficient) == ("!", "min", False, 0.5)
    assert overridden(recipe, {}) == recipe


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"colour": "red"}, "The recipe trl has no value called “colour”"),
        ({"name": "x"}, "no value called “name”"),
        ({"aggregate": "best"}, "The value of aggregate cannot be “best”"),
        ({"coefficient": "much"}, "The value of coefficient cannot be “much”"),
        ({"separator": ""}, "cannot be used with these values: it is read at the separator, but there is none"),
    ],
)
def test_values_that_mean_nothing_are_told(values: dict[str, str], told: str) -> None:
    with pytest.raises(RecipeError, match=told):
        overridden(table.named("trl"), values)


def test_a_recipe_says_what_its_scores_are() -> None:
    assert (table.named("skywork-reward").source, table.named("trl").source) == ("orm", "prm")
    assert isinstance(table.named("step-end"), Recipe)


def test_recipes_load_no_torch() -> None:
    code = "import sys, engine.scorers.table as t, engine.scorers.naming; t.known(); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
