"""What of the installed packages goes into the bundle and what stays out, as data. Knows no PyInstaller.

Each exclusion was tried on models of many architectures; the smoke test does that again after every build. What looks
as if it could go and cannot: torch.distributed, torch.testing, torch._inductor, torch._dynamo, torch.ao, sympy, mpmath,
transformers.quantizers, yaml, regex, unittest; and `torch_shm_manager`, without which torch is not imported.
"""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

EXCLUDED_MODULES: tuple[str, ...] = (
    "readline",  # alone would bring libreadline, which is GPL-3
    "tkinter",
    "lib2to3",
    "pydoc_data",
    "ensurepip",
    "idlelib",
    "turtledemo",
    "pip",
    "setuptools",
    "pkg_resources",
    "distutils",
    "_distutils_hack",
    "PyInstaller",
    "cyclonedx",
    "pytest",
    "_pytest",
    "py",
    "pytestqt",
    "hypothesis",
    "coverage",
    "mypy",
    "IPython",
    "matplotlib",
    "pandas",
    "PIL",
    "scipy",
    "tensorboard",
    "torch.utils.tensorboard",
    "torch.utils.benchmark",
    "torch.onnx",  # only torch.compile wants it, which is off (runtime_hook.py)
    "torch.distributed.pipelining",
    "torch.distributed._tools",
    "torch.distributed.benchmarks",
    "rich",
    "pygments",
    "markdown_it",
    "pydantic",
    "pydantic_core",
    "typer",
    "hf_xet",  # the bundle never downloads a model
    "transformers.cli",
    "huggingface_hub.cli",
    "huggingface_hub.inference",
    "zstandard._cffi",  # a second copy of the library, for Pythons without the first one
    "zstandard.backend_cffi",
    "pyqtgraph.examples",
    "pyqtgraph.opengl",
    "pyqtgraph.jupyter",
    "networkx",  # torch wants it for torch.compile
    "PySide6.QtTest",
)

_QT = "PySide6/Qt/"
DROPPED_FILES: tuple[str, ...] = (
    "torch/test/*",
    "torch/bin/[!t]*",
    "torch/bin/test*",
    "torch/include/*",
    "torch/share/*",
    "torch/lib/*.a",
    "torch/lib/*.lib",
    "torch/lib/*_test.so",
    "torch/lib/libjitbackend*",
    "torch/lib/libbackend_with_compiler.so",
    "torch/lib/libaoti_custom_ops.so",
    "libstdc++.so*",  # the system's, which is no older: its graphics drivers need theirs, and there can be only one
    "libgcc_s.so*",
    "libcudart.so*",  # from a toolkit of the build machine: torch names it in a call of ctypes
    "*/tests/*",
    f"{_QT}qml/*",
    f"{_QT}plugins/egldeviceintegrations/*",
    f"{_QT}plugins/generic/*",
    f"{_QT}plugins/sqldrivers/*",
    f"{_QT}plugins/networkinformation/*",
    f"{_QT}plugins/tls/*",  # nothing goes through Qt's HTTPS
    f"{_QT}plugins/platformthemes/libqgtk3.so",
    f"{_QT}plugins/platforms/libqeglfs.so",
    f"{_QT}plugins/platforms/libqlinuxfb.so",
    f"{_QT}plugins/platforms/libqvkkhrdisplay.so",
    f"{_QT}plugins/platforms/libqvnc.so",
    f"{_QT}plugins/platforms/libqminimal*.so",
    f"{_QT}lib/libQt6E[Gg][Ll][Ff][Ss]*",
    "libQt6E[Gg][Ll][Ff][Ss]*",  # links to those, which would dangle
    f"{_QT}plugins/imageformats/libqtiff.so",
    f"{_QT}plugins/imageformats/libqtga.so",
    f"{_QT}plugins/imageformats/libqwbmp.so",
    f"{_QT}plugins/imageformats/libqicns.so",
    f"{_QT}plugins/imageformats/libqwebp.so",
    "hypothesis-*.dist-info/*",  # metadata of what is excluded above
    "pytest*.dist-info/*",
    "pydantic-*.dist-info/*",
    "rich-*.dist-info/*",
    "typer-*.dist-info/*",
    "*.dist-info/RECORD",
    "yaml/_yaml*",  # the same in C; nothing here reads large YAML
    "pyqtgraph/icons/peegee/*",
    "resources/manual/*",  # pages for the repository
    "resources/screenshots/*",
    "resources/translations/*.ts",
)
"""Patterns of destination names; `*` also matches slashes."""

_CATALOGUES = Path(__file__).resolve().parents[1] / "resources" / "translations"
_LANGUAGES = "|".join(sorted(path.stem.partition("_")[2] for path in _CATALOGUES.glob("espalier_*.qm")))
_TRANSLATIONS = re.compile(rf"PySide6/Qt/translations/(?!qtbase_({_LANGUAGES})\.qm$)")
"""Of Qt's own texts those of its dialogs and buttons are used, in the languages that the window speaks."""

_SOURCES = re.compile(r"torch/(?!(.*/)?_?config\.py$|functional\.py$|_jit_internal\.py$|nn/|jit/|_decomp/).*\.py$")
"""Sources of torch that nothing reads: their modules are in the executable. Read are those of settings, of overloads,
and of what torch.jit compiles. (transformers reads nearly all of its own.)"""

_STRIPPED = re.compile(
    r"libtorch_cpu|libtorch_python|libtorch\.so|libc10|libpython3|tokenizers\.|_safetensors|_regex|lib-dynload/|zstandard/"
)
"""Libraries that lose their symbols. A list of names: Qt is stripped already, what lies in numpy.libs breaks."""


def is_dropped(destination: str) -> bool:
    """Whether the file that would stand at `destination` in the bundle stays out of it."""
    name = destination.replace("\\", "/")
    return bool(_TRANSLATIONS.match(name) or _SOURCES.match(name)) or any(
        fnmatch(name, pattern) for pattern in DROPPED_FILES
    )


def is_stripped(destination: str) -> bool:
    """Whether the symbols of the library at `destination` go."""
    return bool(_STRIPPED.search(destination))
