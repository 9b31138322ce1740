"""Reads files of others into a new session file, in whatever thread. Imported when first asked for; knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from app.language import tr
from app.odd_rows import OddRow, OddRows
from app.plain_text import one_line
from storage.errors import SessionError
from storage.importers import (
    CHATS,
    ForeignFileError,
    folder_importer_of,
    holds_one_trace,
    importer_of_file,
    is_something_else,
    unrecognised,
)
from storage.importers.importing import Report, import_file
from storage.session import SUFFIX, Session

Progress = Callable[[Report, int | None], None]


@dataclass
class DatasetJob:
    """Files that become one session, as far as they have been read."""

    paths: Sequence[Path]
    folder: Path
    """Where the session file is made; the folder is, too, where it is missing."""
    target: Path | None = None
    """The session file, once there is one."""
    reports: list[Report] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """Why a file could not be read to its end, as sentences."""
    unwanted: Event = field(default_factory=Event)
    is_kept: bool = True
    """Whether what was read is wanted, although not all of it was."""

    @property
    def runs(self) -> int:
        return sum(report.runs for report in self.reports)

    @property
    def is_rated(self) -> bool:
        """Whether there are steps in it that somebody rated."""
        return any(report.is_rated for report in self.reports)

    @property
    def name(self) -> str:
        return one_line(self.paths[0].name)

    def go_through(self, progress: Progress) -> None:
        """Read all of it. What goes wrong is said in `errors`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            target = _free(self.folder, self.paths[0].stem)
            with Session.create(target) as session:
                self.target = target  # ours now: another window may have taken the same name a moment ago
                for path in self.paths:
                    self._read(session, path, progress)
        except (SessionError, OSError) as error:
            self.errors.append(_words(error))
        if not (self.runs and self.is_kept):
            self.discard()

    def discard(self) -> None:
        """Leave no session behind."""
        if self.target is not None:
            self.target.unlink(missing_ok=True)
            self.target = None

    def _read(self, session: Session, path: Path, progress: Progress) -> None:
        if self.unwanted.is_set():
            return
        report = Report(one_line(path.name))
        self.reports.append(report)
        try:
            import_file(session, path, report, lambda _, total: progress(report, total), self.unwanted.is_set)
        except (SessionError, OSError) as error:
            self.errors.append(_words(error))

    def odd(self) -> OddRows:
        """Everything that was kept out or guessed, with its file where there are several."""
        several = len(self.reports) > 1
        rows = [
            OddRow(
                one_line(f"{report.file}, {odd.unit} {odd.line:,}" if several else f"{odd.unit} {odd.line:,}"),
                one_line(odd.what),
                one_line(odd.begins),
            )
            for report in self.reports
            for odd in report.odd
        ]
        return OddRows(rows, self.odd_count - len(rows))

    @property
    def odd_count(self) -> int:
        return sum(report.odd_count for report in self.reports)


def becomes_session(path: Path, here: bool) -> bool:
    """Whether a file or folder becomes a session of its own: many runs, or a tree. A single trace, and what nobody
    knows, does not; nor do chats, where they are wanted `here`. Raises ForeignFileError for what is known and not read.
    """
    if path.is_dir():
        if folder_importer_of(path) is None:
            raise ForeignFileError(tr("{file} is a folder in no format that is imported.").format(file=path.name))
        return True
    importer = importer_of_file(path) if path.is_file() else None
    if importer is None and path.is_file() and is_something_else(path):
        raise unrecognised(path)
    return importer is not None and not (here and importer is CHATS) and not holds_one_trace(path, importer)


def _words(error: SessionError | OSError) -> str:
    if isinstance(error, SessionError):
        return one_line(str(error))
    return one_line(tr("A file cannot be read or written: {error}.").format(error=error.strerror or error))


def _free(folder: Path, stem: str) -> Path:
    """A name that nothing has."""
    names = (folder / f"{stem}{'' if number == 1 else f' ({number})'}{SUFFIX}" for number in range(1, 10_000))
    return next(path for path in names if not path.exists())
