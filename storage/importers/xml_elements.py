"""XML from anywhere, element by element, in bounded memory. Knows no format.

A document with a DTD is refused, and so every entity of its own: those that grow without end, and those that name files
(CWE-776, CWE-611).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple, cast
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError, XMLPullParser
from xml.parsers.expat import ExpatError, ParserCreate

from storage.importers.importer import DEEPEST, LARGEST_RECORD

_PIECE = 1 << 16


class XmlError(ValueError):
    """It cannot be read on; the message says why, in words that follow `line 3: `."""


class Element(NamedTuple):
    """An element that begins or has ended, without its namespace."""

    tag: str
    attributes: dict[str, str]
    text: str | None
    """What stands in it before its first child; None where it begins."""


def elements(stream: IO[bytes], largest: int) -> Iterator[Element]:
    """Beginnings and ends in their order, of at most `largest` bytes. `stream` can seek. Raises XmlError or OSError."""
    try:
        _refuse_doctype(stream)
        stream.seek(0)
        yield from _elements(stream, largest)
    except (ExpatError, ParseError) as error:
        raise XmlError(f"it is no XML ({error})") from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise error if isinstance(error, XmlError) else XmlError(f"it cannot be read ({error})") from error


def _refuse_doctype(stream: IO[bytes]) -> None:
    """A document type can only stand before the first element, so no more than that is looked at."""
    parser, begun = ParserCreate(), False

    def begin(*_: object) -> None:
        nonlocal begun
        begun = True

    def refuse(*_: object) -> None:
        raise XmlError("it has a document type of its own (DOCTYPE), which Espalier does not read")

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = begin, refuse
    read = 0
    while not begun and read <= LARGEST_RECORD and (piece := stream.read(_PIECE)):
        parser.Parse(piece, False)
        read += len(piece)


def _elements(stream: IO[bytes], largest: int) -> Iterator[Element]:
    parser: XMLPullParser[Node] = XMLPullParser(("start", "end"))
    above: list[Node] = []
    read = quiet = 0
    while piece := stream.read(_PIECE):
        parser.feed(piece)
        read, quiet = read + len(piece), quiet + len(piece)
        if read > largest:
            raise XmlError(f"it is larger than {largest // 1_000_000} MB")
        for kind, node in cast("Iterator[tuple[str, Node]]", parser.read_events()):
            quiet = 0
            tag = node.tag.rpartition("}")[2]
            if kind == "start":
                if len(above) >= DEEPEST:
                    raise XmlError(f"its elements lie more than {DEEPEST} deep within each other")
                above.append(node)
                yield Element(tag, node.attrib, None)
            else:
                above.pop()
                yield Element(tag, node.attrib, node.text or "")
                if above:
                    above[-1].remove(node)  # or the whole document would stay in memory
        if quiet > LARGEST_RECORD:
            raise XmlError(f"something in it is larger than {LARGEST_RECORD // 1_000_000} MB")
    parser.close()
