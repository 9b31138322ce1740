"""Models that are loaded: a policy or verifier is read once and shared by all runs. Imports torch only on use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.policies import Policy
from engine.verifiers import Verifier


class Shelf:
    """Loads on first use and keeps. Raises ModelError with a sentence that names the folder."""

    def __init__(self) -> None:
        self._policies: dict[str, Policy] = {}
        self._verifiers: dict[tuple[str, str], Verifier] = {}

    def policy(self, folder: str) -> Policy:
        """The policy in `folder`; empty for the bundled one."""
        if folder not in self._policies:
            from engine.llm.bundled import POLICY
            from engine.policies.local import LocalPolicy

            self._policies[folder] = LocalPolicy(Path(folder) if folder else POLICY)
        return self._policies[folder]

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        """The verifiers called `names`, in that order; those that ask a policy ask the one in the folder `policy`."""
        return tuple(self._verifier(name, policy) for name in dict.fromkeys(names))

    def _verifier(self, name: str, policy: str) -> Verifier:
        from engine.llm.bundled import ORM, PRM
        from engine.verifiers.registry import asks_policy, make_verifier

        key = name, policy if asks_policy(name) else ""
        if key not in self._verifiers:
            self._verifiers[key] = make_verifier(name, {"prm": PRM, "orm": ORM}, lambda: self.policy(policy))
        return self._verifiers[key]
