"""The command line from its words to what stands on stdout, with the real engine process and scripted models."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.command_line import headless
from app.command_line import run as run_command
from app.command_line.cli import main
from engine import __version__
from engine.commands import RunPlan
from engine.events import AnyEvent, PrivacySet, Record, RunNamed
from engine.search import SEARCHES
from engine.tree import fold
from engine.verifiers.registry import ASKING
from storage.errors import SessionError
from storage.session import Session
from tests.helpers.command_line import says, scripted_engine
from tests.helpers.logs import search_log
from tests.helpers.running import VERIFIERS

RUN = ["run", "4 9 10 13", "--set", "simulations=4", "--set", "width=2"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's current folder; engines play by script."""
    monkeypatch.chdir(tmp_path)
    scripted_engine(monkeypatch)
    return tmp_path


def one_sentence(text: str) -> bool:
    return text.startswith("espalier: ") and text.count("\n") == 1 and "Traceback" not in text


def keep(path: Path, iterations: int = 3, finished: bool = True) -> None:
    """A session with one run made by hand."""
    with Session.create(path) as session:
        session.new_run(RunPlan("game24", "4 9 10 13", "mcts", {}))
        session.append(search_log(iterations, finished=finished))


def test_a_run_is_kept_and_its_result_is_readable(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = says(capsys, *RUN, "--out", "a.espalier")
    assert status == 0
    assert "Problem   4 9 10 13  (game24)" in out
    assert f"File      {folder / 'a.espalier'}, run 1" in out
    assert "100 %" in err
    with Session.open(folder / "a.espalier") as session:
        tree = fold(session.records(1))
    assert tree.iterations_done == 4
    assert tree.finished is not None
    assert f"Answer    {tree.finished.answer or 'none'}" in out


def test_the_result_as_json_agrees_with_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, *RUN, "--seed", "3", "--out", "a.espalier", "--json")
    assert status == 0
    said = json.loads(out)
    with Session.open(folder / "a.espalier") as session:
        tree = fold(session.records(said["run"]))
    assert (said["seed"], said["nodes"], said["iterations"]) == (3, len(tree.nodes), 4)


def test_a_second_run_is_added_to_the_same_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert says(capsys, *RUN, "--out", "a.espalier")[0] == 0
    with Session.open(folder / "a.espalier") as session:
        assert [info.state for info in session.runs()] == ["finished", "finished"]
    assert "this is run 2" in says(capsys, "show", "a.espalier")[1]


def test_settings_budget_and_verifiers_reach_the_plan(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--budget-tokens", "1", "--verifiers", "rule, prm", "--seed", "7", "--set", "formula=uct"]
    assert says(capsys, *RUN, *words, "--out", "a.espalier")[0] == 0
    with Session.open(folder / "a.espalier") as session:
        plan = session.plan(1)
    assert (plan.budget.tokens, plan.seed, plan.verifiers) == (1, 7, ("rule", "prm"))
    assert (plan.settings["formula"], plan.settings["simulations"]) == ("uct", 4)


@pytest.mark.parametrize("search", SEARCHES)
def test_every_strategy_runs_and_is_shown(search: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "4 9 10 13", "--search", search, "--verifiers", ",".join(VERIFIERS), "--out", "a.espalier"]
    status, out, err = says(capsys, *words, "--budget-tokens", "400")
    assert (status, "Traceback" in err) == (0, False)
    with Session.open(folder / "a.espalier") as session:
        tree = fold(session.records(1))
    pruned = sum(bool(node.pruned) for node in tree.nodes.values())
    for text in (out, says(capsys, "show", "a.espalier")[1]):
        assert f"Search    {search}, seed 0" in text
        assert f"{len(tree.nodes)} nodes" in text
        assert f"{pruned} pruned, {tree.duplicates} samples led to a state known before" in text
        assert f"{tree.cost.calls} model calls, {tree.cost.generated} tokens generated" in text
        assert f"{tree.cost.prompt} read, {tree.cost.cached} from the cache, {tree.cost.scored:,} scored" in text
        assert ("Vote      " in text) == bool(tree.votes)


@pytest.mark.parametrize("search", SEARCHES)
def test_every_strategy_has_a_help_page(search: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "strategies", search)
    assert status == 0
    flags = says(capsys, "run", "--search", search, "--help")[1]
    for entry in SEARCHES[search].form():
        assert f"{entry.label} ({entry.name}): {entry.help}" in out
        assert f"--{entry.name.replace('_', '-')} " in flags
    assert SEARCHES[search].title in says(capsys, "strategies")[1]


def test_the_list_of_strategies_stands_under_headings(capsys: pytest.CaptureFixture[str]) -> None:
    lines = says(capsys, "strategies")[1].splitlines()
    headings = [line for line in lines if line and not line.startswith((" ", "espalier"))]
    assert headings == list(dict.fromkeys(search.group for search in SEARCHES.values()))
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [
        search.name for group in headings for search in SEARCHES.values() if search.group == group
    ]


def test_help_names_every_verifier(capsys: pytest.CaptureFixture[str]) -> None:
    words = says(capsys, "run", "--help")[1].rpartition("--verifiers")[2].partition("--policy")[0]
    assert set(ASKING) | {"prm", "orm", "rule", "gold"} <= set(words.replace(",", " ").replace(";", " ").split())


def test_a_picture_that_cannot_be_painted_is_told_before_the_search(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.command_line.run.why_no_picture", lambda: "No picture can be painted here: no libraries.")
    status, _, err = says(capsys, *RUN, "--picture", "a.png")
    assert (status, err) == (2, "espalier: No picture can be painted here: no libraries.\n")
    assert list(folder.iterdir()) == []


def test_a_picture_is_painted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, *RUN, "--picture", "deep/a.png")
    assert status == 0
    assert (folder / "deep" / "a.png").read_bytes().startswith(b"\x89PNG")
    assert str(folder / "deep" / "a.png") in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["run", "4 9 ten"], "ten"),
        (["run", "4 9 10 13", "--problem", "chess"], "no kind of problem called 'chess'"),
        (["run", "4 9 10 13", "--search", "magic"], "no search called 'magic'"),
        (["run", "4 9 10 13", "--set", "simulations"], "NAME=VALUE"),
        (["run", "4 9 10 13", "--set", "simulations=many"], "Simulations must be a whole number"),
        (["run", "4 9 10 13", "--set", "nonsense=1"], "no setting called 'nonsense'"),
        (["run", "4 9 10 13", "--nonsense", "1"], "nonsense"),
        (["run", "4 9 10 13", "--width", "0"], "Width must be at least 1"),
        (["run", "4 9 10 13", "--verifiers", ""], "MCTS needs a verifier"),
        (["run", "4 9 10 13", "--verifiers", "gold"], "none is known for this problem"),
        (["run", "4 9 10 13", "--search", "beam", "--beams", "5", "--width", "2"], "must be a multiple"),
        (["strategies", "magic"], "no search called 'magic'"),
        (["run", "4 9 10 13", "--budget-tokens", "0"], "more than 0"),
        (["run", "4 9 10 13", "--seed", "x"], "seed"),
        (["run"], "PROBLEM"),
        (["run", "4 9 10 13", "--out", "no/such/folder/a.espalier"], "a.espalier"),
        (["show", "none.espalier"], "no file none.espalier"),
        (["resume", "none.espalier"], "no file none.espalier"),
        (["export", "none.espalier", "--to", "smoke"], "no format called 'smoke'"),
        (["train", "patience"], "nothing called 'patience'"),
        (["dance"], "dance"),
    ],
)
def test_bad_input_gets_one_sentence(
    words: list[str], sentence: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = says(capsys, *words)
    assert (status, out) == (2, "")
    assert one_sentence(err)
    assert sentence in err
    assert not list(folder.iterdir())


def test_a_file_that_is_no_session_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.espalier").write_text("hello")
    for words in (["show", "a.espalier"], [*RUN, "--out", "a.espalier"], ["export", "a.espalier"]):
        status, _, err = says(capsys, *words)
        assert status == 2
        assert one_sentence(err)
    assert (folder / "a.espalier").read_text() == "hello"


def test_a_plan_that_the_engine_refuses_leaves_no_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(headless, "engine_command", lambda: [sys.executable, "-P", "-m", "engine"])
    status, _, err = says(capsys, *RUN, "--policy", "nowhere", "--out", "a.espalier")
    assert status == 2
    assert "nowhere" in err
    assert "Traceback" not in err
    assert not list(folder.iterdir())


def test_an_engine_that_dies_leaves_the_events_and_a_way_to_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(folder / "a.espalier", finished=False)
    dead = [sys.executable, "-c", "import sys; sys.exit(9)"]
    monkeypatch.setattr(headless, "engine_command", lambda: dead)
    status, _, err = says(capsys, "resume", "a.espalier")
    assert status == 1
    assert "exit code 9" in err
    assert "keeps the 16 events of run 1" in err
    assert f"espalier resume {folder / 'a.espalier'} --run 1" in err


def test_an_interrupted_run_is_resumed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, *RUN, "--out", "whole.espalier")
    with Session.open(folder / "whole.espalier") as whole, Session.create(folder / "cut.espalier") as session:
        session.new_run(whole.plan(1))
        session.append(whole.records(1, until=6))
    assert says(capsys, "resume", "cut.espalier")[0] == 0
    with Session.open(folder / "cut.espalier") as session:
        assert fold(session.records(1)).iterations_done == 4
    status, _, err = says(capsys, "resume", "cut.espalier")
    assert status == 2
    assert "has ended already" in err


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent in another way there")
def test_ctrl_c_ends_the_run_and_keeps_the_file(folder: Path) -> None:
    code = (
        "import sys; from app.command_line import cli, headless; "
        "headless.engine_command = lambda: [sys.executable, '-m', 'tests.helpers.scripted_engine', '30']; "
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, *RUN, "--out", "a.espalier"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder)
    assert process.stderr is not None
    assert "running" in next(line for line in process.stderr if "running" in line)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == run_command.INTERRUPTED
    assert "Traceback" not in err
    assert "stopped" in out.lower()
    with Session.open(folder / "a.espalier") as session:
        assert session.info(1).reason == "stopped"


def test_what_cannot_be_written_is_rescued(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(elsewhere))

    def full(_session: Session, _timeout: float | None = None) -> None:
        raise SessionError("a.espalier could not be written: the disk is full.")

    monkeypatch.setattr(Session, "flush", full)
    status, _, err = says(capsys, *RUN, "--out", "a.espalier")
    (rescued,) = elsewhere.glob("*/*.espalier")
    assert status == 1
    assert "the disk is full" in err
    assert str(rescued) in err
    with Session.open(rescued) as session:
        assert session.info(1).state == "finished"


def test_show_prints_the_tree_of_the_chosen_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(folder / "a.espalier")
    status, out, _ = says(capsys, "show", "a.espalier", "--run", "1")
    assert status == 0
    assert out.count("step ") == 6
    assert "no run 5" in says(capsys, "show", "a.espalier", "--run", "5")[2]


def test_show_tells_the_name_of_a_run_and_that_it_is_private(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(folder / "a.espalier")
    with Session.open(folder / "a.espalier") as session:
        events = session.info(1).events
        said: tuple[AnyEvent, ...] = (RunNamed("the first\x1b[31m"), PrivacySet(True))
        session.append([Record(1, seq, 1e9, event) for seq, event in enumerate(said, events + 1)])
    _, out, _ = says(capsys, "show", "a.espalier")
    assert "Name      the first⟦001B⟧[31m" in out
    assert "Private   " in out


def test_show_does_not_list_a_thousand_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Session.create(folder / "a.espalier") as session:
        for _ in range(1_000):
            session.new_run(RunPlan("game24", "4 9 10 13", "mcts", {}))
    assert says(capsys, "show", "a.espalier", "--run", "7")[1].startswith("Runs      1 to 1000; this is run 7\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way there")
def test_a_reader_that_has_seen_enough_is_no_error(folder: Path) -> None:
    keep(folder / "a.espalier", iterations=300)
    code = "import sys; from app.command_line.cli import main; sys.exit(main(['show', 'a.espalier']))"
    show = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder)
    assert show.stdout is not None
    assert show.stderr is not None
    show.stdout.readline()
    show.stdout.close()
    assert show.stderr.read() == b""
    show.stderr.close()
    assert show.wait() == 1


def test_export_writes_json_to_stdout_or_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(folder / "a.espalier")
    status, out, _ = says(capsys, "export", "a.espalier", "--to", "json")
    assert status == 0
    assert len(json.loads(out)["nodes"]) == 7
    assert says(capsys, "export", "a.espalier", "--to", "json", "--out", "a.json")[:2] == (0, "")
    assert json.loads((folder / "a.json").read_text()) == json.loads(out)


def test_the_doctor_speaks_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "doctor", "--json")
    findings = {finding["name"]: finding for finding in json.loads(out)}
    assert findings["Engine"]["good"]
    assert status == (0 if all(finding["good"] for finding in findings.values()) else 1)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "--version")[:2] == (0, f"Espalier {__version__}\n")
    for words in (["help"], ["--help"], []):
        status, out, _ = says(capsys, *words)
        assert status == 0
        assert all(word in out for word in ("run", "show", "export", "train", "bench", "doctor"))
    assert "--budget-tokens" in says(capsys, "help", "run")[1]
    assert says(capsys, "help", "train")[1] == says(capsys, "train", "--help")[1] != ""


def test_help_on_no_command_and_an_unknown_option_point_to_the_help_that_helps(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = says(capsys, "help", "foo")
    assert (status, err) == (2, "espalier: There is no command called 'foo'. See: espalier --help\n")
    keep(folder / "a.espalier")
    for words in (["show", "a.espalier", "--nope"], ["show", "--nope", "a.espalier"]):
        status, _, err = says(capsys, *words)
        assert (status, err) == (2, "espalier: Nothing is known of --nope here. See: espalier show --help\n")


def test_a_seed_that_cannot_be_kept_leaves_no_file_behind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = says(capsys, *RUN, "--seed", "9" * 30, "--out", "a.espalier")
    assert status == 2
    assert one_sentence(err)
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = says(capsys, *RUN, "--out", str(folder / "gone" / "a.espalier"))
    assert status == 2
    assert f"a.espalier could not be created: there is no folder {folder / 'gone'}." in err


def test_a_log_too_large_for_the_pipe_is_refused_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(folder / "a.espalier", finished=False)
    monkeypatch.setattr("engine.frames.MAX_FRAME", 1_000)
    status, _, err = says(capsys, "resume", "a.espalier")
    assert status == 2
    assert "cannot be gone on with" in err


def test_a_closed_stdout_is_no_fault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["help"]) == 0
    sys.stdout.close()
    assert not capsys.readouterr().err
