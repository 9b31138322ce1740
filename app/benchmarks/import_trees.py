"""Small trees as others' searches write them, made in code. Knows no importer."""

from __future__ import annotations

from typing import Any

from app.benchmarks.import_parts import QUESTION, STEPS, as_json


def trees() -> dict[str, bytes]:
    """Logs of others' searches."""
    first, second = "10 - 6 = 4 (left: 4 4 5)\n", "4 + 5 = 9 (left: 6 9 10)\n"
    steps = [
        {"step": 0, "x": "4 5 6 10", "ys": [""], "new_ys": [first, second], "values": [20.0, 0.003],
         "select_new_ys": [first]},
        {"step": 1, "x": "4 5 6 10", "ys": [first], "new_ys": [f"{first}4 * 5 = 20 (left: 4 20)\n"], "values": [2.001],
         "select_new_ys": [f"{first}4 * 5 = 20 (left: 4 20)\n"]},
    ]  # fmt: skip
    usage = {"completion_tokens": 9, "prompt_tokens": 90, "cost": 0.1}
    bfs = {"idx": 900, "ys": steps[1]["select_new_ys"], "infos": [{"r": 0}], "usage_so_far": usage, "steps": steps}
    dfs = [[{"total_step": 0, "env_step": 1, "actions": ["h2. motor"], "info": {"r_letter": 0.2, "r_word": 0.1},
             "count": {"sure": 1, "maybe": 2, "impossible": 0}}]]  # fmt: skip
    leaf: dict[str, Any] = {"prior": 0.5, "action": 1, "child_stats": []}
    child = leaf | {
        "action": 0,
        "visit": 1,
        "value_view": 0.5,
        "raw_value_view": 0.5,
        "evaluation_index": 1,
        "reward": 0.0,
    }
    root = {"prior": 1.0, "visit": 2, "value_view": 0.3, "raw_value_view": 0.1, "evaluation_index": 0,
            "child_stats": [child | {"child_stats": [leaf]}, leaf]}  # fmt: skip
    config = {"pb_c_base": 19652, "pb_c_init": 1.25, "qtransform": "qtransform_by_parent_and_siblings"}
    state = f"Question: {QUESTION}"
    end = {
        "state": f"{state}\n\nANSWER: 10",
        "visits": 1,
        "value": 1.0,
        "is_terminal": True,
        "answer": "10",
        "children": [],
    }
    reasoned = {"state": state, "visits": 2, "value": 1.0, "is_terminal": False, "answer": None, "children": [end]}
    code = [{"id": place, "label": label, "value": 0.5, "prob": 0.5, "visits": 1, "p_ucb": 0.1, "state": f"f():{label}"}
            for place, label in enumerate(("", " return", " 1"))]  # fmt: skip
    return {
        "tot.json": as_json([bfs], indent=4),
        "crosswords.json": as_json(dfs),
        "mctx.json": as_json({"algorithm": "muzero", "algorithm_config": config, "env_config": {"discount": 0.9},
                              "tree": root}),
        "mcts_reasoning.json": as_json({"question": QUESTION, "simulations_run": 2, "exploration_constant": 1.4,
                                        "terminal_states": [{"answer": "10", "score": 1.0, "state": state}],
                                        "root": reasoned}, indent=1),
        "llm_mcts.json": as_json({"0": {"selectedNodes": [0, 1], "state": "def f():", "completion": " return 1",
                                        "reward": 0.5, "task_id": "t", "nodes": code, "edges": [[0, 1], [1, 2]]}}),
        "tree_log.json": as_json(_tree_log()),
        "loom.json": as_json(_loom()),
        "landscape.json": as_json({
            "dataset": "aqua", "model": "tiny", "method": "cot", "model_input": QUESTION, "answers": ["A", "10"],
            "answer_gt_full": "A) 10", "answer_gt_short": "A", "answer_gt_expl": "3*4-2",
            "trial_thoughts": [["\n".join(STEPS), "A", True], [STEPS[0], "B", False]], "accuracy": 0.5,
        }),
        "think_booster.json": as_json(_think_booster()),
    }  # fmt: skip


def _tree_log() -> dict[str, Any]:
    """Two snapshots; the second has a node more, and other values on an edge."""
    nodes = {str(n): {"id": n, "data": {"text": text}, "selected_edge": None} for n, text in enumerate(("", *STEPS))}
    edges = {str(n): {"id": n, "source": n, "target": n + 1, "data": {"Q": 0.5, "reward": 0.2}} for n in range(3)}
    later = edges | {"0": edges["0"] | {"data": {"Q": 0.9, "reward": None}}}
    few = {"nodes": {key: nodes[key] for key in "012"}, "edges": {key: edges[key] for key in "01"}}
    return {"logs": [few, {"nodes": nodes, "edges": later}]}


def _loom() -> dict[str, Any]:
    """A text that was gone on with in two ways."""

    def node(name: str, text: str, *children: dict[str, Any], source: str = "AI") -> dict[str, Any]:
        return {"id": name, "text": text, "children": list(children), "open": True, "visited": False, "tags": [],
                "meta": {"source": source}, "mutable": True}  # fmt: skip

    below = [node("b", STEPS[0] + " ", node("c", STEPS[1])), node("d", "12+2 = 14.", source="mixed")]
    root = node("a", f"{QUESTION}\n", *below, source="prompt")
    empty: dict[str, Any] = {name: {} for name in ("chapters", "memories", "summaries", "model_responses")}
    return {"root": root, "canonical": ["c"], **empty, "generation_settings": {"model": "tiny"}}


def _think_booster() -> dict[str, Any]:
    def candidate(number: int, above: int | None) -> dict[str, Any]:
        return {"id": f"c{number}", "label": f"Beam {number}", "text": STEPS[number % 3], "status": "kept",
                "selected": number == 1, "signals": {"confidence": 0.5, "prm": 0.7}, "beam_uid": number,
                "parent_beam_uid": above}  # fmt: skip

    events = [
        {"step": 1, "title": "Expand", "stage": "tree_expand", "decision": {"action": "keep", "reason": "best"},
         "signals": [{"name": "prm", "value": 0.7, "direction": "higher_better"}],
         "candidates": [candidate(1, None), candidate(2, None)]},
        {"step": 2, "title": "Expand", "stage": "tree_expand", "decision": {}, "candidates": [candidate(3, 1)]},
    ]  # fmt: skip
    final = {"confidence": 0.7, "selected_trajectory": STEPS[0], "selection_reason": "best"}
    run = {"budget": 8, "budget_unit": "steps", "used_budget": 3, "tokens_used": 40, "final": final, "events": events}
    strategy = {"id": "s", "strategy_id": "beam", "scorer_id": "prm", "name": "Beam", "family": "beam", "run": run}
    payload = {"scenario": {"prompt": QUESTION, "ground_truth": "10"}, "strategies": [strategy]}
    return {"examples": [{"id": "e", "title": "apples", "payloads": {"8": payload}}], "advanced_config_templates": {}}


def folder() -> dict[str, bytes]:
    """A problem of thought-anchors: contents by the names of its files."""
    chunk = {"function_tags": ["plan"], "depends_on": ["0"], "accuracy": 0.5, "resampling_importance_kl": None,
             "counterfactual_importance_accuracy": float("nan"), "summary": "multiplies"}  # fmt: skip
    chunks = [chunk | {"chunk": text, "chunk_idx": place} for place, text in enumerate(STEPS)]
    text = " ".join(STEPS)
    return {
        "problem.json": as_json({"problem": QUESTION, "gt_answer": "10", "nickname": "apples"}),
        "base_solution.json": as_json({
            "prompt": f"{QUESTION}<think>\n", "solution": f"{text}</think>\n10", "full_cot": text, "answer": "10",
            "is_correct": True,
        }),
        "chunks_labeled.json": as_json(chunks),
        "chunks_resampled.json": as_json({"0": ["There are 12.", "3+4=7."], "1": ["10 are left."]}),
        "step_importance.json": as_json([
            {"source_chunk_idx": 0, "source_chunk_text": STEPS[0],
             "target_impacts": [{"target_chunk_idx": 1, "importance_score": 0.3}]},
        ]),
    }  # fmt: skip
