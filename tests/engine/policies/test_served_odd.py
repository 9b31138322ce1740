"""Servers, keys, proxies and answers that are not as they should be: nothing of them breaks a run or tells a secret."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.addresses import parse_address
from engine.llm.bundled import POLICY
from engine.policies import Cancelled, ModelError, OutOfReachError, Sampled, SampleRequest, Watch
from engine.policies.served import ServedPolicy, link, looking
from engine.policies.served.link import key_of
from engine.policies.tags import MARK
from engine.problems.game24 import Game24
from tests.helpers.fake_server import Answer, Say, completion, frames, models, raw, said, serving

PUZZLE = Game24.parse("4 9 10 13")
STEP = "13 - 9 = 4 (left: 4 4 10)\n"
ASKED = SampleRequest(PUZZLE, (STEP,), (1,), 1.0)
THINKING = SampleRequest(PUZZLE, (), (1,), 1.0, whole=True, thinking=True)
MODELS: dict[str, Say] = {"GET /v1/models": models("tiny")}
RAW, CHAT = "POST /v1/completions", "POST /v1/chat/completions"
BROKEN = "\N{REPLACEMENT CHARACTER}"


def written(stream: Any, environment: dict[str, str] | None = None) -> Sampled:
    with serving(MODELS | {RAW: raw(stream)}) as server:
        return ServedPolicy(server.url, environment or {}).sample([ASKED], Watch())


# -- answers


@pytest.mark.parametrize(
    ("pieces", "text"),
    [(("a\ud800b",), f"a{BROKEN}b"), (("a\ud83d", "\ude00"), "a\N{GRINNING FACE}"), (("a\ud83d",), f"a{BROKEN}")],
)
def test_halves_of_characters_never_reach_a_run(pieces: tuple[str, ...], text: str) -> None:
    answer = written(lambda _body: completion(*pieces))
    assert answer.samples[0][0].text == text
    told = [{"choices": [{"index": 0, "delta": {"content": piece}}]} for piece in pieces]
    ended = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    with serving(MODELS | {CHAT: lambda _body: Answer(frames(*told, ended))}) as server:
        chat = ServedPolicy(server.url, {}).sample([THINKING], Watch())
    assert chat.samples[0][0].text == f"</think>\n{text}"


def test_halves_of_characters_in_token_names_never_reach_a_run() -> None:
    told = {"tokens": ["ab"], "token_logprobs": [-1.0], "top_logprobs": [{"\ud800": -2.0}]}
    choice = {"text": "ab", "finish_reason": "stop", "logprobs": told}
    assert written(lambda _body: frames({"choices": [choice]})).samples[0][0].tokens


def test_counts_that_nobody_can_count_to_are_not_believed() -> None:
    usage = {"completion_tokens": 10**30, "prompt_tokens": 10**30}
    answer = written(lambda _body: completion("ab", usage=usage))
    msgspec.msgpack.encode(answer.costs)
    assert (answer.costs[0].generated, answer.costs[0].prompt) == (1, 0)


def test_a_tag_opens_no_thought_after_what_was_shown() -> None:
    answer = written(lambda _body: completion("<think>x</think>"))
    assert answer.samples[0][0].text == f"<think{MARK}>x</think{MARK}>"


def test_a_server_that_hangs_up_before_the_first_byte_may_be_asked_again() -> None:
    with pytest.raises(OutOfReachError, match="broke in the middle of an answer"):
        written(lambda _body: [])


def test_a_page_that_only_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def trickle(_body: dict[str, Any]) -> Answer:
        def drops() -> Iterator[bytes]:
            for _ in count():
                time.sleep(0.005)
                yield b" "

        return Answer(drops())

    monkeypatch.setattr(link, "PAGE_SECONDS", 0.1)
    with (
        serving({"GET /v1/models": trickle}) as server,
        pytest.raises(OutOfReachError, match=r"took more than 0\.1 seconds to answer models"),
    ):
        ServedPolicy(server.url, {})


def test_a_page_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "MOST_PAGE", 1_000_000)
    with (
        serving({"GET /v1/models": lambda _body: Answer(b" " * 10_000 for _ in count())}) as server,
        pytest.raises(ModelError, match="sends more than 1 MB in one answer"),
    ):
        ServedPolicy(server.url, {})


# -- addresses


def test_a_redirect_is_said_and_not_followed() -> None:
    with serving(MODELS) as other:
        on = Answer(status=308, headers={"Location": f"{other.url}/completions"})
        with (
            serving(MODELS | {RAW: lambda _body: on}) as server,
            pytest.raises(ModelError, match=rf"sends on to {other.url}/completions \(HTTP 308\): name that address"),
        ):
            ServedPolicy(server.url, {"ESPALIER_API_KEY": "sk-1"})
        assert not other.asked


def test_what_has_neither_models_nor_chat_nor_completions_is_no_such_server() -> None:
    with serving({}) as server, pytest.raises(ModelError, match="has neither a chat nor completions, nor a list"):
        ServedPolicy(server.url, {})
    with serving({CHAT: lambda _body: said({"choices": []})}) as server:
        assert ServedPolicy(server.url, {}).about()["raw"] is False


def test_a_tokenizer_that_is_not_there_is_said(tmp_path: Path) -> None:
    with serving(MODELS) as server, pytest.raises(ModelError, match="There is no tokenizer in"):
        ServedPolicy(f"{server.url}#tiny&tokenizer={tmp_path}", {})


def folder_of(url: str) -> Path | None:
    line = link.Link(parse_address(url), {})
    return line.run(lambda: looking.look(line)).folder


@pytest.mark.parametrize("is_near", [True, False])
def test_a_folder_that_a_server_tells_counts_only_on_this_machine(
    is_near: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "is_here", lambda _host: is_near)
    entry = {"id": "tiny", "owned_by": "vllm", "root": str(POLICY)}
    with serving({"GET /v1/models": lambda _body: said({"data": [entry]})}) as server:
        assert (folder_of(server.url) == POLICY) is is_near
        assert folder_of(f"{server.url}#{POLICY}") == POLICY  # that is the user's word


@pytest.mark.parametrize("root", [r"\\far\share", "//far/share", "~nobody-at-all/x", "/" + "x" * 5_000, "/a\0b"])
def test_no_folder_of_another_machine_is_looked_at(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def is_absolute(path: Path) -> bool:
        looked.append(str(path))
        return True  # as a share is, where there are any

    monkeypatch.setattr(Path, "is_absolute", is_absolute)
    with serving({"GET /v1/models": lambda _body: said({"data": [{"id": "tiny", "root": root}]})}) as server:
        assert folder_of(server.url) is None
    assert not any("far" in name for name in looked)


# -- keys, certificates, proxies


@pytest.mark.parametrize("key", ["sk-sec\nret", "sk-secr\u00e4t", "sk-\x00"])
def test_a_key_that_is_none_is_refused_and_not_told(key: str) -> None:
    with pytest.raises(ModelError, match="ESPALIER_API_KEY holds characters that no key has") as caught:
        written(lambda _body: completion("x"), {"ESPALIER_API_KEY": key})
    assert "sk-" not in str(caught.value)


def test_what_a_shell_leaves_around_a_key_is_no_part_of_it() -> None:
    with serving(MODELS | {RAW: raw(lambda _body: completion("x"))}) as server:
        ServedPolicy(server.url, {"ESPALIER_API_KEY": " sk-1\r\n"})
        assert {headers["Authorization"] for headers in server.headers} == {"Bearer sk-1"}
        server.headers.clear()
        ServedPolicy(server.url, {"ESPALIER_API_KEY": " "})
        assert not any("Authorization" in headers for headers in server.headers)


@pytest.mark.parametrize(
    ("url", "environment", "key"),
    [
        ("http://localhost:8000/v1", {}, "sk-1"),
        ("https://far.example/v1", {}, ""),
        ("https://far.example/v1", {"ESPALIER_API_HOSTS": "near.example, Far.Example"}, "sk-1"),
        ("https://far.example:8443/v1", {"ESPALIER_API_HOSTS": "far.example:8443"}, "sk-1"),
        ("https://far.example/v1", {"ESPALIER_API_HOSTS": "far.example:8443"}, ""),
        ("https://far.example.evil.example/v1", {"ESPALIER_API_HOSTS": "far.example"}, ""),
        ("https://api.openai.com/v1", {"OPENAI_API_KEY": "sk-2"}, "sk-2"),
        ("http://api.openai.com/v1", {"OPENAI_API_KEY": "sk-2"}, ""),
    ],
)
def test_the_key_goes_to_whom_it_is_meant_for(url: str, environment: dict[str, str], key: str) -> None:
    """A session file from a stranger may name any server as its policy."""
    assert key_of(parse_address(url), {"ESPALIER_API_KEY": "sk-1", **environment}) == key


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> str:
    """An address on another machine, which nobody asks: only a proxy is."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    return "http://far.invalid:8000/v1"


@pytest.mark.parametrize("proxy", ["socks5://me:secret@127.0.0.1:9", "ftp://me:secret@127.0.0.1:9", "nonsense:::"])
def test_a_proxy_that_cannot_be_used_is_a_sentence(proxy: str, far: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(ModelError, match="HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names is none that can be") as caught:
        ServedPolicy(far, {})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("port", [1, 99_999])
def test_a_proxy_that_is_not_there_is_named(port: int, far: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://me:secret@127.0.0.1:{port}")
    with pytest.raises(OutOfReachError, match=r"cannot be reached through the proxy that the environment names\.$"):
        ServedPolicy(far, {})


def test_this_machine_is_asked_without_a_proxy(far: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    assert far
    assert written(lambda _body: completion("4")).samples[0][0].text == "4"


def test_certificates_that_cannot_be_read_are_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(ModelError, match="SSL_CERT_FILE or SSL_CERT_DIR names cannot be read"):
        ServedPolicy("https://127.0.0.1:1/v1", {})


def test_a_cancel_does_not_wait_for_a_name_that_nobody_answers(far: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answered = threading.Event(), threading.Event()

    def slow(*_: Any, **__: Any) -> Any:
        asked.set()
        answered.wait(20)
        raise socket.gaierror("nobody knows it")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    line = link.Link(parse_address(far), {})
    with pytest.raises(Cancelled):
        line.run(lambda: line.ask("models"), asked.is_set)
    assert not answered.is_set()
    answered.set()
