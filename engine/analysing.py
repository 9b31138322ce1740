"""`python -m engine.analysing`: a wish on stdin, the parcels of its analysis on stdout, as `engine.traces.parcels`."""

from __future__ import annotations

import contextlib
import sys

from engine.process import collect_rarely, give_way
from engine.traces.analysis import analyse
from engine.traces.parcels import ParcelError, Progress, pack, parcels, read_wish


def main() -> int:
    """Analyse the trace on stdin and end. The end of the reader ends it too, at the next news."""
    give_way()
    collect_rarely()
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what anybody prints must not stand among the parcels

    def tell(share: float) -> None:
        out.write(pack(Progress(share)))
        out.flush()

    try:
        wish = read_wish(sys.stdin.buffer.read())
        for parcel in parcels(analyse(wish.trace, wish.gold, wish.by_hand, wish.token_ends, tell)):
            out.write(pack(parcel))
        out.flush()
    except ParcelError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            out.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
