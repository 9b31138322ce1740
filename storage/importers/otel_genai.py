"""OpenTelemetry spans of generative AI: a run for each trace, a message for each span that has one.

A span whose input repeats what an earlier one said goes on from there; any other one stands below its parent. Where
messages are not recorded, as is the default of most instruments, there is nothing to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from engine.events import Cost
from engine.importing import LONGEST_NAME, Kept, Origin
from engine.importing_talk import Judgement, Talk, outside
from engine.importing_tree import DraftError
from engine.traces.servers import read
from engine.traces.servers.values import arguments, count, tables, text
from engine.traces.spans import Trace
from storage.importers.importer import Head, Odd
from storage.importers.json_values import values_of
from storage.importers.otel_messages import structured
from storage.importers.otel_spans import EVALUATION, Span, parents_first, spans_of, with_records
from storage.importers.trees import number

TITLE = "OpenTelemetry GenAI"
CONVENTIONS = "semconv 0.66b2, status Development"
_SIGN = "gen_ai."
_THOUGHTS = ("reasoning", "reasoning_content", "thinking")
_TOLD = ("gen_ai.provider.name", "gen_ai.system", "gen_ai.operation.name", "gen_ai.request.temperature",
         "gen_ai.request.top_p", "gen_ai.request.top_k", "gen_ai.request.max_tokens", "gen_ai.request.seed",
         "gen_ai.response.id", "gen_ai.conversation.id", "gen_ai.agent.name")  # fmt: skip


class OtelGenAi:
    """The format."""

    name = "otel"
    title = TITLE

    def recognises(self, head: Head) -> float:
        if not isinstance(head.record, dict) or _SIGN.encode() not in head.start:
            return 0.0
        return 0.9 if next(spans_of(head.record), None) is not None else 0.0

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        """Twice through the file: what is counted first can be let go as soon as a trace is whole."""
        start = stream.tell()
        sizes = Counter(
            span.trace for one in values_of(stream) if not isinstance(one, Odd) for span in spans_of(one[1])
        )
        stream.seek(start)
        waiting: dict[str, list[tuple[int, Span]]] = {}
        for one in values_of(stream):
            if isinstance(one, Odd):
                yield one
                continue
            for span in spans_of(one[1]):
                found = waiting.setdefault(span.trace, [])
                found.append((one[0], span))
                if len(found) == sizes[span.trace]:
                    yield from _run(waiting.pop(span.trace), source)


def _run(found: list[tuple[int, Span]], source: str) -> Iterator[Kept | Odd]:
    try:
        made = _TraceOfSpans([span for _, span in found])
        yield made.kept(source)
        if left := made.talk.left_out:
            yield Odd(found[0][0], f"{left:,} messages lie too deep to be shown, and are left out", is_kept=True)
    except DraftError as error:
        why = str(error)
        if "no steps" in why:
            why = f"the trace {found[0][1].trace[:40]} has no messages: its instrument was not told to record them"
        yield Odd(found[0][0], why)


class _TraceOfSpans:
    """The spans of one trace."""

    def __init__(self, spans: list[Span]) -> None:
        self.talk = Talk()
        self._spans = sorted(with_records(spans), key=lambda span: span.start)
        self._ends: dict[str, int | None] = {}  # of a span: the message that stands for it
        self._said: dict[str, int] = {}  # by what it says: the message
        self._calls: dict[str, int] = {}  # by the id of a call of a tool: the message it is in
        self._results: dict[str, int] = {}  # the same: the message that is its answer
        self._latest: dict[int, int] = {}  # of a message with calls: the last answer behind it
        self._last: int | None = None

    def kept(self, source: str) -> Kept:
        """The run. Raises DraftError."""
        for span in parents_first(self._spans):
            self._take(span)
        for span in self._spans:
            self._rate(span)
        return self.talk.kept(self._origin(source), self._told(), self._last)

    def _take(self, span: Span) -> None:
        """What a span adds: an answer with its other choices beside it, or that of a tool."""
        before = self._before(span)
        end = before
        for place, message in enumerate(span.messages.answered):
            said = self.talk.say(before, _reply(message), Cost() if place else _cost(span.said))
            words = _words(message)
            self._calls |= dict.fromkeys(_call_ids(message), said)
            if not place:
                self._last = end = said
            if words and (not place or words not in self._said):
                self._said[words] = said
        if (result := span.said.get("gen_ai.tool.call.result")) is not None:
            end = self._tool(span, result, before)
        self._ends[span.id] = end

    def _tool(self, span: Span, result: Any, before: int | None) -> int:
        """The answer of a tool that has a span of its own, behind the message that called it where one is known."""
        name, call = text(span.said.get("gen_ai.tool.name")), text(span.said.get("gen_ai.tool.call.id"))
        answer, at = arguments(result) or str(result), self._calls.get(call)
        if at is None:
            asked = f"{name} {arguments(span.said.get('gen_ai.tool.call.arguments'))}".strip()
            return self.talk.say(before, outside(f"{asked}\n{answer}".strip()))
        said = self.talk.say(self._latest.get(at, at), outside(f"[tool {name}] {answer}"))
        self._results[call] = self._latest[at] = said
        return said

    def _before(self, span: Span) -> int | None:
        """The message that it goes on from: the last one that its input repeats, else that of its parent."""
        given = span.messages.asked
        for place in reversed(range(len(given))):
            at = self._said.get(_words(given[place])) if given[place].get("role") == "assistant" else None
            if at is not None:
                for message in given[place + 1 :]:
                    known = [self._results[call] for call in _answered_ids(message) if call in self._results]
                    at = max(at, *known) if known else self.talk.say(at, outside(_from_outside(message)))
                return at
        return self._ends.get(span.parent)

    def _rate(self, span: Span) -> None:
        """Evaluations of what the span said, each on its own scale."""
        at = self._ends.get(span.id)
        for name, said in span.events:
            if at is None or not name.startswith(EVALUATION):
                continue
            value, by = said.get(f"{EVALUATION}.score.value"), text(said.get(f"{EVALUATION}.name")) or "evaluation"
            label, why = text(said.get(f"{EVALUATION}.score.label")), text(said.get(f"{EVALUATION}.explanation"))
            if (found := number(value)) is not None:
                self.talk.judge(Judgement(at, by, found, ": ".join(filter(None, (label, why)))))

    def _origin(self, source: str) -> Origin:
        asked = (message for span in self._spans for message in span.messages.asked)
        question = next((_words(message) for message in asked if message.get("role") == "user"), "")
        models = [
            text(span.said.get("gen_ai.response.model") or span.said.get("gen_ai.request.model"))
            for span in self._spans
        ]
        trace = self._spans[0].trace
        name = f"{source[: LONGEST_NAME - 60]}, trace {trace[:40]}"
        return Origin(name, question, model=next(filter(None, models), ""))

    def _told(self) -> dict[str, str]:
        words = {"format": TITLE, "conventions": CONVENTIONS}
        if system := next(filter(None, map(_system, self._spans)), ""):
            words["system"] = system
        for span in self._spans:
            for name in _TOLD:
                if isinstance(found := span.said.get(name), str | int | float) and name not in words:
                    words[name] = str(found)
        for span in self._spans:
            for name, said in span.events:
                parts = (text(said.get(f"{EVALUATION}.{part}")) for part in ("score.label", "explanation"))
                if name.startswith(EVALUATION) and (label := ": ".join(filter(None, parts))):
                    words[f"score {text(said.get(f'{EVALUATION}.name')) or 'evaluation'}"] = label
        return words


def _system(span: Span) -> str:
    """What the model was told to be."""
    given = {"parts": tables(structured(span.said.get("gen_ai.system_instructions")))}
    asked = (message for message in span.messages.asked if message.get("role") == "system")
    return _words(given) or next(map(_words, asked), "")


def _parts(message: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [part for part in tables(message.get("parts")) if part.get("type") == kind]


def _call_ids(message: dict[str, Any]) -> list[str]:
    """The ids of the calls of tools in a message."""
    calls = [*_parts(message, "tool_call"), *tables(message.get("tool_calls"))]
    return [found for call in calls if (found := text(call.get("id")))]


def _answered_ids(message: dict[str, Any]) -> list[str]:
    """The ids of the calls that a message answers."""
    ids = [part.get("id") for part in _parts(message, "tool_call_response")]
    return [found for given in (*ids, message.get("tool_call_id")) if (found := text(given))]


def _reply(message: dict[str, Any]) -> Trace:
    """Parts have the shape of blocks, but for answers of tools that the server itself called."""
    content = message.get("content") if "parts" not in message else message["parts"]
    parts = [
        {"type": "text", "text": text(part.get("response") or part.get("result"))}
        if part.get("type") == "tool_call_response"
        else part
        for part in tables(content)
    ]
    reason = text(message.get("finish_reason"))
    calls = [{"function": call.get("function") or call} for call in tables(message.get("tool_calls"))]
    thought = {name: message[name] for name in _THOUGHTS if message.get(name)}
    body = {"role": "assistant", "content": content if isinstance(content, str) else parts, **thought}
    body |= {"tool_calls": calls} if calls else {}
    return read({"choices": [{"message": body, "finish_reason": reason}]})[0].trace


def _words(message: dict[str, Any]) -> str:
    """What a message says, by which it is known again: its texts and the names of its calls, without thoughts."""
    if "parts" not in message and not tables(message.get("content")):
        return text(message.get("content")) or "\n".join(_call_ids(message))
    parts = tables(message.get("parts", message.get("content")))
    shown = [part for part in parts if part.get("type") != "reasoning"]
    return "\n".join(
        text(part.get("content")) or text(part.get("text")) or text(part.get("id")) or text(part.get("name"))
        for part in shown
    )


def _from_outside(message: dict[str, Any]) -> str:
    answers = [
        arguments(part.get("response", part.get("result")))
        for part in tables(message.get("parts"))
        if part.get("type") == "tool_call_response"
    ]
    said = "\n".join(filter(None, answers)) or _words(message)
    return f"[{text(message.get('role')) or 'unknown'}] {said}" if said else ""


def _cost(said: dict[str, Any]) -> Cost:
    given, written = (
        next((said[key] for name in names if (key := f"gen_ai.usage.{name}") in said), 0)
        for names in (("input_tokens", "prompt_tokens"), ("output_tokens", "completion_tokens"))
    )
    return Cost(1, _tokens(written), _tokens(given))


def _tokens(value: Any) -> int:
    """OTLP writes whole numbers as text."""
    return (
        count(int(value)) or 0
        if isinstance(value, str) and value.isdecimal() and len(value) < 16
        else count(value) or 0
    )


OTEL_GENAI = OtelGenAi()
