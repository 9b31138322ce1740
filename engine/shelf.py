"""Models that are at hand: a policy or verifier is read once and shared by all runs. Imports torch only on use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from engine.addresses import is_address
from engine.commands import RunPlan
from engine.llm.fingerprint import Stamp, fingerprint, stamp
from engine.policies import Policy
from engine.verifiers import Verifier


class Shelf:
    """Loads on first use and keeps. Raises ModelError with a sentence that names the folder or server."""

    def __init__(self) -> None:
        self._policies: dict[str, Policy] = {}
        self._policy_prints: dict[str, str] = {}
        self._verifiers: dict[tuple[str, str], _Kept] = {}

    def policy(self, folder: str, thinking: bool = False) -> Policy:
        """The policy in `folder`, or at the address of a server.

        Empty for a bundled one: the thinker if it is to think, else the policy.
        """
        place = _place(folder, thinking)
        if place not in self._policies:
            self._policies[place] = _served(place) if is_address(place) else _local(place)
            self._policy_prints[place] = "" if is_address(place) else fingerprint(Path(place))
        return self._policies[place]

    def about(self, folder: str) -> dict[str, Any]:
        """What is known of a policy, for a person."""
        policy = self.policy(folder)
        told: dict[str, Any] = getattr(policy, "about", dict)()
        return {"policy": policy.name, **told}

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        """The verifiers called `names`, in that order; those that ask a policy ask the one in the folder `policy`."""
        return tuple(self._kept(name, policy).verifier for name in dict.fromkeys(names))

    def fingerprint(self, name: str, policy: str = "") -> str:
        """Tells the model of a verifier that was read from another one of its name; empty where it has no folder."""
        kept = self._verifiers.get(_key(name, policy))
        return "" if kept is None else kept.fingerprint

    def weights(self, plan: RunPlan, thinking: bool) -> dict[str, str]:
        """Fingerprints of what was read for a run of this plan, by name; models on a server and rules have none."""
        found = {self.policy(plan.policy, thinking).name: self._policy_prints.get(_place(plan.policy, thinking), "")}
        for name in plan.verifiers:
            if (kept := self._verifiers.get(_key(name, plan.policy))) is not None:
                found.setdefault(kept.verifier.name, kept.fingerprint)
        return {name: print_ for name, print_ in found.items() if print_}

    def _kept(self, name: str, policy: str) -> _Kept:
        """One whose folder got other weights meanwhile, because it was trained again, is read again. One whose folder
        is gone stays."""
        from engine.llm.bundled import ORM, PRM
        from engine.verifiers.registry import folder_of, make_verifier

        key, bundled = _key(name, policy), {"prm": PRM, "orm": ORM}
        folder = folder_of(name, bundled)
        now, known = stamp(folder), self._verifiers.get(key)
        if known is not None and now in (known.stamp, ()):
            return known
        if known is not None:
            self._policies.pop(str(folder), None)  # a critic's
        made = make_verifier(name, bundled, lambda place: self.policy(place or policy))
        self._verifiers[key] = _Kept(made, now, fingerprint(folder, getattr(made, "recipe", None)))
        return self._verifiers[key]


class _Kept(NamedTuple):
    verifier: Verifier
    stamp: Stamp
    fingerprint: str


def _place(folder: str, thinking: bool) -> str:
    """Where a policy is: the folder or address that was named, else that of a bundled one."""
    from engine.llm.bundled import POLICY, THINKER

    return folder or str(THINKER if thinking else POLICY)


def _key(name: str, policy: str) -> tuple[str, str]:
    """What asks no policy is the same for all of them."""
    from engine.verifiers.registry import asks_policy

    return name, policy if asks_policy(name) else ""


def _local(folder: str) -> Policy:
    from engine.policies.local import LocalPolicy

    return LocalPolicy(Path(folder))


def _served(address: str) -> Policy:
    from engine.policies.served import ServedPolicy

    return ServedPolicy(address)
