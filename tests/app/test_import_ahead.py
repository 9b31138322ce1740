"""What the window may still want is imported while nothing runs, a module a turn."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.import_ahead import LATER, ImportAhead

APP = Path(__file__).parents[2] / "app"
BEFORE_THE_WINDOW = {"command_line", "benchmarks", "start"}
NOT_AHEAD = {"pyqtgraph", "ctypes", "winreg"}
"""Too slow in one piece; and what Windows alone wants."""


def imported_in_functions(path: Path) -> set[str]:
    functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
    inside = [node for function in functions for node in ast.walk(function)]
    names = {alias.name for node in inside if isinstance(node, ast.Import) for alias in node.names}
    for node in inside:
        if isinstance(node, ast.ImportFrom) and node.module:
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in below if name.startswith("app.") and (APP.parent / _file(name)).exists()}
            names |= modules or {node.module}
    return names


def _file(name: str) -> Path:
    return Path(*name.split(".")).with_suffix(".py")


def test_whatever_the_window_imports_when_asked_is_imported_ahead() -> None:
    parts = [path for path in APP.rglob("*.py") if path.relative_to(APP).parts[0] not in BEFORE_THE_WINDOW]
    wanted = set().union(*(imported_in_functions(path) for path in parts if path.name != "__main__.py"))
    wanted -= {"app.canvas.canvas"}  # loaded with the window
    assert "app.dialogs.about" in wanted
    assert wanted - NOT_AHEAD <= set(LATER)


def test_every_name_is_a_module() -> None:
    assert all(find_spec(name) for name in LATER)


def test_one_module_a_turn_and_none_while_a_run_is_under_way() -> None:
    loaded: list[str] = []
    busy = True
    ahead = ImportAhead(("first", "second"), lambda: busy, load=loaded.append)
    ahead.step()
    assert loaded == []
    busy = False
    ahead.step()
    assert loaded == ["first"]


def test_a_module_that_fails_does_not_keep_the_others(qtbot: QtBot) -> None:
    loaded: list[str] = []

    def load(name: str) -> None:
        if name == "first":
            raise ImportError(name)
        loaded.append(name)

    ahead = ImportAhead(("first", "second"), lambda: False, load=load)
    with qtbot.waitSignal(ahead.done):
        ahead.begin()
    assert loaded == ["second"]
