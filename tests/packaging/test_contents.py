"""What stays out of the bundle: the patterns mean what they say."""

from __future__ import annotations

import contents
import pytest


@pytest.mark.parametrize(
    "destination",
    [
        "torch/test/cpp/test_api",
        "torch/bin/protoc",
        "torch/bin/test_api",
        "torch/include/c10/core/Device.h",
        "torch/lib/libc10d_test.so",
        "PySide6/Qt/lib/libQt6EglFSDeviceIntegration.so.6",
        "libQt6EglFsKmsSupport.so.6",
        "PySide6/Qt/plugins/platforms/libqminimalegl.so",
        "PySide6/Qt/translations/assistant_de.qm",
        "PySide6/Qt/translations/qtbase_zh_TW.qm",
        "PySide6/Qt/translations/qt_help_de.qm",
        "torch/_inductor/codecache.py",
        "torch/version.py",
        "numpy/random/tests/data.csv",
        "resources/translations/espalier_de.ts",
        "resources\\screenshots\\window_dark.png",
    ],
)
def test_what_nobody_needs_stays_out(destination: str) -> None:
    assert contents.is_dropped(destination)


@pytest.mark.parametrize(
    "destination",
    [
        "torch/bin/torch_shm_manager",
        "torch/lib/libtorch_cpu.so",
        "torch/_inductor/config.py",
        "torch/utils/_config_typing.pyi",
        "torch/functional.py",
        "torch/nn/modules/rnn.py",
        "transformers/models/llama/modeling_llama.py",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "resources/translations/espalier_de.qm",
        "resources/models/policy/model.safetensors",
        "licences/NOTICES.txt",
    ],
)
def test_what_is_needed_stays(destination: str) -> None:
    assert not contents.is_dropped(destination)


def test_symbols_go_from_named_libraries_only() -> None:
    assert contents.is_stripped("torch/lib/libtorch_cpu.so")
    assert contents.is_stripped("libpython3.11.so.1.0")
    assert not contents.is_stripped("numpy.libs/libscipy_openblas64_-32a4b2a6.so")
    assert not contents.is_stripped("PySide6/Qt/lib/libQt6Core.so.6")


def test_readline_is_left_out() -> None:
    """It would bring a library under the GPL-3, and that would bind the whole bundle."""
    assert "readline" in contents.EXCLUDED_MODULES
