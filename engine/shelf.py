"""Models that are at hand: a policy or verifier is read once and shared by all runs. Imports torch only on use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.addresses import is_address
from engine.policies import Policy
from engine.verifiers import Verifier


class Shelf:
    """Loads on first use and keeps. Raises ModelError with a sentence that names the folder or server."""

    def __init__(self) -> None:
        self._policies: dict[str, Policy] = {}
        self._verifiers: dict[tuple[str, str], Verifier] = {}

    def policy(self, folder: str, thinking: bool = False) -> Policy:
        """The policy in `folder`, or at the address of a server.

        Empty for a bundled one: the thinker if it is to think, else the policy.
        """
        from engine.llm.bundled import POLICY, THINKER

        place = folder or str(THINKER if thinking else POLICY)
        if place not in self._policies:
            self._policies[place] = _served(place) if is_address(place) else _local(place)
        return self._policies[place]

    def about(self, folder: str) -> dict[str, Any]:
        """What is known of a policy, for a person."""
        policy = self.policy(folder)
        told: dict[str, Any] = getattr(policy, "about", dict)()
        return {"policy": policy.name, **told}

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        """The verifiers called `names`, in that order; those that ask a policy ask the one in the folder `policy`."""
        return tuple(self._verifier(name, policy) for name in dict.fromkeys(names))

    def _verifier(self, name: str, policy: str) -> Verifier:
        from engine.llm.bundled import ORM, PRM
        from engine.verifiers.registry import asks_policy, make_verifier

        key = name, policy if asks_policy(name) else ""
        if key not in self._verifiers:
            bundled = {"prm": PRM, "orm": ORM}
            self._verifiers[key] = make_verifier(name, bundled, lambda place: self.policy(place or policy))
        return self._verifiers[key]


def _local(folder: str) -> Policy:
    from engine.policies.local import LocalPolicy

    return LocalPolicy(Path(folder))


def _served(address: str) -> Policy:
    from engine.policies.served import ServedPolicy

    return ServedPolicy(address)
