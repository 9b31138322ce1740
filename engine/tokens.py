"""Packed token rows: a blob per step with texts, log-probabilities, entropies, alternatives. Imports msgspec only.

A step of twelve tokens with five alternatives each takes about 400 bytes packed.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec

MAX_UNPACKED = 16_000_000
"""Bytes; a blob from a foreign file that claims more is refused."""


class Alternative(msgspec.Struct, frozen=True, array_like=True):
    """A token that could have stood in this place."""

    text: str
    probability: float
    id: int = -1
    """Its number in the model's vocabulary; -1 in old files, which do not tell."""


class Token(msgspec.Struct, frozen=True, array_like=True):
    """One token of a step. The texts of a row joined give the step's text."""

    text: str
    id: int
    logprob: float
    """Natural logarithm of its probability at temperature 1."""
    entropy: float
    """Entropy of the distribution it was drawn from, at temperature 1, in nats."""
    alternatives: tuple[Alternative, ...] = ()
    """The likeliest tokens, best first; the chosen one is among them if it is one of the likeliest."""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[Token, ...])


class TokenRowError(ValueError):
    """A blob is not a packed token row."""


def pack(row: tuple[Token, ...]) -> bytes:
    """A row as bytes; an empty row is empty bytes."""
    return zlib.compress(_encoder.encode(row), level=6) if row else b""


def unpack(blob: bytes) -> tuple[Token, ...]:
    """The row in `blob`. Raises TokenRowError if it holds none."""
    if not blob:
        return ()
    try:
        inflater = zlib.decompressobj()
        body = inflater.decompress(blob, MAX_UNPACKED)
        if inflater.unconsumed_tail:
            raise TokenRowError("a token row is larger than 16 MB")
        if not inflater.eof:
            raise TokenRowError("a token row is cut off")
        return _decoder.decode(body)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise TokenRowError(f"a token row is damaged: {error}") from error


def split(blob: bytes, texts: Sequence[str]) -> tuple[bytes, ...]:
    """The row of a text as the rows of its parts: `texts` joined is the row's text. Empty for an empty row.

    A token that stands across a border is cut there; its numbers stay with its first part. Raises TokenRowError.
    """
    if not blob:
        return (b"",) * len(texts)
    tokens = list(reversed(unpack(blob)))
    return tuple(pack(_take(tokens, len(text))) for text in texts)


def _take(tokens: list[Token], length: int) -> tuple[Token, ...]:
    """Tokens of `length` characters off the end of `tokens`, which is a stack; what is left of a cut one goes back."""
    taken: list[Token] = []
    while length > 0 and tokens:
        token = tokens.pop()
        if len(token.text) > length:
            rest = token.text[length:]
            tokens.append(Token(rest, token.id, 0.0, 0.0))
            token = Token(token.text[:length], token.id, token.logprob, token.entropy, token.alternatives)
        length -= len(token.text)
        taken.append(token)
    while tokens and not tokens[-1].text:  # control tokens have no text: they belong to what they end
        taken.append(tokens.pop())
    return tuple(taken)
