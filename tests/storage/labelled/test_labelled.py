"""Labels of a session as files to train on: whose labels, which traces, pairs, what is left out, the page beside."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine import __version__
from engine.events import AnyEvent, NodeId, PrivacySet, Record, StepRated
from engine.scores.labelling import label_plan
from engine.tree import Tree, fold
from storage.errors import SessionError
from storage.exporters.labelled import LABELLED, export_labelled, labelled_exporter, write_labelled
from storage.importers.importing import Report, import_file
from storage.session import Session
from tests.helpers.data_sets import STEPS, completion, data_set, exported, kept_of, lines, prm800k, process_bench, step
from tests.helpers.running import plan, run_log


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A chain of thought and a search, none of whose steps is rated."""
    with Session.create(tmp_path / "a.espalier") as made:
        for wish in (plan("cot", text="3 4 8"), plan("mcts", simulations=6)):
            keep(made, run_log(wish), wish)
        yield made


def keep(session: Session, log: tuple[Record, ...], wish: Any) -> int:
    run = session.new_run(wish)
    session.append(replace(record, run=run) for record in log)
    return run


def rate(session: Session, run: int, *ratings: tuple[NodeId, int], by: str = "") -> None:
    add(session, run, *(StepRated(node, rating, by) for node, rating in ratings))


def add(session: Session, run: int, *events: AnyEvent) -> None:
    last = session.info(run).events
    session.append(Record(run, last + number, 9.0, event) for number, event in enumerate(events, 1))


def written(session: Session, name: str, *arguments: Any, **more: Any) -> list[dict[str, Any]]:
    out = io.BytesIO()
    write_labelled(session, name, out, *arguments, **more)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def spine(session: Session, run: int = 1) -> tuple[Tree, list[NodeId]]:
    tree = fold(session.records(run))
    assert tree.finished is not None
    assert tree.finished.chosen is not None
    return tree, [node.id for node in tree.path(tree.finished.chosen)[1:]]


def test_a_persons_rating_comes_before_a_data_sets(session: Session) -> None:
    tree, nodes = spine(session)
    rate(session, 1, *((node, 1) for node in nodes), by="PRM800K")
    rate(session, 1, (nodes[1], -1))
    texts = [tree.nodes[node].step.strip() for node in nodes]
    (record,) = written(session, "trl")
    assert record == {
        "prompt": tree.root.step,
        "completions": texts,
        "labels": [True, False] + [True] * (len(nodes) - 2),
    }
    assert written(session, "trl", "dataset")[0]["labels"] == [True] * len(nodes)
    assert written(session, "trl", "person") == []  # its first step has no rating
    rate(session, 1, (nodes[0], 0))
    (record,) = written(session, "trl", "person")
    assert (record["completions"], record["labels"]) == (texts[:2], [True, False])


def test_exact_and_monte_carlo_labels(session: Session) -> None:
    tree, nodes = spine(session)
    (first, *_) = written(session, "math-shepherd", "exact", runs=[1])
    assert first["label"].count(" +") + first["label"].count(" -") >= len(nodes)
    assert written(session, "trl", "monte-carlo") == []
    wish = label_plan(plan("cot", text="3 4 8"), [tree.steps(nodes[-1])], 4)
    keep(session, run_log(wish), wish)
    (record,) = written(session, "trl", "monte-carlo", runs=[1])
    assert len(record["labels"]) == len(record["completions"]) == len(nodes)


def test_process_bench_needs_to_know_every_step_before_the_first_wrong_one(session: Session) -> None:
    tree, nodes = spine(session)
    rate(session, 1, *((node, 1) for node in nodes[:-1]))
    out = io.BytesIO()
    report = write_labelled(session, "processbench", out)
    assert (out.getvalue(), report.left_out.total(), report.runs) == (b"", 1, 2)
    rate(session, 1, (nodes[1], -1))
    (record,) = written(session, "processbench")
    assert (record["label"], len(record["steps"]), record["generator"]) == (1, len(nodes), tree.started.policy)  # type: ignore[union-attr]
    assert record["final_answer_correct"] == tree.finished.correct  # type: ignore[union-attr]


def test_a_label_beside_the_answer_is_a_trace_that_ends_there(session: Session) -> None:
    tree = fold(session.records(2))
    lonely = next(node for node in tree.leaves() if not node.terminal and node.depth == 1)
    rate(session, 2, (lonely.id, -1))
    assert written(session, "trl") == [
        {"prompt": tree.root.step, "completions": [lonely.step.strip()], "labels": [False]}
    ]
    (record,) = written(session, "prm800k")
    texts = [entry["text"] for entry in record["label"]["steps"][0]["completions"]]
    assert texts == [node.step.strip() for node in tree.children(0)]
    assert [entry["rating"] for entry in record["label"]["steps"][0]["completions"]].count(-1) == 1


def test_what_stands_beside_the_answer_is_rated_once_in_prm800k(session: Session) -> None:
    wish = plan("self-consistency", text="3 4 8")
    run = keep(session, run_log(wish), wish)
    tree, nodes = spine(session, run)
    beside = next(node for node in tree.children(0) if node.id != nodes[0] and node.children)
    below = tree.children(beside.id)[0]
    rate(session, run, (beside.id, -1), (below.id, 1))
    (record,) = written(session, "prm800k")
    ratings = [entry["rating"] for level in record["label"]["steps"] for entry in level["completions"]]
    assert sorted(rating for rating in ratings if rating is not None) == [-1, 1]
    assert record["question"]["pre_generated_steps"] == [beside.step.strip(), below.step.strip()]
    rate(session, run, (nodes[0], 0))
    first, *_ = written(session, "prm800k")
    assert first["question"]["pre_generated_steps"] == [tree.nodes[node].step.strip() for node in nodes]


def test_pairs_are_siblings_that_are_clearly_apart() -> None:
    good, bad, so_so = completion("good", 1), completion("bad", -1), completion("so-so", 0)
    (run,) = kept_of(prm800k(step(completion("a", 1)), step(bad, so_so, good, completion("new"), chosen=2)))
    assert exported(run, "dpo") == [
        {"prompt": f"{run.plan.text.partition(' ####')[0]}\n\na\n", "chosen": "good\n", "rejected": "bad\n", "gap": 2.0,
         "by": "ratings"},
    ]  # fmt: skip
    (run,) = kept_of(prm800k(step(completion("a", 1), completion("b", 0))))
    assert exported(run, "dpo") == []


def test_pairs_by_scores_where_nobody_rated(session: Session) -> None:
    tree = fold(session.records(2))
    records = written(session, "dpo")
    assert records
    marks = {node.step: node.mark for node in tree.nodes.values()}
    for record in records:
        (better, by), (worse, _) = marks[record["chosen"]], marks[record["rejected"]]  # type: ignore[misc]
        assert better - worse == pytest.approx(record["gap"])
        assert (record["by"], record["gap"] >= 0.5) == (by, True)


def test_a_question_that_looks_like_a_solution_is_left_out() -> None:
    (run,) = kept_of(process_bench(problem="Look at Step 1: of this.", steps=STEPS))
    (left_out,) = exported(run, "math-shepherd")
    assert str(left_out) == "'Step 1:', with which a solution begins, stands in their question"


def test_the_file_and_the_page_beside_it(session: Session, tmp_path: Path) -> None:
    import_file(session, data_set(tmp_path, 2), Report("pb.jsonl"))
    target, told = tmp_path / "out.jsonl", []
    report = export_labelled(session, "processbench", target, progress=lambda *how_far: told.append(how_far))
    assert target.read_bytes() == lines(*written(session, "processbench")).replace(b'": ', b'":').replace(b', "', b',"')
    assert (report.records, report.used, report.runs, told[-1]) == (2, 2, 4, (4, 4))
    page = (tmp_path / "out.jsonl.README.md").read_text(encoding="utf-8")
    for words in (f"Espalier {__version__}", "a.espalier", "toy (runs: 2)", "ProcessBench (runs: 2)", "2 of 4 runs"):
        assert words in page


def test_private_runs_stay_out_but_for_those_that_are_named(session: Session, tmp_path: Path) -> None:
    import_file(session, data_set(tmp_path, 3), Report("pb.jsonl"))
    last = session.info(session.runs()[-1].id)
    session.append([Record(last.id, last.events + 1, 1.0, PrivacySet(True))])
    report = export_labelled(session, "processbench", tmp_path / "out.jsonl")
    assert (report.records, report.private) == (2, 1)
    assert "- Left out: private runs (1)." in (tmp_path / "out.jsonl.README.md").read_text(encoding="utf-8")
    alone = export_labelled(session, "processbench", tmp_path / "out.jsonl", runs=[last.id])
    assert (alone.records, alone.private) == (1, 0)


def test_nothing_to_write_leaves_no_file(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(SessionError, match=r"^There is nothing to write: no step has a label \(the person's rating"):
        export_labelled(session, "trl", target)
    rate(session, 1, (2, 1))
    with pytest.raises(SessionError, match="1 trace, because their first step has no label"):
        export_labelled(session, "trl", target)
    rate(session, 1, (1, 1))
    with pytest.raises(SessionError, match="could not be written"):
        export_labelled(session, "trl", tmp_path / "nowhere" / "out.jsonl")
    with pytest.raises(SessionError, match="no format called 'csv'; there are: prm800k, "):
        export_labelled(session, "csv", target)
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if "README" in path.name) == []


def test_names_are_unique() -> None:
    assert [labelled_exporter(entry.name) for entry in LABELLED] == list(LABELLED)
