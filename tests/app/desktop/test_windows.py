"""The Windows registry: what is written, that it is all taken back, and that what others wrote there stays."""

from __future__ import annotations

import pytest

from app.desktop import integration, windows
from app.desktop.files import MIME_TYPE
from app.desktop.windows import associate, dissociate, user_registry, values

PROGRAM = r"C:\Program Files\Für mich\espalier.exe"
OURS = r"Software\Classes\Espalier.Session"
SUFFIX = r"Software\Classes\.espalier"


class FakeRegistry:
    """Keys and texts as `winreg` keeps them: a key is there with all above it, and goes only when it holds none."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {r"Software\Classes": {}}
        self.announced = 0

    def get(self, key: str, name: str) -> str | None:
        return self.keys.get(key, {}).get(name)

    def set(self, key: str, name: str, text: str) -> None:
        words = key.split("\\")
        for length in range(2, len(words) + 1):
            self.keys.setdefault("\\".join(words[:length]), {})
        self.keys[key][name] = text

    def remove_value(self, key: str, name: str) -> None:
        if name not in self.keys.get(key, {}):
            raise FileNotFoundError(key)
        del self.keys[key][name]

    def remove_key(self, key: str) -> None:
        assert self.is_empty(key)
        del self.keys[key]

    def is_empty(self, key: str) -> bool:
        return key in self.keys and not self.keys[key] and not any(other.startswith(f"{key}\\") for other in self.keys)

    def announce(self) -> None:
        self.announced += 1


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> FakeRegistry:
    registry = FakeRegistry()
    monkeypatch.setattr(windows, "user_registry", lambda: registry)
    return registry


def test_a_double_click_on_a_session_starts_the_program_with_it() -> None:
    said = {(value.key, value.name): value.text for value in values([PROGRAM])}
    assert said == {
        (SUFFIX, ""): "Espalier.Session",
        (SUFFIX, "Content Type"): MIME_TYPE,
        (rf"{SUFFIX}\OpenWithProgids", "Espalier.Session"): "",
        (OURS, ""): "Espalier session",
        (rf"{OURS}\DefaultIcon", ""): f'"{PROGRAM}",0',
        (rf"{OURS}\shell\open\command", ""): f'"{PROGRAM}" "%1"',
    }


def test_from_source_it_is_python_that_is_started() -> None:
    command = [r"C:\a b\python.exe", "-P", "-m", "app"]
    assert values(command)[2].text == r'"C:\a b\python.exe" -P -m app "%1"'


def test_all_is_written_once_and_taken_back(registry: FakeRegistry) -> None:
    assert associate([PROGRAM], registry)
    assert [registry.get(value.key, value.name) for value in values([PROGRAM])] == [v.text for v in values([PROGRAM])]
    assert not associate([PROGRAM], registry)
    assert registry.announced == 1
    assert dissociate(registry)
    assert registry.keys == {r"Software\Classes": {}}
    assert not dissociate(registry)
    assert registry.announced == 2


def test_a_program_that_was_moved_is_found_again(registry: FakeRegistry) -> None:
    associate([r"D:\old\espalier.exe"], registry)
    assert associate([PROGRAM], registry)
    assert registry.get(rf"{OURS}\shell\open\command", "") == f'"{PROGRAM}" "%1"'


def test_what_others_wrote_stays(registry: FakeRegistry) -> None:
    associate([PROGRAM], registry)
    registry.set(SUFFIX, "", "Other.Program")
    registry.set(rf"{SUFFIX}\OpenWithProgids", "Other.Program", "")
    assert dissociate(registry)
    assert registry.keys == {
        r"Software\Classes": {},
        SUFFIX: {"": "Other.Program"},
        rf"{SUFFIX}\OpenWithProgids": {"Other.Program": ""},
    }


def test_what_was_done_is_said(registry: FakeRegistry) -> None:
    assert integration.install("win32") == ["Session files open with Espalier now."]
    assert integration.install("win32") == ["Session files open with Espalier already."]
    assert integration.uninstall("win32") == ["Session files no longer open with Espalier."]
    assert integration.uninstall("win32") == ["Nothing was removed: session files do not open with Espalier."]
    assert registry.keys == {r"Software\Classes": {}}


def test_without_a_registry_there_is_a_sentence() -> None:
    with pytest.raises(OSError, match="no registry"):
        user_registry()
    with pytest.raises(integration.DesktopError, match=r"cannot be added here: this system has no registry\.$"):
        integration.install("win32")
