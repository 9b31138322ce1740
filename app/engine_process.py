"""How a child process of ours is called: engine, training, benchmarks. Knows no Qt; names modules, never imports them.

From source a child is `python -m MODULE`; in a frozen bundle it is this very program called again with a switch, which
`become_child` answers before anything else is imported.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Mapping, Sequence

CHILDREN = {
    "--engine": "engine",
    "--learning": "engine.learning",
    "--benchmarks": "engine.benchmarks",
    "--flood": "engine.benchmarks.flood",
    "--traces": "engine.analysing",
    "--trials": "app.benchmarks.trial_child",
    "--append": "app.benchmarks.append_child",
}
"""Switch of the frozen program -> the module that the child runs."""

_QUIET = {
    "OMP_WAIT_POLICY": "PASSIVE",  # idle worker threads must not spin on cores that the window needs
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def engine_command() -> list[str]:
    """The command line of an engine process: requests on stdin, frames on stdout, log on stderr."""
    return child_command("--engine")


def is_frozen() -> bool:
    """Whether this is the bundle: there is no interpreter beside the program then."""
    return bool(getattr(sys, "frozen", False))


def window_command() -> list[str]:
    """The command line of this very program with its window."""
    return [sys.executable] if is_frozen() else [sys.executable, "-P", "-m", "app"]


def child_command(switch: str, *arguments: str) -> list[str]:
    """The command line of the child that `switch` names. Raises KeyError for a switch that is not in CHILDREN."""
    module = CHILDREN[switch]
    if is_frozen():
        return [sys.executable, switch, *arguments]
    # -P: an `engine` folder that happens to lie in the user's current folder must not be run
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """`environment` as a child gets it; what the user set for these variables stays."""
    child = {**_QUIET, **environment}
    child.pop("PYTHONDONTWRITEBYTECODE", None)  # set in many containers: every start would compile torch again
    return child


def become_child(argv: Sequence[str]) -> bool:
    """Run the child that the first word names and say True; False if it names none (`argv` without the program)."""
    if not argv or argv[0] not in CHILDREN:
        return False
    sys.argv = [sys.argv[0], *argv[1:]]
    runpy.run_module(CHILDREN[argv[0]], run_name="__main__", alter_sys=True)
    return True
