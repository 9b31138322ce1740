"""What stands around a reply in a file: questions, right answers, models; rows of datasets, batches, conversations."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from engine.traces.conversations import asked, messages_of, turns
from engine.traces.files import FileError, read_file
from engine.traces.reading import Reading
from engine.traces.servers import Source

THOUGHT = "<think>3 * 4</think>12"


def read(*rows: Any) -> list[Reading]:
    body = "\n".join(json.dumps(row) for row in rows).encode()
    return read_file("a.jsonl", io.BytesIO(body), Source())


def said(one: Reading) -> tuple[str, str, str, str]:
    return one.question, one.answer, one.trace.of("hidden"), one.trace.of("exposed")


@pytest.mark.parametrize(
    "row",
    [
        {"question": "How many?", "response": THOUGHT, "answer": 12},
        {"problem": "How many?", "completion": THOUGHT, "expected_answer": "12"},
        {"prompt": "How many?", "generation": THOUGHT, "target": "12"},
        {"answer": "12", "messages": [{"role": "user", "content": "How many?"}, {"role": "model", "content": THOUGHT}]},
        {"answer": "12", "conversations": [{"from": "human", "value": "How many?"}, {"from": "gpt", "value": THOUGHT}]},
        {"question": "How many?", "answer": "12", "choices": [{"message": {"reasoning": "3 * 4", "content": "12"}}]},
    ],
)  # fmt: skip
def test_rows_of_data_sets_bring_their_question_and_answer(row: dict[str, Any]) -> None:
    for one in read(row, row):
        assert said(one) == ("How many?", "12", "3 * 4", "12")


def test_each_reply_of_a_conversation_has_the_question_before_it() -> None:
    parts = [{"type": "text", "text": "And "}, {"type": "image"}, {"type": "text", "text": "now?"}]
    talk = [
        {"role": "system", "content": "Be brief."}, {"role": "user", "content": "How many?"}, 7,
        {"role": "assistant", "content": "12"}, {"role": "user", "content": parts}, {"role": "model", "content": "13"},
    ]  # fmt: skip
    found = read({"messages": talk})
    assert [(one.name, one.question) for one in found] == [
        ("a.jsonl, message 4", "How many?"),
        ("a.jsonl, message 6", "And now?"),
    ]


def test_the_model_is_told_where_the_server_names_it() -> None:
    (one,) = read({"model": "qwen3", "choices": [{"message": {"content": "12"}}]})
    assert one.model == "qwen3"


@pytest.mark.parametrize("row", [{"response": THOUGHT}, {"question": "How many?"}, {"question": 3, "output": THOUGHT}])
def test_a_row_without_both_is_no_trace(row: dict[str, Any]) -> None:
    with pytest.raises(FileError, match="no reply of a server that is known"):
        read(row)


@pytest.mark.parametrize(
    "odd", [None, 3, "x", [], [3], {"messages": 3}, {"conversations": [3, None]}, {"messages": []}]
)
def test_what_is_no_conversation_says_nothing(odd: Any) -> None:
    assert messages_of(odd) is None


def test_odd_values_say_nothing() -> None:
    assert asked({"question": ["How ", {"text": "many?"}], "answer": True}) == ("How many?", "")
    assert asked({"answer": 1.5, "problem": None}) == ("", "1.5")
    assert [turn.message["content"] for turn in turns([{"from": "gpt"}, {"role": 3}, None])] == [None]
