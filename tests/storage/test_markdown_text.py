"""Text in Markdown stays text, and what is cut off says so."""

from __future__ import annotations

from storage.markdown_text import escaped, fenced


def test_nothing_is_markup() -> None:
    assert escaped("a *b* $x$ | <c> ~d~\n# e") == r"a \*b\* \$x\$ \| \<c\> \~d\~ \# e"


def test_what_is_longer_says_so() -> None:
    assert escaped("abc", 3) == "abc"
    assert escaped("abcd", 3) == "abc…"


def test_no_text_closes_its_fence() -> None:
    assert fenced("a\n````\nb").splitlines() == ["`````text", "a", "````", "b", "`````"]
