"""Libraries and displays, without either."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.start.system import (
    QT_LIBRARIES,
    WAYLAND_LIBRARIES,
    X_LIBRARIES,
    install_command,
    missing_packages,
    why_no_display,
    window_libraries,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems bring their own")


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """The path of a socket has about a hundred characters; pytest's own folders may have more."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def test_a_package_of_two_missing_libraries_is_named_once() -> None:
    packages = missing_packages(QT_LIBRARIES, is_there=lambda soname: not soname.startswith(("libglib", "libgthread")))
    assert packages == ["libglib2.0-0"]


def test_a_library_that_nobody_has_is_missing() -> None:
    assert missing_packages({"libno-such-thing.so.7": "libno-such-thing7"}) == ["libno-such-thing7"]


def test_only_an_x_window_needs_the_x_libraries() -> None:
    assert window_libraries({"DISPLAY": ":0"}).keys() == {**QT_LIBRARIES, **X_LIBRARIES}.keys()
    assert window_libraries({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}) == QT_LIBRARIES
    assert window_libraries({}) == QT_LIBRARIES


def test_where_both_are_there_wayland_is_taken_if_it_can_be() -> None:
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert window_libraries(both, is_there=lambda _: True) == QT_LIBRARIES | WAYLAND_LIBRARIES
    assert window_libraries(both, is_there=lambda _: False) == QT_LIBRARIES | X_LIBRARIES
    assert window_libraries({"WAYLAND_DISPLAY": "wayland-0"}) == QT_LIBRARIES | WAYLAND_LIBRARIES


def test_each_family_of_systems_has_its_command() -> None:
    sonames = ["libGL.so.1", "libxcb.so.1"]
    assert install_command(sonames, {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}).endswith(" libgl1 libxcb1")
    fedora = "sudo dnf install 'libGL.so.1()(64bit)' 'libxcb.so.1()(64bit)'"
    assert install_command(sonames, {"ID": "fedora"}) == fedora
    assert install_command(sonames, {"ID": "opensuse-leap", "ID_LIKE": "suse"}).startswith("sudo zypper install 'libGL")
    assert install_command(sonames, {"ID": "arch"}) == ""


def test_an_explicit_platform_is_a_display() -> None:
    assert why_no_display({"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_a_wayland_display_must_answer(short_folder: Path) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(short_folder)}
    assert why_no_display(environment) == "the Wayland display wayland-0 does not answer"
    assert why_no_display({**environment, "DISPLAY": ":0"}, x_answers=lambda: True) == ""
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(short_folder / "wayland-0"))
        compositor.listen()
        assert why_no_display(environment) == ""


def test_an_explicit_x_needs_one() -> None:
    assert why_no_display({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}) == "DISPLAY is not set"


def test_an_x_display_must_answer() -> None:
    assert why_no_display({"DISPLAY": ":0"}, x_answers=lambda: True) == ""
    assert why_no_display({"DISPLAY": ":0"}, x_answers=lambda: False) == "the X display :0 does not answer"
    assert why_no_display({}) == "DISPLAY and WAYLAND_DISPLAY are not set"


def test_a_dead_x_server_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "DISPLAY", ":4242")
    if missing_packages({"libxcb.so.1": "libxcb1"}):
        pytest.skip("libxcb is not here")
    assert why_no_display({"DISPLAY": ":4242"}) == "the X display :4242 does not answer"
