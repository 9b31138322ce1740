"""Another installation of the program for a while: with a key and a working folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def installed_in(folder: Path) -> Iterator[Path]:
    """Inside, the user's data lies in `folder`: files made elsewhere are from elsewhere, and those made here ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.ownership.data_folder", lambda: folder)
        yield folder
