"""A session with a thought by a scripted thinker, and probes of it. No process, no model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.models.probed_thought import Subject, subject_of
from engine.commands import RunPlan
from engine.search import PROBES, Probe
from engine.tree import fold
from storage.session import Session
from tests.helpers.running import run_log
from tests.helpers.scripted_thinkers import STORY, Thinker

THOUGHT = RunPlan("words", STORY, "self-consistency", {"samples": 1, "think": True, "temperature": 0.0}, verifiers=())
"""A run with one chain: a thought and its answer."""


def with_thought(path: Path, thinker: Thinker | None = None) -> Subject:
    """A session file with one run; the trace in it."""
    with Session.create(path) as session:
        run = session.new_run(THOUGHT)
        session.append(run_log(THOUGHT, thinker or Thinker(), (), number=run))
        subject = subject_of(session.info(run), fold(session.records(run)), None)
    assert subject is not None
    assert subject.hidden
    return subject


def probed(
    path: Path,
    kinds: Iterable[type[Probe]] = PROBES,
    thinker: Thinker | None = None,
    **settings: Any,
) -> Subject:
    """The same with probes of that trace; each takes those of the settings that it has."""
    thinker = thinker or Thinker()
    subject = with_thought(path, thinker)
    with Session.open(path) as session:
        for kind in kinds:
            known = {entry.name for entry in kind.form()}
            wish = subject.plan_for(kind, {name: value for name, value in settings.items() if name in known})
            run = session.new_run(wish)
            session.append(run_log(wish, thinker, (), number=run))
    return subject
