"""What plain sampling makes of the same budget as a search: read off stored chains, no model is asked again.

The budget is what the search generated per puzzle, in tokens of the policy. Sampling takes chains in the order in
which they were drawn until that is spent; the chain that crosses the line is taken too, so sampling never has less.
What verifiers read is reported beside it and is no part of the budget.

With the rule checker sampling stops at the first proof, as the searches do, and spends what it saves on the puzzles
that are not solved yet: one limit holds for every puzzle, and the mean spent is the budget.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import inf
from statistics import mean
from typing import Any

from engine.benchmarks.chains import Chain, Stock
from engine.benchmarks.rows import Measured
from engine.search.search import Answer
from engine.search.values import Aggregation
from engine.search.votes import RULES, Rule, Sample, count

SAMPLERS = ("cot", "self-consistency", "best-of-n")
"""Strategies that only sample whole chains: what searches are compared with."""
SCORERS = ("prm", "orm")
"""Verifiers whose scores rank whole chains."""
AGGREGATION: Aggregation = "min"
"""How the process scores of a chain become one number. Chosen on the dev sets."""
MOST = 480
"""Chains after which a puzzle gets no more, whatever the budget."""

_NEEDS = {"steps": "prm", "outcome": "orm"}
"""What a rule of `engine.search.votes` reads -> the verifier that gives it."""


def rules_for(verifiers: Collection[str]) -> tuple[Rule, ...]:
    """The votes and best-of-N choices that these verifiers allow; those that need none are always allowed."""
    return tuple(rule for rule in RULES.values() if rule.needs not in _NEEDS or _NEEDS[rule.needs] in verifiers)


def shares_right(taken: Sequence[Sequence[Chain]], verifiers: Collection[str]) -> dict[str, float]:
    """By way of choosing, the share of puzzles on which the chosen one of these chains is right.

    Chain of thought counts as the chance that any one chain is right. Where the rules are asked, what they refuse has
    no vote.
    """
    shares = {"chain of thought, sampled": mean(mean(chain.right for chain in chains) for chains in taken)}
    for rule in rules_for(verifiers):
        title = _title(rule) + (", rule-checked" if "rule" in verifiers else "")
        shares[title] = mean(is_won(chains, rule.name, verifiers) for chains in taken)
    return shares


def is_won(chains: Sequence[Chain], rule: str, verifiers: Collection[str]) -> bool:
    """Whether the rule of that name chooses a right chain among these."""
    voters = tuple(map(_voter, range(len(chains)), chains))
    winner = count(voters, rule, AGGREGATION, heed_rules="rule" in verifiers).winner
    return winner is not None and chains[winner.at.node].right


def _voter(number: int, chain: Chain) -> Sample:
    return Sample(
        Answer(number), chain.answer, chain.answer, chain.refused, chain.steps, chain.outcome, chain.likelihood
    )


def _title(rule: Rule) -> str:
    """As the table names it: `self-consistency`, `best-of-N, best by PRM (min)`."""
    if rule.name == "majority":
        return "self-consistency"
    return f"{'best-of-N' if rule.best else 'weighted best-of-N'}, {rule.words(AGGREGATION)}"


def prefix(chains: Sequence[Chain], limit: float, *, stops: bool) -> Sequence[Chain]:
    """The chains that are drawn until `limit` tokens are spent, the one that crosses it included; at least one.

    With `stops` a proof ends it.
    """
    spent = 0
    for size, chain in enumerate(chains, 1):
        spent += chain.tokens
        if spent >= limit or (stops and chain.proven):
            return chains[:size]
    return chains


def even_limit(needs: Sequence[float], budget: float) -> float:
    """The limit per puzzle at which the mean of min(need, limit) is `budget`; infinite if the needs stay below it."""
    left = budget * len(needs)
    for done, need in enumerate(sorted(needs)):
        share = left / (len(needs) - done)
        if need >= share:
            return share
        left -= need
    return inf


def draw_for(stock: Stock, budget: float, *, stops: bool) -> float:
    """Let the stock hold chains enough for the budget; gives the limit per puzzle."""
    while True:
        limit = budget
        if stops:
            limit = even_limit([_need(stock.chains(place)) for place in stock.places], budget)
        short = [place for place in stock.places if _is_short(stock.chains(place), limit, stops)]
        if not short:
            return limit
        stock.deepen(short)


def _need(chains: Sequence[Chain]) -> float:
    """Tokens until the first proof; without one as many as there are, however many that may be."""
    if any(chain.proven for chain in chains) or len(chains) >= MOST:
        return sum(chain.tokens for chain in prefix(chains, inf, stops=True))
    return inf


def _is_short(chains: Sequence[Chain], limit: float, stops: bool) -> bool:
    if len(chains) >= MOST or (stops and any(chain.proven for chain in chains)):
        return False
    return sum(chain.tokens for chain in chains) < limit


def same_budget(measured: Measured, stock: Stock, plain: Sequence[Measured] = ()) -> dict[str, Any]:
    """The best of chain of thought, self-consistency and best-of-N, by the row's verifiers, at the row's budget.

    `plain` are measured rows of chain of thought (greedy, few-shot); those that fit into the budget take part.
    """
    stops = "rule" in measured.row.verifiers
    limit = draw_for(stock, measured.tokens, stops=stops)
    taken = [prefix(stock.chains(place), limit, stops=stops) for place in stock.places]
    each = shares_right(taken, measured.row.verifiers)
    each |= {other.row.title: other.solved for other in plain if other.tokens <= measured.tokens}
    winner = max(each, key=lambda title: each[title])
    return {
        "search": winner,
        "solved": each[winner],
        "chains": mean(map(len, taken)),
        "tokens": mean(sum(chain.tokens for chain in chains) for chains in taken),
        "prm_tokens": mean(_read(chains, measured.row.verifiers) for chains in taken),
        "each": each,
    }


def _read(chains: Sequence[Chain], verifiers: Sequence[str]) -> int:
    return sum(chain.read.get(name, 0) for chain in chains for name in verifiers)
