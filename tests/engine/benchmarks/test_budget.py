"""Sampling at the budget of a search: prefixes of stored chains, chosen among by the row's verifiers."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.benchmarks.budget import MOST, draw_for, even_limit, is_won, prefix, same_budget, shares_right
from engine.benchmarks.chains import LAYER, Chain, Stock
from engine.benchmarks.questions import Question
from engine.benchmarks.rows import Measured, Outcome, Row
from engine.benchmarks.store import Store
from engine.events import Cost
from tests.helpers.lending import GAMES, Counter
from tests.helpers.running import plan, run_log
from tests.helpers.scripted import ScriptedPolicy

WRONG = Chain("1 + 1", False, 10, 0.9, steps=(0.9, 0.4), refused=True)
RIGHT = Chain("4 * 6", True, 10, 0.2, steps=(0.8, 0.8), proven=True)
SILENT = Chain(None, False, 10, 0.95)


def stock_of(*verifiers: str, store: Store | None = None, borrow: Counter | None = None) -> Stock:
    return Stock(GAMES[:2], (0, 1), verifiers, borrow or Counter(), store or Store(), "test")


def measured(tokens: int, *verifiers: str, search: str = "mcts", chosen: bool = False) -> Measured:
    outcome = Outcome(chosen, chosen, 0.0, Cost(generated=tokens), 0, False)
    return Measured(Row("a row", search, {}, verifiers), (0,), ((outcome,), (outcome,)), 1.0)


def test_a_prefix_holds_the_chain_that_crosses_the_limit_and_at_least_one() -> None:
    chains = [SILENT, WRONG, RIGHT, WRONG]
    assert [len(prefix(chains, limit, stops=False)) for limit in (0, 10, 11, 20, 39, 1000)] == [1, 1, 2, 2, 4, 4]
    assert len(prefix(chains, 1000, stops=True)) == 3


@pytest.mark.parametrize(
    ("needs", "budget", "limit"),
    [((10, 20, inf), 20, 30), ((10, 10), 5, 5), ((10, 10), 20, inf), ((inf,), 7, 7), ((0, 0, inf), 10, 30)],
)
def test_what_proofs_save_goes_to_the_others(needs: tuple[float, ...], budget: float, limit: float) -> None:
    assert even_limit(needs, budget) == limit


@given(st.lists(st.integers(0, 500), min_size=1, max_size=20), st.integers(1, 400))
def test_the_limit_spends_the_budget(needs: list[int], budget: int) -> None:
    spent = sum(min(need, even_limit(needs, budget)) for need in needs)
    assert spent == pytest.approx(min(sum(needs), budget * len(needs)))


def test_each_way_of_choosing_reads_its_own_numbers() -> None:
    chains = [WRONG, WRONG, RIGHT, SILENT]
    shares = shares_right([chains], ("prm",))
    assert shares["chain of thought, sampled"] == 0.25
    assert shares["self-consistency"] == 0.0
    assert shares["best-of-N, best by PRM (min)"] == 1.0
    assert shares["weighted best-of-N, PRM-weighted vote (min)"] == 0.0 + (0.8 > 0.4 + 0.4)
    assert shares["best-of-N, best by likelihood"] == 0.0
    assert not any("ORM" in title for title in shares)
    assert not any("PRM" in title for title in shares_right([chains], ()))


def test_what_the_rules_refuse_has_no_vote_where_they_are_asked() -> None:
    chains = [WRONG, WRONG, RIGHT]
    assert not is_won(chains, "majority", ())
    assert is_won(chains, "majority", ("rule",))
    assert not is_won([SILENT], "majority", ())


def test_the_stored_chains_are_those_of_a_run_of_self_consistency() -> None:
    stock = stock_of()
    stock.deepen([(0, 1)])
    wish = plan("self-consistency", 1, text=GAMES[0].asked.text, samples=LAYER, temperature=1.0, score=False)
    voted = [record.event for record in run_log(wish, ScriptedPolicy(), []) if hasattr(record.event, "tallies")][-1]
    answers = [chain.answer for chain in stock.chains((0, 1))]
    assert {tally.answer: tally.votes for tally in voted.tallies} == {name: answers.count(name) for name in answers}
    assert [chain.right for chain in stock.chains((0, 1))].count(True) == sum(
        GAMES[0].is_right(f"Answer: {answer} = 24") for answer in answers
    )


def test_chains_are_drawn_once_and_only_as_many_as_the_budget_needs() -> None:
    store, borrow = Store(), Counter()
    stock = stock_of("prm", store=store, borrow=borrow)
    same_budget(measured(300, "prm"), stock)
    drawn = borrow.borrowed
    found = same_budget(measured(200, "prm"), stock)
    assert borrow.borrowed == drawn
    assert 200 <= found["tokens"] < 200 + 30
    assert found["prm_tokens"] > 0
    assert found["solved"] == max(found["each"].values()) == found["each"][found["search"]]
    again = same_budget(measured(200, "prm"), stock_of("prm", store=store, borrow=borrow))
    assert (again, borrow.borrowed) == (found, drawn)


def test_a_budget_beyond_all_chains_ends_at_the_most() -> None:
    stock = stock_of()
    draw_for(stock, inf, stops=False)
    assert {len(stock.chains(place)) for place in stock.places} == {MOST}


def test_with_the_rule_checker_sampling_stops_at_the_first_proof() -> None:
    stock = stock_of("rule")
    found = same_budget(measured(400, "rule"), stock)
    for place in stock.places:
        assert any(chain.proven for chain in stock.chains(place)) or len(stock.chains(place)) >= LAYER
    assert found["tokens"] <= 400 + 30
    assert "rule-checked" in found["search"]
    longer = same_budget(measured(100_000, "rule"), stock)
    assert longer["solved"] >= found["solved"]
    proven = [any(chain.proven for chain in stock.chains(place)) for place in stock.places]
    assert longer["each"]["self-consistency, rule-checked"] == sum(proven) / len(proven)


def test_measured_chains_of_thought_that_fit_take_part() -> None:
    stock = stock_of()
    cheap, dear = (measured(tokens, search="cot", chosen=True) for tokens in (50, 5000))
    assert same_budget(measured(100), stock, [cheap])["solved"] == 1.0
    assert same_budget(measured(100), stock, [cheap])["search"] == "a row"
    assert "a row" not in same_budget(measured(100), stock, [dear])["each"]


def test_no_chain_knows_whether_it_is_right_but_the_judge() -> None:
    question = Question(GAMES[0].asked, GAMES[3].asked)  # a judge who takes nothing
    stock = Stock([question], (0,), ("rule",), Counter(), Store(), "test")
    stock.deepen(stock.places)
    chains = stock.chains((0, 0))
    assert not any(chain.right for chain in chains)
    assert any(chain.proven for chain in chains)
