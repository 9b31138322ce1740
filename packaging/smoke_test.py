"""`python packaging/smoke_test.py [BUNDLE]`: the built program, used by somebody who has nothing else.

Standard library only: any Python from 3.11 on runs it. Every child gets an empty environment, a fresh home and a
current folder outside of the repository. What the steps leave (screenshots, logs, sessions) is kept in build/smoke.
Ends with 1 if a step has failed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from smoke import command_line, crashes, desk, figures, models, places, published, window
from smoke.program import EXECUTABLE
from smoke.steps import Outcome, Scene, Step, perform

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "dist" / "espalier"
KEPT = ROOT / "build" / "smoke"

PARTS = (command_line, desk, window, crashes, places, models, published, figures)
STEPS: tuple[Step, ...] = tuple(step for part in PARTS for step in part.STEPS)


def main(argv: Sequence[str]) -> int:
    """Perform the steps that are asked for and say how each went; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("bundle", nargs="?", type=Path, default=BUNDLE, help="its folder (default: dist/espalier)")
    parser.add_argument("--no-root", action="store_true", help="skip what only root can do: a minimal Debian")
    parser.add_argument("--quick", action="store_true", help="only what takes less than a minute")
    names = [step.name for step in STEPS]
    parser.add_argument("--only", action="append", choices=names, help="this step; may be given several times")
    arguments = parser.parse_args(argv)
    bundle = arguments.bundle.resolve()
    if not (bundle / EXECUTABLE).is_file():
        parser.error(f"there is no program {bundle / EXECUTABLE}; build it: python3 run.py build")
    wanted = wanted_steps(arguments.quick, arguments.only)
    with tempfile.TemporaryDirectory(prefix="espalier-smoke-") as folder:
        outcomes = [_perform(step, bundle, Path(folder).resolve(), not arguments.no_root) for step in wanted]
    print(summary(outcomes))
    return 0 if all(outcome.state != "FAILED" for outcome in outcomes) else 1


def wanted_steps(quick: bool, only: Sequence[str] | None = None) -> list[Step]:
    """In the order in which they are performed; `only` names them, None: all, or the quick ones."""
    if only is not None:
        return [step for step in STEPS if step.name in only]
    return [step for step in STEPS if step.quick or not quick]


def summary(outcomes: Sequence[Outcome]) -> str:
    """The last line."""
    failed = [outcome.name for outcome in outcomes if outcome.state == "FAILED"]
    skipped = sum(outcome.state == "skipped" for outcome in outcomes)
    seconds = sum(outcome.seconds for outcome in outcomes)
    words = f"FAILED: {', '.join(failed)}" if failed else "all is well"
    return f"{len(outcomes)} steps in {seconds:.0f} s, {skipped} skipped; {words}. Kept in {KEPT}"


def _perform(step: Step, bundle: Path, folder: Path, root: bool) -> Outcome:
    """As often as the step may be tried; the last outcome. Every failure is told."""
    for number in range(step.tries):
        outcome = _try(step, bundle, folder, f"{step.name}{'-again' * number}", root)
        print(outcome.line(), flush=True)
        if outcome.state != "FAILED":
            break
    return outcome


def _try(step: Step, bundle: Path, folder: Path, name: str, root: bool) -> Outcome:
    """In folders of its own; what it leaves there is kept, but for the scratch folder."""
    scene = Scene(bundle, folder / name, folder / f"{name}-scratch", root)
    for place in (folder, scene.folder, scene.scratch):
        place.mkdir(exist_ok=True)
        place.chmod(0o755)  # some children run as another user
    outcome = perform(step, scene)
    shutil.rmtree(KEPT / name, ignore_errors=True)
    shutil.copytree(scene.folder, KEPT / name, symlinks=True)
    shutil.rmtree(scene.scratch, ignore_errors=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
