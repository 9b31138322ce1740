"""Which recipe a name and a folder mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.policies import ModelError
from engine.scorers import naming
from engine.verifiers.by_recipe import HeadVerifier
from engine.verifiers.choosing import recipe_for, spec_of
from engine.verifiers.orm import OrmVerifier
from engine.verifiers.prm import PrmVerifier
from tests.helpers.scored_traces import TRACES, made, score
from tests.helpers.tiny_models import save_prm
from tests.helpers.tiny_scorers import save_classes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_prm(tmp_path_factory.mktemp("own") / "tiny#trl")


def test_a_plain_classifier_is_read_as_ever(folder: Path) -> None:
    prm, orm = made(f"prm:{folder}"), made(f"orm:{folder}")
    assert (type(prm), prm.name, prm.source) == (PrmVerifier, "tiny#trl", "prm")
    assert (type(orm), orm.name, orm.source) == (OrmVerifier, "tiny#trl", "orm")
    assert score(prm, TRACES[0])[0].channels == ()


def test_a_folder_with_a_hash_in_its_name_is_that_folder(folder: Path) -> None:
    assert spec_of(f"prm:{folder}") == naming.Spec("prm", str(folder))
    assert made(f"prm:{folder}#step-end").name == "tiny#trl#step-end"
    assert score(made(f"prm:{folder}#step-end"), TRACES[0]) == score(made(f"prm:{folder}"), TRACES[0])


def test_the_bundled_models_need_no_recipe() -> None:
    assert recipe_for(naming.parse("prm"), Path("anywhere")).name == "step-end"
    assert recipe_for(naming.parse("prm#trl"), Path("anywhere")).name == "trl"


def test_a_folder_says_itself_how_it_is_read(tmp_path: Path) -> None:
    folder = save_classes(tmp_path / "mine")
    (folder / "scorer.toml").write_text('recipe = "trl"\nseparator = ")\\n"\n', encoding="utf-8")
    own, named = made(f"prm:{folder}"), made(rf"prm:{folder}#trl;separator=)\n")
    assert isinstance(own, HeadVerifier)
    assert (own.name, named.name) == ("mine", r"mine#trl;separator=)\n")
    assert score(own, *TRACES) == score(named, *TRACES)
    (folder / "scorer.toml").write_text("recipe = ", encoding="utf-8")
    with pytest.raises(ModelError, match=r"scorer\.toml is not a TOML file"):
        made(f"prm:{folder}")


def test_a_users_own_recipe_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = save_classes(tmp_path / "House-PRM-2")
    file = tmp_path / "scorers.toml"
    entry = 'name = "house"\ntitle = "House"\nfamily = "token_head"\nform = "pieces"\nmodels = ["house-prm"]\n'
    file.write_text(f"[[scorer]]\n{entry}", encoding="utf-8")
    monkeypatch.setenv("ESPALIER_SCORERS", str(file))
    verifier = made(f"prm:{folder}")
    assert isinstance(verifier, HeadVerifier)
    assert verifier.recipe.name == "house"
    file.write_text("[[scorer]]\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"scorers\.toml, entry 1: .*missing required field"):
        made(f"prm:{folder}")


def test_a_recipe_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(ModelError, match="There is no recipe called “none”; there are: step-end, "):
        made(f"prm:{folder}#none")
    with pytest.raises(ModelError, match="has no value called “tone”"):
        made(f"prm:{folder}#trl;tone=5")
