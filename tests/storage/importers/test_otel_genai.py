"""Spans of OpenTelemetry: a run for each trace, whatever JSON they stand in; evaluations on their own scale."""

from __future__ import annotations

import random
from typing import Any

import pytest

from app.benchmarks.import_logs import otel_spans, otlp
from app.benchmarks.import_parts import QUESTION, as_json, lines
from engine.tree import Tree
from storage.importers.otel_spans import parents_first, spans_of
from tests.helpers.logs_of_others import known_as, outcome, read, told, trace
from tests.helpers.shared_data import shared_data


def steps(tree: Tree) -> dict[int, tuple[int | None, str]]:
    return {number: (node.parent, node.step) for number, node in tree.nodes.items() if number}


def of_sdk(span: dict[str, Any]) -> dict[str, Any]:
    """As the Python SDK's console exporter writes it."""
    context = {"trace_id": f"0x{span['traceId']}", "span_id": f"0x{span['spanId']}"}
    parent = span.get("parentSpanId")
    return {"name": span["name"], "context": context, "parent_id": f"0x{parent}" if parent else None,
            "start_time": "2026-01-01T00:00:00Z", "attributes": span["attributes"],
            "events": span.get("events", [])}  # fmt: skip


def test_the_smallest_log() -> None:
    (tree,), odd = read(shared_data("samples", "otel_genai_spans.jsonl").read_bytes())
    assert odd == []
    assert (trace(tree).of("hidden"), trace(tree).of("exposed")) == ("3*4", "10\n")
    assert told(tree)["gen_ai.request.temperature"] == "0.7"
    assert (tree.cost.prompt, tree.cost.generated) == (20, 4)


WAYS = {
    "lines": lines(*otel_spans()),
    "list": as_json(otel_spans(), indent=1),
    "otlp": as_json(otlp()),
    "otlp in lines": lines(otlp()),
    "sdk": lines(*map(of_sdk, otel_spans())),
}


@pytest.mark.parametrize("way", WAYS)
def test_turns_of_an_agent_follow_each_other(way: str) -> None:
    (tree,), odd = read(WAYS[way])
    assert odd == []
    assert steps(tree) == {
        1: (0, "A tool knows."), 2: (1, 'calculator {"expression": "3*4-2"}\n'), 3: (2, "[tool] 10\n"),
        4: (3, "10 are left.\n"),
    }  # fmt: skip
    assert tree.started is not None
    assert (tree.started.prompt, tree.started.policy) == (QUESTION, "tiny")
    assert trace(tree).of("hidden") == "A tool knows."
    assert outcome(tree)[0] == "10"
    (score,) = tree.nodes[4].scores
    assert (score.verifier, score.value, score.note) == ("relevance", 4.5, "good: to the point")
    assert (tree.started.scale.low, tree.started.scale.high) == (0.0, 4.5)
    assert told(tree)["score relevance"] == "good: to the point"


def test_another_answer_to_the_same_input_is_a_sibling() -> None:
    spans = otel_spans()
    other = spans[1] | {"spanId": "d" * 16, "startTimeUnixNano": "4", "events": []}
    said = [{"role": "assistant", "parts": [{"type": "text", "content": "14 are left."}]}]
    other["attributes"] = other["attributes"] | {"gen_ai.output.messages": said}
    (tree,), _ = read(lines(*spans, other))
    assert steps(tree)[6] == (5, "14 are left.\n")
    assert steps(tree)[5] == (2, "[tool] 10\n")


def test_children_stand_below_their_parents_and_spans_without_text_are_passed_over() -> None:
    spans = otel_spans()
    spans[1]["attributes"].pop("gen_ai.input.messages")
    spans[1]["parentSpanId"] = "b" * 16
    (tree,), _ = read(lines(*spans))
    assert steps(tree)[3] == (2, "10 are left.\n")


def test_traces_that_are_mixed_up_are_runs_of_their_own() -> None:
    spans = [span | {"traceId": f"{trace:032x}"} for trace in range(5) for span in otel_spans()]
    random.Random(1).shuffle(spans)
    trees, odd = read(lines(*spans))
    assert odd == []
    assert [len(tree.nodes) for tree in trees] == [5] * 5


def test_evaluations_that_come_as_records_of_a_log() -> None:
    spans = otel_spans()
    (event,) = spans[1].pop("events")
    record = {"traceId": spans[1]["traceId"], "spanId": spans[1]["spanId"], "eventName": event["name"],
              "timeUnixNano": "9", "attributes": event["attributes"]}  # fmt: skip
    (tree,), _ = read(lines(*spans, record))
    assert tree.nodes[4].scores[0].value == 4.5


def test_the_console_exporter_writes_its_spans_over_lines_and_when_they_end() -> None:
    """Children before their parents, and dates in place of nanoseconds."""
    spans = [of_sdk(span) | {"start_time": f"2026-01-01T00:00:0{9 - place}.5Z", "parent_id": "0x" + "9" * 16}
             for place, span in enumerate(reversed(otel_spans()))]  # fmt: skip
    agent = of_sdk(otel_spans()[0] | {"spanId": "9" * 16, "name": "agent", "attributes": {}})
    (tree,), odd = read(b"\n".join(as_json(span, indent=4) for span in (*spans, agent)))
    assert odd == []
    assert steps(tree)[4] == (3, "10 are left.\n")
    assert [span.start for span in spans_of(spans[0])] == [1767225609.5e9]


CALL = {"type": "tool_call", "id": "c1", "name": "calc", "arguments": {"e": "3*4"}}


def turn(number: int, **said: Any) -> dict[str, Any]:
    return {"traceId": "1" * 32, "spanId": f"{number:016x}", "name": "chat", "startTimeUnixNano": str(number),
            "endTimeUnixNano": "99", "attributes": {f"gen_ai.{name.replace('__', '.')}": one
                                                    for name, one in said.items()}}  # fmt: skip


def test_tools_with_spans_of_their_own_stand_behind_their_calls() -> None:
    other = CALL | {"id": "c2"}
    calls = {"role": "assistant", "parts": [CALL, other]}
    results = [{"role": "tool", "parts": [{"type": "tool_call_response", "id": name, "response": "12"}]}
               for name in ("c1", "c2")]  # fmt: skip
    end = {"role": "assistant", "parts": [{"type": "text", "content": "It is 12."}]}
    (tree,), _ = read(lines(
        turn(1, output__messages=[calls]),
        turn(2, tool__name="calc", tool__call__id="c1", tool__call__result="12"),
        turn(3, tool__name="calc", tool__call__id="c2", tool__call__result="13"),
        turn(4, input__messages=[calls, *results], output__messages=[end]),
    ))  # fmt: skip
    assert [(parent, step) for parent, step in steps(tree).values()][-3:] == [
        (1, "[tool calc] 12\n"), (2, "[tool calc] 13\n"), (3, "It is 12.\n"),
    ]  # fmt: skip


def test_further_choices_stand_beside_the_first() -> None:
    said = [{"role": "assistant", "parts": [{"type": "text", "content": f"It is {word}."}]} for word in ("10", "ten")]
    system = [{"type": "text", "content": "Be short."}]
    (tree,), _ = read(lines(turn(1, output__messages=said, system_instructions=system)))
    assert steps(tree) == {1: (0, "It is 10.\n"), 2: (0, "It is ten.\n")}
    assert (outcome(tree)[0], told(tree)["system"]) == ("10", "Be short.")


def test_what_is_said_twice_is_the_later_one_and_spans_need_no_ids() -> None:
    fine = {"role": "assistant", "parts": [{"type": "text", "content": "Fine."}]}
    asked = {"role": "user", "parts": [{"type": "text", "content": "And now?"}]}
    spans = [turn(1, output__messages=[fine]), turn(2, input__messages=[fine, asked], output__messages=[fine]),
             turn(3, input__messages=[fine, asked, fine, asked], output__messages=[fine])]  # fmt: skip
    for values in (spans, [span | {"spanId": ""} for span in spans]):
        (tree,), _ = read(lines(*values))
        assert [parent for parent, _ in steps(tree).values()] == [0, 1, 2, 3, 4]


def test_fields_of_messages_that_are_attributes_each() -> None:
    """As OpenLLMetry writes them."""
    first = {"gen_ai.prompt.0.role": "user", "gen_ai.prompt.0.content": '[{"type": "text", "text": "3*4?"}]',
             "gen_ai.completion.0.role": "assistant", "gen_ai.completion.0.finish_reason": "tool_calls",
             "gen_ai.completion.0.reasoning": "A tool knows.",
             "gen_ai.completion.0.tool_calls.0.id": "c1", "gen_ai.completion.0.tool_calls.0.name": "calc",
             "gen_ai.completion.0.tool_calls.0.arguments": '{"e": "3*4"}',
             "gen_ai.usage.prompt_tokens": 11, "gen_ai.usage.completion_tokens": 7}  # fmt: skip
    again = {"gen_ai.prompt.1.role": "assistant", "gen_ai.prompt.1.tool_calls.0.id": "c1",
             "gen_ai.prompt.2.role": "tool", "gen_ai.prompt.2.content": "12", "gen_ai.prompt.2.tool_call_id": "c1",
             "gen_ai.completion.0.role": "assistant", "gen_ai.completion.0.content": "It is 12."}  # fmt: skip
    (tree,), _ = read(lines(turn(1) | {"attributes": first}, turn(2) | {"attributes": first | again}))
    assert tree.started is not None
    assert (tree.started.prompt, tree.cost.prompt, tree.cost.generated) == ("3*4?", 22, 14)
    assert steps(tree)[1] == (0, "A tool knows.")
    assert steps(tree)[2] == (1, 'calc {"e": "3*4"}\n')
    assert steps(tree)[3] == (2, "[tool] 12\n")
    assert trace(tree).of("hidden").startswith("A tool knows.")


@pytest.mark.parametrize("calls", ["x", ["x"], {"a": {"b": 1}, "0": 2}, None])
def test_fields_that_make_no_sense_together(calls: Any) -> None:
    fields = {"tool_calls": calls, "tool_calls.0.name": "add", "tool_calls.0.arguments": "{}", "content": "Let me see."}
    said = {f"completion.0.{name}": value for name, value in fields.items()}
    (tree,), _ = read(as_json([turn(1, **said)]))
    assert [step for _, step in steps(tree).values()] == ["Let me see.", "add {}\n"]


def of_log(number: int, name: str, body: Any, **attributes: Any) -> dict[str, Any]:
    """As the Python SDK's console exporter writes a record of a log."""
    return {"body": body, "attributes": attributes, "timestamp": None, "observed_timestamp": "2026-01-01T00:00:00Z",
            "trace_id": f"0x{'1' * 32}", "span_id": f"0x{number:016x}", "event_name": name}  # fmt: skip


def test_messages_that_are_events_of_a_log() -> None:
    span = of_sdk({"traceId": "1" * 32, "spanId": f"{1:016x}", "name": "chat", "attributes": {"gen_ai.system": "toy"}})
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "It is 12."}}
    records = [of_log(1, "gen_ai.system.message", {"content": "Be short."}),
               of_log(1, "gen_ai.user.message", {"content": "3*4?"}), of_log(1, "gen_ai.choice", choice)]  # fmt: skip
    (tree,), odd = read(lines(*records, span))
    assert odd == []
    assert tree.started is not None
    assert (tree.started.prompt, steps(tree)) == ("3*4?", {1: (0, "It is 12.\n")})
    assert (told(tree)["system"], told(tree)["gen_ai.system"]) == ("Be short.", "toy")


def test_all_of_a_span_in_one_event_of_a_log() -> None:
    said = [{"role": "assistant", "parts": [{"type": "text", "content": "It is 12."}], "finish_reason": "stop"}]
    usage = {"gen_ai.output.messages": said, "gen_ai.usage.output_tokens": 7}
    record = of_log(1, "gen_ai.client.inference.operation.details", None, **usage)
    span = of_sdk({"traceId": "1" * 32, "spanId": f"{1:016x}", "name": "chat", "attributes": {}})
    for values in ((record, span), (record,)):
        (tree,), _ = read(lines(*values))
        assert (steps(tree), tree.cost.generated) == ({1: (0, "It is 12.\n")}, 7)


def test_what_is_not_recorded_is_said() -> None:
    spans = [span | {"attributes": {"gen_ai.operation.name": "chat"}} for span in otel_spans()]
    trees, (odd,) = read(lines(*spans))
    assert trees == []
    assert odd.endswith("has no messages: its instrument was not told to record them")


def test_spans_that_name_each_other_come_to_an_end() -> None:
    spans = otel_spans()
    for span, other in zip(spans, (*spans[1:], spans[0]), strict=True):
        span["parentSpanId"] = other["spanId"]
    assert len(read(lines(*spans))[0]) == 1


def test_other_spans_are_none() -> None:
    span = otel_spans()[0] | {"attributes": {"http.method": "GET"}}
    assert known_as(lines(span)) == ""


def _span(number: int, parent: int | None, at: int) -> dict[str, Any]:
    said = [{"role": "assistant", "parts": [{"type": "text", "content": f"said {number}"}]}]
    above = {} if parent is None else {"parentSpanId": f"{parent:016x}"}
    return {"traceId": "1" * 32, "spanId": f"{number:016x}", "name": "chat", "startTimeUnixNano": str(at), **above,
            "attributes": {"gen_ai.output.messages": said}}  # fmt: skip


def test_parents_come_first_and_then_the_earlier_one() -> None:
    """Whatever the clocks say, and where spans name each other or themselves."""
    spans = [_span(1, None, 5), _span(2, 1, 2), _span(3, None, 4), _span(4, 2, 3), _span(5, 6, 9), _span(6, 5, 8),
             _span(7, 7, 7)]  # fmt: skip
    found = [span for value in spans for span in spans_of(value)]
    ordered = [int(span.id, 16) for span in parents_first(sorted(found, key=lambda span: span.start))]
    assert ordered == [3, 1, 2, 4, 7, 6, 5]


def test_a_very_deep_trace_takes_no_longer_than_a_flat_one() -> None:
    """In rounds of one level each it would take minutes."""
    count = 30_000
    spans = [span for number in range(count) for span in spans_of(_span(number, number - 1 if number else None, 0))]
    assert [int(span.id, 16) for span in parents_first(spans[::-1])] == list(range(count))
