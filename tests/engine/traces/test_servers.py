"""Answers of servers: every row of formats.md 2.1 and 2.3 that is about fields, and streams cut at every byte."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.traces.servers import Answer, Source, Stream, read
from engine.traces.servers.intake import MOST_CHOICES
from engine.traces.spans import Trace
from engine.traces.tags import named
from tests.helpers.shared_data import shared_data

STREAMS = [
    "anthropic_stream.sse",
    "chat_inline_think_split.sse",
    "chat_reasoning.sse",
    "chat_reasoning_content.sse",
    "llamacpp_keepalive_comments.sse",
    "mistral_thinkchunk.sse",
    "ollama_chat.ndjson",
]


def parts(trace: Trace) -> list[tuple[str, str]]:
    return [(span.kind, trace.text[span.start : span.end]) for span in trace.spans if span.kind != "tag"]


def streamed(*frames: Any, done: bool = False) -> Answer:
    """The one answer of a stream of these frames."""
    return stream(*(f"data: {json.dumps(frame)}\n\n" for frame in frames), "data: [DONE]\n\n" if done else "")


def stream(*lines: str) -> Answer:
    reading = Stream()
    reading.feed("".join(lines).encode())
    (answer,) = reading.finish()
    return answer


def chunk(delta: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, **more}]}


def whole(message: dict[str, Any], reason: str = "stop", **more: Any) -> Answer:
    (answer,) = read({"choices": [{"index": 0, "message": message, "finish_reason": reason}], **more})
    return answer


@pytest.mark.parametrize("name", STREAMS)
def test_a_recorded_stream(name: str) -> None:
    raw = shared_data("samples", name).read_bytes()
    reading = Stream()
    news = reading.feed(raw)
    (answer,) = reading.finish()
    thought, shown = ("x", "") if "keepalive" in name else ("3*4", "10")
    assert (answer.trace.of("hidden"), answer.trace.of("exposed").strip()) == (thought, shown)
    assert answer.error == ""
    assert answer.trace.thinking == "on"
    assert "".join(one.text for one in news) == answer.trace.text


@pytest.mark.parametrize("name", STREAMS)
def test_a_recorded_stream_cut_at_every_byte(name: str) -> None:
    raw = shared_data("samples", name).read_bytes()
    once = Stream()
    once.feed(raw)
    wanted = once.finish()
    for place in range(1, len(raw)):
        reading = Stream()
        reading.feed(raw[:place])
        reading.feed(raw[place:])
        assert reading.finish() == wanted
    byte_by_byte = Stream()
    for place in range(len(raw)):
        byte_by_byte.feed(raw[place : place + 1])
    assert byte_by_byte.finish() == wanted


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_and_characters_cut_inside(end: str) -> None:
    frames = [chunk({"reasoning": "é😀"}), chunk({"content": "答え"}, finish_reason="stop")]
    raw = "".join(f"data: {json.dumps(frame, ensure_ascii=False)}{end}{end}" for frame in frames).encode()
    for place in range(len(raw) + 1):
        reading = Stream()
        reading.feed(raw[:place])
        reading.feed(raw[place:])
        (answer,) = reading.finish()
        assert parts(answer.trace) == [("hidden", "é😀"), ("exposed", "答え")]


@pytest.mark.parametrize("field", ["reasoning", "reasoning_content", "thinking"])
def test_a_thought_in_a_field(field: str) -> None:
    answer = whole({"content": "10", field: "3*4"})
    assert parts(answer.trace) == [("hidden", "3*4"), ("exposed", "10")]
    assert answer.trace.splitter == f"field {field}"
    assert answer.trace.how == f"the server marked the thought: field {field}"
    assert (answer.reason, answer.trace.cut_off) == ("stop", "")


def test_two_fields_with_the_same_thought_are_one() -> None:
    """vLLM 0.11 to 0.17."""
    answer = streamed(chunk({"reasoning": "3*4", "reasoning_content": "3*4"}), chunk({"content": "10"}))
    assert parts(answer.trace) == [("hidden", "3*4"), ("exposed", "10")]


def test_the_thought_in_a_field_and_again_in_tags_is_kept_once() -> None:
    """llama.cpp, `deepseek-legacy`."""
    answer = whole({"content": "<think>3*4</think>10", "reasoning_content": "3*4"})
    assert parts(answer.trace) == [("hidden", "3*4"), ("exposed", "10")]
    assert answer.trace.how.startswith("the server sent the thought twice, as field reasoning_content and in tags; ")


def test_a_tag_in_the_answer_beside_a_thought_in_a_field_is_text() -> None:
    answer = whole({"content": "<think>x</think> is how it looks", "reasoning": "3*4"})
    assert parts(answer.trace) == [("hidden", "3*4"), ("exposed", "<think>x</think> is how it looks")]


@pytest.mark.parametrize("content", [None, "", "\n"])
@pytest.mark.parametrize("thought", ["3*", None])
def test_cut_off_while_thinking_is_not_no_reasoning(content: str | None, thought: str | None) -> None:
    answer = whole({"content": content, "reasoning": thought}, "length")
    assert answer.trace.cut_off == "hidden"
    assert "cut off while thinking" in answer.trace.how


def test_cut_off_inside_tags_or_after_a_tag_that_the_prompt_opened() -> None:
    assert whole({"content": "<think>3*4"}, "length").trace.cut_off == "hidden"
    served = whole({"content": "3*4"}, "length", model="deepseek-r1:8b").trace
    assert (served.cut_off, parts(served)) == ("hidden", [("hidden", "3*4")])
    said = whole({"content": "10"}, "stop", model="deepseek-r1:8b").trace
    assert (said.cut_off, parts(said)) == ("", [("exposed", "10")])


def test_an_empty_block_in_content_means_off_and_so_do_no_tokens() -> None:
    assert whole({"content": "<think>\n\n</think>\n\n10"}).trace.thinking == "off"
    usage = {"completion_tokens_details": {"reasoning_tokens": 0}}
    assert whole({"content": "10"}, usage=usage).trace.thinking == "off"
    assert whole({"content": "10"}).trace.thinking == "unknown"
    usage = {"completion_tokens_details": {"reasoning_tokens": 2}}
    assert whole({"content": "<think></think>10"}, usage=usage).trace.thinking == "off"


def test_a_thought_of_which_only_the_size_is_told() -> None:
    usage = {"completion_tokens": 90, "completion_tokens_details": {"reasoning_tokens": 64}}
    answer = whole({"content": "10"}, usage=usage)
    assert answer.thinking_tokens == 64
    assert [(one.what, one.tokens) for one in answer.trace.opaque] == [("count", 64)]
    assert [span.kind for span in answer.trace.spans] == ["redacted", "exposed"]
    assert answer.trace.thinking == "on"
    assert answer.trace.how == "the server tells only how many tokens the thought took"


def test_the_recorded_transcript_of_vllm() -> None:
    lines = shared_data("samples", "vllm_transcript.txt").read_text(encoding="utf-8").splitlines()
    body = json.loads(next(line for line in lines if line.startswith('{"id":"chatcmpl-8b9')))
    (answer,) = read(body)
    assert (answer.trace.text, answer.trace.cut_off, answer.thinking_tokens) == ("", "hidden", 2)
    reading = Stream()
    start = lines.index("--- chat stream logprobs n=2 usage")
    reading.feed("\n".join(lines[start:]).encode())
    assert len(reading.finish()) == 2


def test_nothing_at_all_content_null_deltas_without_text_and_chunks_without_choices() -> None:
    logprobs = {"content": [{"token": "", "logprob": -1.0, "bytes": [], "top_logprobs": []}]}
    answer = streamed(
        chunk({"role": "assistant", "content": None}),
        chunk({}, logprobs=logprobs),
        chunk({"content": "10"}, logprobs=None),
        chunk({}, finish_reason="stop"),
        {"choices": [], "usage": {"completion_tokens_details": {"reasoning_tokens": 3}}},
        done=True,
    )
    assert parts(answer.trace) == [("redacted", ""), ("exposed", "10")]
    assert (answer.thinking_tokens, answer.error) == (3, "")


def test_comments_event_lines_and_no_done_mark() -> None:
    first, last = json.dumps(chunk({"reasoning": "a"})), json.dumps(chunk({"content": "b"}, finish_reason="stop"))
    answer = stream(": ping\n\n", f"event: message\nid: 7\nretry: 10\ndata: {first}\n\n", ":\n", f"data:{last}")
    assert parts(answer.trace) == [("hidden", "a"), ("exposed", "b")]
    assert answer.error == ""


def test_a_text_held_back_by_the_server_comes_as_an_empty_delta_and_then_two_characters() -> None:
    answer = streamed(chunk({"content": ""}), chunk({"content": "é😀"}, finish_reason="stop"))
    assert answer.trace.text == "é😀"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('data: {"error": "out of memory"}', "The server reports an error: out of memory"),
        ('data: {"error": {"message": "too long", "code": 400}}', "The server reports an error: too long"),
        ('data: {"error": "bad "name" here"}', 'The server reports an error: {"error": "bad "name" here"}'),
        ('event: error\ndata: {"message": "gone"}', "The server reports an error: gone"),
        ('data: {"type": "error", "error": {"type": "x", "message": "busy"}}', "The server reports an error: busy"),
        ('data: {"type": "error", "message": "slow"}', "The server reports an error: slow"),
        ("data: <html>", "The server sent a frame that is not JSON: <html>"),
        ("data: [1]", "The server sent a frame that is not a JSON object: [1]"),
        ("data: " + "[" * 100_000, "The server sent a frame that is not JSON: ["),
    ],
)
def test_an_error_inside_a_stream_keeps_what_came(line: str, words: str) -> None:
    answer = stream(f"data: {json.dumps(chunk({'reasoning': '3*4'}))}\n\n", f"{line}\n\n")
    assert answer.error.startswith(words)
    assert parts(answer.trace) == [("hidden", "3*4")]
    assert answer.trace.cut_off == "hidden"


def test_a_page_instead_of_a_stream_and_a_stream_without_anything() -> None:
    assert stream("<html><body>502</body></html>").error == "The server sent nothing that can be read as a stream."
    assert stream("").error == ""
    assert read({"detail": "x"})[0].error == read(7)[0].error == "The server sent nothing that can be read as a reply."


def test_a_stream_that_breaks_off() -> None:
    assert streamed(chunk({"content": "10"})).trace.cut_off == "exposed"
    assert streamed(chunk({"reasoning": "3*"})).trace.cut_off == "hidden"
    assert streamed(chunk({"content": "10"}), done=True).trace.cut_off == ""


def test_several_choices_are_several_traces() -> None:
    body = {"choices": [{"index": n, "message": {"content": str(n), "reasoning": "r"}} for n in (1, 0)]}
    assert [answer.trace.of("exposed") for answer in read(body)] == ["0", "1"]


def test_tools_of_a_chat() -> None:
    answer = streamed(
        chunk({"reasoning": "look"}),
        chunk({"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": ""}}]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": '{"a"'}}]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": ":1}"}}]}),
        chunk({"tool_calls": [{"index": 1, "function": {"name": "g", "arguments": "{}"}}]}, finish_reason="tool_calls"),
    )
    assert parts(answer.trace) == [("hidden", "look"), ("tool", 'f {"a":1}'), ("tool", "g {}")]


def test_thoughts_between_texts_stay_in_order() -> None:
    answer = streamed(*(chunk(delta) for delta in ({"reasoning": "a"}, {"content": "b"}, {"reasoning": "c"})))
    assert [kind for kind, _ in parts(answer.trace)] == ["hidden", "exposed", "hidden"]


def test_mistral_lists_and_a_text_later() -> None:
    thinking = [{"type": "thinking", "thinking": [{"type": "text", "text": "3*"}]}]
    answer = streamed(chunk({"content": thinking}), chunk({"content": "1"}), chunk({"content": "0"}))
    assert parts(answer.trace) == [("hidden", "3*"), ("exposed", "10")]
    assert answer.trace.splitter == "Mistral thinking list"


def test_ollama_generate_and_a_cut_thought() -> None:
    lines = [{"response": "", "thinking": "3*", "done": False}, {"response": "", "done": True, "done_reason": "length"}]
    answer = stream(*(json.dumps(line) + "\n" for line in lines))
    assert parts(answer.trace) == [("hidden", "3*")]
    assert (answer.trace.cut_off, answer.trace.splitter) == ("hidden", "field thinking")


def test_anthropic_blocks() -> None:
    (answer,) = read(
        {
            "type": "message",
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": "3*4", "signature": "c2ln"},
                {"type": "redacted_thinking", "data": "b3BhcXVl"},
                {"type": "thinking", "thinking": "more", "signature": ""},
                {"type": "text", "text": "10"},
                {"type": "tool_use", "name": "f", "input": {"a": 1}},
            ],
            "stop_reason": "tool_use",
            "usage": {"output_tokens_details": {"thinking_tokens": 40}},
        }
    )
    trace = answer.trace
    assert parts(trace) == [
        ("hidden", "3*4"),
        ("redacted", ""),
        ("hidden", "more"),
        ("exposed", "10"),
        ("tool", 'f {"a": 1}'),
    ]
    assert [(one.what, one.size, one.at) for one in trace.opaque] == [("signature", 4, 3), ("redacted", 8, 3)]
    assert trace.opaque[1].sha256 == hashlib.sha256(b"b3BhcXVl").hexdigest()
    assert (answer.thinking_tokens, answer.reason) == (40, "tool_use")
    assert "b3BhcXVl" not in repr(trace)


def test_an_anthropic_stream_with_a_tool_that_is_cut_off() -> None:
    answer = streamed(
        {"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "3*"}},
        {"type": "content_block_start", "index": 1, "content_block": {"type": "tool_use", "name": "f", "input": {}}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": '{"a'}},
        {"type": "message_delta", "delta": {"stop_reason": "max_tokens"}},
    )
    assert parts(answer.trace) == [("hidden", "3*"), ("tool", 'f {"a')]
    assert answer.trace.cut_off == "exposed"


@pytest.mark.parametrize("thought", ["thinking", "redacted_thinking"])
def test_blocks_that_all_claim_the_same_place_stay_apart(thought: str) -> None:
    """Gateways that number every block 0: an answer must be neither a thought nor lost."""
    answer = streamed(
        {"type": "content_block_start", "index": 0, "content_block": {"type": thought, "thinking": "3*", "data": "x"}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}} for text in "10"),
        {"type": "content_block_start", "index": 0, "content_block": {"type": "redacted_thinking", "data": "y"}},
    )
    assert answer.trace.of("exposed") == "10"
    assert answer.trace.of("hidden") == ("3*" if thought == "thinking" else "")
    assert "y" not in answer.trace.text


def test_items_without_their_place_stay_apart() -> None:
    answer = streamed(
        {"type": "response.reasoning_text.delta", "delta": "3*4"},
        {"type": "response.output_text.delta", "delta": "1"},
        {"type": "response.output_text.delta", "delta": "0"},
    )
    assert parts(answer.trace) == [("hidden", "3*4"), ("exposed", "10")]


def test_a_reply_beyond_the_most_is_counted_to_the_last() -> None:
    body = {"choices": [{"index": n, "message": {"content": "x"}} for n in (*range(MOST_CHOICES), 10**20)]}
    answers = read(body)
    assert (len(answers), answers[-1].trace.text) == (MOST_CHOICES, "xx")


def test_a_failed_response_tells_its_error_shortened() -> None:
    failed = {"type": "response.failed", "response": {"status": "failed", "error": {"message": "busy"}}}
    assert streamed(failed).error == "The server reports an error: busy"
    failed["response"] = {"error": {"code": "x" * 1000}}
    assert len(streamed(failed).error) < 400


ITEMS = [
    {
        "type": "reasoning",
        "id": "r",
        "summary": [{"type": "summary_text", "text": "It multiplies."}, {"type": "summary_text", "text": "Then adds."}],
        "content": [{"type": "reasoning_text", "text": "3*4"}],
        "encrypted_content": "secret",
    },
    {"type": "function_call", "name": "f", "arguments": "{}"},
    {"type": "message", "content": [{"type": "output_text", "text": "10"}]},
]
OF_ITEMS = [
    ("summary", "It multiplies."),
    ("summary", "Then adds."),
    ("hidden", "3*4"),
    ("redacted", ""),
    ("tool", "f {}"),
    ("exposed", "10"),
]


def test_responses_items_keep_summary_thought_and_what_is_encrypted_apart() -> None:
    for body in (ITEMS, {"object": "response", "status": "completed", "output": ITEMS}):
        (answer,) = read(body)
        assert parts(answer.trace) == OF_ITEMS
        assert [(one.what, one.size) for one in answer.trace.opaque] == [("encrypted", 6)]
        assert "secret" not in repr(answer)


def test_a_thought_that_was_left_out_but_signed_is_a_part_that_cannot_be_read() -> None:
    (answer,) = read({"type": "message", "content": [{"type": "thinking", "thinking": "", "signature": "c2ln"}]})
    assert [(one.what, one.size) for one in answer.trace.opaque] == [("encrypted", 4)]
    assert ([span.kind for span in answer.trace.spans], answer.trace.thinking) == (["redacted"], "on")


def responses_events() -> list[dict[str, Any]]:
    response = {"object": "response", "status": "completed", "output": ITEMS}
    return [
        {"type": "response.created", "response": {"status": "in_progress", "output": []}},
        {"type": "response.output_item.added", "output_index": 0, "item": {"type": "reasoning", "summary": []}},
        {"type": "response.reasoning_summary_part.added", "output_index": 0, "summary_index": 0},
        *(
            {"type": "response.reasoning_summary_text.delta", "output_index": 0, "summary_index": 0, "delta": text}
            for text in ("It ", "multiplies.")
        ),
        {
            "type": "response.reasoning_summary_text.done",
            "output_index": 0,
            "summary_index": 0,
            "text": "It multiplies.",
        },
        {"type": "response.reasoning_text.delta", "output_index": 0, "content_index": 0, "delta": "3*4"},
        {"type": "response.output_item.done", "output_index": 0, "item": ITEMS[0]},
        {"type": "response.output_item.added", "output_index": 1, "item": {"type": "function_call", "name": "f"}},
        {"type": "response.function_call_arguments.delta", "output_index": 1, "delta": "{}"},
        {"type": "response.output_text.delta", "output_index": 2, "content_index": 0, "delta": "10"},
        {"type": "response.completed", "response": response},
    ]


def test_a_responses_stream_gives_what_the_whole_answer_gives() -> None:
    answer = streamed(*responses_events())
    assert parts(answer.trace) == OF_ITEMS
    assert answer.trace == read({"object": "response", "status": "completed", "output": ITEMS})[0].trace


def test_a_hosted_model_tells_a_summary_and_a_size_only() -> None:
    (answer,) = read(
        {
            "object": "response",
            "status": "incomplete",
            "incomplete_details": {"reason": "max_output_tokens"},
            "output": [{"type": "reasoning", "summary": [{"text": "It thinks."}], "content": None}],
            "usage": {"output_tokens_details": {"reasoning_tokens": 500}},
        }
    )
    assert parts(answer.trace) == [("redacted", ""), ("summary", "It thinks.")]
    assert [(one.what, one.tokens) for one in answer.trace.opaque] == [("count", 500)]
    assert (answer.trace.cut_off, answer.trace.thinking) == ("hidden", "on")


def test_tokens_are_told_of_the_one_part_that_cannot_be_read() -> None:
    items = [{"type": "reasoning", "summary": [], "encrypted_content": "secret"}]
    (answer,) = read({"output": items, "usage": {"output_tokens_details": {"reasoning_tokens": 5}}})
    assert [(one.what, one.tokens) for one in answer.trace.opaque] == [("encrypted", 5)]


@pytest.mark.parametrize("snake", [False, True])
def test_gemini_parts(snake: bool) -> None:
    names = ("finish_reason", "usage_metadata", "thoughts_token_count", "thought_signature", "function_call")
    finish, usage, tokens, signature, call = (
        names if snake else ("finishReason", "usageMetadata", "thoughtsTokenCount", "thoughtSignature", "functionCall")
    )
    body = {
        "candidates": [
            {
                "content": {
                    "parts": [
                        {"text": "3*4", "thought": True},
                        {"text": "10", signature: "c2ln"},
                        {call: {"name": "f", "args": {"a": 1}}},
                    ]
                },
                finish: "STOP",
            }
        ],
        usage: {tokens: 77},
    }
    for answer in (read(body)[0], streamed(body)):
        assert parts(answer.trace) == [("redacted", ""), ("summary", "3*4"), ("exposed", "10"), ("tool", 'f {"a": 1}')]
        assert [(one.what, one.tokens) for one in answer.trace.opaque] == [("count", 77), ("signature", None)]
        assert answer.trace.how == "the server marked the thought: Gemini thought part, which is a summary"
    assert read({"promptFeedback": {"blockReason": "SAFETY"}})[0].error.endswith("the prompt was blocked (SAFETY)")


def test_reasoning_blocks_of_logs() -> None:
    """Inspect AI, OpenTelemetry."""
    blocks: list[Any] = [
        {"type": "reasoning", "reasoning": "3*4", "summary": "It multiplies.", "signature": "s", "redacted": False},
        {"type": "reasoning", "reasoning": "b3Bh", "redacted": True},
        {"type": "reasoning", "content": "more"},
        {"type": "text", "text": "1"},
        "0",
    ]
    trace = read({"role": "assistant", "content": blocks})[0].trace
    assert parts(trace) == [
        ("summary", "It multiplies."),
        ("hidden", "3*4"),
        ("redacted", ""),
        ("hidden", "more"),
        ("exposed", "10"),
    ]


def test_what_is_known_of_the_prompt_or_the_model_helps_with_tags_in_content() -> None:
    body = {"choices": [{"message": {"content": "a</seed:think>b"}, "finish_reason": "stop"}]}
    assert read(body, Source(prompt="<seed:bos>assistant\n<seed:think>"))[0].trace.splitter == "seed-oss"
    assert read(body, Source(recipe=named("seed-oss")))[0].trace.of("hidden") == "a"
    assert read({**body, "model": "ByteDance/Seed-OSS-36B"})[0].trace.splitter == "seed-oss"


KEY_NAMES = (
    "choices delta message content reasoning thinking reasoning_content text type index tool_calls function name "
    "arguments output summary encrypted_content candidates parts thought usage usageMetadata thoughtsTokenCount done "
    "response error item finish_reason status role data signature redacted output_index"
)
TYPE_NAMES = (
    "thinking redacted_thinking reasoning message text response.reasoning_text.delta response.output_item.done "
    "content_block_delta message_start thinking_delta signature_delta length </think> <think> function_call"
)
KEYS, WORDS = st.sampled_from(KEY_NAMES.split()), st.sampled_from(TYPE_NAMES.split())
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-2, 10**30), st.floats(), WORDS, st.text(max_size=5))
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=25,
)


@given(st.dictionaries(KEYS, ANYTHING, max_size=6))
def test_any_json_is_read_without_a_fault(body: dict[str, Any]) -> None:
    for answer in (*read(body), streamed_any(body)):
        place = 0
        for span in answer.trace.spans:
            assert span.start == place
            place = span.end
        assert place == len(answer.trace.text)


def streamed_any(body: dict[str, Any]) -> Answer:
    reading = Stream()
    reading.feed(b"data: " + json.dumps(body).encode() + b"\n\n")
    return reading.finish()[0]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_fault(raw: bytes) -> None:
    reading = Stream()
    for place in range(len(raw)):
        reading.feed(raw[place : place + 1])
    assert reading.finish()


def test_a_megabyte_in_one_frame_byte_by_kilobyte() -> None:
    raw = f"data: {json.dumps(chunk({'reasoning': 'x' * 1_000_000}))}\n\n".encode()
    reading = Stream()
    for place in range(0, len(raw), 1000):
        reading.feed(raw[place : place + 1000])
    assert len(reading.finish()[0].trace.of("hidden")) == 1_000_000
