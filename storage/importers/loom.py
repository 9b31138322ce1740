"""Trees of texts from loom (socketteer/loom): a person and a model go on writing in turn, and nothing is scored.

The pieces are one text down each path, so no line end is put between them. Who wrote a piece is a note.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from engine.events import ROOT, Bookmarked, NodeId
from engine.importing import Kept
from engine.importing_tree import Step, TreeDraft, told
from storage.importers.records import RecordError, object_in
from storage.importers.trees import Place, TreeImporter

TITLE = "loom"
BOOKMARK = "bookmark"
"""A tag with a meaning of ours."""
_SIGNS = ("chapters", "generation_settings", "canonical", "model_responses", "memories", "summaries", "frame",
          "selected_node_id")  # fmt: skip
"""What such a file has beside its root: other trees have a root, too."""
LONGEST_NOTE = 1_000


def _sure(record: Any) -> float:
    root = record.get("root") if isinstance(record, dict) else None
    fits = isinstance(root, dict) and isinstance(root.get("text"), str) and isinstance(root.get("children"), list)
    return 0.9 if fits and any(sign in record for sign in _SIGNS) else 0.0


def _read(record: Any, place: Place) -> Kept:
    if not isinstance(record, dict):
        raise RecordError("it is no JSON object")
    root = object_in(record, "root")
    settings = found if isinstance(found := record.get("generation_settings"), dict) else {}
    about = {"format": TITLE, "file": place.source} | told(settings, "temperature", "top_p", "response_length")
    draft = TreeDraft(place.name, _text(root), model=told(settings, "model").get("model", ""), told=about)
    ready: deque[tuple[NodeId, Mapping[str, Any]]] = deque([(ROOT, root)])
    left_out = 0
    while ready:
        node, entry = ready.popleft()
        given = found if isinstance(found := entry.get("children"), list) else []
        children = [child for child in given if isinstance(child, dict)]
        left_out += len(given) - len(children)
        _remark(draft, node, entry)
        if children:
            born = draft.expand(node, [Step(_text(child), goes_on=True) for child in children])
            ready.extend(zip(born, children, strict=True))
    if left_out:
        place.odd.append(f"{left_out:,} of its nodes are no objects and are left out")
    return draft.finish()


def _text(node: Mapping[str, Any]) -> str:
    text = node.get("text")
    return text if isinstance(text, str) else ""


def _remark(draft: TreeDraft, node: NodeId, entry: Mapping[str, Any]) -> None:
    """Who wrote it, its tags, and a bookmark."""
    meta, tags = entry.get("meta"), entry.get("tags")
    words = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    source = told(meta, "source").get("source", "") if isinstance(meta, dict) else ""
    said = [f"written by: {source}"] if source else []
    said += [f"tags: {', '.join(words)}"] if words else []
    if said:
        draft.note(node, "; ".join(said)[:LONGEST_NOTE])
    if BOOKMARK in words or entry.get(BOOKMARK) is True:
        draft.add(Bookmarked(node, True))


LOOM = TreeImporter("loom", TITLE, _sure, _read)
