"""The shelf keeps what it loaded, and gives verifiers that ask a policy the run's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec import structs

from engine.llm.fingerprint import fingerprint
from engine.policies import ModelError
from engine.scorers import table
from engine.shelf import Shelf
from engine.verifiers.self_evaluation import SelfEvaluation
from tests.helpers.tiny_models import save_policy, save_prm


def test_verifiers_that_ask_ask_the_runs_own_policy(tmp_path: Path) -> None:
    one, other = str(save_policy(tmp_path / "one")), str(save_policy(tmp_path / "other", seed=2))
    shelf = Shelf()
    rule, value, vote = shelf.verifiers(("rule", "value", "rule", "vote"), one)
    assert isinstance(value, SelfEvaluation)
    assert isinstance(vote, SelfEvaluation)
    assert value.policy is vote.policy is shelf.policy(one)
    again, others = shelf.verifiers(("value", "rule"), one), shelf.verifiers(("value", "rule"), other)
    assert again == (value, rule)
    assert others[1] is rule, "a rule is the same for every policy"
    assert isinstance(others[0], SelfEvaluation)
    assert others[0].policy is shelf.policy(other)


def test_a_search_that_thinks_gets_the_thinker_unless_a_folder_is_named(tmp_path: Path) -> None:
    named, shelf = str(save_policy(tmp_path / "named")), Shelf()
    assert shelf.policy("", thinking=True).name == "thinker"
    assert shelf.policy("").name == "policy"
    assert shelf.policy(named, thinking=True) is shelf.policy(named)
    (value,) = shelf.verifiers(("value",))
    assert isinstance(value, SelfEvaluation)
    assert value.policy is shelf.policy(""), "the thinker was not trained to judge"


def test_a_model_that_was_trained_again_in_its_place_is_read_again_and_is_another_one(tmp_path: Path) -> None:
    folder, shelf = save_prm(tmp_path / "mine"), Shelf()
    name = f"prm:{folder}"
    assert shelf.fingerprint(name) == "", "nothing was read yet"
    (first,) = shelf.verifiers((name,))
    before = shelf.fingerprint(name)
    assert before
    assert shelf.verifiers((name,)) == (first,)
    copy = shutil.copytree(folder, tmp_path / "copy" / "mine")
    shelf.verifiers((f"prm:{copy}",))
    assert shelf.fingerprint(f"prm:{copy}") == before, "a copy is the same model"
    shutil.rmtree(folder)
    assert shelf.verifiers((name,)) == (first,), "what is read stays"
    save_prm(folder, seed=5)
    (second,) = shelf.verifiers((name,))
    assert second is not first
    assert second.name == first.name
    assert shelf.fingerprint(name) not in ("", before)


def test_a_recipe_that_was_changed_makes_another_scorer(tmp_path: Path) -> None:
    folder = save_prm(tmp_path / "mine")
    recipe = table.named("trl")
    marks = [fingerprint(folder), fingerprint(folder, recipe)]
    marks.append(fingerprint(folder, structs.replace(recipe, separator="\n\n\n")))
    assert len(set(marks)) == 3
    assert fingerprint(folder, structs.replace(recipe, notes="Other words.")) == marks[1]
    assert fingerprint(tmp_path / "nowhere") == fingerprint(None) == ""


def test_a_policy_that_is_not_there_is_told() -> None:
    with pytest.raises(ModelError, match="no model folder nowhere"):
        Shelf().verifiers(("vote",), "nowhere")
