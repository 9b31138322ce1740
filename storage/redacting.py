"""Takes out of a text what tells where it was written: keys, folders, hosts. Pure: knows texts, and no event."""

from __future__ import annotations

import re

KEY_GONE = "key-left-out"
HOST_GONE = "host-left-out"
"""An address stays one with it."""

# Texts come out of files of others, and one may hold megabytes: every pattern is linear in its text. It either takes
# what it has looked through or begins where a word does.
_KEY_NAMES = (
    r"(?:\w*_)?(?:api[_-]?key|access[_-]?token|auth(?:orization)?|bearer|credential|key|passwd|password|secret|token)"
)
_NAMED_KEY = re.compile(
    rf"(?i)\b({_KEY_NAMES})([\\\"']{{0,2}}\s*[=:]\s*\\?|\s+(?=sk-))"
    r"(\"[^\"]*\"|'[^']*'|(?:(?:bearer|basic)\s+)?[^\s&#,;\"'\\]+)"
)
_KNOWN_KEY = re.compile(
    r"\b(?:(?P<word>(?:sk|gsk|nvapi|glpat|pplx|xai|r8)[-_][\w-]{16,}|(?i:bearer)\s+[\w.~+/-]{16,})|hf_[A-Za-z0-9]{20,}"
    r"|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|A[KS]IA[A-Z0-9]{16}|AIza[\w-]{30,}|xox[abp]-[\w-]{10,})"
    r"|(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*"
)
"""As the services make them, among them JSON web tokens; a `word` is none without a digit."""
_KEY_FIELD = re.compile(r"(?i)(?:\w*_)?(?:api[_-]?key|access[_-]?token|authorization|password|secret)")
_USER_IN_URL = re.compile(r"(?<=://)[^/\s#?\"'<>]*@")

_ADDRESS = r"(?P<scheme>https?|wss?|s3|gs|ssh|sftp|ftp|smb|git)://(?P<host>[^/\s#?\"'<>]+)(?P<rest>[^\s#?\"'<>&]*)"
_WINDOWS = r"(?<!\w)(?:[A-Za-z]:[\\/]|\\\\)(?:[^\\/\"':;,<>|\r\n]+[\\/])*[^\\/\s\"':;,<>|]*"
_POSIX = r"(?<![\w/.~\\])(?:file://)?~?(?:/(?:[^\s/\"':;,<>|&]|(?<=[\w.-]) (?=[\w.-]+/))+)+/?"
_PLACE = re.compile(rf"(?i:{_ADDRESS})|{_WINDOWS}|{_POSIX}")
_LOCAL = ("localhost", "127.", "[::1]", "0.0.0.0")


def without_keys(text: str) -> str:
    """`text` without what looks like a password or a key."""
    return _KNOWN_KEY.sub(_without_known_key, without_named_keys(text))


def without_named_keys(text: str) -> str:
    """`text` without a password in an address, and without what is called a key."""
    return _NAMED_KEY.sub(lambda found: f"{found[1]}{found[2]}{KEY_GONE}", _USER_IN_URL.sub("", text))


def is_key_name(name: str) -> bool:
    """Whether what stands under this name is a password or a key, however it looks."""
    return _KEY_FIELD.fullmatch(name) is not None


def without_places(text: str) -> str:
    """`text` with the last part alone of each absolute path, and without the hosts of addresses."""
    return _PLACE.sub(_without_place, text)


def hosts_in(text: str) -> set[str]:
    """Names of other machines in the addresses that stand in a text, ports left out."""
    found = (match["host"] for match in _PLACE.finditer(text) if match["host"])
    return {host.rpartition("@")[2].partition(":")[0] for host in found if not host.startswith(_LOCAL)}


def _without_known_key(found: re.Match[str]) -> str:
    is_word = found["word"] is not None and not any(map(str.isdigit, found[0]))
    return found[0] if is_word else KEY_GONE


def _without_place(found: re.Match[str]) -> str:
    if found["host"] is None:
        return re.split(r"[\\/]", found[0].rstrip("\\/"))[-1] or "(folder left out)"
    return found[0] if found["host"].startswith(_LOCAL) else f"{found['scheme'].lower()}://{HOST_GONE}{found['rest']}"
