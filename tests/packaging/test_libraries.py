"""A library goes with the last file that was linked with it, and stays if anybody else is."""

from __future__ import annotations

import libraries

LINKED = {
    "/theme": {"libgtk.so", "libc.so"},
    "/gtk": {"libharfbuzz.so", "libz.so"},
    "/harfbuzz": {"libgraphite.so"},
    "/gui": {"libz.so"},
}


def entry(destination: str, source: str) -> libraries.Entry:
    return destination, source, "BINARY"


def needs(source: str) -> set[str]:
    return LINKED.get(source, set())


KEPT = [
    entry("PySide6/QtGui.so", "/gui"),
    entry("libgtk.so", "/gtk"),
    entry("libharfbuzz.so", "/harfbuzz"),
    entry("libgraphite.so", "/graphite"),
    entry("libz.so", "/z"),
    entry("libopened_by_name.so", "/by_name"),
]
THEME = entry("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/theme")


def test_what_only_a_dropped_plugin_wanted_goes_with_all_behind_it() -> None:
    assert libraries.orphans(KEPT, [THEME], needs) == {"libgtk.so", "libharfbuzz.so", "libgraphite.so"}


def test_without_a_dropped_file_everything_stays() -> None:
    assert libraries.orphans(KEPT, [], needs) == set()


def test_a_library_that_another_one_needs_stays() -> None:
    freetype = entry("libfreetype.so", "/freetype")
    linked = {**LINKED, "/freetype": {"libharfbuzz.so"}}
    found = libraries.orphans([*KEPT, freetype], [THEME], lambda source: linked.get(source, set()))
    assert found == {"libgtk.so"}
