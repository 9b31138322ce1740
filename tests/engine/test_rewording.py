"""Lines in other words: every wording is known, goes back and forth, and keeps what it says."""

from __future__ import annotations

import re

import pytest

from engine.rewording import FAMILIES, SAID, hinted, rewordings, says_hint

LINES = {
    "e": "13 + 5 = 18, 13 / 5 = 13/5",
    "t": "8 - 3, 8 + 3",
    "s": "3 8 13/5",
    "n": "25",
}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
def test_the_wordings_of_a_family_lead_to_each_other(family: tuple[str, ...]) -> None:
    written = [wording.format(**LINES) + "\n" for wording in family]
    for line in written:
        assert set(rewordings(line)) == set(written) - {line}
        assert [re.findall(r"\d+", other) for other in rewordings(line)] == [re.findall(r"\d+", line)] * (
            len(family) - 1
        )


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_line_end_is_kept(end: str) -> None:
    assert rewordings(f"I found no way.{end}") == (f"There is no way.{end}", f"I see no way.{end}")


@pytest.mark.parametrize(
    "line", ["", "\n", "Tom has 5 pens.\n", "Try it.\n", "Try 4 + 4 = 8 (left: )\n", "Yes!\n", "13 + 5 = 18, No.\n"]
)
def test_lines_of_no_known_kind_have_no_other_words(line: str) -> None:
    assert rewordings(line) == ()


def test_a_hostile_line_is_read_at_once() -> None:
    assert rewordings("Try " + "1 + 1 = 2, " * 50_000) == ()
    assert rewordings("1" * 200_000) == ()


def test_hints() -> None:
    assert hinted("Make 24 from 3 4 4 13.", "(13 + 3) + 8") == (
        "Make 24 from 3 4 4 13.\nI think the answer is (13 + 3) + 8."
    )
    for wording in SAID:
        assert says_hint(f"First.\n{wording.format(hint='25')}\nTry 5 * 5 = 25.\n", "25")
    assert not says_hint("I get 5 * 5 = 25.\nYou say 26.\n", "25")
    assert not says_hint("You say 251.\n", "25")
