"""Token rows: what old files hold, and what a row says of alternatives."""

from __future__ import annotations

import zlib

import msgspec

from engine.tokens import Alternative, Token, pack, unpack


def test_old_rows_do_not_tell_the_tokens_of_alternatives() -> None:
    old = zlib.compress(msgspec.msgpack.encode([["13", 3, -0.5, 1.0, [["13", 0.6], ["9", 0.3]]]]))
    assert unpack(old) == (Token("13", 3, -0.5, 1.0, (Alternative("13", 0.6), Alternative("9", 0.3))),)
    assert unpack(old)[0].alternatives[0].id == -1


def test_new_rows_do() -> None:
    row = (Token("13", 3, -0.5, 1.0, (Alternative("13", 0.6, 3), Alternative("9", 0.3, 7))),)
    assert unpack(pack(row)) == row
