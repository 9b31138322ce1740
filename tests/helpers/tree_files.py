"""Trees as others' searches write them, small and made up: each function gives one record of a format."""

from __future__ import annotations

import io
import json
from copy import deepcopy
from random import Random
from typing import Any

from engine.importing import Kept
from engine.search.selection import FirstPlayUrgency, PUcb, Puct, winner
from storage.importers.importer import Importer, Odd

DISCOUNT = 0.5


def found_in(importer: Importer, *records: Any) -> tuple[list[Kept], list[str]]:
    """The runs of a file with a list of these records, and what was odd."""
    found = list(importer.records(io.BytesIO(json.dumps(list(records)).encode()), "made up.json"))
    return [one for one in found if isinstance(one, Kept)], [str(one) for one in found if isinstance(one, Odd)]


def tot_step(beams: list[str], candidates: list[str], values: list[Any], kept: list[str]) -> dict[str, Any]:
    """One step of a breadth-first log."""
    return {"step": 0, "x": "1 2 3 4", "ys": beams, "new_ys": candidates, "values": values, "select_new_ys": kept}


def tot(*steps: dict[str, Any], r: tuple[Any, ...] = (1,), spent: int = 10, **more: Any) -> dict[str, Any]:
    """One puzzle; its outputs are what the last step kept."""
    usage = {"completion_tokens": spent, "prompt_tokens": 2 * spent, "cost": spent / 100}
    outputs = steps[-1]["select_new_ys"] if steps else []
    return {"steps": list(steps), "idx": 7, "ys": outputs, "infos": [{"r": one} for one in r],
            "usage_so_far": usage, **more}  # fmt: skip


def visit(words: list[str], counts: tuple[int, int, int], **info: float) -> dict[str, Any]:
    """One visit of a depth-first log."""
    return {"total_step": 0, "env_step": len(words), "actions": words, "info": info,
            "count": dict(zip(("sure", "maybe", "impossible"), counts, strict=True))}  # fmt: skip


def mctx(simulations: int = 12, seed: int = 1, qtransform: str = "qtransform_by_parent_and_siblings") -> dict[str, Any]:
    """A tree of three actions, searched as mctx does."""
    chance, formula = Random(seed), Puct(1.25, 19652.0, FirstPlayUrgency("lowest", "siblings"))

    def evaluated(entry: dict[str, Any], order: int) -> float:
        priors = [chance.random() for _ in range(3)]
        entry["child_stats"] = [
            {"action": at, "prior": p / sum(priors), "child_stats": []} for at, p in enumerate(priors)
        ]
        raw = chance.uniform(-1, 1)
        entry.update(visit=1, value_view=raw, raw_value_view=raw, evaluation_index=order)
        return raw

    root: dict[str, Any] = {"prior": 1.0}
    evaluated(root, 0)
    for order in range(1, simulations + 1):
        path = [root]
        while "visit" in path[-1]:
            below = path[-1]["child_stats"]
            q = [child["reward"] + DISCOUNT * child["value_view"] if "visit" in child else None for child in below]
            p, n = [child["prior"] for child in below], [child.get("visit", 0) for child in below]
            filled, u = formula.terms(path[-1]["visit"], path[-1]["value_view"], n, q, p, lambda _: None)
            path.append(below[winner(filled, u, p, False)])
        path[-1]["reward"] = chance.choice((0.0, 0.25))
        value = evaluated(path[-1], order)
        for at in range(len(path) - 1, 0, -1):
            value = path[at]["reward"] + DISCOUNT * value
            above = path[at - 1]
            above["value_view"] = (above["value_view"] * above["visit"] + value) / (above["visit"] + 1)
            above["visit"] += 1
    config = {"pb_c_base": 19652, "pb_c_init": 1.25, "qtransform": qtransform, "qtransform_kwargs": {}}
    return {"algorithm": "muzero", "algorithm_config": config, "env_config": {"discount": DISCOUNT}, "tree": root}


def reasoned(state: str, visits: int, value: float, *children: dict[str, Any], answer: str = "") -> dict[str, Any]:
    """A node of mcts-reasoning."""
    return {"state": state, "visits": visits, "value": value, "is_terminal": bool(answer), "answer": answer or None,
            "_continuations": None, "_continuation_index": 0, "children": list(children)}  # fmt: skip


def mcts_reasoning(gold: str = "", answer: str = "20", score: float = 1.0, sums: bool = False) -> dict[str, Any]:
    """Two answers to a question, the first of them visited twice; with `sums` the values are no means."""
    start = "Question: What is 24 mod 4?\n\nLet me solve this step by step."
    good = f"{start}\n\n24 = 6 * 4.\n\nSo nothing is left. ANSWER: {answer}"
    bad = f"{start}\n\n24 - 4 = 20. ANSWER: 3"
    twice, mean = (2 * score, 2 * score) if sums else (score, score * 2 / 3)
    step = reasoned(f"{start}\n\n24 = 6 * 4.", 2, twice, reasoned(good, 2, twice, answer=answer))
    root = reasoned(start, 3, mean, step, reasoned(bad, 1, 0.0, answer="3"))
    ends = [{"answer": answer, "score": score, "state": good[:200]}, {"answer": "3", "score": 0.0, "state": bad[:200]}]
    record = {"question": "What is 24 mod 4?", "simulations_run": 3, "exploration_constant": 1.414,
              "max_children_per_node": 3, "max_rollout_depth": 5, "terminal_states": ends, "root": root}  # fmt: skip
    return record | ({"ground_truth": gold} if gold else {})


def llm_mcts(rollouts: int = 6, is_frozen: bool = True, seed: int = 3) -> dict[str, Any]:
    """Rollouts over tokens; `is_frozen`: every snapshot has the last counts, as in the files that there are."""
    chance, formula = Random(seed), PUcb(4.0, 10.0, FirstPlayUrgency("zero"))
    nodes: list[dict[str, Any]] = [{"id": 0, "label": "'<PD>'", "state": "def f():", "prob": 1.0, "visits": 0,
                                    "value": 0, "p_ucb": 0}]  # fmt: skip
    below: dict[int, list[int]] = {}
    programs: dict[str, float] = {}
    snapshots: dict[str, Any] = {}
    for number in range(rollouts):
        walk = [0]
        nodes[0]["visits"] += 1
        while walk[-1] in below:
            arms = [nodes[at] for at in below[walk[-1]]]
            n, p = [arm["visits"] for arm in arms], [arm["prob"] for arm in arms]
            q, u = formula.terms(nodes[walk[-1]]["visits"], 0.0, n, [arm["value"] for arm in arms], p, lambda _: None)
            walk.append(arms[winner(q, u, p, True)]["id"])
            nodes[walk[-1]]["visits"] += 1
        leaf = nodes[walk[-1]]
        below[leaf["id"]] = []
        for token, prob in ((" a", 0.6), (" b", 0.3)):
            below[leaf["id"]].append(len(nodes))
            nodes.append({"id": len(nodes), "label": repr(token), "state": leaf["state"] + token, "prob": prob,
                          "visits": 0, "value": 0, "p_ucb": 0})  # fmt: skip
        reward = next((known for text, known in programs.items() if text.startswith(leaf["state"])), None)
        written = "" if reward is not None else f" a a a # {number}"
        if reward is None:
            reward = programs[leaf["state"] + written] = chance.choice((0.25, 0.5))
        for at in walk:
            nodes[at]["value"] = max(nodes[at]["value"], reward)
        snapshots[str(number)] = {
            "selectedNodes": walk, "state": "", "completion": leaf["state"][8:] + written if written else "",
            "reward": reward if written else 0, "task_id": "Toy/1",
            "nodes": list(nodes) if is_frozen else deepcopy(nodes),
            "edges": [[parent, child] for parent, children in below.items() for child in children],
        }  # fmt: skip
    found: dict[str, Any] = json.loads(json.dumps(snapshots))
    return found
