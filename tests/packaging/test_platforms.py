"""What Windows and macOS are told: well-formed, and the same type as on Linux."""

from __future__ import annotations

import plistlib
from typing import Any
from unittest.mock import Mock

import platforms

from engine import __version__


def test_macos_opens_session_files_with_it() -> None:
    written: dict[str, Any] = plistlib.loads(plistlib.dumps(platforms.info_plist(__version__)))
    assert written["CFBundleShortVersionString"] == __version__
    (declared,), (opened,) = written["UTExportedTypeDeclarations"], written["CFBundleDocumentTypes"]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["espalier"]


def test_the_version_resource_is_what_pyinstaller_reads() -> None:
    made = {name: Mock(name=name) for name in ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "VarFileInfo")}
    made |= {name: Mock(name=name) for name in ("StringTable", "StringStruct", "VarStruct")}
    eval(platforms.version_resource("1.22.3"), made)  # as PyInstaller does
    assert made["FixedFileInfo"].call_args.kwargs["filevers"] == (1, 22, 3, 0)
    texts = dict(call.args for call in made["StringStruct"].call_args_list)
    assert texts["ProductVersion"] == "1.22.3"
    assert texts["OriginalFilename"] == "espalier.exe"
    made["VSVersionInfo"].assert_called_once()
