"""Which trace a selected step stands for, and the text that is just being written."""

from __future__ import annotations

from app.models.thought_choice import TraceEnd, end_of, ends_of, is_there, with_writing, written_below
from engine.events import Expanded, NewNode, Record
from engine.frames import Branch
from engine.run_traces import trace_of
from engine.tree import Tree, fold
from tests.helpers.running import plan, run_log
from tests.helpers.thinking_log import SHOWN, THOUGHT, chain_log

LAST = len(THOUGHT) + len(SHOWN)


def test_a_step_stands_for_the_answer_below_it() -> None:
    tree = fold(chain_log())
    assert end_of(tree, 2) == TraceEnd(LAST)
    assert end_of(tree, None) == end_of(tree, 0) == TraceEnd(LAST)
    assert end_of(Tree(), None) is None
    assert end_of(fold(chain_log()[:1]), 0) is None


def test_an_answer_beside_the_best_way_is_found() -> None:
    """The principal way below node 2 goes on unfinished; another child of it has ended."""
    log = list(chain_log(finished=False))
    ended = NewNode(LAST + 1, "Answer: 23", 0.5, terminal=True)
    log.append(Record(1, len(log) + 1, 0.0, Expanded(99, 2, (ended,))))
    tree = fold(log)
    assert end_of(tree, 2) == TraceEnd(LAST + 1)
    assert end_of(tree, 3) == TraceEnd(LAST)


def test_where_nothing_ended_the_best_rollout_counts() -> None:
    log = [*chain_log(THOUGHT[:1], (), finished=False, rollouts=(("a 1",), ("b 2",)))]
    tree = fold(log)
    assert end_of(tree, 1) == TraceEnd(1, 0)
    assert ends_of(tree) == (TraceEnd(1, 0), TraceEnd(1, 1))
    assert is_there(tree, TraceEnd(1, 1))
    assert not is_there(tree, TraceEnd(1, 2))
    assert not is_there(tree, TraceEnd(7))


def test_the_chosen_answer_comes_first() -> None:
    tree = fold(run_log(plan("self-consistency", samples=6, temperature=1.0)))
    ends = ends_of(tree)
    assert tree.finished is not None
    assert ends[0].node == tree.finished.chosen
    assert len(set(ends)) == len(ends) == len({node.id for node in tree.answers()})


def test_text_under_way_is_hidden_while_the_thought_is_open() -> None:
    tree = fold(chain_log(THOUGHT[:2], (), finished=False))
    trace = trace_of(tree, 2)
    branches = (Branch(1, 0, "elsewhere"), Branch(2, 0, "Then 35 "))
    written = written_below(TraceEnd(2), branches)
    assert written == "Then 35 "
    assert written_below(TraceEnd(2, 0), branches) == ""
    grown = with_writing(trace, written, tree.steps(2), thinking=True)
    assert grown.text == trace.text + written
    assert grown.of("hidden") == trace.of("hidden") + written
    assert grown.cut_off == "hidden"
    assert [span.end for span in grown.spans][-1] == len(grown.text)


def test_text_under_way_is_exposed_after_the_thought() -> None:
    tree = fold(chain_log(shown=(), finished=False))
    trace = trace_of(tree, len(THOUGHT))
    grown = with_writing(trace, "There are", tree.steps(len(THOUGHT)), thinking=True)
    assert grown.of("exposed").strip() == "There are"
    assert with_writing(trace, "", (), thinking=True) is trace
