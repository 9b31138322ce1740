"""What the find box offers: commands of the registry by their titles, steps of the run by their text. No widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.commands import Action, Actions
from app.commands.keys import keys_text
from app.commands.matching import score
from app.commands.registry import title_in_full
from app.language import tr
from app.models.find import Finder
from app.models.shown_run import ShownRun
from app.plain_text import one_line, visible
from app.strips.find_box import Answer, Answers
from engine.events import NodeId

MOST_STEPS = 100
"""More are not offered: one types a letter more."""


def command_answers(actions: Actions) -> Answers:
    """Every action, in the words of the window or in English, so that what one has read about can be found.

    Those that cannot be done now come last, unless it is their own name that is typed: a closed panel has many of them.
    """

    def answers(typed: str) -> Sequence[Answer]:
        actions.refresh()
        scored = [(_points(typed, action), action) for action in actions]
        found = [(points, action) for points, action in scored if points is not None]
        found.sort(key=lambda pair: (not (pair[1].possible() or _is_named(typed, pair[1])), -pair[0]))
        return [_command(actions, action) for _, action in found]

    return answers


def step_answers(shown: ShownRun, finder_of_run: Callable[[], Finder]) -> Answers:
    """Steps that exist at the cursor, the oldest first; choosing one selects it.

    The finder belongs to the find bar: the texts of a long run are kept once.
    """

    def answers(typed: str) -> Sequence[Answer]:
        finder = finder_of_run()
        finder.read(shown.records)
        return [_step(shown, node) for node in finder.with_text(typed, count=len(shown.tree.nodes))[:MOST_STEPS]]

    return answers


def _points(typed: str, action: Action) -> float | None:
    titles = (title_in_full(action), action.title)
    points = [found for title in titles if (found := score(typed, title)) is not None]
    return max(points, default=None)


def _is_named(typed: str, action: Action) -> bool:
    return any(title.casefold().startswith(typed.casefold().strip()) for title in (tr(action.title), action.title))


def _command(actions: Actions, action: Action) -> Answer:
    tip = action.obstacle() or tr(action.help)
    return Answer(
        title_in_full(action), lambda: actions.trigger(action.id), keys_text(action), visible(tip), action.possible()
    )


def _step(shown: ShownRun, node: NodeId) -> Answer:
    step = shown.tree.nodes[node]
    place = tr("step {depth}, node {node}").format(depth=step.depth, node=node)
    return Answer(one_line(step.step), lambda: shown.select(node), place, step.step)
