"""A served model that fails in the middle ends no run: it is left off, and gone on with as if nothing had been."""

from __future__ import annotations

import queue
from collections.abc import Sequence

import pytest

from engine import ends
from engine.commands import Request, StartRun
from engine.events import AskEnded, Record, RunFinished, RunResumed
from engine.frames import AnyFrame, Records, Reply, frame_reader
from engine.policies import OutOfReachError, Policy, Sampled, SampleRequest, Watch
from engine.process import Process
from engine.server import CLOSED, Requests, Server
from engine.shelf import Shelf
from engine.tasks import Task
from engine.tree import fold
from engine.verbs import make_verb
from engine.verifiers import Verifier
from tests.helpers.asking import begun, turns
from tests.helpers.invariants import check_tree
from tests.helpers.running import plan, resume_log, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier

WISH = plan(simulations=8)


class _Leaving(ScriptedPolicy):
    """Answers so many calls, and none after them."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self._left = calls

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        self._left -= 1
        if self._left < 0:
            raise OutOfReachError("The server is gone.")
        return super().sample(requests, watch)


class _OneShelf(Shelf):
    def __init__(self, calls: int) -> None:
        super().__init__()
        self._policy = _Leaving(calls)

    def policy(self, folder: str, thinking: bool = False) -> Policy:
        return self._policy

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        return (ScriptedVerifier(),)


def left_off(calls: int) -> tuple[list[Record], Reply]:
    """The log of a run whose server answers so many calls, and the final reply."""
    requests: Requests = queue.SimpleQueue()
    reader, frames = frame_reader(), list[AnyFrame]()

    def write(data: bytes) -> None:
        reader.feed(data)
        frames.extend(reader.messages())
        if any(isinstance(frame, Reply) for frame in frames):
            requests.put(CLOSED)

    requests.put(Request(1, StartRun(1, WISH)))
    Server(requests, write, _OneShelf(calls), Process(0, "none")).serve()
    (reply,) = (frame for frame in frames if isinstance(frame, Reply))
    return [record for frame in frames if isinstance(frame, Records) for record in frame.records], reply


@pytest.mark.parametrize("calls", [0, 1, 4])
def test_a_run_whose_server_is_gone_can_be_gone_on_with(calls: int) -> None:
    log, reply = left_off(calls)
    assert reply.error == f"The server is gone. {ends.LEFT_OFF}"
    assert not reply.detail
    assert not any(isinstance(record.event, RunFinished) for record in log)
    resumed = resume_log(WISH, log)
    assert [record.seq for record in resumed] == list(range(1, len(resumed) + 1))
    whole = fold(run_log(WISH))
    tree = fold(resumed)
    assert [node.step for node in tree.nodes.values()] == [node.step for node in whole.nodes.values()]
    assert [node.visits for node in tree.nodes.values()] == [node.visits for node in whole.nodes.values()]
    assert sum(isinstance(record.event, RunResumed) for record in resumed) == 1


@pytest.mark.parametrize("moves", [1, 2, 3, 4])
def test_what_was_asked_for_is_given_up_and_its_iteration_closed(moves: int) -> None:
    log: list[Record] = []
    live = begun(WISH, log)
    ended: list[Task] = []
    live.run.ask(make_verb("deepen", {"simulations": 3}), 1, ended.append)
    turns(live, moves)
    assert live.run.fail("The server is gone.", passes=True) == f"The server is gone. {ends.LEFT_OFF}"
    assert [task.given_up for task in ended] == [True]
    assert log[-1].event == AskEnded(1, "The run was interrupted.")
    resumed = resume_log(WISH, log)
    assert isinstance(resumed[-1].event, RunFinished)
    check_tree(fold(resumed), resumed)
