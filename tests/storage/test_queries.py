"""The tables read by other tools: the three queries of the README, run as they stand there."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from engine.events import Backpropagated, Expanded, NewNode, Record, RunFinished, Score, Scored
from engine.tree import fold
from storage.session import Session
from tests.storage.samples import PLAN, log, save

RUNS = """\
SELECT id, text, search, json_extract(settings, '$.simulations') AS simulations, answer, correct,
       round(finished_at - started_at, 1) AS seconds
FROM runs ORDER BY id;
"""
TRACE = """\
WITH RECURSIVE trace AS (
    SELECT nodes.* FROM nodes JOIN runs ON runs.id = run_id AND chosen = node WHERE run_id = 1
    UNION ALL
    SELECT nodes.* FROM nodes JOIN trace ON nodes.run_id = trace.run_id AND nodes.node = trace.parent
)
SELECT node, step, prior, logprob FROM trace ORDER BY node;
"""
SCORES = """\
WITH log AS (
    SELECT json_extract(row.value, '$[1]') AS event
    FROM events, json_each(CAST(sqlar_uncompress(packed, size) AS TEXT)) AS row WHERE run_id = 1
)
SELECT nodes.node, json_extract(score.value, '$.value') AS prm, nodes.step
FROM log, json_each(event, '$.scores') AS score
JOIN nodes ON run_id = 1 AND nodes.node = json_extract(score.value, '$.node')
WHERE json_extract(event, '$.type') = 'Scored' AND json_extract(score.value, '$.source') = 'prm'
ORDER BY prm DESC LIMIT 10;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """One finished run of three simulations whose answer is node 5."""
    path = tmp_path / "a.espalier"
    end = Record(1, 17, log()[0].at + 9.5, RunFinished("budget", "Done.", 5, "24", True, "It is 24."))
    with Session.create(path) as session:
        save(session, (*log(finished=False), end))
        session.new_run(PLAN)
    return path


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    """As the shell of SQLite answers, which brings that function: a blob as long as its text stands for itself."""
    with closing(sqlite3.connect(path)) as connection:
        unpack = lambda packed, size: packed if len(packed) == size else zlib.decompress(packed)  # noqa: E731
        connection.create_function("sqlar_uncompress", 2, unpack)
        return connection.execute(query).fetchall()


def test_runs_and_their_answers(file: Path) -> None:
    assert ask(file, RUNS) == [
        (1, "4 9 10 13", "mcts", 3, "24", 1, 9.5),
        (2, "4 9 10 13", "mcts", 3, None, None, None),
    ]


def test_the_trace_of_the_answer(file: Path) -> None:
    tree = fold(log())
    expected = [(node.id, node.step, node.prior, node.logprob) for node in tree.path(5)[1:]]
    assert len(expected) == 3
    assert ask(file, TRACE) == expected


def test_the_steps_that_the_prm_likes_best(file: Path) -> None:
    tree = fold(log())
    scored = [(node.id, score.value, node.step) for node in tree.nodes.values() for score in node.scores]
    found = ask(file, SCORES)
    assert sorted(found) == sorted(scored)
    assert [row[1] for row in found] == sorted((row[1] for row in scored), reverse=True)


def test_scores_of_other_sources_and_runs_stay_out(file: Path) -> None:
    with Session.open(file) as session:
        records = [
            Record(1, 18, 1.0, Scored(4, (Score(1, 1.0, "rule", "rule"),))),
            Record(2, 1, 1.0, log()[0].event),
            Record(2, 2, 1.0, Expanded(1, 0, (NewNode(1, "other", 1.0),))),
            Record(2, 3, 1.0, Scored(1, (Score(1, 0.99, "prm", "v"),))),
            Record(2, 4, 1.0, Backpropagated(1, 1, 0.99, "prm")),
        ]
        before = ask(file, SCORES)
        session.append(records)
        session.flush()
    assert ask(file, SCORES) == before
