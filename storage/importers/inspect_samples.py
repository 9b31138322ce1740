"""A sample of an Inspect AI log as a run: its messages in a chain, or what branched off as a tree. Opens no file.

Scores are values of whatever scorer: numbers stay numbers on their own scale, letters (C, I, P, N) stay words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.events import Cost
from engine.importing import LONGEST_NAME, Kept, Origin
from engine.importing_talk import Judgement, Talk, outside
from engine.importing_tree import told
from engine.traces.servers import read
from engine.traces.servers.values import count, table, tables, text
from engine.traces.spans import Trace
from storage.importers.importer import LARGEST_RECORD
from storage.importers.inspect_branches import Trajectories
from storage.importers.inspect_calls import Call, call_of, way_of
from storage.importers.records import RecordError
from storage.importers.trees import number

MOST_SCORES = 50
MOST_ASIDE = 1_000
"""Calls of the model beside the conversation that are shown."""
_ATTACHMENT = re.compile(r"attachment://([0-9A-Za-z]{8,64})")
_RIGHT = {"C": True, "I": False, "N": False}
"""Correct, incorrect, no answer: the letters of Inspect that decide. P, partly, does not."""


class Log:
    """What is known of a log beside its samples."""

    def __init__(self, title: str) -> None:
        self.model = ""
        self.told = {"format": title}

    def learn(self, header: Any) -> None:
        """From its header, the beginning of its journal, or a member of them."""
        about = table(table(header).get("eval"))
        self.model = text(about.get("model")) or self.model
        self.told |= told(table(header), "status") | told(about, "task", "created", "run_id")
        if name := text(table(about.get("dataset")).get("name")):
            self.told["dataset"] = name


class InspectSample:
    """One sample of one epoch. Raises RecordError where it has no messages."""

    def __init__(self, log: Log, sample: Mapping[str, Any]) -> None:
        self._log, self._sample = log, sample
        self._attachments = _Attachments(table(sample.get("attachments")))
        self.odd: list[str] = []

    def kept(self, source: str) -> Kept:
        """The run. Raises RecordError or DraftError."""
        messages = tables(self._attachments.resolved(self._sample.get("messages")))
        first = next((place for place, one in enumerate(messages) if one.get("role") == "assistant"), len(messages))
        talk = Talk()
        trajectories = Trajectories(tables(self._sample.get("events")))
        if trajectories.has_branches:
            end = self._branched(talk, trajectories)
        else:
            end = self._conversation(talk, messages, first, trajectories)
        scores = _scores(self._sample)
        for name, score in scores:
            _judge(talk, end, name, score)
        kept = talk.kept(
            self._origin(source, messages[:first]), self._told(messages[:first], scores), end, _answer(scores),
            _correct(scores), _verdict(scores),
        )  # fmt: skip
        if talk.left_out:
            self.odd.append(f"its last {talk.left_out:,} messages are left out: they lie too deep to be shown")
        return kept

    def _origin(self, source: str, asked: list[dict[str, Any]]) -> Origin:
        sample = self._sample
        name = f"{source[: LONGEST_NAME - 60]}, sample {_word(sample.get('id'))[:40] or '?'}"
        if (epoch := count(sample.get("epoch"))) and epoch > 1:
            name += f", epoch {epoch}"
        questions = [text(one.get("content")) for one in asked if one.get("role") == "user"]
        given = self._attachments.resolved(sample.get("input"))
        question = "\n\n".join(questions) or text(given) or _last_user(given)
        target = sample.get("target")
        answer = _word(target[0]) if isinstance(target, list) and target else _word(target)
        model = text(table(sample.get("output")).get("model")) or self._log.model
        return Origin(name, question, answer, model)

    def _told(self, asked: list[dict[str, Any]], scores: list[tuple[str, Any]]) -> dict[str, str]:
        sample = self._sample
        words = self._log.told | {f"sample {key}": value for key, value in told(sample, "id", "epoch").items()}
        words |= told(sample, "total_time", "uuid")
        if system := "\n\n".join(text(one.get("content")) for one in asked if one.get("role") == "system"):
            words["system"] = system
        if isinstance(sample.get("target"), list):
            words["target"] = ", ".join(map(_word, sample["target"][:20]))
        for name in ("error", "limit"):
            if said := text(table(sample.get(name)).get("message")) or _word(table(sample.get(name)).get("type")):
                words[name] = said
        words |= {f"score {name}": said for name, score in scores if (said := _said(score))}
        return words

    def _branched(self, talk: Talk, trajectories: Trajectories) -> int | None:
        """The main trajectory, then each branch below the anchor that it began at; the end of the main one."""
        anchors: dict[str, int | None] = {}
        end: int | None = None
        for trajectory in trajectories.all():
            at = None
            if trajectory.anchor is not None:
                at = anchors.get(trajectory.anchor)
                if trajectory.anchor not in anchors:
                    self.odd.append("a branch begins at an anchor that is not there: it is put at the beginning")
            for event in trajectory.events:
                at = self._happened(talk, at, event, anchors)
            end = at if trajectory.anchor is None else end
        return end

    def _happened(
        self, talk: Talk, at: int | None, event: dict[str, Any], anchors: dict[str, int | None]
    ) -> int | None:
        """Where the trajectory stands after an event."""
        kind = event.get("event")
        if kind == "anchor":
            anchors.setdefault(text(event.get("anchor_id")), at)
        elif kind == "score" and event.get("intermediate") is True:
            _judge(talk, at, "intermediate score", table(event.get("score")))
        elif kind == "tool":
            result = self._attachments.resolved(event.get("result"))
            said = text(result) or _word(result)
            return talk.say(at, outside(said)) if said else at
        elif (call := call_of(event)) is not None:
            end = self._answered(talk, at, call)
            anchors.setdefault(call.id, end)  # older branches name a message
            return end
        return at

    def _conversation(
        self, talk: Talk, messages: list[dict[str, Any]], first: int, trajectories: Trajectories
    ) -> int | None:
        """Message behind message from `first` on, and beside them what they lack; the last one of an assistant."""
        calls = [call for event in trajectories.unscored() if (call := call_of(event)) is not None]
        by_id = {call.id: call for call in reversed(calls) if call.id}
        at = end = None
        places: dict[str, int | None] = {text(message.get("id")): None for message in messages[:first]}
        for message in messages[first:]:
            if message.get("role") == "assistant":
                call = by_id.get(text(message.get("id")))
                at, before = talk.say(at, _reply(message), call.cost if call else Cost()), at
                self._beside(talk, before, call)
                end = at
            else:
                at = talk.say(at, outside(_from_outside(message)))
            places[text(message.get("id"))] = at
        self._aside(talk, calls, places)
        return end

    def _aside(self, talk: Talk, calls: list[Call], places: dict[str, int | None]) -> None:
        """Calls whose answers are no messages of the sample, e.g. of forks, behind what their inputs repeat."""
        places.pop("", None)
        pool = tables(table(self._sample.get("events_data")).get("messages"))
        shown = 0
        for call in calls:
            way = way_of(call, pool, places) if call.id and call.id not in places else None
            if way is None:
                continue
            if (shown := shown + 1) > MOST_ASIDE:
                self.odd.append(f"of its calls beside the conversation the first {MOST_ASIDE:,} are shown")
                return
            at = places[way.known]
            for message in self._attachments.resolved(list(way.new)):
                is_reply = message.get("role") == "assistant"
                at = talk.say(at, _reply(message) if is_reply else outside(_from_outside(message)))
                places[text(message.get("id"))] = at
            places[call.id] = self._answered(talk, at, call)
            places.pop("", None)

    def _answered(self, talk: Talk, at: int | None, call: Call) -> int:
        """The answer to a call, and its other choices beside it."""
        end = talk.say(at, _reply(self._attachments.resolved(call.choices[0])), call.cost)
        self._beside(talk, at, call)
        return end

    def _beside(self, talk: Talk, at: int | None, call: Call | None) -> None:
        """The choices of a call that were not gone on with."""
        for other in call.choices[1:] if call else ():
            talk.say(at, _reply(self._attachments.resolved(other)))


def _reply(message: dict[str, Any]) -> Trace:
    calls = [
        {"function": {"name": call.get("function"), "arguments": call.get("arguments")}}
        for call in tables(message.get("tool_calls"))
    ]
    return read({"role": "assistant", "content": message.get("content"), "tool_calls": calls})[0].trace


def _from_outside(message: dict[str, Any]) -> str:
    said = text(message.get("content"))
    if error := text(table(message.get("error")).get("message")):
        said = f"{said}\n{error}".strip()
    if not said:
        return ""
    who = text(message.get("role")) or "unknown"
    name = text(message.get("function"))
    return f"[{who} {name}] {said}" if name else f"[{who}] {said}"


def _scores(sample: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Scorers' names with what they say; very old logs have one `score`."""
    found = table(sample.get("scores")) or ({"score": sample["score"]} if isinstance(sample.get("score"), dict) else {})
    return list(found.items())[:MOST_SCORES]


def _judge(talk: Talk, end: int | None, name: str, score: Any) -> None:
    """Every number of a score; words go where the run tells of itself."""
    if end is None:
        return
    value, why = table(score).get("value"), text(table(score).get("explanation"))
    parts = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    named = [(f"{name} {part}", given) for part, given in list(parts)[:MOST_SCORES]] or [(name, value)]
    for part, given in named:
        if (found := number(given)) is not None:
            talk.judge(Judgement(end, part, found, why))


def _said(score: Any) -> str:
    """A score in words, whatever its value is, with its reason."""
    value = table(score).get("value")
    words = (
        _word(value) if not isinstance(value, dict) else ", ".join(f"{key} {_word(one)}" for key, one in value.items())
    )
    why = text(table(score).get("explanation"))
    return f"{words}: {why}" if words and why else words


def _answer(scores: list[tuple[str, Any]]) -> str | None:
    return next((said for _, score in scores if (said := text(table(score).get("answer")))), None)


def _correct(scores: list[tuple[str, Any]]) -> bool | None:
    """What the letters say, where all that decide agree."""
    values = [table(score).get("value") for _, score in scores]
    letters = {_RIGHT[value] for value in values if isinstance(value, str) and value in _RIGHT}
    return letters.pop() if len(letters) == 1 else None


def _verdict(scores: list[tuple[str, Any]]) -> str:
    return "; ".join(f"{name} says {said}" for name, score in scores if (said := _said(score)))[:1_000]


def _word(value: Any) -> str:
    """A text, a number or a flag as a word; nothing else."""
    if isinstance(value, list):
        return ", ".join(map(_word, value[:20]))
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, str | int | float) else ""


def _last_user(messages: Any) -> str:
    return next((text(one.get("content")) for one in reversed(tables(messages)) if one.get("role") == "user"), "")


class _Attachments:
    """Long texts, which a sample holds once and names elsewhere."""

    def __init__(self, texts: dict[str, Any]) -> None:
        self._texts = {key: value for key, value in texts.items() if isinstance(value, str)}
        self._left = LARGEST_RECORD

    def resolved(self, value: Any) -> Any:
        """`value` with all of them in their places. Raises RecordError where they would be without end."""
        if isinstance(value, str):
            return _ATTACHMENT.sub(self._text, value) if "attachment://" in value else value
        if isinstance(value, list):
            return [self.resolved(one) for one in value]
        return {key: self.resolved(one) for key, one in value.items()} if isinstance(value, dict) else value

    def _text(self, found: re.Match[str]) -> str:
        known = self._texts.get(found[1], found[0])
        self._left -= len(known)
        if self._left < 0:
            raise RecordError("its attachments are named so often that no memory would hold them")
        return known
