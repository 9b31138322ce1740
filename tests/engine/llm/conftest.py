"""Tiny model folders, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.llm.device import be_quiet
from tests.helpers.tiny_models import save_policy, save_prm

torch.set_num_threads(1)
be_quiet()


@pytest.fixture(scope="session")
def policy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_policy(tmp_path_factory.mktemp("policy") / "tiny-policy")


@pytest.fixture(scope="session")
def prm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_prm(tmp_path_factory.mktemp("prm") / "tiny-prm")
