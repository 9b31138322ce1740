"""Verifiers by name. Knows which there are; imports a model's code only when one is asked for."""

from __future__ import annotations

from pathlib import Path

from engine.policies import ModelError
from engine.verifiers import Verifier
from engine.verifiers.rule import RuleVerifier

NAMES = ("prm", "prm:FOLDER", "rule")


def make_verifier(name: str, bundled: Path) -> Verifier:
    """The verifier called `name`; `bundled` is the folder of the process reward model that needs no naming.

    Raises ModelError for a name that means nothing, and for a folder that cannot be used.
    """
    kind, _, folder = name.partition(":")
    if name == "rule":
        return RuleVerifier()
    if kind == "prm" and (folder or name == kind):
        from engine.verifiers.prm import PrmVerifier  # torch takes a second that a rule does not need

        return PrmVerifier(Path(folder).expanduser() if folder else bundled)
    raise ModelError(f"There is no verifier called '{name}'; there are: {', '.join(NAMES)}.")
