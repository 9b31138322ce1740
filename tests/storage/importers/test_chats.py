"""Chats of every dialect, and whatever else shows a single trace: hidden and exposed apart, record by record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.benchmarks.import_parts import QUESTION, lines
from app.benchmarks.import_samples import chats, samples
from engine.run_traces import trace_of
from storage.importers import ForeignFileError, holds_one_trace, importer_of_file
from tests.helpers.logs_of_others import known_as, outcome, read, told, trace
from tests.helpers.shared_data import shared_data
from tests.helpers.trace_files import R1

DIALECTS = chats()


@pytest.mark.parametrize("record", DIALECTS, ids=lambda record: "-".join(record))
def test_every_dialect(record: dict[str, Any]) -> None:
    assert known_as(lines(record)) == "chat"
    (tree,), odd = read(lines(record))
    assert odd == []
    found = trace(tree)
    assert "3*4=12" in found.of("hidden") + found.of("summary")
    assert outcome(tree)[0] == "10"
    assert told(tree)["format"] == "Chat JSON"
    asked = {"messages", "conversations", "prompt", "contents"} & record.keys()
    assert tree.started is not None
    assert tree.started.prompt == (QUESTION if asked else "a.eval, line 1")


@pytest.mark.parametrize(("name", "thoughts"), [
    ("openai_messages.jsonl", ["3*4=12, minus 2", "3*4"]), ("sharegpt.jsonl", ["\n3*4=12\n"]),
])  # fmt: skip
def test_the_samples(name: str, thoughts: list[str]) -> None:
    trees, odd = read(shared_data("samples", name).read_bytes())
    assert odd == []
    assert [trace(tree).of("hidden") for tree in trees] == thoughts


def test_thousands_of_records_and_what_is_odd_among_them() -> None:
    raw = lines(*[DIALECTS[0]] * 1_000) + b'{"messages": [\n' + lines({"messages": []}, {"a": 1}, DIALECTS[5])
    trees, odd = read(raw)
    assert len(trees) == 1_001
    assert odd == [
        "line 1,001: it is no JSON", "line 1,002: nobody says anything in it that is known",
        "line 1,003: nobody says anything in it that is known",
    ]  # fmt: skip


def test_every_turn_is_a_run_with_the_question_before_it() -> None:
    said = [("user", "1+1?"), ("assistant", "2"), ("tool", "x"), ("user", "2+2?"), ("assistant", "4")]
    trees, _ = read(lines({"messages": [{"role": who, "content": words} for who, words in said]}))
    assert [(tree.started.prompt, outcome(tree)[0]) for tree in trees if tree.started] == [("1+1?", "2"), ("2+2?", "4")]


SINGLE = {
    "a text": (R1.encode(), "trace"),
    "a text in UTF-16": (R1.encode("utf-16"), "trace"),
    "braces that are no JSON": (b"{x | x > 3} has no end.", "trace"),
    "a recorded stream": (samples()["stream.sse"], "trace"),
    "lines of a stream": (samples()["ollama.ndjson"], "trace"),
    "a list of messages": (json.dumps(DIALECTS[0]["messages"]).encode(), "trace"),
    "one conversation": (lines(DIALECTS[0]), "chat"),
}
MANY = {
    "conversations": lines(DIALECTS[0], DIALECTS[1]),
    "spans": samples()["otel.jsonl"],
    "a log": samples()["inspect.eval"],
    "a tree": samples()["tot.json"],
}


@pytest.mark.parametrize("what", SINGLE)
def test_single_traces(what: str, tmp_path: Any) -> None:
    raw, name = SINGLE[what]
    assert known_as(raw) == name
    (tmp_path / "a").write_bytes(raw)
    importer = importer_of_file(tmp_path / "a")
    assert importer is not None
    assert holds_one_trace(tmp_path / "a", importer)
    assert len(read(raw)[0]) == 1


@pytest.mark.parametrize("what", MANY)
def test_many_runs_and_trees_are_no_single_trace(what: str, tmp_path: Any) -> None:
    (tmp_path / "a").write_bytes(MANY[what])
    importer = importer_of_file(tmp_path / "a")
    assert importer is not None
    assert not holds_one_trace(tmp_path / "a", importer)


def test_every_sample_is_known_as_what_it_is_and_as_nothing_else() -> None:
    """No format takes another one's files."""
    known = {name: known_as(raw, name) for name, raw in samples().items()}
    assert {name: by for name, by in known.items() if not name.startswith("export_")} == {
        "chat.jsonl": "chat", "crosswords.json": "tot", "gsm8k.jsonl": "gsm8k",
        "gsm8k_solutions.jsonl": "gsm8k-solutions", "inspect.eval": "inspect", "inspect.json": "inspect",
        "inspect_zstd.eval": "inspect", "landscape.json": "landscape", "loom.json": "loom",
        "llm_mcts.json": "llm-mcts", "mcts_reasoning.json": "mcts-reasoning",
        "mctx.json": "mctx", "ollama.ndjson": "trace", "otel.jsonl": "otel", "otlp.json": "otel",
        "prm800k.jsonl": "prm800k", "processbench.jsonl": "processbench", "shepherd.jsonl": "math-shepherd",
        "stream.sse": "trace", "think_booster.json": "thinkbooster", "tot.json": "tot", "trace.txt": "trace",
        "tree_log.json": "treelog", "trl.jsonl": "trl",
    }  # fmt: skip


def test_what_holds_no_text_is_refused_with_a_sentence() -> None:
    with pytest.raises(ForeignFileError, match="The server reports an error: overloaded"):
        read(b'data: {"error": {"message": "overloaded"}}\n\n')


def test_a_stream_that_broke_off_is_kept_and_said() -> None:
    raw = samples()["stream.sse"].replace(b"data: [DONE]", b'data: {"error": "overloaded"}')
    (tree,), odd = read(raw)
    assert trace_of(tree, 1).of("hidden") == "3*4"
    assert odd == ["line 1: The server reports an error: overloaded"]


PICKLES = (b"\x80\x04\x95", b"(dp0\nS'a'\n", b"cos\nsystem\n(S'x'\ntR.", b"(lp0\n", b"(cos\nsystem\n")


@pytest.mark.parametrize("raw", PICKLES)
def test_a_pickle_is_refused_with_the_reason(raw: bytes) -> None:
    with pytest.raises(ForeignFileError, match=r"a\.txt is a Python pickle.* can run any program"):
        known_as(raw, "a.txt")


def test_binary_files_that_are_mostly_pickles_are_refused_by_their_name() -> None:
    with pytest.raises(ForeignFileError, match="is a Python pickle"):
        known_as(b"\x00\x01\x02", "weights.bin")
    assert known_as(b"\x00\x01\x02", "picture.raw") == ""
