"""Programs that a model wrote: ordinary ones run, and hostile ones end with a sentence and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.sandbox import LONGEST_ERROR, Limits, Ran, SandboxError, check, run
from engine.sandbox import monty as worker

QUICK = Limits(seconds=0.05)


@pytest.mark.parametrize(
    ("program", "output"),
    [
        ("print(13 - 9, 2 / 3)", "4 0.6666666666666666\n"),
        ("import math\nprint(math.comb(10, 3), math.gcd(12, 18))", "120 6\n"),
        ("def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nprint(f(10))", "55\n"),
        ("from decimal import Decimal\nprint(Decimal('0.1') + Decimal('0.2'))", "0.3\n"),
        ("from collections import Counter\nprint(Counter('abca')['a'])", "2\n"),
        ("print('ü', end='')", "ü"),
        ("try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    print(error)", "division by zero\n"),
        ("x = 5", ""),
        ("", ""),
    ],
)
def test_ordinary_programs_run(program: str, output: str) -> None:
    assert run(program) == Ran(output)


def test_an_error_is_told_below_what_was_printed() -> None:
    ran = run("print('so far')\n1 / 0")
    assert ran == Ran("so far\n", "ZeroDivisionError: division by zero")
    assert ran.told == "so far\nZeroDivisionError: division by zero"
    assert run("x = (").error.startswith("SyntaxError")
    assert run("import sympy").told == "ModuleNotFoundError: No module named 'sympy'"


def test_a_program_knows_the_names_of_those_before_it_and_only_its_own_output_is_told() -> None:
    assert run("print(x + 1)", before=("x = 4\nprint('not told')", "1 / 0")) == Ran("5\n")
    assert run("print(x)").error == "NameError: name 'x' is not defined", "each call begins anew"
    assert run("print(1)", before=("while True: pass",), limits=QUICK).stopped == "time"


def test_the_clock_stands_still_and_chance_is_the_same() -> None:
    program = "import random, time, datetime\nprint(random.random(), time.time(), datetime.datetime.now())"
    first, second = run(program), run(program)
    assert first == second
    assert "2026-01-01 00:00:00" in first.output


@pytest.mark.parametrize(
    ("program", "stopped", "error"),
    [
        ("while True: pass", "time", "TimeoutError"),
        ("try:\n    while True: pass\nexcept BaseException:\n    print('caught')", "time", "TimeoutError"),
        ("x = [0] * 10**9", "memory", "MemoryError"),
        ("x = 'a' * 10**10", "memory", "MemoryError"),
        ("9**9**9", "memory", "MemoryError"),
        ("print('x' * 100_000_000)", "memory", "MemoryError"),
        ("x = '{:>100000000}'.format(1)", "memory", "MemoryError"),
        ("def f(n): return f(n + 1)\nf(0)", "", "RecursionError"),
        ("raise MemoryError('a limit')", "", "MemoryError: a limit"),
    ],
)
def test_what_would_never_end_or_fill_the_machine_is_stopped(program: str, stopped: str, error: str) -> None:
    ran = run(program, limits=QUICK if stopped == "time" else Limits())
    assert (ran.output, ran.stopped) == ("", stopped)
    assert ran.error.startswith(error)


def test_endless_printing_is_cut() -> None:
    ran = run("while True: print('x' * 100)", limits=Limits(seconds=0.1, output=1_000))
    assert (len(ran.output), ran.stopped) == (1_000, "output")
    assert ran.error == "The program prints more than 1,000 characters."


def test_a_program_that_is_cancelled_ends_at_once() -> None:
    looks = iter([False, True])
    ran = run("print('so far')\nwhile True: pass", ("x = 1",), lambda: next(looks), Limits(seconds=60))
    assert (ran.stopped, ran.error) == ("cancelled", "Cancelled.")
    assert next(looks, None) is None


def test_an_error_that_quotes_a_megabyte_is_cut() -> None:
    assert len(run("raise ValueError('x' * 1_000_000)").error) == LONGEST_ERROR


@pytest.mark.parametrize(
    "program",
    [
        "import time\ntime.sleep(1000)\nprint('done')",
        "import asyncio\nasync def f():\n    await asyncio.sleep(1000)\n    print('done')\nasyncio.run(f())",
        "import re\nre.match('(a+)+$', 'a' * 40 + 'b')\nre.match('(x+x+)+y', 'x' * 40)\nprint('done')",
    ],
)
def test_sleep_and_hostile_expressions_take_no_time(program: str) -> None:
    assert run(program, limits=QUICK) == Ran("done\n")


@pytest.mark.parametrize(
    "program",
    [
        "print(open({path!r}).read())",
        "import os\nprint(os.listdir('/'))",
        "import os\nprint(os.environ)",
        "import os\nos.system('true')",
        "from pathlib import Path\nprint(Path({path!r}).read_text())",
        "from pathlib import Path\nPath({path!r}).write_text('written')",
        "import socket",
        "import subprocess",
        "import ctypes",
        "__import__('os').system('true')",
        "print(().__class__.__bases__[0].__subclasses__())",
        "def f(): pass\nprint(f.__globals__)",
        "class A: pass\nprint(A.__mro__[1].__subclasses__())",
        "print(globals())",
        "print(eval('__import__(\"os\")'))",
        "print(input())",
    ],
)
def test_nothing_of_the_machine_is_within_reach(program: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    ran = run(program.format(path=str(secret)))
    assert ran.error
    assert ran.output == ""
    assert "the secret" not in ran.told
    assert secret.read_text() == "the secret"


@pytest.mark.parametrize(
    "program", ["\x00", "print('\ud800')", "\u202eprint(1)", "x" * 100_000, "(" * 5_000, "\x1b[2J"]
)
def test_hostile_text_is_an_error_and_no_more(program: str) -> None:
    assert run(program, limits=QUICK).stopped in ("", "memory", "crash")


def test_a_worker_that_dies_is_an_error_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    import pydantic_monty

    def killed(session: pydantic_monty.MontySession, *_: object) -> Ran:
        assert session.worker_pid is not None
        os.kill(session.worker_pid, signal.SIGTERM)
        return feed(pydantic_monty, session, "print(1)", 100)

    feed = worker._feed
    monkeypatch.setattr(worker, "_feed", lambda _monty, session, *rest: killed(session, *rest))
    ran = run("print(1)")
    assert ran.stopped == "crash"
    assert ran.error.startswith("The interpreter gave up")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked at in /proc")
def test_a_worker_does_not_outlive_who_started_it() -> None:
    code = "from engine.sandbox import run, Limits; run('while True: pass', limits=Limits(seconds=0.5))"
    engine = subprocess.Popen([sys.executable, "-c", code])
    children = Path(f"/proc/{engine.pid}/task/{engine.pid}/children")
    workers: list[int] = []
    while not workers:  # the test's own limit of time ends it where none is started
        workers = [
            pid for path in children.parent.parent.glob("*/children") for pid in map(int, path.read_text().split())
        ]
        time.sleep(0.005)
    engine.kill()
    engine.wait()
    until = time.monotonic() + 10
    while _runs(workers[0]) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _runs(workers[0])


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_without_the_package_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    check()
    monkeypatch.setitem(sys.modules, "pydantic_monty", None)
    for attempt in (check, lambda: run("print(1)")):
        with pytest.raises(SandboxError, match="pydantic-monty is not installed"):
            attempt()


def test_a_bundle_has_the_worker_beside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import pydantic_monty

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(pydantic_monty, "__file__", str(tmp_path / "__init__.pyc"))
    with pytest.raises(SandboxError, match="This build of Espalier lacks monty"):
        check()
    (tmp_path / ("monty.exe" if sys.platform == "win32" else "monty")).touch()
    check()


def test_a_worker_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(worker, "find_worker", lambda: tmp_path / "nothing")
    with pytest.raises(SandboxError, match="cannot be run"):
        run("print(1)")
