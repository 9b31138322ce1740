"""The scripted engine process, with the toy strategy among its strategies: `python -m tests.helpers.toy_engine`."""

from __future__ import annotations

import sys

from engine.__main__ import main
from engine.search import SEARCHES
from tests.helpers.scripted_engine import ScriptedShelf
from tests.helpers.toy_strategy import RandomWalk

if __name__ == "__main__":
    SEARCHES[RandomWalk.name] = RandomWalk
    sys.exit(main(ScriptedShelf(0.0)))
