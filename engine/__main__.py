"""The engine process: `python -m engine`. Frames on stdout, requests on stdin, log on stderr; end of stdin ends it."""

from __future__ import annotations

import contextlib
import io
import os
import queue
import sys
import threading

from engine.frames import FrameError, request_reader
from engine.process import Process, collect_rarely, give_way, threads
from engine.server import CLOSED, Requests, Server
from engine.shelf import Shelf

PIPE_BYTES = 1 << 18


def main(shelf: Shelf | None = None) -> int:
    """Serve until stdin ends. `shelf` provides the models; tests bring one without torch."""
    out = _private_stdout()
    give_way()
    collect_rarely()
    requests: Requests = queue.SimpleQueue()
    listener = threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), name="stdin", daemon=True)
    listener.start()
    os.environ.setdefault("OMP_NUM_THREADS", str(threads()))
    server = Server(
        requests,
        lambda data: _write_all(out, data),
        shelf or Shelf(),
        Process(os.getpid(), f"cpu, {threads()} thread{'s' * (threads() > 1)}"),
    )
    try:
        server.serve()
    except BrokenPipeError:
        return 0  # the app is gone
    return 0


def _private_stdout() -> io.FileIO:
    """The pipe for frames; what anybody prints goes to stderr instead, so that it cannot corrupt the frames."""
    private = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(private, os.O_BINARY)
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):  # the usual 64 KiB hold a hundred events: a fast search would stand still
            fcntl.fcntl(private, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return io.FileIO(private, "wb")


def _write_all(pipe: io.FileIO, data: bytes) -> None:
    """A pipe may take fewer bytes at a time than it is offered."""
    view = memoryview(data)
    while view:
        view = view[pipe.write(view) or 0 :]


def _listen(stdin: io.BufferedReader, requests: Requests) -> None:
    """Thread: bytes to requests, until the app closes the pipe or sends what is no request."""
    reader = request_reader()
    try:
        while data := stdin.read1(1 << 16):
            reader.feed(data)
            for request in reader.messages():
                requests.put(request)
    except (FrameError, OSError) as error:
        print(f"engine: {error}", file=sys.stderr)
    requests.put(CLOSED)


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    os._exit(status)  # to take torch apart would take the interpreter another second
