"""Menu Go: through the tree and through time. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Do, Timeline
from app.models.shown_run import ShownRun


def timeline_actions(shown: ShownRun, timeline: Timeline) -> Iterable[Action]:
    def some() -> bool:
        return shown.total > 0

    def at(title: str, help: str, act: Do, icon: str, *keys: str) -> Action:
        name = f"timeline.{title.lower().replace(' ', '_')}"
        return Action(name, title, act, help, "Go", icon, (), keys, enabled=some)

    return (
        at("First event", "Go to the first event", timeline.first, "first", "Ctrl+Home"),
        at("Previous iteration", "Go back to the end of an iteration", timeline.previous_iteration, "", "<"),
        at("Previous event", "Go back by one event", timeline.previous_event, "previous", ","),
        at("Play", "Play the events from the cursor on, or stop playing", timeline.toggle_play, "play", "Ctrl+Space"),
        at("Next event", "Go on by one event", timeline.next_event, "next", "."),
        at("Next iteration", "Go on to the end of an iteration", timeline.next_iteration, "", ">"),
        at("Last event", "Go to the last event", timeline.last, "last", "Ctrl+End"),
        at("Live", "Go to the last event and follow the run", timeline.go_live, "live", "Shift+L"),
    )
