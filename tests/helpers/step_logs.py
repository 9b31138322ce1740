"""Logs of steps as others write them, small and made up, and values that somebody damaged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    3.5,
    1e300,
    10**30,
    float("nan"),
    "",
    "0",
    "x\ud800",
    [],
    {},
    [[]],
    {"a": 1},
)


Snapshot: TypeAlias = tuple[dict[Any, Any], list[tuple[Any, Any, dict[str, Any]]], list[tuple[Any, Any]]]
"""Of a TreeLog: data by node, edges as (source, target, data), and the selected (source, target)."""


def treelog(*snapshots: Snapshot) -> Any:
    """A log of snapshots."""
    return {"logs": [_snapshot(*one) for one in snapshots]}


def _snapshot(nodes: dict[Any, Any], edges: list[Any], selected: list[Any]) -> Any:
    number = {(source, target): place for place, (source, target, _) in enumerate(edges)}
    chosen = {source: number[source, target] for source, target in selected}
    return {
        "nodes": {
            str(name): {"id": name, "data": data, "selected_edge": chosen.get(name), "convert_images": []}
            for name, data in nodes.items()
        },
        "edges": {
            str(place): {"id": place, "source": source, "target": target, "data": data, "convert_images": []}
            for place, (source, target, data) in enumerate(edges)
        },
    }


ASKED = {"0": "How many?"}
FIRST = ASKED | {"1": ["3*4?", "12"]}
SECOND = ASKED | {"1": ["3+4?", "7"]}


def reasoners() -> Any:
    """Four iterations: a state that is worked out late, a node that vanishes and comes back without its child."""
    one = (0, 1, {"Q": 0.5, "reward": 0.4, "intuition": -1.2})
    again = (0, 1, {"Q": 0.75, "reward": 0.4, "intuition": -1.2})
    two = (0, 2, {"Q": 0.25, "reward": 0.1})
    return treelog(
        ({0: ASKED, 1: FIRST, 2: {}}, [one, (0, 2, {"Q": 0.1, "reward": 0.1})], [(0, 1)]),
        ({0: ASKED, 1: FIRST, 2: SECOND, 3: {}}, [one, two, (2, 3, {"Q": 0.25, "reward": 2.0})], [(0, 2), (2, 3)]),
        ({0: ASKED, 1: FIRST}, [again], [(0, 1)]),
        ({0: ASKED, 1: FIRST, 2: SECOND}, [again, two], [(0, 1)]),
    )


def candidate(text: str, selected: bool = False, beam: str = "", parent: str = "", **signals: Any) -> dict[str, Any]:
    """Of ThinkBooster."""
    return {"id": text, "label": text, "text": text, "status": "kept" if selected else "pruned", "selected": selected,
            "signals": signals, "beam_uid": beam or None, "parent_beam_uid": parent or None}  # fmt: skip


def event(step: int, *candidates: dict[str, Any], reason: str = "") -> dict[str, Any]:
    """Of ThinkBooster."""
    signals = [{"name": "entropy", "value": 0.5, "direction": "down"}]
    return {"step": step, "title": f"Step {step}", "stage": "select", "decision": {"action": "keep", "reason": reason},
            "signals": signals, "candidates": list(candidates)}  # fmt: skip


def strategy(*events: dict[str, Any], trajectory: Any = "", **more: Any) -> dict[str, Any]:
    """Of ThinkBooster."""
    final = {"confidence": 0.9, "score_label": "prm", "selected_trajectory": trajectory, "selection_reason": "best"}
    run = {"budget": 4, "budget_unit": "beams", "used_budget": 4, "tokens_used": 120, "latency_ms": 1500,
           "provider": "none", "model_id": "toy", "final": final, "config": {}, "events": list(events)}  # fmt: skip
    return {
        "id": "s",
        "strategy_id": "beam",
        "scorer_id": "toy-prm",
        "name": "Beam",
        "family": "tree",
        "run": run,
        **more,
    }


def booster(*strategies: dict[str, Any]) -> dict[str, Any]:
    """A file of ThinkBooster with one example and one budget."""
    scenario = {"prompt": "How many are left?", "ground_truth": "10", "model_config": {}}
    payload = {"scenario": scenario, "strategies": list(strategies)}
    example = {"id": "e", "title": "Apples", "description": "", "available_budgets": [4], "payloads": {"4": payload}}
    return {"examples": [example], "advanced_config_templates": {}}


def beams() -> dict[str, Any]:
    """Two beams, of which the second one wins although it was second at first."""
    return strategy(
        event(1, candidate("3*4=12", True, "a", prm=0.9, confidence=0.5), candidate("12 apples", True, "b", prm=0.8)),
        event(2, candidate("12-3=9", False, "c", "a", prm=0.2), candidate("12-2=10", True, "d", "b", prm=0.7),
              reason="below the best"),
        trajectory="12 apples\n12-2=10",
    )  # fmt: skip


def chain() -> dict[str, Any]:
    """The same without beams: what was selected is repeated in the next step."""
    return strategy(
        event(1, candidate("3*4=12", True, confidence=-0.5), candidate("12 apples", confidence=-2.0)),
        event(2, candidate("3*4=12\n12-2=10", True, confidence=-0.25), candidate("3*4=12\n12-3=9")),
        trajectory=["3*4=12", "12-2=10"],
    )


TEXT = "We have 3 bags of 4, so 12.  Wait, he\neats 2.So 12-2=10.\n</think>\nThe answer is 10. It is sure."


def sentence(number: int, text: str, **more: Any) -> dict[str, Any]:
    """Of thought anchors."""
    return {"chunk": text, "chunk_idx": number, "function_tags": [], "depends_on": [], "accuracy": 0.5,
            "resampling_importance_accuracy": 0.1, "resampling_importance_kl": None,
            "counterfactual_importance_accuracy": -0.25, "summary": "", **more}  # fmt: skip


def anchors() -> dict[str, Any]:
    """The files of a problem's folder, by their names."""
    chunks = [
        sentence(0, "We have 3 bags of 4, so 12.", function_tags=["problem_setup", "fact_retrieval"], accuracy=0.25),
        sentence(1, "Wait, he eats 2.", function_tags=["uncertainty_management"], summary="a doubt", depends_on=["0"]),
        sentence(2, "So 12 - 2 = 10.", function_tags=["strange_tag"], accuracy=float("nan")),
        sentence(3, "Nobody ever wrote this sentence into any text.", accuracy=1.0),
    ]
    return {
        "problem.json": {"problem": "How many are left?", "level": "Level 1", "gt_answer": "10", "nickname": "Apples"},
        "base_solution.json": {"prompt": "How many are left?<think>\n", "solution": TEXT, "answer": "10",
                               "full_cot": "", "is_correct": True},
        "chunks_labeled.json": chunks,
        "chunks_resampled.json": {"0": ["Three bags."], "1": ["He eats two.", "Hm.", 3]},
        "step_importance.json": [{"source_chunk_idx": 0, "source_chunk_text": "",
                                  "target_impacts": [{"target_chunk_idx": 2, "importance_score": 0.125}]}],
        "summary.json": {"problem_idx": "1", "num_chunks": 4, "avg_importance": 0.2},
    }  # fmt: skip


def write_folder(folder: Path, files: Mapping[str, Any]) -> Path:
    """A folder of JSON files; bytes are written as they are."""
    folder.mkdir(parents=True)
    for name, value in files.items():
        (folder / name).write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return folder


def gsm8k(answer: str = "He has 3*4=<<3*4=12>>12.\nThen 12-2=<<12-2=10>>10.\n#### 10") -> dict[str, Any]:
    """One record."""
    return {"question": "How many are left?", "answer": answer}


def solutions(**given: tuple[str, bool]) -> dict[str, Any]:
    """One record with the models' solutions."""
    found = {name: {"solution": text, "is_correct": right} for name, (text, right) in given.items()}
    return {"question": "How many are left?", "ground_truth": "12-2=<<12-2=10>>10\nA: 10", **found}


def piece(text: str, *children: dict[str, Any], source: str = "AI", **more: Any) -> dict[str, Any]:
    """A node of loom."""
    return {"id": text, "parent_id": None, "text": text, "children": list(children), "open": True, "visited": True,
            "meta": {"source": source}, "mutable": True, **more}  # fmt: skip


def loom() -> dict[str, Any]:
    """A text that goes on in two ways."""
    root = piece("Once upon ", piece("a time", piece(" there was."), piece("...", tags=["bookmark", "odd"])),
                 piece("a hill,\n", source="mixed"), source="prompt")  # fmt: skip
    settings = {"model": "toy", "temperature": 0.9, "top_p": 1, "presets": []}
    return {"root": root, "chapters": {}, "canonical": [], "memories": {}, "generation_settings": settings}


def landscape(*trials: Any) -> dict[str, Any]:
    """One question, tried several times."""
    return {"dataset": "aqua", "model": "toy", "method": "cot", "model_input": "How many are left?",
            "answers": ["A)9", "B)10"], "answer_gt_full": "10 are left", "answer_gt_short": "B", "answer_gt_expl": "",
            "trial_thoughts": list(trials), "accuracy": 0.5}  # fmt: skip


TRIALS: tuple[Any, ...] = (
    "3*4=12\n\nSo B.",
    ["3*4=12", "So A."],
    [["3+4=7", "So A."], "A", False],
    ["12-2", "B", True],
)


def damaged(value: Any, random: Random, times: int = 3) -> Any:
    """A copy with some of its parts replaced by something else, doubled or gone."""
    root = [deepcopy(value)]
    for _ in range(random.randint(1, times)):
        holder, key = random.choice(_parts(root))
        other, place = random.choice(_parts(root))
        match random.randrange(3):
            case 0:
                holder[key] = deepcopy(random.choice(JUNK))
            case 1:
                holder[key] = deepcopy(other[place])
            case _ if holder is not root:
                kept = holder.pop(key)
                if isinstance(holder, dict) and random.random() < 0.5:
                    holder[f"{key}\udfff"] = kept
    return root[0]


def _parts(root: list[Any]) -> list[tuple[Any, Any]]:
    """Every place in a value: what holds it, and where."""
    found: list[tuple[Any, Any]] = []
    left: list[Any] = [root]
    while left:
        holder = left.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                left.append(holder[key])
    return found
