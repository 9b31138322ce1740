"""What the window and its panels show and obey, handed to each as one thing. Made in app.bootstrap; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from app.breakpoints import Breakpoints
from app.engine_client import EngineClient
from app.file_imports import FileImports
from app.going_on import GoingOn
from app.models.shown_run import ShownRun
from app.naming import RunNames
from app.probing import Probing
from app.run_controller import RunController
from app.scoring import Scoring
from app.session_controller import SessionController
from app.settings import Settings
from app.text_finder import TextFinder
from app.theme import Theme
from app.trace_imports import TraceImports
from app.tree_edits import TreeEdits
from app.verbs import Verbs


@dataclass(frozen=True)
class Parts:
    """One of each."""

    theme: Theme
    settings: Settings
    shown: ShownRun
    engine: EngineClient
    runs: RunController
    sessions: SessionController
    edits: TreeEdits
    verbs: Verbs
    breakpoints: Breakpoints
    probing: Probing
    traces: TraceImports
    imports: FileImports
    scoring: Scoring
    going_on: GoingOn
    names: RunNames
    finder: TextFinder
