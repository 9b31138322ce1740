"""`bench durability`: its children really read and write, its mutants are wrong, and what must not be is counted."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from app import engine_process
from app.benchmarks import IN_APP, durability, kills, session_mutants, trials
from app.benchmarks.long_run import long_run
from app.benchmarks.mutating import WAYS, mutant, text_mutant
from app.benchmarks.session_mutants import EDITS, originals, write_mutant
from app.benchmarks.trials import Tally, Trials
from storage.errors import SessionError
from storage.session import Session

CHILD = """
import json, os, sys, time
print("ready", flush=True)
for line in sys.stdin:
    word = os.path.basename(json.loads(line))
    if word == "crash":
        os._exit(3)
    if word == "hang":
        time.sleep(60)
    print(json.dumps({"kind": word, "words": "", "seconds": 0.5, "growth_mb": 7.0}), flush=True)
"""


def test_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durability, "KILLS_QUICK", 2)
    monkeypatch.setattr(durability, "MUTANTS_QUICK", 12)
    figures = IN_APP["durability"](True, 0)
    assert (figures["kills"], figures["corrupt"], figures["lost"], figures["partial"]) == (2, 0, 0, 0)
    assert figures["mutated_sessions"] == 12 == figures["read"] + figures["refused"]
    assert (figures["crashes"], figures["hangs"], figures["tracebacks"]) == (0, 0, 0)
    assert sum(figures["ways"].values()) == 12


def test_what_must_not_be_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "misbehaving.py").write_text(CHILD)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setitem(engine_process.CHILDREN, "--trials", "misbehaving")
    monkeypatch.setattr(trials, "HANG_SECONDS", 0.3)
    tally = Tally()
    with Trials("any") as watched:
        for word in ("read", "crash", "refused", "hang", "traceback", "read"):
            tally.add(word, watched.read(Path(word)))
    assert tally.kinds == {"read": 2, "refused": 1, "tracebacks": 1, "crashes": 1, "hangs": 1}
    assert [offence.split(":")[0] for offence in tally.offences] == ["crash", "hang", "traceback"]
    assert (tally.slowest, tally.growth_mb) == (0.5, 7.0)


def test_a_loss_is_counted(tmp_path: Path) -> None:
    """The file is made to hold less than was acknowledged, something else, half a batch, or nothing that opens."""
    log, losses = long_run(200, 0), kills.Losses()
    path = kills._begin(tmp_path / "a.espalier")
    with Session.open(path) as session:
        session.append(log[:111])
    assert kills._look(path, log, 111, losses) == 111
    assert losses == kills.Losses()
    kills._look(path, log, 148, losses)
    assert losses.lost == 1
    kills._look(path, long_run(200, 1), 0, losses)
    assert losses.lost == 2
    with Session.open(path) as session:
        session.append(log[111:120])
    kills._look(path, log, 0, losses)
    assert losses.partial == 1
    path.write_bytes(path.read_bytes()[:5000])
    assert kills._look(path, log, 0, losses) is None
    assert losses.corrupt == 1


def test_mutants_are_wrong_in_every_way_and_the_same_by_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_mutants, "BOMB", 2_000_000)
    monkeypatch.setattr(session_mutants, "LARGE", (1_000_000,))
    sources = originals(tmp_path, 0)
    before = [source.read_bytes() for source in sources]
    path, ways, refused = tmp_path / "mutant.espalier", set(), 0
    for seed in range(80):
        ways.add(write_mutant(sources[seed % len(sources)], path, Random(seed)))
        first = path.read_bytes()
        try:
            Session.look(path).close()
        except SessionError:
            refused += 1
        if seed < 5 and write_mutant(sources[seed], path, Random(seed)) == "bytes":
            assert path.read_bytes() == first
    assert ways == {"bytes", *EDITS}
    assert 10 < refused < 75
    assert [source.read_bytes() for source in sources] == before


def test_bytes_and_lines() -> None:
    text = b'{"a": 1}\n{"b": 2}\n' * 50
    found = {make(text, Random(seed)) for seed in range(100) for make in (mutant, text_mutant)}
    assert len(found) > 180
    assert mutant(text, Random(3)) == mutant(text, Random(3)) != mutant(text, Random(4))
    for way in WAYS:
        changed = bytearray(text)
        way(changed, Random(1))
        assert changed != text
        way(bytearray(), Random(1))  # there may be nothing to change
