"""`espalier label`, from its words to stdout, with a real engine that plays by script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.command_line import label as module
from app.command_line.run import INTERRUPTED
from app.command_line.text_columns import WIDTH, cells
from engine.commands import RunPlan
from engine.events import Record, Rescored, RolloutScores
from engine.importing import Origin, kept
from engine.problems import parse_problem
from engine.scores.exact import exact_labels
from engine.scores.labelling import TraceEnd, steps_to
from engine.scores.monte_carlo import sampled_in
from engine.search import LabelSteps
from engine.traces.detecting import detect
from engine.traces.splitter import split
from engine.tree import fold
from storage.session import Session
from tests.helpers.command_line import says, scripted_engine
from tests.helpers.running import plan, run_log

TEXT = "3 4 8"


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session with a beam search in the user's current folder."""
    monkeypatch.chdir(tmp_path)
    scripted_engine(monkeypatch)
    wish = plan("beam", text=TEXT, verifiers=("rule", "prm"))
    with Session.create(tmp_path / "a.espalier") as made:
        made.append(run_log(wish, number=made.new_run(wish)))
    return Path("a.espalier")


def test_the_traces_are_labelled_and_the_run_is_kept(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = says(capsys, "label", str(session), "--samples", "3", "--seed", "5")
    assert status == 0
    assert "100 %" in err
    assert "Kept      a.espalier, run 2" in out
    assert "scripte…  Monte-Carlo" in out
    assert "Monte-Carlo and exact   accuracy " in out
    assert "its answer is " in out
    assert all(cells(line) <= WIDTH for line in out.splitlines())
    with Session.open(session) as kept_session:
        searched, made = kept_session.runs()
        assert (made.plan.search, made.plan.seed, made.plan.verifiers) == (LabelSteps.name, 5, ("rule",))
        assert searched.plan.search == "beam"
        found = sampled_in(fold(kept_session.records(2)))
    assert {sampled.n for sampled in found.values()} == {1, 3}


def test_json_has_three_rows_for_every_step(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "label", str(session), "--samples", "2", "--json")
    assert status == 0
    said = json.loads(out)
    assert (said["run"], said["of"]["run"], said["scorer"]) == (2, 1, "scripted-prm")
    problem = parse_problem("game24", TEXT)
    with Session.open(session) as kept_session:
        tree, labels = fold(kept_session.records(1)), fold(kept_session.records(2))
    sampled = {"".join(labels.steps(node)): found for node, found in sampled_in(labels).items()}
    assert said["traces"]
    for trace in said["traces"]:
        texts = tuple(step["text"] for step in trace["steps"])
        assert trace["right"] == problem.check_answer("".join(texts)).correct
        assert tuple(step["exact"] for step in trace["steps"]) == exact_labels(problem, texts)
        for place, step in enumerate(trace["steps"]):
            found = sampled["".join(texts[: place + 1])]
            assert (step["monte_carlo"]["hits"], step["monte_carlo"]["n"]) == (found.hits, found.n)
            score = tree.nodes[step["node"]].score("prm")
            assert step["score"] == (None if score is None else score.value)
    assert set(said["agreement"]) == {"Score and Monte-Carlo", "Score and exact", "Monte-Carlo and exact"}


def test_without_samples_it_tells_what_is_known(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "label", str(session), "--exact", "--json")
    assert status == 0
    before = json.loads(out)
    assert before["run"] is None
    assert {step["monte_carlo"] for trace in before["traces"] for step in trace["steps"]} == {None}
    assert before["agreement"]["Score and Monte-Carlo"] == {"n": 0, "accuracy": None, "kappa": None, "auc": None}
    says(capsys, "label", str(session), "--samples", "2")
    after = json.loads(says(capsys, "label", str(session), "--exact", "--json")[1])
    assert all(step["monte_carlo"] for trace in after["traces"] for step in trace["steps"])
    with Session.open(session) as kept_session:
        assert len(kept_session.runs()) == 2


def test_one_trace_that_has_not_ended_is_sampled_at_its_end_too(
    session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = says(capsys, "label", str(session), "--node", "1", "--samples", "4", "--json")
    assert status == 0
    (trace,) = json.loads(out)["traces"]
    (step,) = trace["steps"]
    assert (step["monte_carlo"]["n"], step["monte_carlo"]["checked"]) == (4, False)


def test_a_budget_ends_it_and_that_is_said(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "label", str(session), "--samples", "500", "--budget-tokens", "50")
    assert status == 0
    assert "\nEnded     " in out


def test_what_cannot_be_labelled_is_one_sentence(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trace = split("Because of the air.", detect(text="Because of the air.").recipe)
    read = kept(trace, Origin("a.txt", question="Why is the sky blue?"))
    with Session.open(session) as made:
        number = made.new_run(read.plan)
        made.append(read.records(number, 0.0))
        made.new_run(RunPlan("game24", TEXT, "cot", {}))
        made.append([])
    for words, sentence in (
        (("none.espalier",), "There is no file"),
        ((str(session), "--run", "9"), "its runs: 1, 2, 3"),
        ((str(session), "--run", "1", "--node", "99"), "has no node 99"),
        ((str(session), "--run", "1", "--scorer", "nobody"), "its scorers: scripted-prm"),
        ((str(session), "--run", "2"), "Nobody can say which answers to this problem are right"),
        ((str(session), "--run", "3"), "No trace of run 3 has ended"),
        ((str(session), "--run", "1", "--temperature", "-1"), "Temperature must be at least 0"),
    ):
        status, out, err = says(capsys, "label", *words)
        assert (status, out) == (2, ""), words
        assert sentence in err
        assert err.startswith("espalier: ")
        assert err.count("\n") == 1
    with Session.open(session) as made:
        assert len(made.runs()) == 3


def test_a_resumed_label_run_is_shown_as_any_run(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "label", str(session), "--samples", "2")
    with Session.open(session) as made:
        records = list(made.records(2))
        wish = made.info(2).plan
        half = made.new_run(wish)
        made.append([replace(record, run=half) for record in records[: len(records) // 2]])
    status, out, _ = says(capsys, "resume", str(session), "--run", str(half))
    assert status == 0
    with Session.open(session) as made:
        assert sampled_in(fold(made.records(half))) == sampled_in(fold(made.records(2)))
    status, out, _ = says(capsys, "show", str(session))
    assert status == 0
    assert "(left: " in out


def test_ctrl_c_keeps_what_was_drawn_and_resume_goes_on_with_it(
    session: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pressed:
        """Ctrl+C as soon as the engine is asked."""

        def __enter__(self) -> object:
            return lambda: True

        def __exit__(self, *_: object) -> None:
            pass

    words = ("label", str(session), "--samples", "3", "--seed", "5")
    assert says(capsys, *words)[0] == 0
    with monkeypatch.context() as stopped:
        stopped.setattr(module, "ctrl_c", Pressed)
        status, out, _ = says(capsys, *words)
    assert status == INTERRUPTED
    assert "Go on     espalier resume a.espalier --run 3" in out
    with Session.open(session) as made:
        assert made.info(3).reason == "stopped"
        assert sampled_in(fold(made.records(3))) != sampled_in(fold(made.records(2)))
    assert says(capsys, "resume", str(session), "--run", "3")[0] == 0
    with Session.open(session) as made:
        assert made.info(3).reason == "finished"
        assert sampled_in(fold(made.records(3))) == sampled_in(fold(made.records(2)))
    status, _, err = says(capsys, "resume", str(session), "--run", "3")
    assert (status, "has ended already" in err) == (2, True)


def test_where_only_rollouts_end_their_steps_are_labelled(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wish = plan("mcts", text=TEXT, value="rollout", simulations=1)
    with Session.open(session) as made:
        made.append(run_log(wish, number=made.new_run(wish)))
        tree = fold(made.records(2))
    (end,) = [TraceEnd(node.id, 0) for node in tree.nodes.values() if node.rollouts]
    assert not any(node.terminal for node in tree.nodes.values())
    scores = (0.25,) * len(tree.nodes[end.node].rollouts[0].steps)
    said = Rescored((), "late", rollouts=(RolloutScores(end.node, 0, scores),))
    with Session.open(session) as made:
        made.append([Record(2, made.info(2).events + 1, 0.0, said)])
    status, out, _ = says(capsys, "label", str(session), "--run", "2", "--scorer", "late", "--samples", "2", "--json")
    assert status == 0
    (trace,) = json.loads(out)["traces"]
    texts = steps_to(tree, end)
    assert tuple(step["text"] for step in trace["steps"]) == texts
    assert len(tree.steps(end.node)) < len(texts)
    assert [step["node"] for step in trace["steps"]][-1] is None
    assert tuple(step["exact"] for step in trace["steps"]) == exact_labels(parse_problem("game24", TEXT), texts)
    assert all(step["monte_carlo"] for step in trace["steps"])
    assert [step["score"] for step in trace["steps"]][-len(scores) :] == [*scores]
    _, out, _ = says(capsys, "label", str(session), "--run", "2", "--exact")
    assert f"Trace to node {end.node}, rollout 1: " in out
