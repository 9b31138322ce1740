"""Step-through files of rmshin/llm-mcts (`graph_*.json`) as runs: a snapshot of the whole tree for every rollout.

They repeat the last counts in every snapshot, so what happened is counted again from the walks and rewards. Where that
does not give the numbers of the last snapshot, the differences between snapshots stand instead, and the report says
so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.events import NodeId, RolledOut, Scale
from engine.importing import Kept
from engine.importing_tree import Step, TreeDraft
from storage.importers.llm_mcts.counting import FORMULA, counted, differences
from storage.importers.llm_mcts.snapshots import Rollout, Snapshots
from storage.importers.records import RecordError, told_by
from storage.importers.trees import Place, TreeImporter

TITLE = "llm-mcts"
TESTS = "tests of the task"
WORDS = "share of the tests that pass, the largest below a node"
MOST_ROLLOUTS = 5_000
"""Each is compared with the programs of those before it."""
_SEEN = ("selectedNodes", "nodes", "edges")


def _sure(record: Any) -> float:
    first = record.get("0") if isinstance(record, dict) else None
    return 1.0 if isinstance(first, dict) and all(isinstance(first.get(key), list) for key in _SEEN) else 0.0


def _read(record: Any, place: Place) -> Kept:
    if not isinstance(record, dict) or not isinstance(record.get("0"), dict):
        raise RecordError("it has no snapshot '0'")
    entries = [record[key] for key in map(str, range(len(record))) if key in record]
    if len(entries) > MOST_ROLLOUTS:
        raise RecordError(f"it has {len(entries):,} snapshots, and {MOST_ROLLOUTS:,} can be replayed")
    if len(entries) < len(record):
        place.odd.append(f"entries that are no snapshots in a row, and are left out: {len(record) - len(entries):,}")
    snapshots = Snapshots(entries, place.odd)
    rewards = [rollout.reward for rollout in snapshots.rollouts if rollout.reward is not None]
    told = {"format": TITLE, "file": place.source, **told_by(record["0"], "task_id")}
    scale = Scale(min([0.0, *rewards]), max([1.0, *rewards]), WORDS)
    draft = TreeDraft(place.name, snapshots.nodes[0].text, scale=scale, told=told)
    _write(draft, snapshots, place.odd)
    return _finish(draft, snapshots.rollouts)


def _write(draft: TreeDraft, snapshots: Snapshots, odd: list[str]) -> None:
    """An iteration for each rollout."""
    adds = counted(snapshots)
    if adds is None:
        odd.append("its counts do not follow from its walks and rewards: the differences of its snapshots are shown")
        adds = list(differences(snapshots.rollouts))
    is_explained = all(one.fits for one in adds)
    if not is_explained:
        odd.append("its walks do not all follow from P-UCB: their arithmetic is left out")
    for rollout, add in zip(snapshots.rollouts, adds, strict=True):
        draft.select(rollout.walk, FORMULA.words, add.choices if is_explained else ())
        for parent, children in rollout.born:
            draft.expand(parent, [_step(snapshots, parent, child) for child in children])
        if rollout.program:
            draft.add(
                RolledOut(draft.iteration, rollout.walk[-1], (rollout.program,), None, rollout.reward, "code", TESTS)
            )
        draft.credit(add.credits)
        draft.end_iteration()


def _step(snapshots: Snapshots, parent: NodeId, child: NodeId) -> Step:
    """What a node has more than its parent: a token, so that the steps run together."""
    node = snapshots.nodes[child]
    return Step(node.text.removeprefix(snapshots.nodes[parent].text) or node.label, node.prior, goes_on=True)


def _finish(draft: TreeDraft, rollouts: Sequence[Rollout]) -> Kept:
    """The first of the programs that pass most tests."""
    written = [rollout for rollout in rollouts if rollout.program]
    tested = [(rollout.reward, rollout) for rollout in written if rollout.reward is not None]
    if not tested:
        return draft.finish()
    reward, best = max(tested, key=lambda one: one[0])
    same = [rollout for rollout in written if rollout.walk == best.walk]
    verdict = f"{reward:.0%} of the tests pass, the file says."
    place = next(at for at, rollout in enumerate(same) if rollout is best)
    return draft.finish(best.walk[-1], None, reward >= 1.0, verdict, rollout=place)


LLM_MCTS = TreeImporter("llm-mcts", TITLE, _sure, _read)
