"""The tabs of the desk, in their order. Adding one is a file and a line here; each is made when it is first seen."""

from __future__ import annotations

from app.desk.pair import PairTab
from app.desk.tab import DeskTab
from app.desk.trace import TraceTab
from app.desk.traces import TracesTab
from app.desk.train import TrainTab
from app.desk.trust import TrustTab

TABS: tuple[type[DeskTab], ...] = (TraceTab, TracesTab, TrustTab, PairTab, TrainTab)
