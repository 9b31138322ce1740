"""Which licence a system's library has, and which would hold for the whole program."""

from __future__ import annotations

import pytest
import system_licences

READLINE = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Source: somewhere

Files: *
Copyright: 1987 Somebody
License: GPL-3+
 This is free software.

Files: doc/*
License: GFDL-NIV-1.3+
"""


@pytest.mark.parametrize(
    ("file", "stem"),
    [
        ("libz.so.1", "libz"),
        ("lib/libstdc++.so.6.0.30", "libstdc++"),
        ("libkrb5.3.dylib", "libkrb5"),
        ("libdbus-1.so.3", "libdbus-1"),
        ("libcrypto-3.dll", "libcrypto-3"),
        ("libpython3.11.so.1.0", "libpython3.11"),
    ],
)
def test_a_library_is_known_by_its_name_without_a_version(file: str, stem: str) -> None:
    assert system_licences.stem(file) == stem


@pytest.mark.parametrize(
    ("licence", "demands"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("LGPL-3.0-or-later", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("GPL-2.0-only OR GPL-3.0-only", True),
        ("GPL-2.0-only AND (MIT OR BSD-3-Clause)", True),
        ("MIT OR (GPL-2.0-only AND Zlib)", False),
        ("(GPL-2.0-only OR MIT) AND (GPL-3.0-only OR MIT)", False),
        ("(GPL-2.0-only OR GPL-3.0-only) AND MIT", True),
        ("GPL-2+ or AFL-2.1, and Expat", False),
        ("GPL-2.0-or-later WITH Bootloader-exception AND Apache-2.0", False),
        ("public domain", False),
    ],
)
def test_what_would_hold_for_the_whole_program(licence: str, demands: bool) -> None:
    assert system_licences.demands_gpl(licence) == demands


def test_without_a_licence_its_text_decides() -> None:
    assert system_licences.demands_gpl("", "under the GNU General Public License, version 3")
    assert not system_licences.demands_gpl("", "under the GNU Lesser General Public License")
    assert not system_licences.demands_gpl("", "Permission is hereby granted")


def test_a_copyright_file_for_machines_is_read() -> None:
    assert system_licences.debian_licence(READLINE) == "GPL-3.0-or-later"
    several = READLINE.replace("GPL-3+\n", "LGPL-2.1+ or MPL-1.1\n", 1)
    assert system_licences.debian_licence(several) == "LGPL-2.1-or-later OR MPL-1.1"
    assert system_licences.debian_licence(READLINE.replace("GPL-3+\n", "Own-words\n", 1)) == "Own-words"
    assert system_licences.debian_licence("Files were written by hand.\nLicense: any") == ""


def test_what_was_reviewed_comes_before_the_packages_own_file() -> None:
    assert system_licences.system_licence(("libuuid.so.1",), READLINE) == "BSD-3-Clause"
    assert system_licences.system_licence(("libuuid.so.1", "libnew.so.1"), READLINE) == "GPL-3.0-or-later"
    both = system_licences.system_licence(("libdbus-1.so.3", "libz.so.1"))
    assert both == "(AFL-2.1 OR GPL-2.0-or-later) AND Zlib"


def test_readline_stays_out() -> None:
    assert system_licences.demands_gpl(system_licences.REVIEWED["libreadline"])
