"""An analysis in the background: short or long, cancelled, failed; and what it makes to look at."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.trace_text import analysis_job
from app.trace_text.analysis_job import SHORT, AnalysisJob
from app.trace_text.shown import Shown, show_at_once
from app.trace_text.text import Mark
from engine.traces.analysis import analyse
from engine.traces.spans import Span, Trace
from engine.traces.splitter import split
from engine.traces.tags import bundled

WAIT = 60_000
QWEN = next(recipe for recipe in bundled() if "qwen" in recipe.name.lower())
THOUGHT = (
    "Tom has 12 boxes with 7 pens each, so 12 * 7 = 84 pens. Wait, let me check. 84 - 20 = 64.\nIt is 9 * 9 = 81.\n"
)
ANSWER = "Tom has 12 * 7 = 84 pens. It rained all day in Paris. After that 12 * 7 = 85 pens are left."
SMALL = split(f"<think>\n{THOUGHT}</think>\n\n{ANSWER}", QWEN)
LARGE = split(f"<think>\n{THOUGHT * 100}</think>\n\n{ANSWER}", QWEN)


def result_of(job: AnalysisJob, qtbot: QtBot) -> Shown:
    with qtbot.waitSignal(job.done, timeout=WAIT) as heard:
        job.start()
    shown: Shown = heard.args[0]
    return shown


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis_job, "child_command", lambda _switch: pytest.fail("a child was started"))


@pytest.mark.usefixtures("qapp", "no_child")
def test_a_short_trace_is_analysed_here_but_later(qtbot: QtBot) -> None:
    job = AnalysisJob(SMALL, "64", {SMALL.text.index("Wait"): "answer"})
    heard: list[Shown] = []
    job.done.connect(heard.append)
    with qtbot.assertNotEmitted(job.done):
        job.start()
        assert job.running
    qtbot.waitUntil(lambda: not job.running)
    assert len(heard) == 1
    shown = heard[0]
    assert shown.analysis == analyse(SMALL, "64", {SMALL.text.index("Wait"): "answer"})
    assert [piece.by_hand for piece in shown.text.pieces].count(True) == 1


@pytest.mark.usefixtures("qapp")
def test_a_long_trace_is_analysed_in_a_child(qtbot: QtBot) -> None:
    assert len(LARGE.text) > SHORT
    job = AnalysisJob(LARGE)
    shares: list[float] = []
    job.progressed.connect(shares.append)
    shown = result_of(job, qtbot)
    assert shown.analysis == analyse(LARGE)
    assert shown.trace is LARGE
    assert shares == sorted(shares) != []


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("trace", [SMALL, LARGE], ids=["short", "long"])
def test_nothing_comes_of_a_cancelled_one(trace: Trace, qtbot: QtBot) -> None:
    job, after = AnalysisJob(trace), AnalysisJob(SMALL)
    with qtbot.assertNotEmitted(job.done), qtbot.assertNotEmitted(job.failed):
        job.start()
        QApplication.processEvents()
        job.cancel()
        assert not job.running
        result_of(after, qtbot)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import sys; sys.exit('no luck')", "no luck"),
        ("import os; os.write(1, b'garbage garbage')", "not a parcel"),
        ("import sys; sys.stdin.read(); sys.exit(7)", "exit code 7"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "it was stopped"),
    ],
)
def test_a_child_that_fails_is_told_in_a_sentence(
    code: str, words: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "SIGKILL" in code and sys.platform == "win32":
        pytest.skip("no such signal")
    monkeypatch.setattr(analysis_job, "child_command", lambda _switch: [sys.executable, "-c", code])
    job = AnalysisJob(LARGE)
    with qtbot.waitSignal(job.failed, timeout=WAIT) as heard, qtbot.assertNotEmitted(job.done):
        job.start()
    assert heard.args[0].startswith("The trace could not be analysed: ")
    assert words in heard.args[0]
    assert not job.running


@pytest.mark.usefixtures("qapp")
def test_a_child_that_cannot_be_started_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis_job, "child_command", lambda _switch: ["/no/such/program"])
    job = AnalysisJob(LARGE)
    with qtbot.waitSignal(job.failed, timeout=WAIT) as heard:
        job.start()
    assert "could not be analysed" in heard.args[0]


@pytest.mark.usefixtures("qapp")
def test_a_trace_that_no_pipe_takes_is_analysed_too(qtbot: QtBot) -> None:
    odd = split(LARGE.text + "\ud800\x00", QWEN)
    shown = result_of(AnalysisJob(odd), qtbot)
    assert shown.text.text == odd.text


# -- what there is to look at


@pytest.fixture(scope="module")
def shown() -> Shown:
    return show_at_once(SMALL, analyse(SMALL))


def test_pieces_cover_the_trace(shown: Shown) -> None:
    text, pieces = shown.text.text, shown.text.pieces
    ends = [0, *(piece.end for piece in pieces)]
    assert not any(text[end : piece.start].strip() for end, piece in zip(ends, pieces, strict=False))
    assert ends[-1] == len(text)
    assert not any(text[piece.start].isspace() for piece in pieces if piece.group != "tag")
    assert [piece.group for piece in pieces if piece.group == "tag"] == ["tag", "tag"]
    for number, (piece, step) in enumerate(zip(shown.step_pieces, shown.analysis.alignment.steps, strict=True)):
        assert text[step.start : pieces[piece].start].strip() == ""
        assert step.start <= pieces[piece].start < pieces[piece].end == step.end
        assert (pieces[piece].group, pieces[piece].number) == ("hidden", number + 1)
        assert pieces[piece].function == shown.analysis.labels[number].function
    for piece, sentence in zip(shown.sentence_pieces, shown.analysis.alignment.sentences, strict=True):
        assert (pieces[piece].end, pieces[piece].group) == (sentence.end, "exposed")


def marked(shown: Shown, kind: str) -> list[str]:
    return [shown.text.text[mark.start : mark.end].strip() for mark in shown.text.marks if mark.kind == kind]


def test_marks_say_what_the_thought_says_of_it(shown: Shown) -> None:
    assert "12 * 7 = 84" in marked(shown, "supported")
    assert ANSWER.split(". ")[0] + "." not in marked(shown, "supported")  # whole sentences are not underlined
    assert "It rained all day in Paris." in marked(shown, "only exposed")
    assert "12 * 7 = 85" in marked(shown, "contradicted")
    assert any("81" in step for step in marked(shown, "only hidden"))
    assert all(isinstance(mark, Mark) and (mark.why or mark.kind == "only hidden") for mark in shown.text.marks)


def test_links_join_a_sentence_with_the_steps_it_is_from(shown: Shown) -> None:
    def words(piece: int) -> str:
        return shown.text.text[shown.text.pieces[piece].start : shown.text.pieces[piece].end]

    kinds: dict[str, set[Any]] = {"84 pens": set(), "rained": set(), "85 pens": set()}
    for link in shown.links:
        assert shown.text.pieces[link.one].group == "hidden"
        for part in kinds:
            if part in words(link.other):
                assert "12 * 7 = 84" in words(link.one)
                kinds[part].add(link.kind)
    assert kinds == {"84 pens": {"supported"}, "rained": set(), "85 pens": {"contradicted"}}


def test_traces_of_every_shape_have_pieces() -> None:
    for trace in (
        Trace("", (), "empty", "test"),
        Trace("all exposed", (Span("exposed", 0, 11),), "one", "test"),
        Trace(
            "abcdef",
            (Span("hidden", 0, 2), Span("redacted", 2, 2), Span("exposed", 2, 4), Span("hidden", 4, 6)),
            "",
            "",
        ),
        Trace("  \n", (Span("hidden", 0, 2), Span("exposed", 2, 3)), "", ""),
        Trace("tool then", (Span("tool", 0, 4), Span("summary", 4, 9)), "", ""),
    ):
        found = show_at_once(trace, analyse(trace))
        assert "".join(trace.text[piece.start : piece.end] for piece in found.text.pieces) == trace.text
