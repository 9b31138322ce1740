"""Menu Go: through the tree and through time. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands import TIMELINE
from app.commands.action import Action
from app.commands.wishes import Dialogs, Do, Find, Timeline
from app.models.shown_run import ShownRun
from app.navigator import Navigator


def history_actions(navigator: Navigator) -> Iterable[Action]:
    return (
        Action("go.back", "Back", navigator.back, "Select the step that was selected before", "Go", "previous",
               ("Alt+Left",), enabled=navigator.can_go_back),
        Action("go.forward", "Forward", navigator.forward, "Select the step that going back came from", "Go", "next",
               ("Alt+Right",), enabled=navigator.can_go_forward),
    )  # fmt: skip


def tree_actions(navigator: Navigator) -> Iterable[Action]:
    """From step to step. Arrows mean something else in a list, so they are for the tree alone."""

    def walk(
        name: str, title: str, act: Do, help: str, tree_keys: tuple[str, ...] = (), letters: tuple[str, ...] = (),
        separator: bool = False,
    ) -> Action:  # fmt: skip
        return Action(f"go.{name}", title, act, help, "Go", "", (), letters, tree_keys, enabled=navigator.has_tree,
                      separator=separator)  # fmt: skip

    return (
        walk("parent", "Parent", navigator.parent, "Select the step before", ("Left",), ("H",), separator=True),
        walk("child", "Child", navigator.child, "Select the most visited step after this one", ("Right",), ("L",)),
        walk("previous_sibling", "Previous sibling", navigator.previous_sibling,
             "Select the alternative above", ("Up",), ("K",)),
        walk("next_sibling", "Next sibling", navigator.next_sibling, "Select the alternative below", ("Down",), ("J",)),
        walk("most_visited", "Most visited child", navigator.child,
             "Select the child that the search went to most, marked ●", ("Return", "Enter")),
        walk("best_value", "Child with the best value", navigator.best_by_value,
             "Select the child with the highest Q, marked ○; it need not be the most visited one",
             ("Shift+Return", "Shift+Enter")),
        walk("root", "Root", navigator.root, "Select the root, or the top of the hoisted subtree", ("Home",)),
        walk("end", "End of the best trace", navigator.end_of_variation,
             "Follow the most visited steps from here to their end", ("End",)),
        walk("previous_branching", "Previous branching", navigator.previous_branching,
             "Go back to where the search went more than one way", (), ("B",), separator=True),
        walk("next_branching", "Next branching", navigator.next_branching,
             "Go on to where the search went more than one way", (), ("Shift+B",)),
        walk("next_drop", "Next large drop", navigator.next_drop,
             "Go on, along the best trace, to a step worth much less than the one before it", (), ("N",)),
        walk("previous_drop", "Previous large drop", navigator.previous_drop,
             "Go back along the trace to a step worth much less than the one before it", (), ("Shift+N",)),
        walk("twin", "Same state", navigator.twin, "Select the next step that led to the same state", (), ("T",)),
        walk("nothing", "Select nothing", navigator.nothing, "Look at the run as a whole again", ("Esc",)),
    )  # fmt: skip


def find_actions(navigator: Navigator, find: Find, dialogs: Dialogs) -> Iterable[Action]:
    some = navigator.has_tree
    return (
        Action("go.find", "Find text…", find.open, "Find steps by their text, their visits or their verdict", "Go",
               "search", ("Ctrl+F",), enabled=some, separator=True),
        Action("go.next_hit", "Next hit", find.next, "Select the next step that was found", "Go", "", ("F3",),
               enabled=find.has_hits),
        Action("go.previous_hit", "Previous hit", find.previous, "Select the step that was found before this one", "Go",
               "", ("Shift+F3",), enabled=find.has_hits),
        Action("go.to", "Go to node…", dialogs.go_to, "Select a step by its number, or what an iteration worked on",
               "Go", "", ("Ctrl+G",), enabled=some),
    )  # fmt: skip


def find_box_actions(open_box: Do) -> Iterable[Action]:
    return (
        Action("go.find_box", "Find box", open_box, "Type to find a step; after a > a command", "Go", "search",
               ("Ctrl+K",)),
    )  # fmt: skip


def timeline_actions(shown: ShownRun, timeline: Timeline) -> Iterable[Action]:
    def some() -> bool:
        return shown.total > 0

    def at(title: str, help: str, act: Do, icon: str, *keys: str, separator: bool = False) -> Action:
        name = f"timeline.{title.lower().replace(' ', '_')}"
        return Action(name, title, act, help, "Go", icon, (), keys, enabled=some, separator=separator,
                      submenu=TIMELINE)  # fmt: skip

    return (
        at("First event", "Go to the first event", timeline.first, "first", "Ctrl+Home", separator=True),
        at("Previous iteration", "Go back to the end of an iteration", timeline.previous_iteration, "", "<"),
        at("Previous event", "Go back by one event", timeline.previous_event, "previous", ","),
        at("Play", "Play the events from the cursor on, or stop playing", timeline.toggle_play, "play", "Ctrl+Space"),
        at("Next event", "Go on by one event", timeline.next_event, "next", "."),
        at("Next iteration", "Go on to the end of an iteration", timeline.next_iteration, "", ">"),
        at("Last event", "Go to the last event", timeline.last, "last", "Ctrl+End"),
        at("Live", "Go to the last event and follow the run", timeline.go_live, "live", "Shift+L"),
    )
