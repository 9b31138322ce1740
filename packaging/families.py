"""Which of transformers' model folders go into the bundle: those of models that write or score text. Reads sources.

Half of transformers is for pictures and sound, which Espalier never loads. A folder that a kept one imports stays, and
so does one that transformers imports outside its models.
"""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

MODELS = "transformers.models"
WANTED = (
    "MODEL_FOR_CAUSAL_LM_MAPPING_NAMES",
    "MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING_NAMES",
    "MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING_NAMES",
)
"""Tables of `auto/modeling_auto.py`, from types of models to classes: policies, and the kinds of reward models."""
RENAMED = "SPECIAL_MODEL_TYPE_TO_MODULE_NAME"
"""Table of `auto/auto_mappings.py`: the types whose folder has another name."""

NEEDED_OF_ALL = ("__init__", "tokenization_")
"""A tokenizer is looked for in one folder after the other, whatever model they are of: an empty folder answers no, a
missing one is an error. And the tokenizers of dropped models are used by others."""
SOURCES = "modular_"
"""What transformers' own scripts make the other files from; nothing imports it."""

# Imports are found by how they look, in a tenth of the time of parsing; what only looks like one keeps a folder more.
_BESIDE = re.compile(r"^\s*from (?:\.\.|transformers\.models\.)(\w+)", re.MULTILINE)
_SEVERAL_BESIDE = re.compile(r"^\s*from \.\. import ([\w, ]+)", re.MULTILINE)
_FROM_OUTSIDE = re.compile(r"^\s*from [\w.]*\bmodels\.(\w+)", re.MULTILINE)


def kept(transformers: Path | None = None) -> set[str]:
    """The names of the folders of `transformers/models` that stay; `transformers` is the installed package's folder.

    Raises LookupError where transformers no longer has the tables above.
    """
    root = transformers or _installed()
    models = root / "models"
    renamed = _table(models / "auto" / "auto_mappings.py", RENAMED)
    types = {name for table in WANTED for name in _table(models / "auto" / "modeling_auto.py", table)}
    folders = {renamed.get(name, name).replace("-", "_") for name in types}
    return _with_imports(models, {"auto"} | folders | _used_outside(root))


def is_kept(name: str, kept: set[str]) -> bool:
    """Whether a module (`transformers.models.bert.modeling_bert`) or a file of the bundle stays; others always do."""
    parts = name.replace("\\", "/").removesuffix(".py").replace("/", ".").split(".")
    if parts[:2] != MODELS.split(".") or len(parts) < 4:
        return True
    folder, file = parts[2:4]
    return not file.startswith(SOURCES) and (folder in kept or file.startswith(NEEDED_OF_ALL))


def _installed() -> Path:
    found = importlib.util.find_spec("transformers")
    if found is None or found.origin is None:
        raise LookupError("transformers is not installed here.")
    return Path(found.origin).parent


def _table(file: Path, name: str) -> dict[str, str]:
    """The keys, and those values that are plain text, of the table `name`, an OrderedDict of pairs."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(it, ast.Name) and it.id == name for it in node.targets):
            pairs = [it.elts for it in ast.walk(node.value) if isinstance(it, ast.Tuple) and len(it.elts) == 2]
            return {key: value for key, value in (map(_text, pair) for pair in pairs) if key}
    raise LookupError(f"{file} has no table {name}.")


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _with_imports(models: Path, names: Iterable[str]) -> set[str]:
    """Those of `names` that are folders of `models`, and all that these import, to the end."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        if name not in found and (models / name).is_dir():
            found.add(name)
            waiting |= {used for file in (models / name).glob("*.py") for used in _used_beside(file)}
    return found


def _used_beside(file: Path) -> Iterator[str]:
    """The neighbour folders that a file of a model's folder imports, written `from ..other` or in full."""
    text = file.read_text(encoding="utf-8")
    yield from _BESIDE.findall(text)
    yield from (name.strip() for names in _SEVERAL_BESIDE.findall(text) for name in names.split(","))


def _used_outside(root: Path) -> set[str]:
    """The model folders that transformers imports from outside `models`."""
    files = (file for file in root.rglob("*.py") if root / "models" not in file.parents)
    return {name for file in files for name in _FROM_OUTSIDE.findall(file.read_text(encoding="utf-8"))}
