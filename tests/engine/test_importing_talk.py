"""What was said in a log as a tree: what follows what, what is hidden, and what others said of it."""

from __future__ import annotations

import pytest

from engine import importing_talk
from engine.events import Cost
from engine.importing import Origin
from engine.importing_talk import Judgement, Talk, outside
from engine.importing_tree import DraftError
from engine.run_traces import trace_of
from engine.traces.servers import read
from engine.traces.spans import Trace
from engine.tree import Tree, fold

ORIGIN = Origin("a log", "How many?", "10", "tiny")


def said(*blocks: dict[str, object]) -> Trace:
    return read({"role": "assistant", "content": list(blocks)})[0].trace


def thought(text: str) -> dict[str, object]:
    return {"type": "reasoning", "reasoning": text}


def shown(text: str) -> dict[str, object]:
    return {"type": "text", "text": text}


def tree_of(talk: Talk, end: int | None = None) -> Tree:
    return fold(talk.kept(ORIGIN, {"format": "toy"}, end).records(1, 0.0))


def test_messages_follow_each_other_and_every_leaf_is_a_trace() -> None:
    talk = Talk()
    first = talk.say(None, said(thought("3*4"), shown("12")), Cost(1, 5, 20, 3))
    tool = talk.say(first, outside("12 - 2 = 10"))
    talk.say(tool, said({"type": "redacted_thinking", "data": "eA=="}, shown("10")))
    talk.say(first, said(thought("12+2"), shown("14")))
    tree = tree_of(talk, 2)
    assert [(node.parent, node.step, node.hidden) for node in tree.nodes.values()][1:] == [
        (0, "3*4", True), (1, "12\n", False), (2, "12 - 2 = 10\n", False), (3, "10\n", False),
        (2, "12+2", True), (5, "14\n", False),
    ]  # fmt: skip
    assert tree.finished is not None
    assert (tree.finished.chosen, tree.finished.answer) == (4, "10")
    assert (tree.cost.generated, tree.cost.prompt, tree.cost.cached) == (5, 20, 3)
    one, other = trace_of(tree, 4), trace_of(tree, 6)
    assert (one.of("hidden"), one.of("tool"), one.of("exposed")) == ("3*4", "12 - 2 = 10\n", "12\n10\n")
    assert [(part.what, part.at) for part in one.opaque] == [("redacted", 18)]
    assert (other.of("hidden"), other.opaque) == ("3*412+2", ())


def test_what_cannot_be_read_at_the_end_is_kept() -> None:
    talk = Talk()
    talk.say(None, said(shown("10"), {"type": "redacted_thinking", "data": "eA=="}))
    (part,) = trace_of(tree_of(talk), 1).opaque
    assert (part.what, part.at) == ("redacted", 3)


def test_numbers_of_one_scale_are_scores_of_their_own() -> None:
    talk = Talk()
    end = talk.say(None, said(shown("10")))
    talk.judge(Judgement(end, "a", 0.25, "low"))
    talk.judge(Judgement(end, "b", 1.0))
    tree = tree_of(talk)
    assert {(score.verifier, score.value, score.note) for score in tree.nodes[1].scores} == {
        ("a", 0.25, "low"), ("b", 1.0, ""),
    }  # fmt: skip
    assert tree.started is not None
    assert (tree.started.scale.low, tree.started.scale.high, tree.started.scale.words) == (0, 1, "")


def test_numbers_of_several_scales_stand_beside_the_first() -> None:
    talk = Talk()
    end = talk.say(None, said(shown("10")))
    talk.judge(Judgement(end, "a", -2.0))
    talk.judge(Judgement(end, "b", 0.5, "nearly"))
    later = talk.say(end, said(shown("11")))
    talk.judge(Judgement(later, "b", 0.25))
    tree = tree_of(talk)
    assert tree.notes == {1: "b: 0.5 (nearly)", 2: "b: 0.25"}, "what has no place beside a score"
    (score,) = tree.nodes[1].scores
    assert (score.verifier, score.value, score.channels) == ("a", -2.0, (("b", 0.5),))
    assert tree.started is not None
    assert (tree.started.scale.low, tree.started.scale.high) == (-2.0, 0.0)


def test_a_log_without_text_is_no_run() -> None:
    with pytest.raises(DraftError, match="no steps"):
        tree_of(Talk())
    talk = Talk()
    talk.say(None, outside(""))
    with pytest.raises(DraftError, match="no steps"):
        tree_of(talk)


def test_half_characters_come_out_whole() -> None:
    talk = Talk()
    talk.say(None, said(shown("a \ud800 b")))
    assert tree_of(talk).nodes[1].step == "a \ufffd b\n"
    assert trace_of(tree_of(talk), 1).of("exposed") == "a \ufffd b\n"


def star(chain: int, branches: int) -> Talk:
    """So many messages one behind the other, and so many more behind the last of them."""
    talk, at = Talk(), None
    for number in range(chain):
        at = talk.say(at, outside(f"{number}"))
    for number in range(branches):
        talk.say(at, outside(f"branch {number}"))
    return talk


def test_each_branch_is_a_trace_with_all_that_leads_to_it() -> None:
    tree = fold(star(2, 2).kept(ORIGIN, {}).records(1, 0.0))
    assert {end: trace_of(tree, end).text for end in tree.read} == {3: "0\n1\nbranch 0\n", 4: "0\n1\nbranch 1\n"}


def test_branches_are_not_repeated_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each says again what leads to it: a small file could ask for more than any memory holds."""
    monkeypatch.setattr(importing_talk, "MOST_PARTS", 100)
    star(9, 10).kept(ORIGIN, {})
    with pytest.raises(DraftError, match="more than 100 parts together"):
        star(9, 11).kept(ORIGIN, {})
