"""A log says which weights ran: a folder of the same name with others in it is another model."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from engine import shelf
from engine.llm.fingerprint import fingerprint
from engine.policies import Policy
from engine.shelf import Shelf
from tests.helpers.running import plan
from tests.helpers.scripted import ScriptedPolicy


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    def local(_place: str) -> Policy:
        return ScriptedPolicy()

    monkeypatch.setattr(shelf, "_local", local)
    monkeypatch.setattr(shelf, "_served", local)


def model(folder: Path, weights: bytes) -> Path:
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(weights)
    return folder


def weights_of(policy: str) -> dict[str, str]:
    return Shelf().weights(replace(plan("mcts", verifiers=()), policy=policy), False)


def test_the_weights_of_the_policy_are_told_by_its_name(tmp_path: Path) -> None:
    first, second = model(tmp_path / "a", b"1" * 5_000), model(tmp_path / "b", b"2" * 5_000)
    assert weights_of(str(first)) == {ScriptedPolicy().name: fingerprint(first)}
    assert weights_of(str(first)) != weights_of(str(second))


def test_of_a_model_on_a_server_nobody_knows_the_weights(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in ("http://localhost:8000/v1", str(tmp_path / "empty")):
        assert weights_of(place) == {}
