"""The served policy keeps the contract of `engine.policies` with servers of every dialect, and says every fault."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from engine.llm.bundled import POLICY
from engine.llm.load import load_tokenizer
from engine.policies import Cancelled, ModelError, SampleRequest, Watch
from engine.policies.served import IN_FLIGHT, ServedPolicy, link
from engine.policies.tags import MARK
from engine.problems.game24 import Game24
from engine.problems.words import WordProblem
from engine.tokens import unpack
from tests.helpers.fake_server import Answer, FakeServer, Say, completion, frames, models, raw, said, serving
from tests.helpers.shared_data import shared_data

PUZZLE = Game24.parse("4 9 10 13")
STEP = "13 - 9 = 4 (left: 4 4 10)\n"
ASKED = SampleRequest(PUZZLE, (STEP,), (1,), 1.0)
FRESH = replace(ASKED, steps=())
THINKING = replace(FRESH, thinking=True, whole=True)
CHAT = "POST /v1/chat/completions"
RAW = "POST /v1/completions"


def routes(stream: Any = None, owner: str = "somebody", chat: Say | None = None) -> dict[str, Say]:
    told = {"GET /v1/models": models("tiny", "other", owner=owner)}
    return told | ({RAW: raw(stream)} if stream else {}) | ({CHAT: chat} if chat else {})


def sampled(server: FakeServer, request: SampleRequest = ASKED, watch: Watch | None = None) -> Any:
    return ServedPolicy(server.url, {}).sample([request], watch or Watch())


# -- raw text


def test_a_step_ends_by_our_own_rule_and_the_rest_is_not_waited_for() -> None:
    def endless(_body: dict[str, Any]) -> Iterator[bytes]:
        yield from completion("10 - 4", " = 6 (le", "ft: 4 6)\n4 *")[:3]
        for _ in count():
            time.sleep(0.005)
            yield b": ping\n\n"

    with serving(routes(endless)) as server:
        answer = sampled(server, replace(ASKED, seeds=(1, 2)))
        assert [sample.text for sample in answer.samples[0]] == ["10 - 4 = 6 (left: 4 6)\n"] * 2
        assert {sample.ended for sample in answer.samples[0]} == {"step"}
        assert server.hung_up.wait(5)
        assert answer.costs[0].calls == 2


def test_what_is_sent_is_the_prompt_and_the_trace() -> None:
    with serving(routes(lambda _body: completion("x"))) as server:
        sampled(server, replace(ASKED, given="10 -", temperature=0.7, seeds=(2**64 - 1,)))
        body = server.bodies("/completions")[-1]
    assert body["prompt"] == f"{PUZZLE.prompt}\n{STEP}10 -"
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("tiny", 0.7, PUZZLE.max_step_tokens)
    assert body["seed"] == 2**31 - 1


def test_a_step_end_may_begin_in_what_is_given() -> None:
    with serving(routes(lambda _body: completion("\n", "more"))) as server:
        sample = sampled(server, replace(ASKED, given="10 - 4 = 6 (left: 4 6)")).samples[0][0]
    assert (sample.text, sample.ended) == ("\n", "step")


@pytest.mark.parametrize(("reason", "ended"), [("stop", "end"), ("length", "length")])
def test_an_end_is_the_servers(reason: str, ended: str) -> None:
    usage = {"prompt_tokens": 9, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 4}}
    with serving(routes(lambda _body: completion("Answer", ": 4", reason=reason, usage=usage))) as server:
        answer = sampled(server)
    assert (answer.samples[0][0].text, answer.samples[0][0].ended) == ("Answer: 4", ended)
    assert (answer.costs[0].prompt, answer.costs[0].cached, answer.costs[0].generated) == (5, 4, 3)


def test_token_rows_come_where_they_fit_the_text() -> None:
    def stream(_body: dict[str, Any]) -> list[bytes]:
        told = [
            {"tokens": ["10"], "token_logprobs": [-0.5], "top_logprobs": [{"10": -0.5, "4": -1.0}]},
            {"tokens": [")\n4"], "token_logprobs": [-0.25], "top_logprobs": [None]},
        ]
        texts = ("10", ")\n4")
        choices = [{"index": 0, "text": text, "logprobs": one} for text, one in zip(texts, told, strict=True)]
        return frames(*({"choices": [choice]} for choice in choices))

    with serving(routes(stream, owner="vllm")) as server:
        sample = sampled(server).samples[0][0]
        assert server.bodies("/completions")[-1]["logprobs"] == 5
    row = unpack(sample.tokens)
    assert [token.text for token in row] == ["10", ")\n"]
    assert sample.logprob == pytest.approx(-0.75)
    assert [each.text for each in row[0].alternatives] == ["10", "4"]


@pytest.mark.parametrize("tokens", [["9"], [""]])
def test_tokens_that_do_not_fit_the_text_are_not_believed(tokens: list[str]) -> None:
    told = {"tokens": tokens, "token_logprobs": [-0.5] * len(tokens)}
    with serving(
        routes(lambda _body: frames({"choices": [{"text": "10", "logprobs": told, "finish_reason": "stop"}]}))
    ) as server:
        sample = sampled(server).samples[0][0]
    assert (sample.text, sample.tokens, sample.logprob) == ("10", b"", None)


def test_a_server_that_does_not_stop_is_stopped() -> None:
    def endless(_body: dict[str, Any]) -> Iterator[bytes]:
        for _ in count():
            yield frames({"choices": [{"text": "more "}]}, done=False)[0]

    with serving(routes(endless)) as server:
        sample = sampled(server).samples[0][0]
        assert server.hung_up.wait(5)
    assert sample.ended == "length"


def test_what_is_asked_for_fits_into_the_models_context() -> None:
    def listed(_body: dict[str, Any]) -> Answer:
        return said({"data": [{"id": "tiny", "max_model_len": 64}]})

    with serving(routes(lambda _body: completion("x")) | {"GET /v1/models": listed}) as server:
        policy = ServedPolicy(server.url, {})
        policy.sample([replace(ASKED, max_tokens=1000)], Watch())
        assert 0 < server.bodies("/completions")[-1]["max_tokens"] < 48
        full = policy.sample([replace(ASKED, steps=(STEP,) * 20)], Watch())
        assert [(sample.text, sample.ended) for sample in full.samples[0]] == [("", "length")]
        assert full.costs[0].calls == 0


def test_a_server_that_was_started_with_another_model_is_looked_at_again() -> None:
    def known(body: dict[str, Any]) -> list[bytes]:
        return completion("4") if body["model"] in names else frames({"error": "no such model"})

    names = ["tiny"]
    with serving(routes(known) | {"GET /v1/models": lambda body: models(*names)(body)}) as server:
        policy = ServedPolicy(server.url, {})
        names[:] = ["new"]
        with pytest.raises(ModelError, match="no such model"):
            policy.sample([ASKED], Watch())
        assert policy.sample([ASKED], Watch()).samples[0][0].text == "4"
        assert policy.name.startswith("new at")


def test_many_requests_are_under_way_at_once() -> None:
    under_way, most = [0], [0]

    def slow(_body: dict[str, Any]) -> Iterator[bytes]:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        time.sleep(0.05)
        under_way[0] -= 1
        yield from completion("4")

    with serving(routes(slow)) as server:
        answer = sampled(server, replace(ASKED, seeds=tuple(range(IN_FLIGHT + 8))))
    assert len(answer.samples[0]) == IN_FLIGHT + 8
    assert 2 < most[0] <= IN_FLIGHT


def test_text_under_way_is_told_and_a_cancel_ends_the_call_at_once() -> None:
    told: list[tuple[int, int, str]] = []

    def endless(_body: dict[str, Any]) -> Iterator[bytes]:
        yield frames({"choices": [{"text": "10 -"}]}, done=False)[0]
        while not server.hung_up.is_set():
            time.sleep(0.005)
            yield b": ping\n\n"

    with serving(routes(endless)) as server:
        policy = ServedPolicy(server.url, {})
        watch = Watch(lambda: bool(told), lambda *news: told.append(news))
        began = time.monotonic()
        with pytest.raises(Cancelled):
            policy.sample([ASKED], watch)
        assert time.monotonic() - began < 5
        assert server.hung_up.wait(5)
    assert told[0] == (0, 0, "10 -")


def test_a_cancel_does_not_wait_for_a_silent_server() -> None:
    cancelled = threading.Event()

    def silent(_body: dict[str, Any]) -> Iterator[bytes]:
        cancelled.wait(20)
        yield b""

    def asks() -> bool:
        cancelled.set()
        return True

    with serving(routes(silent)) as server:
        policy = ServedPolicy(server.url, {})
        with pytest.raises(Cancelled):
            policy.sample([ASKED], Watch(asks))


# -- thoughts


def test_a_thought_is_opened_and_its_tag_ends_a_step() -> None:
    with serving(routes(lambda _body: completion("So.</think>", "Answer: 4"))) as server:
        policy = ServedPolicy(server.url, {})
        sample = policy.sample([replace(THINKING, whole=False)], Watch()).samples[0][0]
        assert server.bodies("/completions")[-1]["prompt"] == f"{PUZZLE.prompt}\n<think>\n"
        assert (sample.text, sample.ended) == ("So.</think>", "step")
        assert policy.sample([THINKING], Watch()).samples[0][0].text == "So.</think>Answer: 4"


@pytest.mark.parametrize("size", [1, 5, 100])
def test_a_closing_tag_of_many_tokens_ends_a_step(size: int) -> None:
    text = "Hm.<|end|><|start|>assistant<|channel|>final<|message|>Answer: 4"
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    more = {"GET /v1/models": models("gpt-oss-20b", owner="vllm"), RAW: raw(lambda _body: completion(*pieces))}
    with serving(more) as server:
        policy = ServedPolicy(server.url, {})
        sample = policy.sample([replace(THINKING, whole=False, steps=("So.\n",))], Watch()).samples[0][0]
        assert server.bodies("/completions")[-1]["skip_special_tokens"] is False
        prompt = server.bodies("/completions")[-1]["prompt"]
    assert (sample.text, sample.ended) == ("Hm.</think>", "step")
    assert prompt.endswith("<|channel|>analysis<|message|>So.\n")


def test_a_tag_that_raw_text_would_not_show_is_left_to_the_chat() -> None:
    told = chat({"reasoning_content": "Hm"}, {"content": "Answer: 4"})
    page = {"GET /v1/models": models("Magistral-Small-2507", owner="llamacpp"), CHAT: told}
    more: dict[str, Say] = {"POST /apply-template": lambda _body: said({"prompt": "[INST]1[/INST]"})}
    with serving(page | more | {RAW: raw(lambda _body: completion("x"))}) as server:
        assert sampled(server, THINKING).samples[0][0].text == "Hm\n</think>\nAnswer: 4"


def test_a_model_with_other_tags_is_read_and_written_in_its_own() -> None:
    def stream(body: dict[str, Any]) -> list[bytes]:
        return completion("Say `</think>`.\n[/TH", "INK]\n") if "[/THINK]" not in body["prompt"] else completion("24")

    more = {"GET /v1/models": models("Magistral-Small-2507"), RAW: raw(stream)}
    with serving(more) as server:
        policy = ServedPolicy(server.url, {})
        first = replace(THINKING, whole=False, steps=("Hm.\n",))
        sample = policy.sample([first], Watch()).samples[0][0]
        assert sample.text == f"Say `</think{MARK}>`.\n"
        policy.sample([replace(first, steps=("Hm.\n", "</think>\n"))], Watch())
        prompt = server.bodies("/completions")[-1]["prompt"]
    assert prompt.startswith(f"{PUZZLE.prompt}\n[THINK]")
    assert prompt.endswith("Hm.\n[/THINK]\n")


RECORDED = {
    "chat_reasoning.sse": "3*4\n</think>\n10",
    "chat_reasoning_content.sse": "3*4\n</think>\n10",
    "chat_inline_think_split.sse": "3*4\n</think>\n10",
    "mistral_thinkchunk.sse": "3*4\n</think>\n10",
    "llamacpp_keepalive_comments.sse": "x\n</think>\n",
    "ollama_chat.ndjson": "3*4\n</think>\n10",
}


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_chat_with_its_thought_is_one_text(name: str, size: int) -> None:
    stream = shared_data("samples", name).read_bytes()
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    told: list[str] = []
    with serving(routes(chat=lambda _body: Answer(pieces))) as server:
        policy = ServedPolicy(server.url, {})
        answer = policy.sample([THINKING], Watch(writing=lambda _r, _i, text: told.append(text)))
    assert answer.samples[0][0].text == RECORDED[name]
    assert told[-1].replace("<think>", "")
    assert answer.costs[0].calls == 1


def chat(*deltas: dict[str, Any], reason: str = "stop") -> Say:
    told = [{"choices": [{"index": 0, "delta": delta}]} for delta in deltas]
    return lambda _body: Answer(frames(*told, {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}))


@pytest.mark.parametrize(
    ("deltas", "reason", "text", "ended"),
    [
        (({"reasoning": "Hm"},), "length", "Hm", "length"),
        (({"content": "Answer: 4<|im_end|>"},), "stop", "</think>\nAnswer: 4", "end"),
        (
            ({"content": f"<u>{PUZZLE.prompt}<a>"}, {"reasoning_content": "\nHm\n"}, {"content": "Answer: 4"}),
            "stop",
            "Hm\n</think>\nAnswer: 4",
            "end",
        ),
        (
            ({"reasoning": "a </think> b"}, {"content": "use <think>"}),
            "stop",
            f"a </think{MARK}> b\n</think>\nuse <think{MARK}>",
            "end",
        ),
    ],
)
def test_odd_chats(deltas: tuple[dict[str, Any], ...], reason: str, text: str, ended: str) -> None:
    with serving(routes(chat=chat(*deltas, reason=reason))) as server:
        sample = sampled(server, THINKING).samples[0][0]
    assert (sample.text, sample.ended) == (text, ended)


def test_a_thought_that_nobody_asked_for_is_not_kept() -> None:
    with serving(routes(chat=chat({"reasoning": "Hm"}, {"content": "Answer: 4"}))) as server:
        assert sampled(server, replace(FRESH, whole=True)).samples[0][0].text == "Answer: 4"


def test_a_chain_from_a_chat_is_given_step_by_step() -> None:
    told = ({"reasoning": "One.\nTwo."}, {"content": f"{STEP}Answer: 4"})
    with serving(routes(chat=chat(*told))) as server:
        policy = ServedPolicy(server.url, {})
        assert "chat alone" in policy.name
        steps: list[str] = []
        request = replace(THINKING, whole=False)
        while True:
            sample = policy.sample([replace(request, steps=tuple(steps))], Watch()).samples[0][0]
            steps.append(sample.text)
            if sample.ended != "step":
                break
        assert steps == ["One.\n", "Two.\n", "</think>\n", STEP, "Answer: 4"]
        assert sample.ended == "end"
        assert len(server.bodies("chat/completions")) == 1
        with pytest.raises(ModelError, match=r"cannot go on from a step.*no such page"):
            policy.sample([replace(request, steps=("One.\n",))], Watch())


def test_a_stepwise_search_is_refused_where_raw_text_cannot_be_continued() -> None:
    with serving(routes(chat=chat({"content": "x"}))) as server:
        with pytest.raises(ModelError, match="Self-consistency, adaptive-consistency and best-of-n work with it"):
            sampled(server, FRESH)
        assert not server.bodies("chat/completions")


# -- faults


def faulty(answer: Answer) -> dict[str, Say]:
    return routes(lambda _body: ()) | {
        RAW: lambda body: answer if body["stream"] else said({"choices": [{"text": "1"}]})
    }


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (said({"error": {"message": "context is\n\x1b[31mfull"}}, 400), r"HTTP 400: context is \[31mfull$"),
        (said({"detail": "x" * 5000}, 500), r"HTTP 500: x{300}$"),
        (Answer([b"<html><body>nginx</body></html>"], 502), r"with HTTP 502\.$"),
        (said({"error": "slow down"}, 429), "HTTP 429: slow down"),
        (Answer(frames({"choices": [{"text": "1"}]}, {"error": {"message": "CUDA"}})), "failed: CUDA"),
        (Answer([b'data: {"error": "not "escaped""}\n\n']), "failed: The server reports an error"),
        (Answer(frames({"choices": [{"text": "10"}]}, done=False)), "broke in the middle of an answer"),
        (Answer(frames({"choices": [{"text": "10"}]}, done=False), breaks=True), "broke in the middle of an answer"),
        (Answer([b"Hello, I am no server."]), "broke in the middle of an answer"),
        (Answer([b"data: nonsense\n\n"]), "a frame that is not JSON"),
    ],
)
def test_a_fault_is_a_sentence(answer: Answer, sentence: str) -> None:
    with serving(faulty(answer)) as server, pytest.raises(ModelError, match=sentence):
        sampled(server)


def test_the_next_call_works_after_a_fault() -> None:
    streams = iter([frames({"error": "once"}), completion("4")])
    with serving(routes(lambda _body: next(streams))) as server:
        policy = ServedPolicy(server.url, {})
        with pytest.raises(ModelError, match="once"):
            policy.sample([ASKED], Watch())
        assert policy.sample([ASKED], Watch()).samples[0][0].text == "4"


def test_a_silent_server_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def silent(_body: dict[str, Any]) -> Iterator[bytes]:
        over.wait(20)
        yield b""

    with serving(routes(silent)) as server:
        policy = ServedPolicy(server.url, {})
        monkeypatch.setattr(link, "SILENT_SECONDS", 0.1)
        with pytest.raises(ModelError, match=r"sent nothing for 0\.1 seconds"):
            policy.sample([ASKED], Watch())
        over.set()


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def loud(_body: dict[str, Any]) -> Iterator[bytes]:
        while True:
            yield b": " + b"x" * 10_000 + b"\n\n"

    with serving(routes(loud)) as server:
        policy = ServedPolicy(server.url, {})
        monkeypatch.setattr(link, "MOST_ANSWER", 2_000_000)
        with pytest.raises(ModelError, match="sends more than 2 MB in one answer"):
            policy.sample([ASKED], Watch())


def test_nobody_listens() -> None:
    with serving({}) as server:
        url = server.url
    with pytest.raises(ModelError, match=rf"Nobody listens at {url.removesuffix('/v1')}: is the server running"):
        ServedPolicy(url, {})


@pytest.mark.parametrize(
    ("environment", "says"),
    [({}, "wants a key: put it into the variable ESPALIER_API_KEY"), ({"ESPALIER_API_KEY": "sk-1"}, "refuses the key")],
)
def test_a_key_is_asked_for(environment: dict[str, str], says: str) -> None:
    def denied(_body: dict[str, Any]) -> Answer:
        return said({"error": {"message": "bad key sk-1"}}, 401)

    with serving({"GET /v1/models": denied}) as server, pytest.raises(ModelError, match=says) as caught:
        ServedPolicy(server.url, environment)
    assert "sk-1" not in str(caught.value)


def test_the_key_is_sent_and_never_told() -> None:
    with serving(faulty(said({"error": "the key sk-secret has no credit"}, 402))) as server:
        policy = ServedPolicy(server.url, {"ESPALIER_API_KEY": "sk-secret", "OPENAI_API_KEY": "other"})
        with pytest.raises(ModelError, match=r"the key \(the key\) has no credit") as caught:
            policy.sample([ASKED], Watch())
        assert all(headers["Authorization"] == "Bearer sk-secret" for headers in server.headers)
    assert "sk-secret" not in f"{caught.value}{policy.name}{policy.about()}"


def test_openais_key_goes_nowhere_else() -> None:
    with serving(routes(lambda _body: completion("x"))) as server:
        ServedPolicy(server.url, {"OPENAI_API_KEY": "sk-theirs"})
        assert not any("Authorization" in headers for headers in server.headers)


def test_a_model_that_is_not_there() -> None:
    def unknown(body: dict[str, Any]) -> Answer:
        return said({"error": {"message": f"The model `{body['model']}` does not exist."}}, 404)

    with (
        serving(routes() | {RAW: unknown}) as server,
        pytest.raises(ModelError, match="has no model “llama”; it has: tiny, other"),
    ):
        ServedPolicy(f"{server.url}#llama", {})


def test_an_address_that_is_none() -> None:
    with pytest.raises(ModelError, match="holds a user name or a password"):
        ServedPolicy("http://me:secret@127.0.0.1:1/v1", {})


# -- which server it is


def test_the_name_says_what_runs_where_and_how() -> None:
    with serving(routes(lambda _body: completion("x"), owner="sglang")) as server:
        assert ServedPolicy(server.url, {}).name == f"tiny at {server.url} (SGLang, raw text, no template)"
        assert ServedPolicy(f"{server.url}#other", {}).about()["model"] == "other"


def test_llama_cpp_renders_its_own_template() -> None:
    def template(body: dict[str, Any]) -> Answer:
        thought = "<think>\n" if body["chat_template_kwargs"]["enable_thinking"] else ""
        return said({"prompt": f"<|user|>{body['messages'][0]['content']}<|assistant|>{thought}"})

    more: dict[str, Say] = {"POST /apply-template": template}
    with serving(routes(lambda _body: completion("x"), owner="llamacpp") | more) as server:
        policy = ServedPolicy(server.url, {})
        policy.sample([THINKING], Watch())
        assert server.bodies("/completions")[-1]["prompt"] == f"<|user|>{PUZZLE.prompt}<|assistant|><think>\n"
        assert "the server's template" in policy.name


def test_with_a_tokenizer_here_token_ids_are_sent() -> None:
    with serving(routes(lambda _body: completion("x"), owner="vllm")) as server:
        policy = ServedPolicy(f"{server.url}#tiny&tokenizer={POLICY}", {})
        policy.sample([replace(ASKED, given="10 -", steps=("</think>\n", STEP), thinking=True)], Watch())
        ids = server.bodies("/completions")[-1]["prompt"]
        assert "its tokenizer's template" in policy.name
    tokenizer = load_tokenizer(POLICY)
    assert tokenizer.decode(ids) == f"<|user|>{PUZZLE.prompt}<|assistant|><think>\n</think>\n{STEP}10 -"


def test_vllm_renders_by_its_tokenizer_and_no_tag_of_a_user_is_one() -> None:
    def tokenize(body: dict[str, Any]) -> Answer:
        return said({"tokens": [ord(letter) for letter in f"<u>{body['messages'][0]['content']}<a>"]})

    def back(body: dict[str, Any]) -> Answer:
        return said({"prompt": "".join(map(chr, body["tokens"]))})

    more: dict[str, Say] = {"POST /tokenize": tokenize, "POST /detokenize": back}
    story = WordProblem.parse("What are 2 <think>?")
    with serving(routes(lambda _body: completion("x"), owner="vllm") | more) as server:
        sampled(server, replace(FRESH, problem=story))
        assert f"<u>What are 2 <think{MARK}>?" in server.bodies("/completions")[-1]["prompt"]


def test_ollama_is_asked_for_raw_text_in_its_own_way() -> None:
    def generate(body: dict[str, Any]) -> Answer:
        last = {"response": "", "done": True, "done_reason": "stop", "eval_count": 2, "prompt_eval_count": 7}
        if not body["stream"]:
            return said(last)
        lines = [{"response": "Ans", "done": False}, {"response": "wer", "done": False}, last]
        return Answer([json.dumps(line).encode() + b"\n" for line in lines])

    with serving(routes(owner="library") | {"POST /api/generate": generate}) as server:
        answer = sampled(server)
        body = server.bodies("/api/generate")[-1]
    assert answer.samples[0][0].text == "Answer"
    assert (answer.costs[0].generated, answer.costs[0].prompt) == (2, 7)
    assert body["raw"] is True
    assert body["options"]["num_predict"] == PUZZLE.max_step_tokens


def test_transformers_serve_is_known_by_its_page_and_gets_what_it_takes() -> None:
    page: dict[str, Say] = {"GET /openapi.json": lambda _body: said({"paths": {"/load_model": {}}})}
    stream = frames({"choices": [{"text": "4"}]}, {"choices": [{"text": "", "finish_reason": "stop"}]}, done=False)
    with serving({RAW: raw(lambda _body: stream), **page}) as server:
        assert sampled(server).samples[0][0].text == "4"
        body = server.bodies("/completions")[-1]
    assert "model" not in body
    assert "temperature" not in body
    assert json.loads(body["generation_config"])["do_sample"] is True
