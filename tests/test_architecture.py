"""The borders between the parts hold, and a few rules that no linter knows."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("app", "engine", "storage")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

MODELS = ("torch", "transformers")
WINDOW = ("PySide6", "pyqtgraph")

COUNT_REFERENCES = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app, w = QApplication([]), QWidget()
count = lambda: (sys.getrefcount(None), sys.getrefcount(True))
before = count()
for _ in range(100):
    w.parent(); w.update(); w.windowTitleChanged.emit("x")
print(*(b - a for b, a in zip(before, count())), flush=True)
"""


def in_fresh_process(code: str) -> str:
    """What `code` prints; by its output only, since a broken Qt may abort at the exit."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    return done.stdout or done.stderr


def module_names(*packages: str) -> list[str]:
    """Every module below `packages` but entry points, which would run."""
    paths = [path for path in SOURCES if path.is_relative_to(ROOT) and path.name != "__main__.py"]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    return [name for name in names if any(name == package or name.startswith(f"{package}.") for package in packages)]


@pytest.mark.parametrize(
    ("packages", "forbidden"),
    [
        (("app",), MODELS),
        (("storage",), (*MODELS, *WINDOW)),
        (("engine",), (*WINDOW, "app", "storage")),
        (("engine.search", "engine.problems", "engine.events", "engine.tree", "engine.frames"), (*MODELS, *WINDOW)),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else str(value),
)
def test_importing_a_part_does_not_import(packages: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    names = module_names(*packages)
    code = "import importlib, sys\n" + "".join(f"importlib.import_module({name!r})\n" for name in names)
    loaded = in_fresh_process(code + "print('loaded', *{name.partition('.')[0] for name in sys.modules})").split()
    assert loaded[:1] == ["loaded"], " ".join(loaded)
    assert set(forbidden).isdisjoint(loaded)


@pytest.mark.parametrize("module", ["app.command_line.cli", "app.command_line.headless", "engine.__main__"])
def test_the_command_line_and_an_idle_engine_start_without_qt_and_torch(module: str) -> None:
    loaded = in_fresh_process(f"import sys, {module}; print('loaded', *sys.modules)").split()
    assert loaded[:1] == ["loaded"]
    assert {*MODELS, *WINDOW}.isdisjoint(loaded)


def test_the_import_contracts_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_qt_calls_keep_none_and_true_alive() -> None:
    """PySide6 6.12 on Python 3.11 takes references from both until the interpreter aborts."""
    lost_none, lost_true = map(int, in_fresh_process(COUNT_REFERENCES).split())
    assert lost_none < 50
    assert lost_true < 50


def test_no_file_is_longer_than_anybody_reads() -> None:
    long = [str(path.relative_to(ROOT)) for path in [*SOURCES, ROOT / "run.py"] if _lines(path) >= 300]
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_every_module_says_what_it_is() -> None:
    silent = [str(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not silent


def test_the_packaging_folder_is_no_package() -> None:
    """It would shadow the `packaging` that pip and transformers import."""
    assert not list((ROOT / "packaging").rglob("__init__.py"))


RICH_TEXT = re.compile(r"\bsetHtml\(|\bRichText\b|\binsertHtml\(|\bappendHtml\(|\bMarkdownText\b|\bsetMarkdown\(")
"""Ways to let Qt read a text as markup."""

GUESSES = {"setToolTip", "setWhatsThis", "setStatusTip", "showText", "setInformativeText", "setDetailedText"}
"""Qt guesses whether a text given to these is markup; nothing can tell it not to."""

MODEL_TEXT = {"step", "answer", "verdict", "why", "note", "broken", "prompt", "text"}
"""Fields of events and nodes that hold text from a model or a file."""

SAFE = {"as_tool_tip"}


def app_sources() -> list[Path]:
    return [path for path in SOURCES if path.is_relative_to(ROOT / "app")]


def test_no_text_is_drawn_as_markup() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in app_sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if RICH_TEXT.search(line)
    ]
    assert not found


def test_a_label_whose_text_comes_from_elsewhere_is_plain() -> None:
    """A label is made by `plain_label`, or holds a literal of our own, or no text at all."""
    guessing = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}"
        for path in app_sources()
        for call in _calls(path)
        if _name(call) in {"QLabel", "QMessageBox"} and not _is_plain(call, path.read_text(encoding="utf-8"))
    ]
    assert not guessing


def _is_plain(maker: ast.Call, source: str) -> bool:
    if "setTextFormat(Qt.TextFormat.PlainText)" in source:
        return True
    names = re.findall(rf"(\w+) = {re.escape(ast.unparse(maker))}", source)
    return all(map(_is_literal, maker.args)) and not any(f"{name}.setText(" in source for name in names)


def _is_literal(text: ast.expr) -> bool:
    if isinstance(text, ast.IfExp):
        return _is_literal(text.body) and _is_literal(text.orelse)
    return isinstance(text, ast.Constant)


def test_a_text_of_the_model_in_a_tool_tip_is_escaped() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}"
        for path in app_sources()
        for call in _calls(path)
        if _name(call) in GUESSES and any(map(_names_model_text, call.args))
    ]
    assert not found


def _calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _names_model_text(argument: ast.expr) -> bool:
    """Whether a field with model text stands in the argument, outside a call that makes it safe."""
    if isinstance(argument, ast.Call) and _name(argument) in SAFE:
        return False
    if isinstance(argument, ast.Attribute) and argument.attr in MODEL_TEXT:
        return True
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute):  # of x.text() only x counts
        return any(map(_names_model_text, [argument.func.value, *argument.args]))
    return any(_names_model_text(child) for child in ast.iter_child_nodes(argument) if isinstance(child, ast.expr))
