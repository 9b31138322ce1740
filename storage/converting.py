"""Makes a session of ours of one that came from elsewhere: every row is read and checked, and written into a fresh
file. Knows what is asked of it; storage.rewriting does it."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from storage.redacting import without_named_keys
from storage.rewriting import Change, IsUnwanted, Progress, Rewritten, rewrite
from storage.runs import RunInfo
from storage.session import Session


class _Taken(Change):
    """All of it; only a password in a server's address, which no file of ours may hold, is left behind."""

    def plan(self, info: RunInfo) -> RunInfo:
        plan = info.plan
        clean = replace(
            plan,
            policy=without_named_keys(plan.policy),
            verifiers=tuple(without_named_keys(name) for name in plan.verifiers),
        )
        return replace(info, plan=clean)


def convert(source: Path, target: Path, progress: Progress, is_unwanted: IsUnwanted) -> Rewritten:
    """Write everything that can be read of `source` into a session of ours at `target`, in place of what is there.

    Damaged runs are kept up to their damage, which the result tells. Raises SessionError if `source` cannot be read at
    all or `target` not be written, and Unwanted; then nothing is left behind.
    """
    with Session.open(source) as session:
        return rewrite(session, target, _Taken(), progress, is_unwanted)
