"""The tabs of the desk, in their order. Adding one is a file and a line here; each is made when it is first seen."""

from __future__ import annotations

from app.desk.pair.tab import PairTab
from app.desk.tab import DeskTab
from app.desk.trace.tab import TraceTab
from app.desk.traces.tab import TracesTab
from app.desk.train.tab import TrainTab
from app.desk.trust.tab import TrustTab

TABS: tuple[type[DeskTab], ...] = (TraceTab, TracesTab, TrustTab, PairTab, TrainTab)
