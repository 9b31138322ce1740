"""What of a plan may not be kept in a file: numbers that do not fit, text that is none, and keys. Knows no file."""

from __future__ import annotations

import msgspec

from engine.commands import RunPlan
from storage.redacting import without_named_keys


def why_not_kept(plan: RunPlan) -> str:
    """Why a plan cannot be kept, as a sentence; empty if it can."""
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
