"""What of a plan may not be kept in a file: numbers that do not fit, text that is none, and keys. Knows no file."""

from __future__ import annotations

import msgspec

from engine.commands import RunPlan
from storage.redacting import without_named_keys


def why_not_kept(run: int, plan: RunPlan) -> str:
    """Why the plan of a run with this number cannot be kept, as a sentence; empty if it can."""
    if not 0 < run < 2**63:
        return f"A run cannot have the number {run}; it must be at least 1 and fit in 64 bits."
    if not -(2**63) <= plan.seed < 2**63:
        return f"The seed {plan.seed} is too large; it must fit in 64 bits."
    try:
        msgspec.json.encode(plan)
    except UnicodeEncodeError as error:
        return f"The plan holds text that is not proper Unicode: {error.reason}."
    if any("://" in name and without_named_keys(name) != name for name in (plan.policy, *plan.verifiers)):
        return (
            "The address of a server holds a password or a key, which would be kept in the session file: "
            "put the key into the environment variable ESPALIER_API_KEY."
        )
    return ""
