"""Look at a model folder before anything in it is loaded: it may be broken, unfinished or hostile. Knows no torch."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engine.policies import ModelError

LARGEST_JSON = 64_000_000
"""Bytes; the tokenizers of the largest models take 20 to 40 million."""
LARGEST_HEADER = 25_000_000
"""Bytes of a safetensors header; a tensor takes about a hundred."""
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
TOKENIZERS = ("tokenizer.json", "vocab.json", "vocab.txt")
PIECES = ("tokenizer.model", "spiece.model", "sentencepiece.bpe.model")
"""Tokenizers of SentencePiece, which its own package alone can read."""
POINTER = b"version https://git-lfs"
"""What a file of a repository begins with that was cloned without its large files."""
UNSAFE = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
"""Formats that can run a program when they are read."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the headers of the weight files say."""

    tensors: int
    numbers: int


@dataclass(frozen=True, slots=True)
class Contents:
    """A folder that may be loaded."""

    config: dict[str, Any]
    """Its config.json."""
    weights: Weights


def check_folder(folder: Path) -> Contents:
    """See that `folder` is a whole Hugging Face model of safetensors and JSON with a tokenizer of the usual kinds.

    Raises ModelError with a sentence that names the folder, the file and what to do.
    """
    if folder.is_file():
        raise ModelError(f"{folder} is a file; a model is a folder with a config.json, a tokenizer and safetensors.")
    if not folder.is_dir():
        raise ModelError(f"There is no model folder {folder}.")
    _refuse_other_formats(folder)
    config = read_json(folder / "config.json")
    _refuse_quantised(folder, config)
    _check_tokenizer(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "generation_config.json"):
        if (folder / name).exists():
            refuse_remote_code(folder, read_json(folder / name))
    parts = [_read_header(file) for file in weight_files(folder)]
    weights = Weights(sum(part.tensors for part in parts), sum(part.numbers for part in parts))
    _check_depth(folder, config, weights)
    return Contents(config, weights)


def read_json(file: Path) -> dict[str, Any]:
    """The object in a JSON file of the model. Raises ModelError where there is none."""
    if not file.is_file():
        raise ModelError(f"The model folder {file.parent} has no {file.name}: copy the whole model into it.")
    _refuse_pointer(file)
    if file.stat().st_size > LARGEST_JSON:
        raise ModelError(f"{file} is larger than {LARGEST_JSON // 1_000_000} MB: this is no model's {file.name}.")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as error:
        raise ModelError(f"{file} cannot be read as JSON ({error}): fetch the file again.") from error
    if not isinstance(content, dict):
        raise ModelError(f"{file} holds no JSON object: fetch the file again.")
    return content


def refuse_remote_code(folder: Path, config: dict[str, Any]) -> None:
    """Raises ModelError where a JSON file of the model names code that stands in its folder or on the net."""
    if "auto_map" in config:
        raise ModelError(
            f"The model in {folder} wants to run program code of its own (auto_map). Espalier never does that: "
            "use a version of the model that transformers knows."
        )


def _refuse_other_formats(folder: Path) -> None:
    """What people have instead of a model's folder. Weights beside it are the model's own and win."""
    if (folder / "adapter_config.json").exists():
        raise ModelError(
            f"{folder} holds an adapter (adapter_config.json), not a whole model: merge it into the model that it was "
            "made for, with merge_and_unload() in peft, and save that."
        )
    if (folder / WEIGHTS).exists() or (folder / INDEX).exists():
        return
    if others := sorted(file.name for file in folder.glob("*.gguf")):
        raise ModelError(
            f"{folder / others[0]} is a file for llama.cpp, which Espalier does not read: "
            "fetch the model's Hugging Face folder with config.json and safetensors."
        )


def _refuse_quantised(folder: Path, config: dict[str, Any]) -> None:
    settings = config.get("quantization_config") or config.get("compression_config")
    if not settings:
        return
    how = settings.get("quant_method") if isinstance(settings, dict) else None
    raise ModelError(
        f"The weights in {folder} are quantised ({how or 'quantization_config'}), which needs packages that Espalier "
        "does not have: use the version of the model with weights of 16 or 32 bits."
    )


def _check_tokenizer(folder: Path) -> None:
    if any((folder / name).is_file() for name in TOKENIZERS):
        return
    pieces = next((name for name in PIECES if (folder / name).is_file()), None)
    if pieces is None:
        raise ModelError(f"The model folder {folder} has no tokenizer.json: copy the tokenizer's files into it.")
    if find_spec("sentencepiece") is None:
        raise ModelError(
            f"The tokenizer in {folder} is {pieces} alone, which only the package sentencepiece reads, and Espalier "
            "does not have it: add the tokenizer.json that most versions of the model come with."
        )


def _refuse_pointer(file: Path) -> None:
    with file.open("rb") as stream:
        if stream.read(len(POINTER)) == POINTER:
            raise ModelError(f"{file} only points to the real file (Git LFS): run `git lfs pull` in its folder.")


def weight_files(folder: Path) -> list[Path]:
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
    _refuse_pointer(file)
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
