"""Ratings of steps in words, in the sense of PRM800K (Lightman et al. 2023). Knows no widget."""

from __future__ import annotations

from app.language import mark, tr

RATINGS = {1: mark("good"), 0: mark("neutral"), -1: mark("bad")}


def rating_words(rating: int | None) -> str:
    """`good`, `neutral`, `bad`; empty for a step that is not rated."""
    return "" if rating is None else tr(RATINGS[rating])
