"""The training loop that policy and PRM share: Muon and AdamW, a schedule in steps, a state to go on from.

Knows no task: what is learned comes in as streams of batches and as a function from a batch to scored logits.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.learning.best import BestWeights
from engine.learning.breaking_off import broken_off
from engine.learning.examples import Batch, Stream

Scored = Callable[[PreTrainedModel, Batch], tuple[Tensor, Tensor]]
"""Logits (n, classes) and targets (n) at the n positions of a batch that count."""

LONG = 200
"""Positions from which torch's fused attention beats the eager one in training on a CPU."""

MODEL, BEST, FACTS = "model.", "best.", "training"
"""In a state file: how names of the model's tensors begin, and of those of its best weights, and the key under which
the rest stands as JSON."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Learning rates by step: linear warm-up, constant, then linear down to `floor` of the peak."""

    steps: int
    muon_rate: float
    adamw_rate: float
    warm_up: int = 60
    constant_until: float = 0.4
    floor: float = 0.02

    def factor(self, step: int) -> float:
        """The share of the peak rate at a step, 0 <= step < steps."""
        done = step / self.steps
        rise = min(1.0, (step + 1) / self.warm_up)
        fall = 1.0 if done < self.constant_until else (1 - done) / (1 - self.constant_until)
        return rise * max(self.floor, fall)


@dataclass(frozen=True, slots=True)
class TrainProgress:
    """Where a training is. `losses` are moving averages per kind of example, in nats per scored token."""

    phase: str
    step: int
    steps: int
    tokens: int
    seconds: float
    losses: Mapping[str, float]

    def __str__(self) -> str:
        rate = self.tokens / self.seconds if self.seconds else 0.0
        losses = " ".join(f"{kind} {loss:.4f}" for kind, loss in self.losses.items())
        return (
            f"{self.phase}: step {self.step}/{self.steps}, {self.seconds:.0f} s, {self.tokens / 1e6:.2f}M tokens,"
            f" {rate:.0f}/s, {losses}"
        )


Progress = Callable[[TrainProgress], None]


class TrainingStateError(Exception):
    """A state file cannot be gone on from, or written; the message is a sentence."""


class Training:
    """One training run from its seed; `run` goes on from the saved state where there is one."""

    def __init__(
        self,
        phase: str,
        model: PreTrainedModel,
        streams: Mapping[str, Stream],
        scored: Scored,
        schedule: Schedule,
        state_file: Path,
        *,
        save_every: int = 200,
        best: BestWeights | None = None,
        origin: str = "",
    ) -> None:
        """`best`: keeps the weights that are to stay in the end. `origin`: what the training follows from beside its
        steps, in a few characters; the state of one of another origin is not gone on from."""
        self.phase, self.model, self.streams, self.scored, self.schedule = phase, model, streams, scored, schedule
        self.state_file, self.save_every, self.best, self.origin = state_file, save_every, best, origin
        self.optimisers = _optimisers(model, schedule)
        self.step, self.tokens, self.seconds = 0, 0, 0.0
        self.losses: dict[str, float] = {}

    def run(self, progress: Progress) -> None:
        """Train to the last step. Reports every ten steps; saves the state every `save_every` steps and at the end.

        Ctrl+C and a request to end wait for the end of a step and save it; then this raises KeyboardInterrupt.
        """
        self._resume()
        self.model.train()
        if self.best is not None and self.step == 0:
            self.best.look(self.model, 0)
        with broken_off() as is_broken_off:
            while self.step < self.schedule.steps:
                self._go_on(progress)
                if is_broken_off():
                    self._save()
                    raise KeyboardInterrupt
        if self.best is not None:
            self.best.restore(self.model)
        self.model.eval()

    def _go_on(self, progress: Progress) -> None:
        """One step, and what is due after it."""
        started = time.perf_counter()
        self._one_step()
        self.seconds += time.perf_counter() - started
        last = self.step == self.schedule.steps
        if self.best is not None and (last or self.step % self.best.every == 0):
            self.best.look(self.model, self.step)
        if last or self.step % 10 == 0:
            progress(self.progress())
        if last or self.step % self.save_every == 0:
            self._save()

    def _one_step(self) -> None:
        factor = self.schedule.factor(self.step)
        for optimiser, peak in zip(self.optimisers, (self.schedule.muon_rate, self.schedule.adamw_rate), strict=True):
            optimiser.param_groups[0]["lr"] = peak * factor
        batches = {kind: stream.next() for kind, stream in self.streams.items()}
        scored_positions = sum(int((batch.labels >= 0).sum()) for batch in batches.values())
        for kind, batch in batches.items():
            self._learn(kind, batch, scored_positions)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad()
        self.step += 1

    def _learn(self, kind: str, batch: Batch, scored_positions: int) -> None:
        """Add the gradient of one batch, so that every scored position of a step weighs the same."""
        self.model.set_attn_implementation("sdpa" if batch.ids.shape[1] > LONG else "eager")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, targets = self.scored(self.model, batch)
        loss = nn.functional.cross_entropy(logits.float(), targets, reduction="sum")
        (loss / scored_positions).backward()
        mean = loss.item() / max(1, len(targets))
        self.losses[kind] = 0.97 * self.losses.get(kind, mean) + 0.03 * mean
        self.tokens += batch.ids.numel()

    def progress(self) -> TrainProgress:
        losses = {**self.losses, **(self.best.losses if self.best is not None else {})}
        return TrainProgress(self.phase, self.step, self.schedule.steps, self.tokens, self.seconds, losses)

    def _save(self) -> None:
        facts: dict[str, Any] = {
            "origin": self.origin,
            "step": self.step,
            "steps": self.schedule.steps,
            "tokens": self.tokens,
            "seconds": self.seconds,
            "losses": self.losses,
        }
        # copies: tied weights share their memory, which the format refuses
        tensors = {f"{MODEL}{name}": tensor.clone() for name, tensor in self.model.state_dict().items()}
        for number, optimiser in enumerate(self.optimisers):
            for weight, kept in optimiser.state_dict()["state"].items():
                tensors |= {f"{number}.{weight}.{key}": tensor for key, tensor in kept.items()}
        if self.best is not None:
            facts["best"], weights = self.best.state()
            tensors |= {f"{BEST}{name}": tensor.clone() for name, tensor in weights.items()}
        half_written = self.state_file.with_suffix(".part")
        try:
            self.state_file.parent.mkdir(parents=True, exist_ok=True)
            save_file(tensors, half_written, metadata={FACTS: json.dumps(facts)})
            half_written.replace(self.state_file)
        except (OSError, SafetensorError) as error:
            with suppress(OSError):
                half_written.unlink()
            raise TrainingStateError(f"The training could not be saved in {self.state_file}: {error}.") from error

    def _resume(self) -> None:
        """Go on from the state file, if there is one of this very training. Raises TrainingStateError."""
        if not self.state_file.exists():
            return
        try:
            with safe_open(self.state_file, framework="pt") as file:
                facts = json.loads(file.metadata()[FACTS])
                if (facts["steps"], facts.get("origin", "")) == (self.schedule.steps, self.origin):
                    self._take(facts, {name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118 - no dict
        except Exception as error:  # many kinds, for a file that is cut off, foreign or of another model
            raise TrainingStateError(
                f"{self.state_file} holds no state that this training can go on from: remove it to begin anew."
            ) from error

    def _take(self, facts: dict[str, Any], tensors: dict[str, Tensor]) -> None:
        self.model.load_state_dict(_named(MODEL, tensors))
        if self.best is not None:
            self.best.take(facts["best"], _named(BEST, tensors))
        for number, optimiser in enumerate(self.optimisers):
            state: dict[int, dict[str, Tensor]] = {}
            for name, tensor in tensors.items():
                owner, _, rest = name.partition(".")
                if owner == str(number):
                    weight, _, key = rest.partition(".")
                    state.setdefault(int(weight), {})[key] = tensor
            optimiser.load_state_dict({**optimiser.state_dict(), "state": state})
        self.step, self.tokens, self.seconds = facts["step"], facts["tokens"], facts["seconds"]
        self.losses = dict(facts["losses"])
        for stream in self.streams.values():
            stream.skip(self.step)


def _named(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Those whose names begin so, by the rest of their names."""
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def _optimisers(model: PreTrainedModel, schedule: Schedule) -> tuple[torch.optim.Optimizer, torch.optim.Optimizer]:
    """Muon (Jordan et al. 2024) for the hidden matrices, AdamW for embeddings, norms and the score head."""
    named = list(model.named_parameters())
    hidden = [weight for name, weight in named if _is_hidden_matrix(name, weight)]
    others = [weight for name, weight in named if not _is_hidden_matrix(name, weight)]
    return (
        torch.optim.Muon(
            hidden, lr=schedule.muon_rate, weight_decay=0.02, momentum=0.95, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW(others, lr=schedule.adamw_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
    )


def _is_hidden_matrix(name: str, weight: Tensor) -> bool:
    return weight.ndim == 2 and "embed" not in name and not name.startswith(("score", "lm_head"))


@contextmanager
def few_threads() -> Iterator[None]:
    """At most two torch threads: matrices this small gain nothing from a third."""
    threads = torch.get_num_threads()
    torch.set_num_threads(min(2, threads))
    try:
        yield
    finally:
        torch.set_num_threads(threads)
