"""Why a plan cannot be run, in words, before anything is loaded or started. Knows no model and no run."""

from __future__ import annotations

from engine.addresses import AddressError, is_address, parse_address
from engine.commands import RunPlan
from engine.problems import Problem, parse_problem
from engine.search import Search, SettingError, make_search


def checked(plan: RunPlan, problem: Problem | None = None) -> tuple[Problem, Search]:
    """The problem and the search of a plan that can be run. Raises ProblemError or SettingError, each a sentence.

    `problem` stands in for the plan's text where it is of a kind that nobody can type.
    """
    problem = problem or parse_problem(plan.problem, plan.text)
    search = make_search(plan.search, plan.settings)
    if refusal := search.refusal(plan.verifiers) or search.unfit(problem, plan.verifiers):
        raise SettingError(refusal)
    _check_budget(plan)
    _check_gold(problem, plan)
    _check_policy(plan)
    return problem, search


def _check_budget(plan: RunPlan) -> None:
    for name in plan.budget.__struct_fields__:
        limit = getattr(plan.budget, name)
        if limit is not None and not limit > 0:
            raise SettingError(f"The budget in {name} must be more than 0, not {limit:g}.")


def _check_gold(problem: Problem, plan: RunPlan) -> None:
    """A gold answer is looked at only where the plan asks for it by name."""
    if "gold" in plan.verifiers and problem.gold is None:
        raise SettingError(
            "The verifier gold compares answers with the known right one, and none is known for this problem. "
            "Leave it out, or write the answer of a word problem after ####."
        )


def _check_policy(plan: RunPlan) -> None:
    """Whether it can be a server's address; what a folder holds is seen when it is loaded."""
    if is_address(plan.policy):
        try:
            parse_address(plan.policy)
        except AddressError as error:
            raise SettingError(str(error)) from error
