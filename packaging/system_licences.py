"""Under which licence a library of the build machine's system is, and which licences a bundle must not have.

A Debian package's copyright file speaks of its whole source: tools, tests, and the library that is all that a bundle
takes. Where the library has other terms than the rest, or the file is not written for machines, somebody has looked,
and `REVIEWED` says what was found.
"""

from __future__ import annotations

import re
from pathlib import PurePath

_GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"

REVIEWED: dict[str, str] = {
    "libatomic": _GCC,
    "libavahi-client": "LGPL-2.1-or-later",
    "libavahi-common": "LGPL-2.1-or-later",
    "libblkid": "LGPL-2.1-or-later",  # the GPL of util-linux is that of its programs
    "libbz2": "bzip2-1.0.6",
    "libc": "LGPL-2.1-or-later",
    "libcairo": "LGPL-2.1-only OR MPL-1.1",
    "libcairo-gobject": "LGPL-2.1-only OR MPL-1.1",
    "libcom_err": "MIT",  # the GPL of e2fsprogs is that of its programs
    "libcrypt": "LGPL-2.1-or-later",
    "libcrypto": "Apache-2.0",
    "libdbus-1": "AFL-2.1 OR GPL-2.0-or-later",
    "libdrm": "MIT",
    "libfreetype": "FTL OR GPL-2.0-or-later",
    "libgcc_s": _GCC,
    "libgcrypt": "LGPL-2.1-or-later",
    "libgfortran": _GCC,
    "libgnutls": "LGPL-2.1-or-later",
    "libgomp": _GCC,
    "libgssapi_krb5": "MIT",
    "libhistory": "GPL-3.0-or-later",
    "libidn2": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "libk5crypto": "MIT",
    "libkeyutils": "LGPL-2.0-or-later",  # the GPL of keyutils is that of its programs
    "libkrb5": "MIT",
    "libkrb5support": "MIT",
    "libm": "LGPL-2.1-or-later",
    "libmount": "LGPL-2.1-or-later",
    "libpixman-1": "MIT",
    "libquadmath": "LGPL-2.1-or-later",
    "libreadline": "GPL-3.0-or-later",
    "libselinux": "public domain",
    "libsqlite3": "blessing",
    "libssl": "Apache-2.0",
    "libstdc++": _GCC,
    "libtasn1": "LGPL-2.1-or-later",
    "libuuid": "BSD-3-Clause",
    "libwayland-client": "MIT",
    "libwayland-cursor": "MIT",
    "libwayland-egl": "MIT",
    "libxkbcommon": "MIT",
    "libxkbcommon-x11": "MIT",
    "libz": "Zlib",
}
"""Library, without its version, and the licence of the library itself."""

_DEBIAN = {
    "apache-2": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "cc0-1.0": "CC0-1.0",
    "expat": "MIT",
    "ftl": "FTL",
    "isc": "ISC",
    "libpng": "Libpng",
    "mit": "MIT",
    "mpl-1.1": "MPL-1.1",
    "mpl-2.0": "MPL-2.0",
    "postgresql": "PostgreSQL",
    "zlib": "Zlib",
}
_GNU = re.compile(r"(?P<name>A?L?GPL)-(?P<version>\d(\.\d)?)(\.0)?(?P<later>\+?)", re.I)
_EVERY_FILE = re.compile(r"^Files:\s*\*(?:\s[^:]*)?$.*?^License:[ \t]*(?P<words>\S[^\n]*)", re.M | re.S)
_FREE_ENOUGH = re.compile(r"lesser|library general|lgpl|exception", re.I)


def stem(file: str) -> str:
    """The name of a library without its version: `libz` for `lib/libz.so.1.2`."""
    return re.sub(r"(\.so\b.*|(\.\d+)*\.dylib|\.dll)$", "", PurePath(file).name)


def system_licence(files: tuple[str, ...], copyright_text: str = "") -> str:
    """The licence of a package of which these files are used: as reviewed, else as its copyright file says."""
    reviewed = [REVIEWED.get(stem(file), "") for file in files]
    if reviewed and all(reviewed):
        return " AND ".join(f"({one})" if " OR " in one and len(set(reviewed)) > 1 else one for one in _once(reviewed))
    return debian_licence(copyright_text)


def debian_licence(text: str) -> str:
    """What a machine-readable copyright file says of all files (`Files: *`), in SPDX's words if each is known there."""
    paragraphs = re.split(r"\n[ \t]*\n", text)
    found = next((match for one in paragraphs if (match := _EVERY_FILE.search(one))), None)
    if found is None:
        return ""
    words = found["words"].strip()
    parts = re.split(r"(?:\s+(or|and)\s+)", words)
    names = [part.upper() if part in ("or", "and") else _debian_name(part) for part in parts]
    mixed = {"OR", "AND"} <= set(names)  # which of them binds more closely is not said
    return words if mixed or not all(names) else " ".join(names)


def _debian_name(word: str) -> str:
    if gnu := _GNU.fullmatch(word):
        version = gnu["version"] if "." in gnu["version"] else gnu["version"] + ".0"
        return f"{gnu['name'].upper()}-{version}-{'or-later' if gnu['later'] else 'only'}"
    return _DEBIAN.get(word.lower(), "")


def demands_gpl(licence: str, text: str = "") -> bool:
    """Whether whoever ships a library under `licence` must put the whole program under the GPL or AGPL.

    `text`: the licence's, read only if `licence` is empty; then a GPL without any exception or lesser terms counts.
    """
    if not licence:
        return "general public license" in text.lower() and not _FREE_ENOUGH.search(text)
    return _demands(licence)


def _demands(words: str) -> bool:
    """Of alternatives all must, of what holds together one must."""
    for operator, judge in (("or", all), ("and", any)):
        parts = _split(words, operator)
        if len(parts) > 1:
            return judge(map(_demands, parts))
    if words.startswith("(") and words.endswith(")"):
        return _demands(words[1:-1].strip())
    return bool(re.match(r"A?GPL", words)) and not _FREE_ENOUGH.search(words)


def _split(words: str, operator: str) -> list[str]:
    """At the operator where it stands outside of brackets."""
    parts, depth = [""], 0
    for piece in re.split(rf"([()]|(?<=[\s)]){operator}(?=[\s(]))", words, flags=re.I):
        depth += (piece == "(") - (piece == ")")
        if depth == 0 and piece.lower() == operator:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip(" ,") for part in parts]


def _once(words: list[str]) -> list[str]:
    return sorted(set(words))
