"""Small files in every format that is imported, made in code, for benchmarks that run anywhere. Knows no importer.

Each has what its format's readers trip over: thoughts that cannot be read, attachments, branches, siblings, gaps.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.benchmarks.import_logs import (
    INSPECT_HEADER,
    branched_sample,
    inspect_archive,
    inspect_sample,
    otel_spans,
    otlp,
    zstd_archive,
)
from app.benchmarks.import_parts import QUESTION, STEPS, as_json, lines
from app.benchmarks.import_trees import trees

_THOUGHT = "<think>\n3*4=12. Wait, he eats 2.\n</think>\n\nThe answer is \\boxed{10}."


@cache
def samples() -> dict[str, bytes]:
    """Contents by the name of a file."""
    return {
        "inspect.eval": inspect_archive(inspect_sample(), branched_sample(), compression=zipfile.ZIP_DEFLATED),
        "inspect_zstd.eval": zstd_archive(
            {"header.json": as_json(INSPECT_HEADER), "samples/1_epoch_1.json": as_json(inspect_sample())}
        ),
        "inspect.json": as_json(INSPECT_HEADER | {"samples": [inspect_sample(), branched_sample()]}, indent=2),
        "otel.jsonl": lines(*otel_spans()),
        "otlp.json": as_json(otlp()),
        "chat.jsonl": lines(*chats()),
        "trace.txt": _THOUGHT.encode(),
        "stream.sse": b"".join(b"data: " + as_json(chunk) + b"\n\n" for chunk in _chunks()) + b"data: [DONE]\n\n",
        "ollama.ndjson": lines(
            {"message": {"thinking": "3*4"}, "done": False}, {"message": {"content": "10"}, "done": True}
        ),
        **_datasets(),
        **trees(),
        **_exports(),
    }


def chats() -> list[dict[str, Any]]:
    """A record of each dialect; each of them shows a thought and comes to 10."""
    asked = {"role": "user", "content": QUESTION}
    hidden, shown = "3*4=12, minus 2", "10"
    blocks = [{"type": "thinking", "thinking": hidden, "signature": "c2ln"}, {"type": "text", "text": shown}]
    items = [
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "counts"}], "encrypted_content": "eA==",
         "content": [{"type": "reasoning_text", "text": hidden}]},
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": shown}]},
    ]  # fmt: skip
    parts = [{"text": hidden, "thought": True}, {"text": shown}]
    return [
        *({"messages": [asked, {"role": "assistant", "content": shown, field: hidden}]}
          for field in ("reasoning_content", "reasoning", "thinking")),
        {"messages": [asked, {"role": "assistant", "content": [
            {"type": "thinking", "thinking": [{"type": "text", "text": hidden}]}, {"type": "text", "text": shown}]}]},
        {"messages": [asked, {"role": "assistant", "content": blocks}]},
        {"conversations": [{"from": "human", "value": QUESTION}, {"from": "gpt", "value": _THOUGHT}]},
        {"prompt": QUESTION, "completion": _THOUGHT, "answer": "10"},
        {"prompt": [asked], "completion": [{"role": "assistant", "content": _THOUGHT}]},
        {"object": "response", "model": "o", "output": items, "status": "completed"},
        {"type": "message", "role": "assistant", "model": "c", "content": blocks, "stop_reason": "end_turn"},
        {"contents": [{"role": "user", "parts": [{"text": QUESTION}]}, {"role": "model", "parts": parts}]},
        {"candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP"}]},
        {"choices": [{"message": {"content": shown, "reasoning": hidden}, "finish_reason": "stop"}], "model": "q"},
    ]  # fmt: skip


def _chunks() -> Iterator[dict[str, Any]]:
    yield {"choices": [{"index": 0, "delta": {"reasoning": "3*4"}}]}
    yield {"choices": [{"index": 0, "delta": {"content": "10"}, "finish_reason": "stop"}]}


def _datasets() -> dict[str, bytes]:
    ends = [f"{text}\n" for text in STEPS]
    rated = [{"completions": [{"text": text, "rating": 1, "flagged": False}, {"text": "12+2=14", "rating": -1}],
              "human_completion": None, "chosen_completion": 0} for text in STEPS]  # fmt: skip
    both = (f"{QUESTION} " + "".join(f"Step {n}: {text} {{}}\n" for n, text in enumerate(STEPS, 1))).rstrip()
    models = ("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification")
    marked = "Tom has 3*4=<<3*4=12>>12 apples.\n12-2=<<12-2=10>>10 are left.\n#### 10"
    solved = {name: {"is_correct": True, "solution": marked} for place, name in enumerate(models)}
    return {
        "prm800k.jsonl": lines({"labeler": "a", "question": {"problem": QUESTION, "ground_truth_answer": "10"},
                                "label": {"steps": rated, "finish_reason": "solution"}}),
        "processbench.jsonl": lines({"id": "a", "generator": "toy", "problem": QUESTION, "steps": STEPS,
                                     "final_answer_correct": True, "label": -1}),
        "shepherd.jsonl": lines({"input": both.format(*["ки"] * 3), "label": both.format("+", "+", "-")}),
        "trl.jsonl": lines({"prompt": QUESTION, "completions": ends, "labels": [True, True, False]}),
        "gsm8k.jsonl": lines({"question": QUESTION, "answer": marked}),
        "gsm8k_solutions.jsonl": lines({"question": QUESTION, "ground_truth": marked, **solved}),
    }  # fmt: skip


def _exports() -> dict[str, bytes]:
    """One run in every format that this program writes for others and reads again."""
    from storage.exporters import EXPORTERS, export_run
    from storage.importers.importing import Report, import_file
    from storage.session import Session

    found: dict[str, bytes] = {}
    with TemporaryDirectory(prefix="espalier-samples-") as name:
        there = Path(name)
        (there / "tot.json").write_bytes(trees()["tot.json"])
        with Session.create(there / "a.espalier") as session:
            import_file(session, there / "tot.json", Report("tot.json"))
            for entry in EXPORTERS:
                export_run(session, 1, entry.name, path := there / f"{entry.name}{entry.suffix}")
                found[f"export_{entry.name}{entry.suffix}"] = path.read_bytes()
    return found
