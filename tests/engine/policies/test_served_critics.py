"""What critics ask of a server: conversations, openings, ends of texts, top_p, and how likely a label is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from engine.policies import Cancelled, OutOfReachError, Said, SampleRequest, Watch
from engine.policies.served import ServedPolicy
from engine.policies.weighing import weigh
from engine.problems.game24 import Game24
from engine.verifiers import ScoreRequest
from engine.verifiers.generative.critic import Critic
from engine.verifiers.generative.think_prm import ThinkPrm
from tests.helpers.fake_server import Answer, FakeServer, Say, completion, frames, models, raw, said, serving

PUZZLE = Game24.parse("4 9 10 13")
BEFORE = (Said("system", "Be kind, <think>."), Said("user", "Try"), Said("assistant", "24"))
ASKED = SampleRequest(PUZZLE, (), (1,), 0.6, whole=True, turn="Why?", given="So ", before=BEFORE, top_p=0.95)
RAW, CHAT = "POST /v1/completions", "POST /v1/chat/completions"
LABELS = (" Yes", " No")


def routes(more: Mapping[str, Say], owner: str = "somebody") -> dict[str, Say]:
    return {"GET /v1/models": models("tiny", owner=owner), **more}


def token(text: str, likeliest: Mapping[str, float]) -> list[bytes]:
    """One token with its likeliest alternatives, as the completions of vLLM tell of it."""
    listed = {each: math.log(value) for each, value in likeliest.items()}
    told = {"tokens": [text], "token_logprobs": [listed.get(text, -1.0)], "top_logprobs": [listed]}
    return frames({"choices": [{"index": 0, "text": text, "logprobs": told, "finish_reason": "length"}]})


def chat(text: str) -> Say:
    delta = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": "stop"}]}
    return lambda _body: Answer(frames(delta))


def test_a_conversation_and_its_opening_are_sent_as_text() -> None:
    with serving(routes({RAW: raw(lambda _body: completion("x"))})) as server:
        policy = ServedPolicy(server.url, {})
        policy.sample([ASKED], Watch())
        policy.sample([replace(ASKED, before=())], Watch())
        first, second = server.bodies("/completions")[-2:]
    assert first["prompt"].replace("\N{WORD JOINER}", "") == "Be kind, <think>.\nTry\n24\nWhy?\nSo "
    assert "<think>" not in first["prompt"], "a tag that is only talked of is none"
    assert (first["top_p"], first["temperature"]) == (0.95, 0.6)
    assert second["prompt"] == "Why?\nSo "


def test_a_conversation_is_rendered_by_the_server_that_can() -> None:
    asked: list[dict[str, Any]] = []

    def template(body: dict[str, Any]) -> Answer:
        asked.append(body)
        return said({"prompt": "".join(f"[{each['role']}]{each['content']}" for each in body["messages"]) + "[a]"})

    more = {RAW: raw(lambda _body: completion("x")), "POST /apply-template": template}
    with serving(routes(more, owner="llamacpp")) as server:
        ServedPolicy(server.url, {}).sample([replace(ASKED, before=BEFORE[1:])], Watch())
        assert server.bodies("/completions")[-1]["prompt"] == "[user]Try[assistant]24[user]Why?[a]So "
    assert [each["role"] for each in asked[-1]["messages"]] == ["user", "assistant", "user"]


def test_a_chat_is_given_the_conversation() -> None:
    with serving(routes({CHAT: chat("It is \\boxed{-1}")})) as server:
        policy = ServedPolicy(server.url, {})
        sample = policy.sample([replace(ASKED, given="", temperature=0.0)], Watch()).samples[0][0]
        body = server.bodies("chat/completions")[-1]
    assert sample.text == "It is \\boxed{-1}"
    assert [each["role"] for each in body["messages"]] == ["system", "user", "assistant", "user"]
    assert body["messages"][-1]["content"] == "Why?"
    assert body["top_p"] == 0.95


def test_a_text_ends_at_the_stops_that_were_asked_for() -> None:
    with serving(routes({RAW: raw(lambda _body: completion("10 = 6)\nmore", "\n``", "`\nand more"))})) as server:
        policy = ServedPolicy(server.url, {})
        sample = policy.sample([replace(ASKED, stops=("\n```\n", "</output>\n"))], Watch()).samples[0][0]
    assert (sample.text, sample.ended) == ("10 = 6)\nmore\n```\n", "step")


@pytest.mark.parametrize(
    ("likeliest", "found", "why"),
    [
        ({" Yes": 0.5, " No": 0.25, "x": 0.1}, (0.5, 0.25), ""),
        ({" No": 0.5, "x": 0.1}, (0.1, 0.5), "' Yes' counted as 0.1, the most that it can be."),
        ({"x": 0.9}, None, "None of the likeliest tokens is ' Yes' or ' No'."),
        ({}, None, "The policy tells no probabilities of its tokens."),
    ],
)
def test_labels_are_weighed_by_the_likeliest_tokens(
    likeliest: dict[str, float], found: tuple[float, float] | None, why: str
) -> None:
    def stream(_body: dict[str, Any]) -> list[bytes]:
        return token(max(likeliest, key=likeliest.__getitem__), likeliest) if likeliest else completion("x")

    with serving(routes({RAW: raw(stream)}, owner="vllm")) as server:
        weighed = weigh(ServedPolicy(server.url, {}), [ASKED], LABELS, Watch())[0]
        body = server.bodies("/completions")[-1]
    assert weighed.probabilities == (None if found is None else pytest.approx(found))
    assert weighed.why == why
    assert (body["max_tokens"], body["temperature"], body["top_p"]) == (1, 0.0, 1.0)
    assert weighed.cost.calls == 1


def test_a_chat_alone_has_no_next_token_and_a_server_that_is_gone_is_told() -> None:
    with serving(routes({CHAT: chat("x")})) as server:
        policy = ServedPolicy(server.url, {})
        weighed = weigh(policy, [ASKED, ASKED], LABELS, Watch())
        assert [each.probabilities for each in weighed] == [None, None]
        assert "cannot go on from a step" in weighed[0].why
    with pytest.raises(OutOfReachError):
        weigh(policy, [ASKED], LABELS, Watch())
    assert weigh(policy, (), LABELS, Watch()) == ()


def scored(server: FakeServer, kind: Any, **settings: Any) -> Any:
    trace = ScoreRequest(PUZZLE, ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 7 (left: 4 7)\n"), False)
    return kind(ServedPolicy(server.url, {}), "served", **settings).score([trace], Watch()).traces[0]


def test_a_critic_and_think_prm_work_with_a_chat_alone() -> None:
    with serving(routes({CHAT: chat("Wrong: \\boxed{1}")})) as server:
        assert scored(server, Critic).values == (1.0, 0.0)
        assert server.bodies("chat/completions")[-1]["messages"][0]["content"].endswith("in \\boxed{}.")
    chain = "<think>\nThe step is \\boxed{correct}. The step is \\boxed{incorrect}</think>\nIs the solution correct? No"
    with serving(routes({CHAT: chat(chain)})) as server:
        scores = scored(server, ThinkPrm)
    assert scores.values == (1.0, 0.0)
    assert dict(scores.channels[1]) == {"verdict": 0.0, "solution": 0.0}, "without probabilities its verdicts decide"


def test_think_prm_reads_the_forced_verdict_of_a_server() -> None:
    def stream(body: dict[str, Any]) -> list[bytes]:
        if body["prompt"].endswith("Is the solution correct?"):
            return token(" No", {" No": 0.6, " Yes": 0.2})
        return completion("The step is \\boxed{correct}", " and \\boxed{correct}")

    with serving(routes({RAW: raw(stream)}, owner="vllm")) as server:
        scores = scored(server, ThinkPrm)
        prompt = server.bodies("/completions")[-1]["prompt"]
    assert scores.values == (1.0, 1.0)
    assert dict(scores.channels[1])["solution"] == pytest.approx(0.25)
    assert prompt.endswith("<think>\nThe step is \\boxed{correct} and \\boxed{correct}\nIs the solution correct?")


def test_a_cancel_ends_the_weighing() -> None:
    with serving(routes({RAW: raw(lambda _body: completion("x"))})) as server:
        policy = ServedPolicy(server.url, {})
        with pytest.raises(Cancelled):
            weigh(policy, [ASKED], LABELS, Watch(cancelled=lambda: True))
