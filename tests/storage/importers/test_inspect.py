"""Logs of Inspect AI: a run for each sample, thoughts apart from answers, scores as they are; broken logs say why."""

from __future__ import annotations

import builtins
import io
import json
import zipfile
from contextlib import suppress
from typing import Any

import pytest

from app.benchmarks.import_logs import (
    INSPECT_HEADER,
    branched_sample,
    inspect_archive,
    inspect_sample,
    zstd_archive,
)
from app.benchmarks.import_parts import QUESTION, as_json
from storage.importers import ForeignFileError, archives, inspect_samples
from storage.importers.inspect_branches import Trajectories
from tests.helpers.logs_of_others import known_as, outcome, read, told, trace
from tests.helpers.shared_data import shared_data


def test_the_smallest_log() -> None:
    (tree,), odd = read(shared_data("samples", "inspect_min.eval").read_bytes())
    assert odd == []
    assert outcome(tree) == ("10", True, "match says C")
    assert (trace(tree).of("hidden"), trace(tree).of("exposed").strip()) == ("3*4", "10")
    assert told(tree)["format"] == "Inspect AI"


WAYS = {
    "deflate": inspect_archive(inspect_sample(), compression=zipfile.ZIP_DEFLATED),
    "stored": inspect_archive(inspect_sample()),
    "zstd": zstd_archive(
        {
            "header.json": as_json(INSPECT_HEADER),
            "samples/1_epoch_1.json": json.dumps(inspect_sample()).encode(),
        }
    ),
    "json": as_json(INSPECT_HEADER | {"samples": [inspect_sample()]}),
    "json in lines": as_json(INSPECT_HEADER | {"samples": [inspect_sample()]}, indent=2),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_sample_however_the_log_is_written(way: str) -> None:
    (tree,), odd = read(WAYS[way])
    assert odd == []
    assert tree.started is not None
    assert (tree.started.prompt, tree.started.policy) == (QUESTION, "local/tiny")
    found = trace(tree)
    assert found.of("hidden") == "I call a tool.So 10."
    assert found.of("exposed") == "Let me compute.The answer is 10.\n"
    assert found.of("summary") == "It multiplies."
    assert found.of("tool") == 'calculator {"expression": "3*4-2"}\n[tool calculator] 10\n'
    assert [part.what for part in found.opaque] == ["signature", "redacted"]
    assert found.text == "".join(node.step for node in tree.path(max(tree.nodes))[1:])
    assert told(tree) | {"task": "toy", "dataset": "apples", "system": "You count apples."} == told(tree)


def test_scores_keep_their_scale_and_letters_stay_words() -> None:
    (tree,), _ = read(WAYS["stored"])
    assert tree.started is not None
    end = tree.nodes[max(tree.nodes)]
    assert outcome(tree) == (
        "10", True, "match says C: equal; quality says 7.5; parts says clear 3, short -1",
    )  # fmt: skip
    assert (tree.started.scale.low, tree.started.scale.high) == (0.0, 7.5)
    assert "quality" in tree.started.scale.words
    (score,) = end.scores
    assert (score.verifier, score.value) == ("quality", 7.5)
    assert dict(score.channels) == {"parts clear": 3.0, "parts short": -1.0}
    assert told(tree)["score match"] == "C: equal"


@pytest.mark.parametrize(
    ("scores", "correct"),
    [
        ({"a": "C", "b": "C"}, True), ({"a": "I"}, False), ({"a": "N"}, False), ({"a": "C", "b": "I"}, None),
        ({"a": "P"}, None), ({"a": "A"}, None), ({"a": 1}, None), ({"a": True}, None), ({}, None),
    ],
)  # fmt: skip
def test_letters_that_decide(scores: dict[str, Any], correct: bool | None) -> None:
    (tree,), _ = read(
        inspect_archive(inspect_sample(scores={name: {"value": value} for name, value in scores.items()}))
    )
    assert outcome(tree)[1] == correct


def test_a_branch_stands_below_its_anchor_without_what_it_replays() -> None:
    (tree,), odd = read(inspect_archive(branched_sample()))
    assert odd == []
    steps = {number: (node.parent, node.step) for number, node in tree.nodes.items() if number}
    assert steps == {
        1: (0, "3*4 = 12.\n"), 2: (1, "14\n"), 3: (2, "12+2 = 14.\n"), 4: (1, "12-2 = 10.\n"),
    }  # fmt: skip
    (score,) = tree.nodes[3].scores
    assert (score.verifier, score.value) == ("intermediate score", 0.1)
    assert outcome(tree) == ("14", False, "match says I")
    assert trace(tree, 4).of("exposed") == "3*4 = 12.\n12-2 = 10.\n"
    assert told(tree)["target"] == "10, ten"
    assert tree.cost.cached == 24


def test_a_branch_without_its_anchor_is_said() -> None:
    sample = branched_sample()
    sample["events"] = [event for event in sample["events"] if event["event"] != "anchor"]
    (tree,), odd = read(inspect_archive(sample))
    assert tree.nodes[4].parent == 0
    assert odd == ["sample 1: a branch begins at an anchor that is not there: it is put at the beginning"]


def test_branches_of_older_logs_name_a_message() -> None:
    sample = branched_sample()
    sample["events"] = [event for event in sample["events"] if event["event"] != "anchor"]
    sample["events"][1]["output"]["choices"][0]["message"]["id"] = "m1"
    for event in sample["events"]:
        if event["event"] == "branch":
            event["from_message"] = event.pop("from_anchor").replace("a1", "m1")
    (tree,), odd = read(inspect_archive(sample))
    assert (odd, tree.nodes[4].parent) == ([], 1)


def said(name: str, text: str, role: str = "assistant") -> dict[str, Any]:
    return {"id": name, "role": role, "content": text}


def called(span: str, given: dict[str, Any], *answers: dict[str, Any]) -> dict[str, Any]:
    usage = {"input_tokens": 20, "output_tokens": 5}
    return {"event": "model", "span_id": span, **given,
            "output": {"choices": [{"message": answer} for answer in answers], "usage": usage}}  # fmt: skip


def forked(pooled: bool) -> dict[str, Any]:
    """Two ways to go on from a first answer, of which the second is the conversation; a critic and a scorer."""
    asked, first = said("q", QUESTION, "user"), said("m1", "It is 12.")
    briefly, slowly = said("u1", "Be brief.", "user"), said("u2", "Go slowly.", "user")
    pool = [asked, first, briefly, slowly, said("c", "Is it right?", "user")]
    given: Any = (lambda *refs: {"input": [], "input_refs": [list(ref) for ref in refs]}) if pooled else (
        lambda *refs: {"input": [message for low, high in refs for message in pool[low:high]]}
    )  # fmt: skip
    aside = said("m1b", "attachment://0123456789abcdef0123456789abcdef")
    events = [
        called("a", given((0, 1)), first, aside), called("b", given((0, 3)), said("m2", "10.")),
        called("c", given((0, 2), (3, 4)), said("m3", "12-2 = 10.")), called("d", given((4, 5)), said("m4", "Yes.")),
        {"event": "span_begin", "id": "scorers", "parent_id": None, "type": "scorers", "name": "scorers"},
        called("scorers", given((0, 2)), said("m5", "GRADE: C")),
    ]  # fmt: skip
    messages = [asked, first, slowly, said("m3", "12-2 = 10.")]
    return inspect_sample(messages=messages, events=events, events_data={"messages": pool, "calls": []},
                          attachments={"0123456789abcdef0123456789abcdef": "It is 7."})  # fmt: skip


@pytest.mark.parametrize("pooled", [True, False])
def test_what_was_forked_off_a_conversation_stands_beside_it(pooled: bool) -> None:
    """`fork` leaves one way in the messages; the others are calls whose input repeats what they go on from."""
    (tree,), odd = read(inspect_archive(forked(pooled)))
    assert odd == []
    assert [(node.parent, node.step) for node in tree.nodes.values()][1:] == [
        (0, "It is 12.\n"), (0, "It is 7.\n"), (1, "[user] Go slowly.\n"), (3, "12-2 = 10.\n"),
        (1, "[user] Be brief.\n"), (5, "10.\n"),
    ]  # fmt: skip
    assert tree.finished is not None
    assert tree.finished.chosen == 4
    assert (tree.cost.calls, tree.cost.prompt, tree.cost.generated) == (3, 60, 15)


def test_calls_beside_the_conversation_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect_samples, "MOST_ASIDE", 1)
    sample = forked(True)
    sample["events"].append(called("e", {"input": [said("m1", "It is 12.")]}, said("m6", "9.")))
    (tree,), odd = read(inspect_archive(sample))
    assert (len(tree.nodes), odd) == (7, ["sample 1: of its calls beside the conversation the first 1 are shown"])


def test_spans_may_lie_deep_in_each_other_or_in_a_circle() -> None:
    deep = 100_000
    spans = [{"event": "span_begin", "id": str(n), "parent_id": str(n - 1)} for n in range(1, deep)]
    spans[0] |= {"type": "scorer"}
    circle = [{"event": "span_begin", "id": name, "parent_id": other} for name, other in ("ab", "ba")]
    events = [{"event": "info", "span_id": str(deep - 1), "n": n} for n in range(deep)]
    last = {"event": "info", "span_id": "a"}
    found = Trajectories([*spans, *circle, *events, last]).unscored()
    assert [event for event in found if event["event"] == "info"] == [last]


def test_epochs_are_runs_of_their_own() -> None:
    trees, _ = read(inspect_archive(inspect_sample(), inspect_sample(epoch=2), inspect_sample(2)))
    names = [next(iter(tree.read.values())).name for tree in trees]
    assert names == ["a.eval, sample 1", "a.eval, sample 1, epoch 2", "a.eval, sample 2"]


def test_a_crashed_run_has_no_header() -> None:
    (tree,), odd = read(inspect_archive(inspect_sample(), header=False))
    assert odd == [NO_HEADER]
    assert told(tree)["task"] == "toy", "its journal says what it was"


def test_members_that_stand_twice() -> None:
    out = io.BytesIO(inspect_archive(inspect_sample()))
    later = inspect_sample(scores={"match": {"value": "I"}})
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("samples/1_epoch_1.json", json.dumps(later))
    (tree,), odd = read(out.getvalue())
    assert outcome(tree)[1] is False, "the last one counts"
    assert odd == ["line 1: members that stand in it twice, or are too many: 1; the last of a name is read"]


NO_HEADER = "line 1: it has no header.json: its run has not ended, or crashed"
NOTHING = (
    (inspect_archive(), ["line 1: the log has no samples"]),
    (inspect_archive(header=False), [NO_HEADER, "line 1: the log has no samples"]),
    (as_json(INSPECT_HEADER), ["line 1: the log has no samples"]),
    (as_json(INSPECT_HEADER | {"samples": None}), ["line 1: the log has no samples"]),
    (as_json(INSPECT_HEADER | {"samples": [3, {}]}),
     ["sample 1: it is no JSON object", "sample 2: it has no steps"]),
    (WAYS["json"][:-40], ["line 1: the file is no JSON from here on, or cut off: what follows is left out"]),
)  # fmt: skip


@pytest.mark.parametrize(("raw", "said"), NOTHING)
def test_logs_without_samples(raw: bytes, said: list[str]) -> None:
    assert read(raw) == ([], said)


def test_a_log_that_is_cut_off_has_no_table_of_contents() -> None:
    raw = WAYS["deflate"][:-30]
    with pytest.raises(ForeignFileError, match="was cut off"):
        read(raw)


def test_a_damaged_member_costs_that_sample() -> None:
    raw = bytearray(inspect_archive(inspect_sample(), inspect_sample(2)))
    raw[raw.index(b"I call a tool")] ^= 1
    trees, odd = read(bytes(raw))
    assert len(trees) == 1
    assert odd == ["line 1: samples/1_epoch_1.json: it is damaged"]
    raw = bytearray(WAYS["zstd"])
    raw[raw.index(b"samples/1_epoch_1.json") + 60] ^= 1
    assert read(bytes(raw)) == ([], odd)
    forged = bytearray(WAYS["zstd"])
    at = forged.index(b"PK\x05\x06") + 16
    forged[at : at + 4] = (60_000).to_bytes(4, "little")  # where the table is said to lie: members lie before the file
    with suppress(ForeignFileError):
        assert read(bytes(forged))[0] == []


def test_without_the_library_zstd_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name == "zstandard":
            raise ImportError
        return known(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    trees, odd = read(WAYS["zstd"])
    assert trees == []
    assert odd[0] == f"line 1: header.json: {archives._NO_ZSTD}"


def test_bombs_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_RECORD", 100_000)
    monkeypatch.setattr(archives, "MOST_UNPACKED", 150_000)
    monkeypatch.setattr(archives, "RATIO", 1)
    large = inspect_sample(2, metadata="x" * 120_000)
    middling = [inspect_sample(number, metadata="x" * 80_000) for number in (3, 4)]
    trees, odd = read(inspect_archive(inspect_sample(), large, *middling, compression=zipfile.ZIP_DEFLATED))
    assert len(trees) == 2
    assert [words.partition(".json: ")[2] for words in odd] == [
        "it is larger than 0 MB", "the archive unpacks to more than any log would: it is made to fill a memory",
    ]  # fmt: skip
    monkeypatch.setattr(archives, "_TABLE_BYTES", 10)
    with pytest.raises(ForeignFileError, match="too many members"):
        read(WAYS["stored"])


def test_attachments_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect_samples, "LARGEST_RECORD", 20)
    assert read(WAYS["stored"])[0] != []
    monkeypatch.setattr(inspect_samples, "LARGEST_RECORD", 5)
    assert "no memory would hold them" in read(WAYS["stored"])[1][0]


def test_long_conversations_are_shown_as_far_as_a_tree_is_deep() -> None:
    turn = [{"role": "assistant", "content": "x"}, {"role": "tool", "content": "y"}]
    messages = [{"role": "user", "content": QUESTION}, *turn * 600]
    (tree,), odd = read(inspect_archive(inspect_sample(messages=messages)))
    assert len(tree.nodes) == 1_001
    assert odd == ["sample 1: its last 200 messages are left out: they lie too deep to be shown"]


def test_other_archives_are_none() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "x")
    assert known_as(out.getvalue()) == ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.pkl", b"\x80\x02")
    with pytest.raises(ForeignFileError, match=r"model\.pt is a Python pickle, or holds one"):
        known_as(out.getvalue(), "model.pt")
