"""Choices that are read late are read like the tuple that they stand for."""

from __future__ import annotations

import msgspec
import pytest

from engine.choices import LateChoices, for_encoder
from engine.events import Choice

CHOICES = tuple(
    Choice(node, node + 1, 3, (node + 1,), (2,), (None,), (1.0,), (0.5,), (True,)) for node in range(3)
)  # fmt: skip


@pytest.fixture
def late() -> LateChoices:
    return LateChoices(msgspec.json.encode(CHOICES))


def test_they_are_read_like_a_tuple(late: LateChoices) -> None:
    assert late == CHOICES
    as_written: object = CHOICES
    assert as_written == late
    assert late == LateChoices(msgspec.json.format(late.text))  # the same in other words
    assert late != CHOICES[:2]
    assert hash(late) == hash(CHOICES)
    assert repr(late) == repr(CHOICES)
    assert (len(late), late[1], late[-1], late[1:]) == (3, CHOICES[1], CHOICES[2], CHOICES[1:])
    assert list(reversed(late)) == list(reversed(CHOICES))
    assert CHOICES[1] in late


def test_an_encoder_takes_them_and_nothing_else(late: LateChoices) -> None:
    assert msgspec.json.encode(late, enc_hook=for_encoder) == late.text
    with pytest.raises(NotImplementedError, match="object is no part of an event"):
        msgspec.json.encode(object(), enc_hook=for_encoder)


@pytest.mark.parametrize("text", [b"", b"{}", b"[1]", b'[{"parent":"x"}]'])
def test_what_is_none_counts_as_empty(text: bytes) -> None:
    assert LateChoices(text) == ()
    assert not LateChoices(text)
