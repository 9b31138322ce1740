"""Verifiers by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.policies import ModelError
from engine.verifiers.registry import make_verifier
from engine.verifiers.rule import RuleVerifier


def test_the_rule_needs_no_folder() -> None:
    assert isinstance(make_verifier("rule", Path("nowhere")), RuleVerifier)


@pytest.mark.parametrize("name", ["", "judge", "rule:x", "prm:", "PRM"])
def test_an_unknown_name_is_told(name: str) -> None:
    with pytest.raises(ModelError, match=f"no verifier called '{name}'; there are: prm, prm:FOLDER, rule"):
        make_verifier(name, Path("nowhere"))


@pytest.mark.parametrize(("name", "folder"), [("prm", "bundled"), ("prm:elsewhere", "elsewhere")])
def test_a_folder_that_is_not_there_is_told(name: str, folder: str) -> None:
    with pytest.raises(ModelError, match=f"no model folder {folder}"):
        make_verifier(name, Path("bundled"))


def test_rules_load_no_torch() -> None:
    code = (
        "import sys; from pathlib import Path; from engine.verifiers.registry import make_verifier;"
        "make_verifier('rule', Path('x')); import engine.llm.bundled;"
        "sys.exit(bool({'torch', 'transformers'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
