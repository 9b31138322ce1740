"""Steps: a dataset comes in, is scored and goes out again; traces are labelled, and a reward model learns from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smoke.command_line import PUZZLE
from smoke.program import Home
from smoke.steps import Scene, Step, check

WRONG_AT = (-1, 1, 0)
"""Of each record of the dataset the number of its first wrong step, -1: none is wrong."""
STEPS_EACH = 3
TRAINED = 3
"""Steps of the training: enough to see that there is one."""


def dataset(scene: Scene) -> str:
    """Records in ProcessBench's form: read, scored by the bundled PRM, and written again as they came."""
    home, file, back = Home(scene), scene.folder / "given.jsonl", scene.folder / "back.jsonl"
    file.write_text("".join(f"{json.dumps(_record(at))}\n" for at in WRONG_AT), encoding="utf-8")
    session = file.with_suffix(".espalier")
    read = json.loads(home.run("import", str(file), "--json")[0])
    check(read["runs"] == len(WRONG_AT) and not read["odd"], f"of {len(WRONG_AT)} records it has read {read}")
    told = json.loads(home.run("score", str(session), "--processbench", "--json")[0])
    check_scores(told, len(WRONG_AT), STEPS_EACH)
    found = told["processbench"]["all"]
    check((found["wrong"], found["right"]) == (2, 1), f"ProcessBench's figure counts {found}")
    home.run("export", str(session), "--as", "processbench", "--out", str(back))
    check(labels_in(back) == list(WRONG_AT), f"the labels came back as {labels_in(back)}")
    return f"{told['scored']} traces scored, F1 {100 * found['f1']:.0f}"


def labels(scene: Scene) -> str:
    """The steps of a search are labelled by samples and by the solver, and a PRM learns from them and is used."""
    home, file, model = Home(scene), scene.folder / "run.espalier", scene.scratch / "my own prm"
    home.run("run", PUZZLE, "--search", "tot-bfs", "--out", str(file))
    steps = labelled_steps(json.loads(home.run("label", str(file), "--samples", "2", "--json")[0]))
    check(all(step["exact"] is not None for step in steps), "a step has no exact label")
    sampled = sum(step["monte_carlo"] is not None for step in steps)
    check(sampled, "no step has a label by samples")
    words = ("--from", str(file), "--labels", "exact", "--steps", str(TRAINED), "--out", str(model))
    report, _ = home.run("train", "prm", *words)
    check("AUC after" in report, f"the training reports: {report[:200]!r}")
    told = json.loads(home.run("score", str(file), "--with", f"prm:{model}", "--json")[0])
    check(
        told["scored"] == len(told["traces"]) > 0, f"the trained model scored {told['scored']} traces: {told['said']}"
    )
    check_scores(told, len(told["traces"]))
    return f"{len(steps)} steps, {sampled} by samples; {told['scored']} traces scored by what was trained on them"


def check_scores(told: Mapping[str, Any], traces: int, steps: int | None = None) -> None:
    """Raises StepError unless there are so many traces, and every step of each (of `steps`) has a score."""
    check(not told["failed"], f"{told['failed']} traces could not be scored: {told['said']}")
    check(len(told["traces"]) == traces, f"there are {len(told['traces'])} traces and not {traces}")
    for trace in told["traces"]:
        scores = trace["scores"]
        check(scores and None not in scores, f"run {trace['run']} has a step without a score: {scores}")
        check(steps in (None, len(scores)), f"run {trace['run']} has {len(scores)} scores for {steps} steps")


def labelled_steps(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of all traces that `label` tells of. Raises StepError where there is none."""
    found = [step for trace in told["traces"] for step in trace["steps"]]
    check(found, "`label` tells of no step")
    return found


def labels_in(file: Path) -> list[int]:
    """Of a file in ProcessBench's form, in its order."""
    return [json.loads(line)["label"] for line in file.read_text(encoding="utf-8").splitlines()]


def _record(wrong_at: int) -> dict[str, object]:
    steps = ["There are 3*4=12 apples.", "He eats 2, so 12-2=10.", "The answer is 10."]
    return {
        "id": f"gsm8k-{wrong_at + 1}",
        "generator": "smoke",
        "problem": f"Tom has 3 bags of 4 apples and eats 2. How many are left? ({wrong_at})",
        "steps": [f"{step} No, {number}." if number == wrong_at else step for number, step in enumerate(steps)],
        "final_answer_correct": wrong_at == -1,
        "label": wrong_at,
    }


STEPS = (
    Step("dataset", "command line: a dataset is read, scored and written again", dataset, quick=True),
    Step("labels", "command line: labels of steps, and a PRM trained on them", labels),
)
