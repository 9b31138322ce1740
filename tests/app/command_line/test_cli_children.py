"""Commands that pass work on to a child process or measure: train and bench."""

from __future__ import annotations

import json
import sys

import pytest

from app import benchmarks
from app.command_line import train
from engine import __version__
from tests.helpers.command_line import says, scripted_engine


def test_train_passes_its_words_to_a_child(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    echo = [sys.executable, "-c", "import os, sys; sys.exit(40 + len(sys.argv) + ('OMP_WAIT_POLICY' in os.environ))"]
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    monkeypatch.setattr(train, "child_command", lambda switch, *words: [*echo, switch, *words])
    assert says(capsys, "train", "prm", "--seed", "1")[0] == 40 + 5


def test_a_benchmark_of_the_engine_is_one_json_object(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted_engine(monkeypatch)
    made = {"calibration_error": 0.0125, "rows": [{"search": "mcts", "solved": 9}]}
    code = f"import sys; print({json.dumps(made)!r}); print(sys.argv[1:], file=sys.stderr)"
    monkeypatch.setattr(benchmarks, "child_command", lambda *words: [sys.executable, "-c", code, *words])
    status, out, _ = says(capsys, "bench", "search", "--quick", "--json")
    assert status == 0
    measured = json.loads(out)
    assert (measured["bench"], measured["seed"], measured["figures"]) == ("search", 0, made)
    assert measured.keys() == {"bench", "version", "seed", "machine", "figures"}
    table = says(capsys, "bench", "search")[1]
    assert "calibration_error        0.013" in table or "calibration_error        0.012" in table
    assert "search mcts  solved 9" in table


@pytest.mark.parametrize(
    ("code", "sentence"), [("import sys; sys.exit(3)", "failed with exit code 3"), ("print('hm')", "not JSON")]
)
def test_a_benchmark_that_fails_says_so(
    code: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmarks, "child_command", lambda *_words: [sys.executable, "-c", code])
    status, _, err = says(capsys, "bench", "prm")
    assert status == 1
    assert sentence in err


def test_a_benchmark_that_nobody_knows_is_a_slip_of_the_user(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = says(capsys, "bench", "nonsense")
    assert status == 2
    assert "There is no benchmark called 'nonsense'; there are: startup, " in err


def test_a_benchmark_of_the_window_says_on_what_it_was_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted_engine(monkeypatch)
    monkeypatch.setitem(benchmarks.IN_APP, "startup", lambda quick, seed: {"quick": quick, "seed": seed})
    measured = json.loads(says(capsys, "bench", "startup", "--quick", "--seed", "5", "--json")[1])
    assert measured["figures"] == {"quick": True, "seed": 5}
    assert measured["version"] == __version__
    assert measured["machine"].keys() == {"cpu_count", "python", "qt", "torch", "device"}
    assert measured["machine"]["device"].startswith("cpu")
