"""`espalier --install-desktop` and `--uninstall-desktop`: switches that stand alone, so that installers find them."""

from __future__ import annotations

from argparse import ArgumentParser

from app.command_line.run import UsageError
from app.desktop import integration

INSTALL, UNINSTALL = "--install-desktop", "--uninstall-desktop"
SWITCHES: tuple[str, ...] = (INSTALL, UNINSTALL)


def desktop(words: list[str]) -> int:
    """Perform the switch that is the first word and print what was done. Raises UsageError, DesktopError."""
    if len(words) > 1:
        raise UsageError(f"{words[0]} stands alone, without {words[1]!r}.")
    print(*(integration.install() if words[0] == INSTALL else integration.uninstall()), sep="\n")
    return 0


def add_desktop(parser: ArgumentParser) -> None:
    """Both in the list of what there is; they are performed before anything is parsed."""
    parser.add_argument(INSTALL, action="store_true", help="add Espalier to your applications menu and file types")
    parser.add_argument(UNINSTALL, action="store_true", help="take it out of them again")
