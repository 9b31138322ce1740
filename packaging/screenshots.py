"""Takes the six screenshots of README and manual with the real program, the real engine and the bundled models.

    .venv/bin/python packaging/screenshots.py [FOLDER]

Without a display (`QT_QPA_PLATFORM=offscreen`) as well as with one; the window has its default layout, 1440 x 900. In
the first picture MCTS is paused while a value is credited to a trace, step by step. In the second a beam search has
ended, with what it pruned, and with the votes of the traces that it kept. The third shows the whole tree of a longer
search as an icicle, coloured by the PRM, with a plot of its progress; the fourth as a map, with the formula lab asking
where UCT would have chosen otherwise. The fifth shows a thought beside what was shown of it, the sixth what a probe
found of a thought. FOLDER is `resources/screenshots` unless it is given.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import make_application, make_window, open_window
from app.desk.tab import DeskTab
from app.desk.traces.tab import TracesTab
from app.desk.trust.tab import TrustTab
from app.engine_client import EngineClient
from app.main_window import SIZE, MainWindow
from app.panels import FormulaLabPanel
from app.panels.desk import DeskPanel
from app.plans import FIRST_PLAN
from app.settings import Settings
from app.theme import Mode
from engine.commands import RunPlan
from storage.session import SUFFIX, Session

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "screenshots"
ITERATIONS = 8
"""After as many the search is paused, and stepped until a value is credited to a trace of DEPTH steps."""
DEPTH = 3
BEAM = RunPlan(problem="game24", text="4 9 10 13", search="beam", settings={"temperature": 1.2})
"""Beam search, warm enough that there is much to be pruned."""
LONG = RunPlan(
    problem="game24",
    text="4 9 10 13",
    search="mcts",
    settings={"simulations": 400, "root_width": 48, "width": 12, "revisit": False},
)
"""A search whose tree no window can show in cards."""
THOUGHT = RunPlan(
    problem="words",
    text="Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?",
    search="cot",
    settings={"think": True},
)
"""A model that thinks first."""
PROBE = RunPlan(
    problem="game24", text="1 2 4 7", search="early-answering", settings={"samples": 20}, verifiers=(), seed=1
)
"""A probe of a thought that the policy writes for it."""
SAMPLES = RunPlan(problem="game24", text="1 2 4 7", search="best-of-n", settings={"samples": 60, "temperature": 1.2})
"""Many traces of one problem, right and wrong ones."""
TALL_PX = 430
"""Of the dock in the fifth and those behind it."""
FIRST_PRESET = 1
"""Of the formula lab: UCT."""
SETTLE_MS = 900
"""Until nothing moves any more."""
POLL_MS = 50
SMALLEST = 0
"""What Qt calls the quality of a PNG: how little it is compressed."""
LARGEST = 500_000
"""Bytes; a larger picture does not belong into the repository."""

Moment = Callable[[MainWindow], bool]
"""Called again and again; True once the window is to be photographed."""


def stepped(window: MainWindow) -> bool:
    """Pause a young search and step it until a value has just been credited to a trace worth showing."""
    runs, tree = window.parts.runs, window.parts.shown.tree
    if runs.state == "running" and tree.iterations_done >= ITERATIONS:
        runs.pause()
    if runs.state != "paused":
        return False
    if tree.phase == "backpropagation" and tree.selected is not None and len(tree.selected.choices) >= DEPTH:
        return True
    runs.step_phase()
    return False


def ended(window: MainWindow) -> bool:
    """Wait for the answer; show the votes, and a step on the way to it among siblings that were pruned."""
    shown = window.parts.shown
    finished = shown.tree.finished
    if finished is None or finished.chosen is None:
        return False
    trace = shown.tree.path(finished.chosen)[1:]
    shown.select(max(trace[:-1] or trace, key=lambda node: len(shown.tree.children(node.parent or 0))).id)
    window.canvas.fit_selection()
    window.docks["votes"].raise_()
    return True


def overview(window: MainWindow) -> bool:
    """Wait for the end; the whole tree as an icicle, the best step of the answer selected, and a plot."""
    finished = window.parts.shown.tree.finished
    if finished is None:
        return False
    window.canvas.set_mode("icicle")
    window.canvas.set_channel("prm")
    window.docks.show("plots")
    if finished.chosen is not None:
        window.parts.shown.select(window.parts.shown.tree.path(finished.chosen)[1].id)
    window.canvas.fit()
    return True


def questioned(window: MainWindow) -> bool:
    """Wait for the end; ask where another formula would have chosen otherwise."""
    if window.parts.shown.tree.finished is None:
        return False
    lab = window.panels["formula_lab"]
    assert isinstance(lab, FormulaLabPanel)
    if not lab.form.values:  # it reads the run once it is seen
        window.docks.show("formula_lab")
        return False
    lab.form.presets.activated.emit(FIRST_PRESET)
    window.canvas.set_mode("map")
    window.canvas.fit()
    return True


def in_tall_dock(name: str) -> Moment:
    """Wait for the end; show this dock, and give it room."""

    def shown(window: MainWindow) -> bool:
        finished = window.parts.shown.tree.finished
        if finished is None:
            return False
        if finished.chosen is not None:
            window.parts.shown.select(finished.chosen)
        window.docks.show(name)
        window.resizeDocks([window.docks[name]], [TALL_PX], Qt.Orientation.Vertical)
        window.canvas.fit()
        return True

    return shown


def judged(kind: type[DeskTab]) -> Moment:
    """Wait for the end; show this tab of the PRM desk."""
    at_desk = in_tall_dock("desk")

    def shown(window: MainWindow) -> bool:
        if not at_desk(window):
            return False
        desk = window.panels["desk"]
        assert isinstance(desk, DeskPanel)
        if desk.bench is None or not desk.bench.data.table.traces:  # it reads the run once it is seen
            return False
        window.docks["timeline"].hide()  # it has the whole width to itself
        desk.bench.open(kind)
        return True

    return shown


def take(app: QApplication, mode: Mode, plan: RunPlan, moment: Moment, file: Path) -> None:
    """Run the plan in a fresh window and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        settings.theme = mode
        session = Path(folder) / f"4 9 10 13{SUFFIX}"
        Session.create(session).close()
        window = make_window(app, settings, EngineClient(), Path(folder) / "sessions")
        window.resize(SIZE)
        window.reset_layout()

        def photograph() -> None:
            window.grab().save(str(file), "PNG", SMALLEST)
            window.close()

        def poll() -> None:
            if moment(window):
                timer.stop()
                QTimer.singleShot(SETTLE_MS, photograph)

        timer = QTimer(interval=POLL_MS)
        timer.timeout.connect(poll)
        timer.start()
        open_window(window, session)
        window.first_painted.connect(lambda: window.parts.sessions.start(plan))  # by then the session is open
        app.exec()
        window.deleteLater()
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file} has {file.stat().st_size:,} bytes; at most {LARGEST:,} are wanted.")
    print(file)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application(["espalier"])
    take(app, "dark", FIRST_PLAN, stepped, folder / "window_dark.png")
    take(app, "light", BEAM, ended, folder / "window_light.png")
    take(app, "dark", LONG, overview, folder / "icicle_dark.png")
    take(app, "light", LONG, questioned, folder / "lab_light.png")
    take(app, "dark", THOUGHT, in_tall_dock("thought"), folder / "thought_dark.png")
    take(app, "light", PROBE, in_tall_dock("probes"), folder / "probe_light.png")
    take(app, "dark", SAMPLES, judged(TracesTab), folder / "desk_dark.png")
    take(app, "light", SAMPLES, judged(TrustTab), folder / "trust_light.png")


if __name__ == "__main__":
    main()
