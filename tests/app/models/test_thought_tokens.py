"""Tokens of a thought are counted where every step has a row that fits it."""

from __future__ import annotations

from app.models.thought_tokens import TokenEnds
from engine.events import Expanded, NewNode, Record
from engine.run_traces import trace_of
from engine.tokens import Token, pack
from engine.tree import Tree, fold
from tests.helpers.thinking_log import chain_log


def row(*texts: str) -> bytes:
    return pack(tuple(Token(text, 0, -0.1, 0.1) for text in texts))


def tree_of(*steps: tuple[str, bool, bytes]) -> Tree:
    log = list(chain_log((), (), finished=False))
    log[0] = chain_log(("x",), (), finished=False)[0]  # a run that thinks
    for number, (text, hidden, tokens) in enumerate(steps, 1):
        child = NewNode(number, text, 1.0, hidden=hidden, tokens=tokens)
        log.append(Record(1, len(log) + 1, 0.0, Expanded(number, number - 1, (child,))))
    return fold(log)


def ends(tree: Tree, node: int) -> tuple[int, ...]:
    return TokenEnds().of_thought(tree, node, trace_of(tree, node))


def test_ends_of_hidden_tokens_alone() -> None:
    tree = tree_of(("2 + 2", True, row("2", " +", " 2")), ("</think>", True, row("</think>")), ("4", False, row("4")))
    assert ends(tree, 3) == (1, 3, 5)


def test_a_step_without_a_row_that_fits_says_nothing() -> None:
    assert ends(tree_of(("2 + 2", True, b""), ("4", False, row("4"))), 2) == ()
    assert ends(tree_of(("2 + 2", True, row("2"))), 1) == ()
    assert ends(tree_of(("2 + 2", True, b"no row")), 1) == ()


def test_a_row_is_read_once() -> None:
    tree = tree_of(("2 + 2", True, row("2", " +", " 2")))
    known = TokenEnds()
    known.of_thought(tree, 1, trace_of(tree, 1))
    tree.nodes[1].tokens = b"no row"
    assert known.of_thought(tree, 1, trace_of(tree, 1)) == (1, 3, 5)
