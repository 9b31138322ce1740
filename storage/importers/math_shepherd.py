"""Math-Shepherd (Wang et al. 2023, arXiv 2312.08935): the same text twice, with a tag or a label behind each step.

`input` has ` ки` where `label` has ` +` or ` -`. Both are walked in parallel, since steps may hold any of these signs
themselves: a tag is one only where the other text has a label.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.importing_steps import Rated, chain
from storage.exporters.labelled.step_formats import FIRST, TAG
from storage.importers.records import Record, RecordError, RecordImporter, text_in, told_by

TITLE = "Math-Shepherd"
RATINGS = {"+": 1, "-": -1}


def _sure(record: Record) -> float:
    fits = all(isinstance(record.get(key), str) for key in ("input", "label"))
    return 0.95 if fits and TAG in record["input"] else 0.0


def _read(record: Record) -> Rated:
    text = text_in(record, "input")
    question, mark, _ = text.partition(FIRST)
    if not mark:
        raise RecordError(f"it has no {FIRST.strip()!r}, so nobody can tell where its question ends")
    pieces = tuple(_pieces(text, text_in(record, "label")))
    steps = [_step(piece, number, len(question)) for number, (piece, _) in enumerate(pieces, 1)]
    return Rated(TITLE, question.strip(), chain(steps, [rating for _, rating in pieces]), told=told_by(record, "task"))


def _pieces(text: str, labels: str) -> Iterator[tuple[str, int | None]]:
    """The text between tags, with the rating of each piece; what stands behind the last tag has none."""
    parts: list[str] = []
    at = 0
    segments = text.split(TAG)
    for number, segment in enumerate(segments, 1):
        is_same = labels.startswith(segment, at)
        parts.append(segment)
        at += len(segment)
        if is_same and number == len(segments):
            break
        if is_same and labels.startswith(TAG, at):  # the text of a step has the sign too
            parts.append(TAG)
            at += len(TAG)
        elif is_same and (sign := labels[at : at + 1]) in RATINGS:
            yield "".join(parts), RATINGS[sign]
            parts = []
            at += 1
        else:
            raise RecordError("its 'input' and its 'label' are not the same text")
    rest = "".join(parts)
    if rest.strip():
        yield rest, None


def _step(piece: str, number: int, question: int) -> str:
    """Without what the format puts around a step: the number before it, one blank or line end on each side."""
    piece = piece[question:] if number == 1 else piece.removeprefix("\n")
    return piece.removeprefix(f"Step {number}: ").removesuffix(" ")


MATH_SHEPHERD = RecordImporter("math-shepherd", TITLE, _sure, _read)
