"""What Windows and macOS want to be told about the program: a version resource, an Info.plist. Pure data."""

from __future__ import annotations

from typing import Any

from app.desktop.files import APP_ID, MIME_TYPE

NAME = "Espalier"
IDENTIFIER = APP_ID
SESSION_TYPE = "org.espalier.session"
WHAT = "See a language model reason"
RIGHTS = "MIT licence; see licences/NOTICES.txt for what comes with it"


def info_plist(version: str) -> dict[str, Any]:
    """Keys of the application's Info.plist on macOS: its version, and that it opens session files."""
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": version,
        "NSHumanReadableCopyright": RIGHTS,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # it has a dark theme of its own
        "LSMinimumSystemVersion": "13.0",  # Qt 6.11
        "LSApplicationCategoryType": "public.app-category.education",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Espalier session",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [SESSION_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": SESSION_TYPE,
                "UTTypeDescription": "Espalier session",
                "UTTypeConformsTo": ["public.data", "public.database"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["espalier"],
                    "public.mime-type": [MIME_TYPE],
                },
            }
        ],
    }


def version_resource(version: str) -> str:
    """The file that PyInstaller makes a Windows version resource from, in the form that PyInstaller reads."""
    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    texts = {
        "CompanyName": NAME,
        "FileDescription": f"{NAME}: {WHAT.lower()}",
        "FileVersion": version,
        "InternalName": NAME.lower(),
        "LegalCopyright": RIGHTS,
        "OriginalFilename": f"{NAME.lower()}.exe",
        "ProductName": NAME,
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in texts.items())
    table = f"StringFileInfo([StringTable('040904B0', [{strings}])])"
    language = "VarFileInfo([VarStruct('Translation', [0x409, 1200])])"
    fixed = f"FixedFileInfo(filevers={numbers}, prodvers={numbers}, OS=0x40004, fileType=0x1)"
    return f"VSVersionInfo(ffi={fixed}, kids=[{table}, {language}])\n"
