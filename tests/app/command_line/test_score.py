"""`espalier score` from its words to stdout, with a real engine whose models are scripted."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest

from app.command_line import score as module
from app.command_line.datasets.progress import ProgressLine
from app.command_line.headless import Engine, EngineDied
from app.command_line.run import INTERRUPTED
from app.command_line.score_report import Outcome, data_of, lines_of
from app.command_line.text_columns import WIDTH, cells
from app.models.to_score import Count
from engine.events import Rescored
from engine.scores.aggregates import aggregated
from engine.scores.process_bench import process_bench
from engine.scores.table import ScoreTable
from engine.scores.traces import traces_of
from engine.tree import fold
from storage.errors import SessionError
from storage.session import Session
from tests.helpers.command_line import says, scripted_engine
from tests.helpers.running import plan, run_log


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session with two runs in the user's current folder."""
    monkeypatch.chdir(tmp_path)
    scripted_engine(monkeypatch)
    path = Path("a.espalier")
    with Session.create(path) as made:
        for seed in range(2):
            wish = plan("self-consistency", seed=seed, samples=3)
            made.append(run_log(wish, number=made.new_run(wish)))
    return path


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A file as ProcessBench's: half of the solutions have a wrong step."""
    path = tmp_path / "bench.jsonl"
    rows = [
        {
            "id": f"{('gsm8k', 'math')[number % 2]}-{number}",
            "generator": "made up",
            "problem": f"What is {number} + 1?",
            "steps": [f"Step {step} of {number}" for step in range(3)],
            "final_answer_correct": number % 4 < 2,
            "label": -1 if number % 4 < 2 else number % 3,
        }
        for number in range(24)
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def events_of(path: Path) -> list[Rescored]:
    with Session.open(path) as kept:
        logs = [kept.records(info.id) for info in kept.runs()]
    return [record.event for log in logs for record in log if isinstance(record.event, Rescored)]


def test_scores_are_printed_best_first_and_kept(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "score", str(session), "--with", "check", "--aggregate", "mean")
    assert status == 0
    assert "Scored    6 traces now, with check" in out
    lines = out.splitlines()
    totals = [float(line.split()[2]) for line in lines[1:7]]
    assert totals == sorted(totals, reverse=True)
    assert all(cells(line) <= WIDTH for line in lines)
    first = lines[1].split()
    with Session.open(session) as kept:
        tree = fold(kept.records(int(first[0])))
    values = [tree.rescored["check"][node.id].value for node in tree.path(int(first[1]))[1:]]
    assert float(first[2]) == pytest.approx(sum(values) / len(values), abs=1e-4)
    assert [f"{value:.2f}" for value in values] == first[-len(values) :]
    before = len(events_of(session))
    _, out, _ = says(capsys, "score", str(session), "--with", "check")
    assert "Scored    0 traces now" in out
    assert len(events_of(session)) == before
    _, out, _ = says(capsys, "score", str(session), "--with", "check", "--again", "--run", "2")
    assert "Scored    3 traces now" in out


def test_json_has_every_trace(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "score", str(session), "--with", "check", "--run", "2", "--json")
    assert status == 0
    said = json.loads(out)
    assert (said["scorer"], said["rule"], said["scored"], said["failed"]) == ("check", "min", 3, 0)
    assert [trace["run"] for trace in said["traces"]] == [2, 2, 2]
    for trace in said["traces"]:
        assert trace["total"] == pytest.approx(min(trace["scores"]))
        assert len(trace["nodes"]) == len(trace["scores"])
    assert said["processbench"] is None
    assert [event.scorer for event in events_of(session)] == ["check"]


def test_traces_without_any_score_are_told_with_the_first_reason() -> None:
    count = Count(found=3, scored=3, silent=2, why_silent="No\nverdict.")
    table = ScoreTable.of(())
    outcome = Outcome("critic", "min", table, aggregated(table, "min"), count, None)
    said = [*lines_of(outcome, False)]
    assert said[-2:] == [
        "Scored    3 traces now, with critic",
        "Silent    2 traces of these, no step of which got a score: No verdict.",
    ]
    assert (data_of(outcome)["scored"], data_of(outcome)["silent"]) == (3, 2)


def test_a_data_set_becomes_a_session_and_gets_its_figure(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "score", str(bench), "--with", "check", "--processbench", "--json")
    assert status == 0
    said = json.loads(out)["processbench"]
    with Session.open(bench.with_suffix(".espalier")) as kept:
        trees = [fold(kept.records(info.id)) for info in kept.runs()]
    table = ScoreTable.of(trace for tree in trees for trace in traces_of(tree, 1, "check"))
    labels = [-1 if number % 4 < 2 else number % 3 for number in range(24)]
    expected = process_bench(table, labels, ["gsm8k", "math"] * 12)
    assert said["all"]["f1"] == pytest.approx(expected.whole.f1)
    assert (said["all"]["wrong"], said["all"]["right"]) == (12, 12)
    assert said["splits"]["gsm8k"]["f1"] == pytest.approx(expected.splits["gsm8k"].f1)
    assert said["average_f1"] == pytest.approx(expected.average)
    words = ("score", str(bench), "--with", "check", "--processbench", "--threshold", "best:gsm8k")
    status, out, err = says(capsys, *words)
    assert status == 0
    assert "the best for gsm8k" in out
    assert "mean of splits" in out
    assert "Scored    0 traces now" in out
    assert "was read before" in err
    assert "F1" in out


def test_what_makes_no_sense_is_a_sentence(session: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, sentence in (
        (("nowhere.espalier",), "There is no file"),
        ((str(session), "--run", "9"), "has no run 9"),
        ((str(session), "--with", "check", "--processbench"), "needs such labels"),
        ((str(session), "--session", "b.espalier"), "is none"),
        ((str(session), "--threshold", "2"), "from 0 to 1"),
        ((str(session), "--aggregate", "median"), "invalid choice"),
    ):
        status, out, err = says(capsys, "score", *words)
        assert (status, out) == (2, "")
        assert sentence in err
        assert err.count("\n") == 1
    with Session.open(session):
        status, _, err = says(capsys, "score", str(session))
        assert status == 2
        assert "espalier" in err.lower()
    damaged = tmp_path / "bad.jsonl"
    damaged.write_bytes(b"\x80\x04 a pickle")
    assert says(capsys, "score", str(damaged))[0] == 2
    assert not damaged.with_suffix(".espalier").exists()


def test_ctrl_c_keeps_what_was_scored(
    bench: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    patience = 1

    class Pressed:
        """Ctrl+C as soon as something is scored."""

        def __enter__(self) -> object:
            return lambda: len(looks) >= patience

        def __exit__(self, *_: object) -> None:
            pass

    def noted(self: ProgressLine, done: int, _total: int | None) -> None:
        if self._what == "traces":
            looks.append(done)

    monkeypatch.setattr("app.models.to_score.MOST_TRACES", 4)
    monkeypatch.setattr(ProgressLine, "__call__", noted)
    monkeypatch.setattr(module, "ctrl_c", Pressed)
    words = ("score", str(bench), "--with", "check", "--json")
    status, out, _ = says(capsys, *words)
    assert status == INTERRUPTED
    said = json.loads(out)
    assert said["stopped"]
    assert said["scored"] == len([end for event in events_of(Path(said["file"])) for end in event.ends])
    assert 0 < said["scored"] < 24
    patience = 1_000
    status, out, _ = says(capsys, *words)
    assert status == 0
    assert json.loads(out)["scored"] == 24 - said["scored"]


def test_the_death_of_the_engine_is_said_with_what_is_kept(
    session: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hear = Engine.hear
    heard: list[object] = []

    def dying(self: Engine, timeout: float) -> object:
        if len(heard) == 5:
            raise EngineDied("The engine stopped unexpectedly.")
        heard.append(frame := hear(self, timeout))
        return frame

    monkeypatch.setattr(Engine, "hear", dying)
    status, out, err = says(capsys, "score", str(session), "--with", "check")
    assert (status, out) == (1, "")
    assert "The engine stopped unexpectedly." in err
    kept = sum(len(event.ends) for event in events_of(session))
    assert not kept or f"The scores of {kept} traces are kept." in err


def test_a_data_set_of_which_nothing_can_be_read_leaves_no_session(
    bench: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = json.loads(bench.read_text().splitlines()[0])
    bench.write_text(json.dumps(first | {"label": 77}))
    status, _, err = says(capsys, "score", str(bench), "--with", "check")
    assert status == 2
    assert "holds nothing that could be read" in err
    assert {path.name for path in tmp_path.iterdir()} == {"a.espalier", "bench.jsonl"}


def test_what_cannot_be_written_is_rescued(
    session: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(elsewhere))

    def full(_session: Session, _timeout: float | None = None) -> None:
        raise SessionError("a.espalier could not be written: the disk is full.")

    monkeypatch.setattr(Session, "flush", full)
    status, _, err = says(capsys, "score", str(session), "--with", "check")
    (rescued,) = elsewhere.glob("*/*.espalier")
    assert status == 1
    assert "the disk is full" in err
    assert str(rescued) in err
    assert sum(len(event.ends) for event in events_of(rescued)) == 6, "every trace"
