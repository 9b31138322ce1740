"""The catalogues of the second language: finds every text of `app/`, keeps `espalier_de.ts` in step, compiles it.

    python packaging/translations.py            update the .ts file from the code, compile it, say what is missing
    python packaging/translations.py --check    change nothing; exit status 1 if something is missing or left over

A text is a literal in `tr("…")` or `mark("…")`, or the title or help of an `Action` or the title of a `Panel`, which
the registry translates. Knows the code as text only: it imports nothing of the app.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
CATALOGUE = ROOT / "resources" / "translations" / "espalier_de.ts"
CONTEXT = "espalier"

Places = Mapping[str, int]
"""Arguments that are texts: their names, and where they stand."""

TEXT_ARGUMENTS: Mapping[str, Places] = {
    "tr": {"text": 0},
    "mark": {"text": 0},
    "Action": {"title": 1, "help": 3},
    "Panel": {"title": 1},
}
"""By the function called."""


class TextError(Exception):
    """A text in the code that no catalogue can hold."""


@dataclass
class Report:
    """How a catalogue stands to the code."""

    missing: list[str] = field(default_factory=list)
    """Texts without a translation."""
    stale: list[str] = field(default_factory=list)
    """Translations of texts that are not in the code any more."""
    unequal: list[str] = field(default_factory=list)
    """Texts whose translation has other {placeholders}."""

    def __str__(self) -> str:
        parts = (
            ("missing", self.missing),
            ("not in the code any more", self.stale),
            ("other placeholders", self.unequal),
        )
        return "\n".join(f"{what}: {text!r}" for what, texts in parts for text in texts)


def texts_of(folder: Path = APP) -> list[str]:
    """Every text of the code once, by file and line. Raises TextError for one that is no literal."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _imported(tree)
        known |= _helpers(tree, known)
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in known]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            for text in _texts_in(call, known[_name(call)], path):
                found[text] = None
    return list(found)


def _imported(tree: ast.Module) -> dict[str, Places]:
    """The functions of TEXT_ARGUMENTS that a module knows; a module may have a `mark` of its own."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = {alias.name for node in imports if (node.module or "").startswith("app.") for alias in node.names}
    return {name: TEXT_ARGUMENTS[name] for name in names & TEXT_ARGUMENTS.keys()}


def _helpers(tree: ast.Module, known: Mapping[str, Places]) -> dict[str, Places]:
    """Functions of the module that hand arguments of theirs on as texts, as `walk(title, help, …)` does to Action."""
    found: dict[str, Places] = {}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args]
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call) and _name(node) in known):
            given = (_given(call, argument, place) for argument, place in known[_name(call)].items())
            handed_on = {text.id for text in given if isinstance(text, ast.Name) and text.id in names}
            if _name(call) != "tr" and handed_on:
                found[function.name] = {name: names.index(name) for name in handed_on}
    return found


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _given(call: ast.Call, argument: str, place: int) -> ast.expr | None:
    """An argument of a call, by name or by place."""
    named = next((word.value for word in call.keywords if word.arg == argument), None)
    return named or (call.args[place] if place < len(call.args) else None)


def _texts_in(call: ast.Call, places: Places, path: Path) -> Iterator[str]:
    name = _name(call)
    for argument, place in sorted(places.items(), key=lambda item: item[1]):
        given = _given(call, argument, place)
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            if given.value:
                yield given.value
        elif name == "mark" or isinstance(given, ast.JoinedStr | ast.BinOp):
            raise TextError(f"{path.name}, line {call.lineno}: {name}() wants one literal; values come in by format()")


def read(catalogue: Path = CATALOGUE) -> dict[str, str]:
    """The translations by English text; empty while there is no file."""
    if not catalogue.exists():
        return {}
    messages = ElementTree.parse(catalogue).getroot().iter("message")
    return {_text(message, "source"): _text(message, "translation") for message in messages}


def _text(message: ElementTree.Element, name: str) -> str:
    found = message.find(name)
    return (found.text or "") if found is not None else ""


def write(texts: Sequence[str], known: Mapping[str, str], catalogue: Path = CATALOGUE) -> None:
    """Write the catalogue of `texts`, in their order, with the translations that are known."""
    root = ElementTree.Element("TS", version="2.1", language=catalogue.stem.rpartition("_")[2], sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in texts:
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    catalogue.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8", newline="\n"
    )


def compare(texts: Sequence[str], known: Mapping[str, str]) -> Report:
    present = set(texts)
    return Report(
        [text for text in texts if not known.get(text)],
        [text for text in known if text not in present],
        [text for text in texts if known.get(text) and _placeholders(text) != _placeholders(known[text])],
    )


def _placeholders(text: str) -> set[str]:
    """`{name}` and `{name:,}` alike by name; a text that is no format has none."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def compile_catalogue(catalogue: Path = CATALOGUE) -> None:
    """Make the .qm file beside it, by the tool that comes with PySide6. Raises OSError or CalledProcessError."""
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent)) or "pyside6-lrelease"
    subprocess.run([tool, "-silent", str(catalogue), "-qm", str(catalogue.with_suffix(".qm"))], check=True)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Keep the second language in step with the code.")
    parser.add_argument("--check", action="store_true", help="change nothing, only say what is wrong")
    arguments = parser.parse_args(words)
    try:
        texts, known = texts_of(), read()
    except TextError as error:
        print(f"translations: {error}", file=sys.stderr)
        return 2
    report = compare(texts, known)
    if not arguments.check:
        write(texts, known)
        compile_catalogue()
        report.stale.clear()  # they have just been left out
    print(str(report) or f"{len(texts)} texts, all translated")
    return 1 if str(report) else 0


if __name__ == "__main__":
    sys.exit(main())
