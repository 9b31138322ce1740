"""`espalier probe`, and a probe as a run, from their words to stdout, with a real engine that thinks by script."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.command_line.probe_report import found_data, found_lines
from app.command_line.run import INTERRUPTED
from app.command_line.text_columns import WIDTH, cells
from app.models.probe_results import place_of
from engine.search import PROBES
from engine.search.probes import result_of
from engine.tree import fold
from storage.session import Session
from tests.helpers.command_line import says, scripted_engine
from tests.helpers.probed_session import probed, with_thought
from tests.helpers.running import plan, run_log
from tests.helpers.scripted_thinkers import STORY


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session with a thought in the user's current folder."""
    monkeypatch.chdir(tmp_path)
    scripted_engine(monkeypatch, "thinking_engine")
    with_thought(tmp_path / "a.espalier")
    return Path("a.espalier")


def test_probes_are_run_on_the_last_trace_and_kept(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("probe", str(session), "--probe", "early-answering,adding-mistake", "--samples", "3", "--seed", "4")
    status, out, err = says(capsys, *words)
    assert status == 0
    assert "100 %" in err
    assert "AOC: 0." in out
    assert "The answer follows the thought" in out
    assert out.index("Early answering") < out.index("Adding a mistake")
    with Session.open(session) as kept:
        infos = kept.runs()
        assert [info.plan.search for info in infos[1:]] == ["early-answering", "adding-mistake"]
        assert all((info.plan.seed, info.plan.settings["samples"]) == (4, 3) for info in infos[1:])
        assert all(str(place_of(info.plan)) == "1/6" for info in infos[1:])
        result = result_of(fold(kept.records(2)))
    assert result is not None
    assert result.verdict.split()[-1] in out


def test_the_list_says_what_was_found_so_far(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    probed(Path("b.espalier"), [PROBES[0]], samples=2)
    for words in ((), ("--list",)):
        status, out, _ = says(capsys, "probe", "b.espalier", *words)
        assert status == 0
        assert all(kind.question in out for kind in PROBES)
        assert "run 2: AOC: " in out
    status, out, _ = says(capsys, "probe", str(session), "--json")
    assert status == 0
    said = json.loads(out)
    assert said["of"] == {"run": 1, "node": 6}
    assert [probe["name"] for probe in said["probes"]] == [kind.name for kind in PROBES]
    assert {probe["run"] for probe in said["probes"]} == {None}


def test_json_is_one_object_with_every_row(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "probe", str(session), "--probe", "all", "--samples", "2", "--json")
    assert status == 0
    said = json.loads(out)
    assert [probe["name"] for probe in said["probes"]] == [kind.name for kind in PROBES]
    assert [probe["run"] for probe in said["probes"]] == list(range(2, 2 + len(PROBES)))
    first = said["probes"][0]
    assert len(first["rows"]) == 5
    assert set(first["rows"][0]["estimate"]) == {"value", "low", "high", "n"}
    assert first["counters"]["samples"] == 12
    assert first["counters"]["saving"] > 1


def test_one_budget_is_for_all(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--probe", "early-answering,keep-thought", "--samples", "200", "--budget-tokens", "100")
    status, out, _ = says(capsys, "probe", str(session), *words)
    assert status == 0
    with Session.open(session) as kept:
        assert [info.plan.budget.tokens for info in kept.runs()[1:]] == [50, 50]
        assert [info.reason for info in kept.runs()[1:]] == ["budget", "budget"]
    assert out.count("\nEnded     ") == 2  # what is printed is of a part of the samples


def test_what_cannot_be_asked_is_one_sentence(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wish = plan(simulations=2)
    with Session.open(session) as kept:
        run = kept.new_run(wish)
        kept.append(run_log(wish, number=run))
        kept.new_run(wish)
    for words, sentence in (
        (("none.espalier",), "There is no file"),
        ((str(session), "--run", "9"), "its runs: 1, 2, 3"),
        ((str(session), "--run", "1", "--node", "99"), "has no node 99"),
        ((str(session), "--run", "3"), "holds no trace"),
        ((str(session), "--run", "1", "--probe", "nobody"), "There is no probe called 'nobody'"),
        ((str(session), "--run", "1", "--probe", "filler", "--set", "how=wait"), "There is no setting called 'how'"),
        ((str(session), "--run", "1", "--probe", "filler", "--set", "samples=none"), "Samples must be a whole number"),
        ((str(session), "--run", "2", "--probe", "filler"), "holds no thought. With --anew"),
    ):
        status, out, err = says(capsys, "probe", *words)
        assert (status, out) == (2, ""), words
        assert sentence in err
        assert err.startswith("espalier: ")
        assert err.count("\n") == 1
    with Session.open(session) as kept:
        assert len(kept.runs()) == 3


def test_the_model_can_think_first(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "probe", str(session), "--anew", "--probe", "early-answering", "--samples", "2")
    assert status == 0
    assert "AOC: " in out
    with Session.open(session) as kept:
        assert place_of(kept.info(2).plan) is None


def test_a_probe_as_a_run_prints_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("run", STORY, "--problem", "words", "--search", "early-answering", "--samples", "2", "--out", "b.espalier")
    status, out, _ = says(capsys, *words)
    assert status == 0
    assert "AOC: " in out
    assert "verifiers none" in out  # nobody reads every sample unasked
    settings = next(line for line in out.splitlines() if line.startswith("Settings"))
    assert "thought" not in settings
    status, out, _ = says(capsys, *words, "--json")
    assert json.loads(out)["probe"]["name"] == "early-answering"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent in another way there")
def test_ctrl_c_keeps_what_was_drawn_and_asks_no_more(session: Path) -> None:
    code = (
        "import sys; from app.command_line import cli, headless; "
        "headless.engine_command = lambda: [sys.executable, '-m', 'tests.helpers.thinking_engine', '0.2']; "
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    words = ["probe", str(session), "--probe", "early-answering,filler", "--samples", "500"]
    command = [sys.executable, "-c", code, *words]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert "running" in next(line for line in process.stderr if "running" in line)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert "Traceback" not in err
    assert "Kept      a.espalier, run 2" in out
    with Session.open(session) as kept:
        assert [info.reason for info in kept.runs()[1:]] == ["stopped"]


def test_the_report_stays_within_its_width_and_shows_nothing_unsafe(tmp_path: Path) -> None:
    probed(tmp_path / "b.espalier", PROBES, samples=3)
    with Session.open(tmp_path / "b.espalier") as kept:
        trees = [fold(kept.records(info.id)) for info in kept.runs()[1:]]
    for tree in trees:
        lines = [line for text in found_lines(tree) for line in text.split("\n")]
        assert max(map(cells, lines)) <= WIDTH + 10
        assert all(line.isprintable() for line in lines)
        json.dumps(found_data(tree))
