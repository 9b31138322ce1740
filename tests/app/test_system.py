"""Libraries and displays, without either."""

from __future__ import annotations

import os
import sys

import pytest

from app.system import QT_LIBRARIES, X_LIBRARIES, missing_packages, why_no_display, window_libraries

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems bring their own")


def test_a_package_of_two_missing_libraries_is_named_once() -> None:
    packages = missing_packages(QT_LIBRARIES, is_there=lambda soname: not soname.startswith(("libglib", "libgthread")))
    assert packages == ["libglib2.0-0"]


def test_a_library_that_nobody_has_is_missing() -> None:
    assert missing_packages({"libno-such-thing.so.7": "libno-such-thing7"}) == ["libno-such-thing7"]


def test_only_an_x_window_needs_the_x_libraries() -> None:
    assert window_libraries({"DISPLAY": ":0"}).keys() == {**QT_LIBRARIES, **X_LIBRARIES}.keys()
    assert window_libraries({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}) == QT_LIBRARIES
    assert window_libraries({"WAYLAND_DISPLAY": "wayland-0"}) == QT_LIBRARIES


@pytest.mark.parametrize("environment", [{"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "offscreen"}])
def test_wayland_and_an_explicit_platform_are_displays(environment: dict[str, str]) -> None:
    assert why_no_display(environment) == ""


def test_an_x_display_must_answer() -> None:
    assert why_no_display({"DISPLAY": ":0"}, x_answers=lambda: True) == ""
    assert why_no_display({"DISPLAY": ":0"}, x_answers=lambda: False) == "the X display :0 does not answer"
    assert why_no_display({}) == "DISPLAY and WAYLAND_DISPLAY are not set"


def test_a_dead_x_server_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "DISPLAY", ":4242")
    if missing_packages({"libxcb.so.1": "libxcb1"}):
        pytest.skip("libxcb is not here")
    assert why_no_display({"DISPLAY": ":4242"}) == "the X display :4242 does not answer"
