"""Whether the bundle computes what the source computes, for tiny random models of many families.

    .venv/bin/python packaging/tiny_families.py [BUNDLE] [--only FAMILY ...]

Each family writes a short search, scored by a process reward model of the same family where there is one, in one engine
process from source and in one of the bundle. The logs must be equal. Ends with 1 if one is not.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec

from app.command_line.headless import Engine, EngineDied, Faulted, Refused, perform
from app.engine_process import child_environment, engine_command
from engine.commands import RunPlan, StartRun
from engine.events import Record

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))  # the tests are not installed

from tests.helpers.tiny_families import FAMILIES, can_score, save_family  # noqa: E402

EXECUTABLE = "espalier.exe" if sys.platform == "win32" else "espalier"
PROBLEM = "4 9 10 13"
SETTINGS = {"simulations": 3, "width": 3}
LEFT_OUT = "resnet"
"""A kind of model that the bundle leaves out: the sentence about it must be that of the source."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an engine made of one plan."""

    events: list[dict[str, Any]]
    """Without times."""
    sentence: str
    """Why it refused or failed; empty where all went well."""
    seconds: float


class Events:
    """A log that keeps what does not depend on the machine's speed."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []

    def append(self, records: Sequence[Record]) -> None:
        for record in records:
            event = msgspec.to_builtins(record.event)
            event.pop("cost", None)
            self.kept.append(event)

    def flush(self) -> None:
        pass


def main(argv: Sequence[str]) -> int:
    """Compare all families and say how each went; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("bundle", nargs="?", type=Path, default=ROOT / "dist" / "espalier")
    parser.add_argument("--only", nargs="+", metavar="FAMILY", choices=FAMILIES, default=list(FAMILIES))
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="espalier-families-") as name:
        folder = Path(name)
        plans = {family: plan(family, folder) for family in arguments.only} | {LEFT_OUT: left_out(folder)}
        command = [str(arguments.bundle.resolve() / EXECUTABLE), "--engine"]
        alone = child_environment({"HOME": name, "PATH": "", **_needed()})  # no compiler, no caches
        bundle = told_by(command, alone, plans)
        source = told_by(engine_command(), child_environment(), plans)
    wrong = {family: fault(bundle[family], source[family], family == LEFT_OUT) for family in plans}
    for family, words in wrong.items():
        print(f"{'WRONG' if words else 'equal':<8}{bundle[family].seconds:6.2f} s  {family} {words}".rstrip())
    bad = [family for family, words in wrong.items() if words]
    scored = sum(len(plan.verifiers) > 1 for plan in plans.values())
    summary = f"WRONG: {', '.join(bad)}" if bad else "the bundle says what the source says"
    print(f"{len(plans) - 1} families, {scored} of them with a reward model: {summary}")
    return 1 if bad else 0


def plan(family: str, folder: Path) -> RunPlan:
    """A short search with the family's models, which are written into `folder`."""
    policy = save_family(family, folder / family)
    scorers = (f"prm:{save_family(family, folder / f'{family}-prm', scores=True)}",) if can_score(family) else ()
    return RunPlan("game24", PROBLEM, "mcts", SETTINGS, policy=str(policy), verifiers=("rule", *scorers))


def left_out(folder: Path) -> RunPlan:
    """The same with a model that says it is of another kind."""
    made = plan("mamba", folder / "other")
    config = Path(made.policy) / "config.json"
    config.write_text(config.read_text(encoding="utf-8").replace('"mamba"', f'"{LEFT_OUT}"'), encoding="utf-8")
    return made


def told_by(command: Sequence[str], environment: Mapping[str, str], plans: Mapping[str, RunPlan]) -> dict[str, Told]:
    """What one engine process makes of all plans; a new one after each that died."""
    told: dict[str, Told] = {}
    waiting = list(plans)
    while waiting:
        with Engine(command, environment) as engine:
            while waiting and (not told or not told[next(reversed(told))].sentence.startswith("The engine stopped")):
                family = waiting.pop(0)
                told[family] = _told(engine, StartRun(len(told) + 1, plans[family]))
    return told


def _told(engine: Engine, command: StartRun) -> Told:
    log, began, sentence = Events(), time.monotonic(), ""
    try:
        perform(engine, command, log)
    except Faulted as fault:
        sentence = f"{fault} {fault.report}"
    except (Refused, EngineDied) as why:
        sentence = str(why)
    return Told(log.kept, sentence, time.monotonic() - began)


def fault(bundle: Told, source: Told, refused: bool = False) -> str:
    """What is wrong with the bundle's run, which must be `refused` or not, in words; empty where nothing is."""
    if bundle.sentence != source.sentence or bool(bundle.sentence) != refused:
        return f"bundle: {bundle.sentence or 'runs'}; source: {source.sentence or 'runs'}"
    for number, (mine, other) in enumerate(zip_longest(bundle.events, source.events), 1):
        if mine != other:
            return f"event {number} differs: {mine} and from source {other}"
    written = any(child["step"] for event in bundle.events for child in event.get("children", ()))
    return "" if written or refused else "writes nothing"


def _needed() -> dict[str, str]:
    """Variables without which no program of the system starts; none but on Windows."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
