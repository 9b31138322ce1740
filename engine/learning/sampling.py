"""Samples completions from a policy in large batches, for training data and reports.

It uses transformers' own `generate`: nothing is stepped, forked or shown here, so the engine's decode loop is not
needed, and a report does not depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from transformers import PreTrainedModel

from engine.learning.examples import Codec

ROWS = 128


def sample(
    model: PreTrainedModel,
    codec: Codec,
    prompts: Sequence[tuple[str, str]],
    *,
    temperature: float,
    most_tokens: int,
    seed: int = 0,
) -> list[str]:
    """One completion per (prompt, given) pair, without its end token; `temperature` 0 is greedy.

    A completion of `most_tokens` tokens was cut off. Prompts of similar length share a batch; the answers come back
    in the order of the prompts.
    """
    torch.manual_seed(seed)
    encoded = [codec.prompt_ids(prompt, given) for prompt, given in prompts]
    order = sorted(range(len(encoded)), key=lambda place: len(encoded[place]))
    completions = [""] * len(encoded)
    for start in range(0, len(order), ROWS):
        places = order[start : start + ROWS]
        answers = _generate(model, codec, [encoded[place] for place in places], temperature, most_tokens)
        for place, answer in zip(places, answers, strict=True):
            completions[place] = answer
    return completions


@torch.inference_mode()
def _generate(
    model: PreTrainedModel, codec: Codec, rows: Sequence[Sequence[int]], temperature: float, most_tokens: int
) -> list[str]:
    longest = max(map(len, rows))
    ids = torch.full((len(rows), longest), codec.pad)
    for place, row in enumerate(rows):
        ids[place, longest - len(row) :] = torch.tensor(row)
    # top_k=0: `generate` would otherwise keep only the 50 likeliest tokens, whatever the model's own settings say.
    choice = {"do_sample": True, "temperature": temperature, "top_k": 0} if temperature else {"do_sample": False}
    written = model.generate(
        ids, attention_mask=(ids != codec.pad).long(), max_new_tokens=most_tokens, pad_token_id=codec.pad, **choice
    )
    return [_text(codec, row[longest:].tolist()) for row in written]


def _text(codec: Codec, ids: list[int]) -> str:
    end = ids.index(codec.end) if codec.end in ids else len(ids)
    return codec.text([token for token in ids[:end] if token != codec.pad])


def lines(completion: str) -> tuple[str, ...]:
    """The steps of a completion: its lines, each with its line end."""
    return tuple(line for line in completion.splitlines(keepends=True) if line.strip())
