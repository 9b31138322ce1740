"""What can be done in the dock, for menus, palette and keys. Knows what is asked, not how it is done.

Everything but opening it needs the dock in sight: a key that changes what nobody sees would seem broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.commands import Action
from app.language import mark, tr
from engine.traces.functions import FUNCTIONS, Function

if TYPE_CHECKING:
    from app.thought.bench import ThoughtBench

MENU = mark("Hidden and exposed")
LABELS = mark("What the step is for")
CLOSED = mark("There is no trace on show: open the dock “Hidden and exposed” first.")
_FUNCTIONS: dict[Function, tuple[str, str]] = {
    "setup": (mark("Setup"), mark("The step says what is given and what is asked")),
    "plan": (mark("Plan"), mark("The step says what to do next")),
    "fact": (mark("Fact"), mark("The step recalls something that is known")),
    "compute": (mark("Compute"), mark("The step works something out")),
    "uncertain": (mark("Uncertain"), mark("The step doubts")),
    "check": (mark("Check"), mark("The step looks at a result again")),
    "backtrack": (mark("Backtrack"), mark("The step gives a way up")),
    "consolidate": (mark("Consolidate"), mark("The step gathers what was found")),
    "answer": (mark("Answer"), mark("The step states the answer")),
}


class Dock(Protocol):
    """What the actions ask of the dock itself."""

    def show_here(self) -> None: ...
    def why_not_show(self) -> str: ...
    @property
    def open_bench(self) -> ThoughtBench | None: ...


Act = Callable[["ThoughtBench"], None]
Ask = Callable[["ThoughtBench"], str]


def thought_actions(dock: Dock) -> Sequence[Action]:
    """Those of the menu View, most of them in menus within it."""
    return (
        Action(
            "view.thought", "Compare hidden and exposed", dock.show_here,
            "What was thought on the way to the selected step's answer, beside what was shown", "View",
            keys=("Ctrl+T",), why_not=dock.why_not_show, separator=True,
        ),
        *_ways(dock),
        *_looks(dock),
        *_output(dock),
        *_labels(dock),
    )  # fmt: skip


def _action(
    dock: Dock, name: str, title: str, help: str, act: Act, why_not: Ask | None = None, key: str = "",
    checked: Callable[[ThoughtBench], bool] | None = None, separator: bool = False, submenu: str = MENU,
) -> Action:  # fmt: skip
    def perform() -> None:
        if (bench := dock.open_bench) is not None:
            act(bench)

    def obstacle() -> str:
        bench = dock.open_bench
        return tr(CLOSED) if bench is None else why_not(bench) if why_not is not None else ""

    def is_on() -> bool:
        bench = dock.open_bench
        return bench is not None and checked is not None and checked(bench)

    return Action(
        f"thought.{name}", title, perform, help, "View", keys=(key,) if key else (), why_not=obstacle,
        checked=None if checked is None else is_on, separator=separator, submenu=submenu,
    )  # fmt: skip


def _ways(dock: Dock) -> Iterator[Action]:
    def claim(name: str, title: str, help: str, way: int, doubtful: bool, key: str) -> Action:
        return _action(
            dock, name, title, help, lambda bench: bench.walk.to_claim(way, doubtful),
            lambda bench: bench.walk.why_no_doubt() if doubtful else bench.walk.why_no_claim(), key,
        )  # fmt: skip

    yield claim(
        "next_claim", mark("Next claim"), mark("Go to the next claim shown, or step that stayed hidden"), 1, False, "F8"
    )
    yield claim("previous_claim", mark("Previous claim"), mark("Go to the claim before"), -1, False, "Shift+F8")
    yield claim(
        "next_doubt", mark("Next doubtful claim"),
        mark("Go to the next claim that is contradicted, or that has no support found"), 1, True, "F4",
    )  # fmt: skip
    yield claim(
        "previous_doubt", mark("Previous doubtful claim"), mark("Go to the doubtful claim before"), -1, True, "Shift+F4"
    )
    yield _action(
        dock, "answer", "Where the answer first stood", "Go to the hidden step in which the answer was first there",
        lambda bench: bench.walk.to_answer(), lambda bench: bench.walk.why_no_answer(), "F7",
    )  # fmt: skip
    yield _action(
        dock, "find", "Find in both texts", "Find a text in what is shown of the trace",
        lambda bench: bench.open_find(), key="Ctrl+Shift+F",
    )  # fmt: skip


def _looks(dock: Dock) -> Iterator[Action]:
    yield _action(
        dock, "pin", "Keep this trace", "Show this trace whatever is selected", lambda bench: bench.toggle_pin(),
        checked=lambda bench: bench.source.pinned, separator=True,
    )  # fmt: skip
    yield _action(
        dock, "layer", "Next layer", "Raw text, the thought alone, or the provider's summary in the hidden column",
        lambda bench: bench.next_layer(),
    )  # fmt: skip
    yield _action(
        dock, "outline", "Fold into planning and execution", "The thought as runs of planning and of execution",
        lambda bench: bench.toggle_outline(), checked=lambda bench: bench.has_outline(),
    )  # fmt: skip
    yield _action(
        dock, "show_all", "Show everything", "Take all filters away, and show both columns",
        lambda bench: bench.desk.show_all(),
    )  # fmt: skip
    yield _action(
        dock, "lab", "Show as a hosted model would",
        "Black the thought out and reveal it step by step: what could a reader have checked?",
        lambda bench: bench.desk.toggle_lab(), checked=lambda bench: bench.desk.in_lab(), separator=True,
    )  # fmt: skip
    yield _action(
        dock, "reveal_next", "Reveal the next step", "Show the first step that is blacked out",
        lambda bench: bench.walk.reveal("next"), lambda bench: bench.walk.why_not_reveal(), "Ctrl+R",
    )  # fmt: skip
    yield _action(
        dock, "reveal_partners", "Reveal what is behind the claim", "Show the steps linked with the chosen claim",
        lambda bench: bench.walk.reveal("partners"), lambda bench: bench.walk.why_not_reveal_partners(), "Ctrl+Shift+R",
    )  # fmt: skip
    yield _action(
        dock, "reveal_all", "Reveal the whole thought", "Show every step",
        lambda bench: bench.walk.reveal("all"), lambda bench: bench.walk.why_not_reveal(),
    )  # fmt: skip


def _output(dock: Dock) -> Iterator[Action]:
    yield _action(
        dock, "copy_claim", "Copy the claim with its steps",
        "The chosen claim and the hidden steps that it is linked with, as Markdown",
        lambda bench: bench.copy_claim(), lambda bench: bench.walk.why_no_place(), separator=True,
    )  # fmt: skip
    yield _action(
        dock, "copy_report", "Copy hidden and exposed as Markdown", "The whole comparison on the clipboard",
        lambda bench: bench.copy_report(), lambda bench: bench.why_no_report(),
    )  # fmt: skip
    yield _action(
        dock, "save_report", "Save the comparison as a report…", "The whole comparison in a file, as Markdown",
        lambda bench: bench.save_report(), lambda bench: bench.why_no_report(),
    )  # fmt: skip
    yield _action(
        dock, "reset_boundary", "Boundary as it was found", "Put the boundary between hidden and exposed text back",
        lambda bench: bench.hands.reset_boundary(), lambda bench: bench.hands.why_not_reset(),
    )  # fmt: skip
    yield _action(
        dock, "think", "Run it with a thought first…",
        "The form of a new run in which the model thinks before it answers",
        lambda bench: bench.think_first(), lambda bench: bench.why_not_think(),
    )  # fmt: skip


def _labels(dock: Dock) -> Iterator[Action]:
    def label(function: Function | None, bench: ThoughtBench) -> None:
        bench.walk.label(function)

    def why_not(bench: ThoughtBench) -> str:
        return bench.walk.why_not_label()

    for number, function in enumerate(FUNCTIONS, 1):
        title, help = _FUNCTIONS[function]
        yield _action(
            dock, f"label_{function}", title, help, partial(label, function), why_not, f"Alt+{number}", submenu=LABELS
        )
    yield _action(
        dock, "label_none", "As the rules say", "Take back what a person said of the step", partial(label, None),
        why_not, "Alt+0", submenu=LABELS,
    )  # fmt: skip
