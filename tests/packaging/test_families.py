"""Which parts of transformers the bundle gets: what can write or score text, with all that these import."""

from __future__ import annotations

from pathlib import Path

import families
import pytest

PAIRS = 'OrderedDict([("gizmo", "{0}"), ("old-gizmo", ("{0}", "Other"))])'


def write(root: Path, name: str, text: str = "") -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def transformers(tmp_path: Path) -> Path:
    """A package of the real one's shape."""
    tables = [f"{name} = OrderedDict()" for name in families.WANTED[1:]]
    write(tmp_path, "models/auto/modeling_auto.py", "\n".join([f"{families.WANTED[0]} = {PAIRS}", *tables]))
    write(tmp_path, "models/auto/auto_mappings.py", f'{families.RENAMED} = OrderedDict([("old-gizmo", "antique")])')
    write(
        tmp_path, "models/gizmo/modeling_gizmo.py", "def late():\n    from ..cog import Cog\nfrom ...wheel import Wheel"
    )
    write(tmp_path, "models/cog/modeling_cog.py", "from transformers.models.tooth.modeling_tooth import Tooth")
    write(tmp_path, "models/tooth/modeling_tooth.py", "from .. import spring")
    write(tmp_path, "models/wheel/modeling_wheel.py")
    for name in ("spring", "antique", "belt", "picture"):
        write(tmp_path, f"models/{name}/modeling_{name}.py", "from .configuration import Configuration")
    write(tmp_path, "loss/loss_belt.py", "from ..models.belt.modeling_belt import Belt")
    return tmp_path


def test_what_writes_stays_with_all_that_it_imports(transformers: Path) -> None:
    assert families.kept(transformers) == {"auto", "gizmo", "antique", "cog", "tooth", "spring", "belt"}


def test_a_table_that_is_gone_is_noticed(transformers: Path) -> None:
    write(transformers, "models/auto/modeling_auto.py", "OTHER = OrderedDict()")
    with pytest.raises(LookupError, match=r"modeling_auto\.py has no table MODEL_FOR_CAUSAL_LM"):
        families.kept(transformers)


@pytest.mark.parametrize(
    "name",
    [
        "transformers.models.gizmo.modeling_gizmo",
        "transformers/models/gizmo/modeling_gizmo.py",
        "transformers.models",
        "transformers.models.picture",
        "transformers/models/__init__.py",
        "transformers/models/picture/__init__.py",
        "transformers\\models\\picture\\tokenization_picture.py",
        "transformers.models.picture.tokenization_picture",
        "transformers.modeling_utils",
        "torch/models/picture/modeling_picture.py",
    ],
)
def test_stays(name: str) -> None:
    assert families.is_kept(name, {"gizmo"})


@pytest.mark.parametrize(
    "name",
    [
        "transformers.models.picture.modeling_picture",
        "transformers\\models\\picture\\modeling_picture.py",
        "transformers/models/picture/configuration_picture.py",
        "transformers/models/gizmo/modular_gizmo.py",
        "transformers.models.gizmo.modular_gizmo",
    ],
)
def test_goes(name: str) -> None:
    assert not families.is_kept(name, {"gizmo"})


def test_every_family_that_is_tried_in_the_bundle_stays() -> None:
    from tests.helpers.tiny_families import FAMILIES

    folders = {"openai-gpt": "openai", "gemma3_text": "gemma3"}
    kept = families.kept()
    assert {folders.get(name, name) for name in FAMILIES} <= kept
    assert "auto" in kept
    assert not {"vit", "resnet", "dinov2", "encodec"} & kept
