"""Several traces against each other as text: their answers, and where their thoughts part. Knows no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.command_line.text_columns import MOST_ROWS, WIDTH, fitted, headed, shortened
from app.command_line.trace.analysis import Analysis, Group
from engine.traces.divergence import Divergence


def group_text(analyses: Sequence[Analysis], found: Group, every: bool = False) -> str:
    """Several traces against each other."""
    most = 1 << 60 if every else MOST_ROWS
    names = [(f"  {number:>4}  {fitted(one.reading.name, 90)}", False) for number, one in enumerate(analyses, 1)]
    lines = ["", *headed("Group", f"{len(analyses):,} traces"), *shortened(names, most, "trace")]
    lines += ["", *headed("Answers", "the one shown; for want of it, the thought's own")]
    rows = [
        (f"  {share.share:6.1%}  {_traces(share.thoughts):<24}  {fitted(share.answer, 60)}", False)
        for share in found.answers.answers
    ]
    lines += shortened(rows, most, "answer")
    if found.answers.unanswered:
        lines.append(f"  without an answer: {_traces(found.answers.unanswered)}")
    lines += ["", *headed("Part", "where the thoughts first differ, pair by pair")]
    if not found.pairs:
        lines.append("  There are no two thoughts that can be read.")
    thoughts = {number: analyses[number].reading.trace.of("hidden") for number in found.compared}
    lines += shortened([(_pair(thoughts, found, pair), False) for pair in found.pairs], most, "pair")
    return "\n".join(lines)


def _pair(thoughts: Mapping[int, str], found: Group, pair: Divergence) -> str:
    one, other = found.compared[pair.one], found.compared[pair.other]
    head = f"  {one + 1} and {other + 1}: "
    if pair.same:
        return f"{head}word for word the same"
    texts = [thoughts[number][pair.characters : pair.characters + 200] for number in (one, other)]
    head += f"after {pair.characters:,} characters, in step {pair.step + 1}: "
    room = max(12, (WIDTH - len(head) - 9) // 2)
    shown = [f"“{fitted(text, room)}”" if text.strip() else "(the end)" for text in texts]
    return f"{head}{shown[0]} / {shown[1]}"


def _traces(numbers: Sequence[int]) -> str:
    return fitted(f"{len(numbers)}: {', '.join(str(number + 1) for number in numbers[:20])}", 24)
