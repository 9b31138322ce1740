"""`python -m engine.learning policy|thinker|prm|orm`: trains a model; progress on stderr, the report on stdout."""

from __future__ import annotations

import argparse
import glob
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine.process import give_way

if TYPE_CHECKING:
    from engine.learning.loop import TrainProgress
    from engine.learning.report import Report

INTERRUPTED = 130
"""Exit status after Ctrl+C."""
EVERY = 50
"""Steps between two lines of progress where stderr is not a terminal."""


def main(argv: list[str] | None = None) -> int:
    wish = _parser().parse_args(argv)
    out: Path = wish.out or Path("models") / wish.model
    trouble = _trouble(wish, out)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    if wish.report:
        print(_measure(wish, out))
        return 0
    try:
        report = _trained(wish, out)
    except KeyboardInterrupt:
        print(f"Stopped. {_left_over(out)}", file=sys.stderr)
        return INTERRUPTED
    if report is None:
        return 1
    if wish.events:
        print(json.dumps({"out": str(out), "report": str(report), "figures": report.data()}), flush=True)
    else:
        print(report)
    print(f"Written to {out}", file=sys.stderr)
    return 0


def _left_over(out: Path) -> str:
    """What a training that was stopped has left, as a sentence."""
    saved = sorted(file.name for file in out.parent.glob(f"{glob.escape(out.name)}*.training.safetensors"))
    if not saved:
        return "Nothing had been saved yet."
    return f"What was saved on the way is in {', '.join(saved)}: the same words go on from it."


def _trained(wish: argparse.Namespace, out: Path) -> Report | None:
    """None where it could not be done, which has been said then."""
    from engine.labelled import LabelledError
    from engine.learning.loop import TrainingStateError
    from engine.policies import ModelError

    try:
        return _train(wish, out)
    except (TrainingStateError, LabelledError, ModelError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"The model could not be written to {out}: {error.strerror or error}.", file=sys.stderr)
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="espalier train",
        description="Train a bundled model again from a seed, and print its report on DEV.",
        epilog="espalier train prm --from SESSION [--run N] [--labels person,dataset,exact,monte-carlo] "
        "[--neutral good|bad|out] learns from the labels of steps in a session instead; the first of these that has a "
        "label for a step counts. A fifth of the problems is held out: the weights with the least loss on it are kept, "
        "and the report is about it. Any training that is broken off, with Ctrl+C too, goes on by the same words.",
    )
    parser.add_argument("model", choices=("policy", "thinker", "prm", "orm"))
    parser.add_argument("--seed", type=int, default=0, help="everything follows from it (default 0)")
    parser.add_argument("--steps", type=_positive, help="training steps (default: the recipe's)")
    parser.add_argument("--out", type=Path, help="folder to write (default: models/MODEL)")
    parser.add_argument(
        "--policy",
        type=Path,
        help="prm and orm: the policy that is judged; thinker: the one to start from (default: beside the folder)",
    )
    parser.add_argument(
        "--traces", type=Path, help="prm only: learn from the labelled traces in this file (- for stdin)"
    )
    parser.add_argument(
        "--start", type=Path, help="with labels: the process reward model to go on from (default: the bundled one)"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="with labels: begin with the policy's weights and a new head"
    )
    parser.add_argument("--events", action="store_true", help="progress as JSON lines on stdout, for a program")
    parser.add_argument("--prm", type=Path, help="orm only: the model to start from (default: beside the folder)")
    parser.add_argument("--report", action="store_true", help="train nothing; measure the model in the folder")
    parser.add_argument("--hard", action="store_true", help="with --report: on the HARD test puzzles instead of DEV")
    return parser


def _trouble(wish: argparse.Namespace, out: Path) -> str:
    """What stands against the wish, as a sentence; empty where nothing does."""
    if wish.hard and not wish.report:
        return "--hard goes with --report only: nothing is trained or chosen on the test puzzles."
    if wish.report and not (out / "config.json").is_file():
        return f"There is no model in {out}."
    if wish.model != "prm" and (wish.traces or wish.start or wish.fresh):
        return "--traces, --start and --fresh go with prm only."
    if (wish.start or wish.fresh) and not wish.traces:
        return "--start and --fresh go with --traces or --from: without labels the recipe of the bundled model is run."
    if wish.start and wish.fresh:
        return "Either --start or --fresh: a fresh model begins with the policy's weights."
    if out.exists() and not out.is_dir():
        return f"{out} is a file, and would be replaced. Name a folder with --out."
    if out.is_dir() and any(out.iterdir()) and not (out / "config.json").is_file():
        return f"{out} holds something other than a model, and would be replaced. Name another folder with --out."
    if wish.model != "policy" and not (_policy_of(wish, out) / "config.json").is_file():
        return f"There is no policy in {_policy_of(wish, out)}. Train one first, or name one with --policy."
    return _trouble_with_prm(_policy_of(wish, out), _prm_of(wish, out)) if wish.model == "orm" else ""


def _trouble_with_prm(policy: Path, prm: Path) -> str:
    if not (prm / "config.json").is_file():
        return f"There is no process reward model in {prm}. Train one first, or name one with --prm."
    if (policy / "tokenizer.json").read_bytes() != (prm / "tokenizer.json").read_bytes():
        return f"The models in {policy} and {prm} cut text into different tokens: one of them is not for the other."
    return ""


def _policy_of(wish: argparse.Namespace, out: Path) -> Path:
    """The policy named, else the one beside the folder, else the bundled one."""
    from engine.llm.bundled import POLICY

    beside = out.with_name("policy")
    return wish.policy or (beside if beside.is_dir() else POLICY)


def _prm_of(wish: argparse.Namespace, out: Path) -> Path:
    """The process reward model named, else the one beside the folder, else the bundled one."""
    from engine.llm.bundled import PRM

    beside = out.with_name("prm")
    return wish.prm or (beside if beside.is_dir() else PRM)


def _train(wish: argparse.Namespace, out: Path) -> Report:
    if wish.traces:
        return _train_from_labels(wish, out)
    from engine.learning.train_orm import train_orm
    from engine.learning.train_policy import train_policy
    from engine.learning.train_prm import train_prm
    from engine.learning.train_thinker import train_thinker

    if wish.model == "policy":
        return train_policy(out, wish.seed, wish.steps, _tell)
    if wish.model == "thinker":
        return train_thinker(out, wish.seed, wish.steps, _tell, _policy_of(wish, out))
    if wish.model == "prm":
        return train_prm(out, wish.seed, wish.steps, _tell, _policy_of(wish, out))
    return train_orm(out, wish.seed, wish.steps, _tell, _policy_of(wish, out), _prm_of(wish, out))


def _train_from_labels(wish: argparse.Namespace, out: Path) -> Report:
    from engine.labelled import decoded, read_labelled
    from engine.learning.train_from_labels import train_from_labels
    from engine.llm.bundled import PRM

    start = _policy_of(wish, out) if wish.fresh else wish.start or PRM
    tell = _tell_program if wish.events else _tell
    piped = str(wish.traces) == "-"
    traces = decoded(sys.stdin.buffer, "the labels on stdin") if piped else read_labelled(wish.traces)
    return train_from_labels(out, wish.seed, wish.steps, tell, traces, start, wish.fresh)


def _measure(wish: argparse.Namespace, out: Path) -> object:
    from engine.learning.examples import Codec
    from engine.learning.export import load_policy, load_prm
    from engine.learning.orm_report import report_orm
    from engine.learning.policy_report import report_policy
    from engine.learning.prm_report import report_prm
    from engine.learning.thinker_report import report_thinker
    from engine.problems.game24 import Game24
    from engine.problems.held_out import dev_puzzles, hard_puzzles

    name, numbers = ("HARD (test)", hard_puzzles()) if wish.hard else ("DEV", dev_puzzles())
    puzzles = [Game24(row) for row in numbers]
    policy, tokenizer = load_policy(out if wish.model == "policy" else _policy_of(wish, out))
    codec = Codec(tokenizer)
    if wish.model == "policy":
        return report_policy(policy, codec, puzzles=puzzles, name=name, seed=wish.seed)
    if wish.model == "thinker":
        thinker, _ = load_policy(out)
        return report_thinker(thinker, policy, codec, puzzles=puzzles, name=name, seed=wish.seed)
    if wish.model == "prm":
        return report_prm(load_prm(out), policy, codec, puzzles=puzzles, name=name, seed=wish.seed)
    prm = load_prm(_prm_of(wish, out))
    return report_orm(load_prm(out), prm, policy, codec, puzzles=puzzles, name=name, seed=wish.seed)


def _tell(progress: TrainProgress) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{progress}", end="\n" if progress.step == progress.steps else "", file=sys.stderr, flush=True)
    elif progress.step % EVERY == 0 or progress.step == progress.steps:
        print(progress, file=sys.stderr, flush=True)


def _tell_program(progress: TrainProgress) -> None:
    told = {"step": progress.step, "steps": progress.steps, "seconds": progress.seconds, "losses": progress.losses}
    print(json.dumps(told), flush=True)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1 step is needed")
    return number


if __name__ == "__main__":
    if "--events" in sys.argv:  # a window watches, and wants the same cores
        give_way()
    sys.exit(main())
