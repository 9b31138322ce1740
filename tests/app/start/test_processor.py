"""What an old processor lacks, from what the systems say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.start.processor import processor_problem, windows_lacks

CPUINFO = """processor\t: 0
model name\t: Intel(R) Core(TM)2 Duo CPU     P8400  @ 2.26GHz
flags\t\t: fpu sse sse2 pni ssse3 cx16 {} lahf_lm

processor\t: 1
"""


@pytest.fixture
def cpuinfo(tmp_path: Path) -> Path:
    return tmp_path / "cpuinfo"


def test_an_old_processor_is_named_with_what_it_lacks(cpuinfo: Path) -> None:
    cpuinfo.write_text(CPUINFO.format("sse4_1"))
    problem = processor_problem("linux", "x86_64", cpuinfo)
    assert problem.startswith("this processor (Intel(R) Core(TM)2 Duo CPU P8400 @ 2.26GHz) is too old")
    assert "it lacks POPCNT, SSE4.2." in problem


def test_a_newer_one_has_all(cpuinfo: Path) -> None:
    cpuinfo.write_text(CPUINFO.format("sse4_1 sse4_2 popcnt avx2"))
    assert processor_problem("linux", "x86_64", cpuinfo) == ""


@pytest.mark.parametrize("length", range(300, 1500, 100))
def test_a_core_that_is_read_in_part_is_not_judged(cpuinfo: Path, length: int) -> None:
    """Only the beginning of the file is read: with many cores it ends anywhere."""
    core = CPUINFO.format("sse4_1 sse4_2 popcnt").replace("fpu", "fpu " + "x" * length)
    cpuinfo.write_text("\n".join([core] * 64))
    assert processor_problem("linux", "x86_64", cpuinfo) == ""


@pytest.mark.parametrize(("system", "machine"), [("linux", "aarch64"), ("darwin", "arm64"), ("darwin", "x86_64")])
def test_other_machines_are_not_judged(cpuinfo: Path, system: str, machine: str) -> None:
    cpuinfo.write_text(CPUINFO.format(""))
    assert processor_problem(system, machine, cpuinfo) == ""


def test_where_nothing_can_be_read_nothing_is_said(cpuinfo: Path) -> None:
    assert processor_problem("linux", "x86_64", cpuinfo) == ""
    cpuinfo.write_text("processor\t: 0\n")
    assert processor_problem("linux", "x86_64", cpuinfo) == ""


def test_this_processor_is_new_enough() -> None:
    assert processor_problem() == ""


def test_windows_is_asked_by_number() -> None:
    assert windows_lacks({13: 1, 14: 1, 36: 1, 37: 1, 38: 0}.__getitem__) == ["SSE4.2"]
