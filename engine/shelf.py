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
        self._verifiers: dict[str, Verifier] = {}

    def policy(self, folder: str) -> Policy:
        """The policy in `folder`; empty for the bundled one."""
        if folder not in self._policies:
            from engine.llm.bundled import POLICY
            from engine.policies.local import LocalPolicy

            self._policies[folder] = LocalPolicy(Path(folder) if folder else POLICY)
        return self._policies[folder]

    def verifiers(self, names: Sequence[str]) -> tuple[Verifier, ...]:
        """The verifiers called `names`, in that order."""
        return tuple(self._verifier(name) for name in dict.fromkeys(names))

    def _verifier(self, name: str) -> Verifier:
        if name not in self._verifiers:
            from engine.llm.bundled import PRM
            from engine.verifiers.registry import make_verifier

            self._verifiers[name] = make_verifier(name, PRM)
        return self._verifiers[name]
