"""Whether this processor has the instructions that Qt, numpy and torch were compiled for. Standard library only.

A processor that lacks one ends the process in the middle of an import, without a word; so this looks before.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Callable
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
FIRST_CORE = 8192
"""Characters that tell all of the first core; the kernel takes its time for each one."""

# x86-64-v2: the level of the wheels of Qt 6.11 and numpy 2; torch starts there, too, and uses more where there is more.
# Left out are CMPXCHG16B and LAHF: virtual machines hide them from processors that have all the rest.
NEEDED = {
    "popcnt": "POPCNT",
    "pni": "SSE3",
    "ssse3": "SSSE3",
    "sse4_1": "SSE4.1",
    "sse4_2": "SSE4.2",
}
"""What Linux calls an instruction set -> what its maker calls it."""
WINDOWS_FEATURES = {13: "SSE3", 36: "SSSE3", 37: "SSE4.1", 38: "SSE4.2"}
"""Numbers of IsProcessorFeaturePresent."""
WINDOWS_BUILD = 19041
"""The first Windows that knows all of these numbers; an older one says no to them on every processor."""
ILLEGAL_INSTRUCTION = frozenset({-4, 0xC000001D, 0xC000001D - 2**32})
"""Return codes of a process that met an instruction which its processor lacks: signal 4; that of Windows, as an
unsigned and as a signed number."""


def processor_problem(system: str = sys.platform, machine: str = "", cpuinfo: Path = CPUINFO) -> str:
    """Why the window and the models cannot run on this processor, as a sentence; empty if they can or nobody knows."""
    if (machine or platform.machine()).lower() not in ("x86_64", "amd64"):
        return ""
    if system == "linux":
        try:
            with cpuinfo.open(encoding="utf-8", errors="replace") as file:
                return _sentence(*_linux(file.read(FIRST_CORE)))
        except OSError:
            return ""
    if system == "win32":
        return _sentence(platform.processor(), _windows())
    return ""  # every Mac that runs a macOS that Qt supports has them


def _linux(cpuinfo: str) -> tuple[str, list[str]]:
    """Name of the first core that `/proc/cpuinfo` tells of, and what it lacks; the last line may be cut off."""
    fields: dict[str, str] = {}
    for name, words in re.findall(r"^(model name|flags)\s*: *(.*)\n", cpuinfo, re.MULTILINE):
        fields.setdefault(name, words)
    flags = set(fields.get("flags", "").split())
    return fields.get("model name", ""), [name for flag, name in NEEDED.items() if flags and flag not in flags]


def _windows() -> list[str]:
    if sys.platform == "win32" and sys.getwindowsversion().build >= WINDOWS_BUILD:
        import ctypes

        return windows_lacks(ctypes.windll.kernel32.IsProcessorFeaturePresent)
    return []


def windows_lacks(has: Callable[[int], object]) -> list[str]:
    """What Windows says that the processor lacks."""
    return [name for number, name in WINDOWS_FEATURES.items() if not has(number)]


def _sentence(processor: str, lacks: list[str]) -> str:
    if not lacks:
        return ""
    return (
        f"this processor ({' '.join(processor.split()) or 'of unknown name'}) is too old for Qt and PyTorch: "
        f"it lacks {', '.join(lacks)}. Intel's have them since 2009, AMD's since 2011"
    )
