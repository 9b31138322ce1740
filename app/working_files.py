"""The folder of sessions that have no name of their own yet, and the names of the files in it. Knows no session."""

from __future__ import annotations

import time
from pathlib import Path

from storage.session import SUFFIX


class WorkingFiles:
    """The files in one folder, which is made when it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def fresh(self, stem: str = "") -> Path:
        """A name that nothing has, which says when or begins with `stem`. Raises OSError if there can be no folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        stem = stem or time.strftime("%Y-%m-%d %H-%M-%S")
        names = (self.folder / f"{stem}{'' if n == 1 else f' ({n})'}{SUFFIX}" for n in range(1, 10_000))
        return next(path for path in names if not path.exists())

    def drop(self, path: Path) -> bool:
        """Take a file away that nobody needs any more, and say so; one that is not of this folder, or that another
        program holds open, stays."""
        if path.parent != self.folder:
            return False
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return False
        return True
