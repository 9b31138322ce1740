"""Which device, and how quiet. Knows torch, but no model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from transformers.utils import logging as transformers_logging

from engine.policies import ModelError


def be_quiet() -> None:
    """No progress bars and no chatter from libraries: the engine speaks in events and errors alone."""
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()


def choose_device(wanted: str = "auto") -> torch.device:
    """The device called `auto`, `cpu`, `cuda`, `cuda:1` or `mps`; `auto` takes the fastest at hand.

    Raises ModelError where the machine has no such device.
    """
    if wanted == "auto":
        wanted = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    kind, _, number = wanted.partition(":")
    count = {"cpu": 1, "cuda": torch.cuda.device_count(), "mps": int(torch.backends.mps.is_available())}.get(kind, 0)
    if not (number or "0").isdecimal() or int(number or "0") >= count:
        raise ModelError(f"This machine has no device called '{wanted}'; choose auto or cpu.")
    return torch.device(wanted)


@contextmanager
def memory_for(name: str) -> Iterator[None]:
    """Calls of the model `name`: running out of memory becomes a ModelError, and the process lives on."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        # torch has a class of its own only for accelerators; on a processor it is a RuntimeError like any other.
        full = isinstance(error, (MemoryError, torch.OutOfMemoryError)) or "allocate memory" in str(error)
        if not full:
            raise
        raise ModelError(
            f"There is not enough memory for {name}: choose a smaller width, fewer runs at a time or a smaller model."
        ) from error
