"""One window per user: a second start hands its file to the first and ends. Knows paths, no session and no window.

A local socket named after the user and their data folder. Short waits: if the first program hangs, a second one starts.
"""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MS = 300
ANSWER_MS = 3_000
"""A window that is just being built answers late; one that hangs never."""
MOST_BYTES = 65_536
ANSWER = b"here\n"


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a second start asks of the first; a JSON line on the wire."""

    open: str | None = None
    """An absolute path; None: only come to the front."""


def server_name(data: Path) -> str:
    """The socket of this user's programs that keep their sessions in `data`."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container in which the user has no name
        user = ""
    return f"espalier-{hashlib.sha256(f'{user} {data}'.encode()).hexdigest()[:16]}"


def hand_over(name: str, path: Path | None) -> bool:
    """Ask the running program, if there is one, to open `path` and come to the front; whether it has agreed."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(CONNECT_MS):
        return False
    wish = Wish(str(path.absolute()) if path is not None else None)
    socket.write(msgspec.json.encode(wish) + b"\n")
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(ANSWER_MS):
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer == ANSWER


class SingleInstance(QObject):
    """The first program's end: listens, and says what others ask for."""

    asked = Signal(object)
    """Path | None: come to the front, and open it if there is one."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # nobody answered there: its program was killed
            self._server.listen(name)

    @property
    def listening(self) -> bool:
        return self._server.isListening()

    def close(self) -> None:
        self._server.close()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._hear(socket))
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            try:
                wish = msgspec.json.decode(bytes(socket.readLine().data()), type=Wish)
            except msgspec.MsgspecError:
                socket.abort()
                return
            socket.write(ANSWER)
            socket.flush()
            self.asked.emit(Path(wish.open) if wish.open else None)
        elif socket.bytesAvailable() > MOST_BYTES:
            socket.abort()
