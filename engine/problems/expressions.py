"""Normal form of an arithmetic expression: what is written in another order is the same answer. Knows no problem.

`(13-9) * (10-4)` and `(10 - 4) * (13 - 9)` share one form; nothing is computed, so `2 + 2` and `2 * 2` do not.
"""

from __future__ import annotations

import ast

MAX_EXPRESSION = 120
"""Characters of an expression that are read at all: model text is untrusted."""


def canonical_expression(text: str) -> str:
    """Sums and products flattened, operands in a fixed order, no needless brackets; spaces alone where it cannot be
    read."""
    try:
        if len(text) > MAX_EXPRESSION:
            raise ValueError(text)
        return _sum(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return " ".join(text.split())


def _sum(node: ast.expr) -> str:
    terms = sorted((minus, _product(term)) for minus, term in _terms(node, minus=False))
    return "".join(f" {'-' if minus else '+'} {text}" for minus, text in terms).removeprefix(" + ")


def _product(node: ast.expr) -> str:
    factors = sorted((below, _atom(factor)) for below, factor in _factors(node, below=False))
    return "".join(f" {'/' if below else '*'} {text}" for below, text in factors).removeprefix(" * ")


def _terms(node: ast.expr, minus: bool) -> list[tuple[bool, ast.expr]]:
    """a - (b - c) is a + c - b. The leftmost term always keeps its plus."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return _terms(node.left, minus) + _terms(node.right, minus ^ isinstance(node.op, ast.Sub))
    return [(minus, node)]


def _factors(node: ast.expr, below: bool) -> list[tuple[bool, ast.expr]]:
    """a / (b / c) is a * c / b."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        return _factors(node.left, below) + _factors(node.right, below ^ isinstance(node.op, ast.Div))
    return [(below, node)]


def _atom(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return str(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return f"({_sum(node)})"
    raise ValueError("it holds something other than whole numbers and + - * /")
