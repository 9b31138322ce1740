"""Two scorers on the same traces, in words. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.desk.words import RULE_WORDS
from app.language import mark, tr
from app.models.pair import Election, Ends, two_scales
from app.models.trust import FEW
from app.panels.texts import decimal
from app.plain_text import one_line
from engine.scorers.recipes import Recipe

NO_OTHER = mark(
    "Only one scorer has read the traces of this scope. Press “Score with…” to have another model read the same steps."
)
NOTHING_COMMON = mark(
    "No step of this scope has been scored by both. Press “Score with…” to have the other one read the same steps."
)
LONGEST_NAME = 30


def correlation_words(unit: str, spearman: float, pearson: float, n: int) -> str:
    """`steps: Spearman 0.91, Pearson 0.88 (n 1,240)`."""
    words = tr("{unit}: Spearman {spearman}, Pearson {pearson} (n {n:,})").format(
        unit=unit, spearman=decimal(spearman, 3), pearson=decimal(pearson, 3), n=n
    )
    return f"{words}, {tr('few data')}" if n < FEW else words


def ranking_words(common: int, size: int, elections: Sequence[Election]) -> str:
    """How far the two would lead to other answers, as sentences."""
    differing = sum(election.differs for election in elections)
    parts = [tr("Of the {size} best traces {common} are the same.").format(size=size, common=common)] if size else []
    if len(elections) == 1:
        parts.append(tr("They elect different answers.") if differing else tr("They elect the same answer."))
    elif elections:
        words = tr("In {differing:,} of {count:,} problems they elect different answers.")
        parts.append(words.format(differing=differing, count=len(elections)))
    return " ".join(parts)


def thinned_words(drawn: int, of: int) -> str:
    """That not all dots are drawn; empty if they are."""
    return "" if drawn == of else tr("{drawn:,} of {of:,} dots are drawn, a fair sample.").format(drawn=drawn, of=of)


def warnings(
    names: tuple[str, str],
    ends: tuple[Ends | None, Ends | None],
    channels: tuple[Sequence[str], Sequence[str]],
    recipes: tuple[Recipe | None, Recipe | None],
    alone: tuple[int, int],
) -> str:
    """What makes the two hard to compare, as sentences; empty for nothing."""
    left, right = (one_line(name, LONGEST_NAME) for name in names)
    return " ".join((*_scales(left, right, ends), *_channels(left, right, channels), *_rules(left, right, recipes),
                     *_alone(left, right, alone)))  # fmt: skip


def _scales(left: str, right: str, ends: tuple[Ends | None, Ends | None]) -> Iterator[str]:
    one, other = ends
    if one is not None and other is not None and two_scales(one, other):
        words = tr(
            "Two scales: scores of {left} lie between {a} and {b}, those of {right} between {c} and {d}. Ranks can be "
            "compared, differences cannot."
        )
        yield words.format(
            left=left, right=right, a=decimal(one.low), b=decimal(one.high), c=decimal(other.low), d=decimal(other.high)
        )


def _channels(left: str, right: str, channels: tuple[Sequence[str], Sequence[str]]) -> Iterator[str]:
    one, other = (", ".join(one_line(name, LONGEST_NAME) for name in names) for names in channels)
    if one and other and one != other:
        words = tr("Their raw numbers are different things: {left} gives {one}, {right} gives {other}.")
        yield words.format(left=left, right=right, one=one, other=other)


def _rules(left: str, right: str, recipes: tuple[Recipe | None, Recipe | None]) -> Iterator[str]:
    one, other = recipes
    if one is not None and other is not None and one.aggregate != other.aggregate:
        words = tr("Their authors aggregate differently ({left}: {one}, {right}: {other}); here both by one rule.")
        yield words.format(
            left=left, right=right, one=tr(RULE_WORDS[one.aggregate]), other=tr(RULE_WORDS[other.aggregate])
        )


def _alone(left: str, right: str, alone: tuple[int, int]) -> Iterator[str]:
    for name, count in zip((left, right), alone, strict=True):
        if count:
            yield tr("{count:,} steps were scored by {name} alone.").format(count=count, name=name)
