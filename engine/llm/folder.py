"""Look at a model folder before anything in it is loaded: it may be broken, unfinished or hostile. Knows no torch."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.policies import ModelError

LARGEST_JSON = 64_000_000
"""Bytes; the tokenizers of the largest models take 20 to 40 million."""
LARGEST_HEADER = 25_000_000
"""Bytes of a safetensors header; a tensor takes about a hundred."""
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "vocab.json")
UNSAFE = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
"""Formats that can run a program when they are read."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the headers of the weight files say."""

    tensors: int
    numbers: int


def check_folder(folder: Path) -> Weights:
    """See that `folder` is a whole Hugging Face model of safetensors and JSON that needs no code of its own.

    Raises ModelError with a sentence that names the folder, the file and what to do.
    """
    if not folder.is_dir():
        raise ModelError(f"There is no model folder {folder}.")
    config = read_json(folder / "config.json")
    _refuse_remote_code(folder, config)
    if not any((folder / name).is_file() for name in TOKENIZERS):
        raise ModelError(f"The model folder {folder} has no tokenizer.json: copy the tokenizer's files into it.")
    for name in ("tokenizer.json", "tokenizer_config.json", "generation_config.json"):
        if (folder / name).exists():
            _refuse_remote_code(folder, read_json(folder / name))
    parts = [_read_header(file) for file in _weight_files(folder)]
    weights = Weights(sum(part.tensors for part in parts), sum(part.numbers for part in parts))
    _check_depth(folder, config, weights)
    return weights


def read_json(file: Path) -> dict[str, Any]:
    """The object in a JSON file of the model. Raises ModelError where there is none."""
    if not file.is_file():
        raise ModelError(f"The model folder {file.parent} has no {file.name}: copy the whole model into it.")
    if file.stat().st_size > LARGEST_JSON:
        raise ModelError(f"{file} is larger than {LARGEST_JSON // 1_000_000} MB: this is no model's {file.name}.")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as error:
        raise ModelError(f"{file} cannot be read as JSON ({error}): fetch the file again.") from error
    if not isinstance(content, dict):
        raise ModelError(f"{file} holds no JSON object: fetch the file again.")
    return content


def _refuse_remote_code(folder: Path, config: dict[str, Any]) -> None:
    if "auto_map" in config:
        raise ModelError(
            f"The model in {folder} wants to run program code of its own (auto_map). Espalier never does that: "
            "use a version of the model that transformers knows."
        )


def _weight_files(folder: Path) -> list[Path]:
    if (folder / INDEX).exists():
        return _shards(folder)
    if (folder / WEIGHTS).is_file():
        return [folder / WEIGHTS]
    unsafe = sorted(file.name for file in folder.iterdir() if file.suffix in UNSAFE)
    if unsafe:
        raise ModelError(
            f"The weights in {folder} are in {unsafe[0]}, a format that can run programs, so it is not opened. "
            "Convert the model to safetensors: model.save_pretrained(FOLDER) in transformers."
        )
    raise ModelError(f"The model folder {folder} has no {WEIGHTS}: copy the whole model into it.")


def _shards(folder: Path) -> list[Path]:
    listed = read_json(folder / INDEX).get("weight_map")
    if not isinstance(listed, dict) or not listed or not all(isinstance(name, str) for name in listed.values()):
        raise ModelError(f"{folder / INDEX} names no weight files: fetch the file again.")
    names = sorted(set(listed.values()))
    for name in names:
        if Path(name).name != name or Path(name).suffix != ".safetensors":
            raise ModelError(
                f"{folder / INDEX} names the weight file {name!r}, which is no safetensors file beside it."
            )
        if not (folder / name).is_file():
            raise ModelError(f"The model folder {folder} has no {name}, which {INDEX} names: copy the whole model.")
    return [folder / name for name in names]


def _read_header(file: Path) -> Weights:
    """Check a safetensors file by its header alone: sizes must add up to the file's size."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if size < 8 or length > min(size - 8, LARGEST_HEADER):
            raise ModelError(f"{file} is damaged or cut off: fetch the file again.")
        try:
            header = json.loads(stream.read(length))
            entries = [entry for name, entry in header.items() if name != "__metadata__"]
            ends = [int(entry["data_offsets"][1]) for entry in entries]
            numbers = sum(math.prod(map(int, entry["shape"])) for entry in entries)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
            raise ModelError(f"{file} is no safetensors file: fetch the file again.") from error
    if size != 8 + length + max(ends, default=0):
        raise ModelError(
            f"{file} is cut off: it has {size:,} bytes of {8 + length + max(ends, default=0):,}. Fetch the file again."
        )
    return Weights(len(entries), numbers)


def _check_depth(folder: Path, config: dict[str, Any], weights: Weights) -> None:
    """A config that claims more layers than there are tensors would keep the machine busy building them."""
    for name in ("num_hidden_layers", "n_layer", "num_layers", "n_layers"):
        layers = config.get(name, 0)
        if not isinstance(layers, int) or layers > weights.tensors:
            raise ModelError(f"{folder / 'config.json'} says {name} = {layers!r}, which the weights do not hold.")
