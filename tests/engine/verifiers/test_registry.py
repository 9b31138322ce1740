"""Verifiers by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.policies import ModelError, Policy
from engine.verifiers import Verifier
from engine.verifiers.registry import NAMES, asks_policy, make_verifier
from engine.verifiers.rule import RuleVerifier
from engine.verifiers.self_evaluation import SelfEvaluation, VoteVerifier
from tests.helpers.scripted import ScriptedPolicy

BUNDLED = {"prm": Path("bundled-prm"), "orm": Path("bundled-orm")}
POLICY = ScriptedPolicy()


def make(name: str) -> Verifier:
    return make_verifier(name, BUNDLED, lambda _place: POLICY)


def test_the_rule_needs_no_folder() -> None:
    assert isinstance(make("rule"), RuleVerifier)


@pytest.mark.parametrize("name", ["", "judge", "rule:x", "prm:", "orm:", "PRM", "votes"])
def test_an_unknown_name_is_told(name: str) -> None:
    with pytest.raises(ModelError, match=f"no verifier called '{name}'; there are: prm, prm:FOLDER, orm, orm:FOLDER"):
        make(name)


@pytest.mark.parametrize(
    ("name", "folder"),
    [("prm", "bundled-prm"), ("orm", "bundled-orm"), ("prm:elsewhere", "elsewhere"), ("orm:elsewhere", "elsewhere")],
)
def test_a_folder_that_is_not_there_is_told(name: str, folder: str) -> None:
    with pytest.raises(ModelError, match=f"no model folder {folder}"):
        make(name)


@pytest.mark.parametrize(
    ("name", "samples"), [("value", 3), ("scale", 3), ("vote", 5), ("check", 5), ("value:1", 1), ("vote:100", 100)]
)
def test_those_that_ask_the_policy_may_say_how_often(name: str, samples: int) -> None:
    verifier = make(name)
    assert isinstance(verifier, SelfEvaluation)
    assert (verifier.policy, verifier.samples) == (POLICY, samples)
    assert (verifier.name, verifier.source) == (name, "self-evaluation")
    assert asks_policy(name)
    assert isinstance(verifier, VoteVerifier) == name.startswith("vote")


@pytest.mark.parametrize("name", ["value:", "vote:0", "scale:101", "check:many", "value:-1", "value:9999999"])
def test_a_number_of_samples_that_is_none_is_told(name: str) -> None:
    with pytest.raises(ModelError, match=f"'{name}' has no such number of samples: .* from 1 to 100"):
        make(name)


def test_a_policy_is_asked_for_only_where_it_is_needed() -> None:
    def none(_place: str) -> Policy:
        raise AssertionError("nobody needs a policy")

    make_verifier("rule", BUNDLED, none)
    assert [name for name in NAMES if asks_policy(name)] == [
        "critic",
        *("value", "scale", "vote", "check"),
        *("value:N", "scale:N", "vote:N", "check:N"),
    ]


def test_a_policy_that_cannot_be_loaded_is_told() -> None:
    def gone(_place: str) -> Policy:
        raise ModelError("There is no model folder policy.")

    with pytest.raises(ModelError, match="no model folder policy"):
        make_verifier("vote", BUNDLED, gone)


def test_what_needs_no_model_loads_no_torch() -> None:
    code = (
        "import sys; from pathlib import Path; from engine.verifiers.registry import make_verifier;"
        "[make_verifier(name, {}, lambda _: None) for name in ('rule', 'value', 'vote:2')]; import engine.llm.bundled;"
        "sys.exit(bool({'torch', 'transformers'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
