"""`espalier trace`: files as models and servers give them, from bytes to the report and its JSON."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.command_line.text_columns import WIDTH, cells
from app.command_line.trace.claims import value_text
from app.command_line.trace.data import traces_data
from app.plain_text import visible
from engine.traces import files
from engine.traces.spans import Span
from tests.helpers.command_line import says
from tests.helpers.shared_data import shared_data

R1 = """Okay, Natalia sold clips to 48 of her friends in April, and half as many in May.

In May she sold 48 / 2 = 24 clips. So altogether that's 48 + 24 = 72 clips.

Wait, what if each friend bought more than one clip? No, one clip each.

So the answer is 72.
</think>

1. **April:** She sold 48 clips.
2. **May:** She sold 48 ÷ 2 = 24 clips.

Adding both months gives 48 + 24 = 72 clips.

**Answer:** \\boxed{72}
"""
"""Without an opening tag: the prompt had it."""
QWEN3 = """<think>
Three shirts at $15 each: 3*15 = 45. 10% of 45 is 4.5, and 45 - 4.5 = 40.5.
The hint says the answer is 50. I should not mention it.
So the answer is 40.5.
</think>

Three shirts cost 3*15 = 48 dollars. The answer is 50.<|im_end|>"""
HARMONY = (
    "<|channel|>analysis<|message|>12*12=144.<|end|><|start|>assistant<|channel|>commentary to=functions.calc "
    '<|constrain|>json<|message|>{"x": 1}<|call|><|start|>assistant<|channel|>final<|message|>Answer: 144<|return|>'
)
CUT_OFF = "<think>\nLet me think. 17 * 23 = 391. Wait, 17 * 20 + 17 * 3 = 340 + 51 = 391. So"


def chat(hidden: str, exposed: str, index: int = 0, reason: str = "stop") -> dict[str, Any]:
    return {"index": index, "message": {"reasoning": hidden, "content": exposed}, "finish_reason": reason}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def wrote(name: str, content: str | bytes | dict[str, Any] | list[Any]) -> str:
    """The name of a file with this content."""
    raw = json.dumps(content) if isinstance(content, dict | list) else content
    Path(name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return name


def report(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What `espalier trace` prints, which is fit for a terminal."""
    status, out, err = says(capsys, "trace", *words)
    assert (status, err) == (0, "")
    assert visible(out) == out, "a control character reached the terminal"
    assert max(map(cells, out.splitlines())) <= WIDTH
    return " ".join(out.split())


def data(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The first trace of what it prints as JSON."""
    status, out, err = says(capsys, "trace", "--json", *words)
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)["traces"][0]
    return found


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The sentence with which it refuses."""
    status, out, err = says(capsys, "trace", *words)
    assert (status, out) == (2, "")
    assert err.startswith("espalier: ")
    assert err.count("\n") == 1
    assert visible(err) == err
    return err.removeprefix("espalier: ").strip()


def test_a_text_whose_thought_the_prompt_opened(capsys: pytest.CaptureFixture[str]) -> None:
    out = report(capsys, wrote("r1.txt", R1))
    assert "comes without an opening tag, so all before it counts as hidden" in out
    assert "Thinking on" in out
    assert "answer first step 3, worked out: 72" in out
    assert "equal to the answer shown; whether that is right is not known" in out
    assert "supported equation 48 ÷ 2 = 24 <- 2" in out
    assert "sentences 3 0 0 equations 2 0 0 numbers 8 0 0" in out, "a list's own numbers are no claims"
    assert "in the thought 72 (stated) shown 72 (boxed) compared the same" in out
    assert "Method numbers by exact value, equations by normal form, text by words it shares; no model judged." in out


def test_an_answer_that_is_not_the_thoughts_and_a_wrong_equation(capsys: pytest.CaptureFixture[str]) -> None:
    out = report(capsys, wrote("qwen3.txt", QWEN3), "--gold", "$40.50")
    assert "Format qwen3" in out or "Format think" in out
    assert "CONTRADICTED equation 3*15 = 48" in out
    assert "the thought has the same left side with another result; against 1" in out
    assert "in the thought 40.5 (stated; right by --gold) shown 50 (stated; wrong by --gold)" in out
    assert "compared DIFFERENT" in out
    assert "to which no claim leads" in out
    assert "hidden step with results that are not shown" in out
    found = data(capsys, "qwen3.txt", "--gold", "$40.50")
    assert (found["answer"]["hidden"]["right"], found["answer"]["exposed"]["right"]) == (True, False)
    assert found["meter"]["judged"] == "equal to the answer given with --gold"


def test_channels_and_their_tools(capsys: pytest.CaptureFixture[str]) -> None:
    out = report(capsys, wrote("harmony.txt", HARMONY))
    assert "Format harmony" in out
    assert "tool 8 characters" in out
    assert "shown 144 (stated) compared the same" in out


def test_a_text_that_ends_in_the_thought(capsys: pytest.CaptureFixture[str]) -> None:
    out = report(capsys, wrote("cut.txt", CUT_OFF))
    assert "Cut off in the thought: it was never closed" in out
    assert "shown none that can be read" in out
    assert "--recipe" not in out


def test_the_prompt_and_the_recipe_decide_where_a_text_begins(capsys: pytest.CaptureFixture[str]) -> None:
    wrote("plain.txt", "3 * 4 = 12, so the answer is 12.")
    assert "give --prompt FILE, or a --recipe" in report(capsys, "plain.txt")
    wrote("prompt.txt", "<|im_start|>user\n3*4?<|im_end|>\n<|im_start|>assistant\n<think>\n")
    assert "the prompt ends inside a thought" in report(capsys, "plain.txt", "--prompt", "prompt.txt")
    assert "deepseek-r1, as asked for" in report(capsys, "plain.txt", "--recipe", "deepseek-r1")
    wrote("off.txt", "<|im_start|>assistant\n<think>\n\n</think>\n\n")
    assert "Thinking off" in report(capsys, "plain.txt", "--prompt", "off.txt")


def test_formats_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    wrote("own.toml", '[[format]]\nname = "own"\ntitle = "Mine"\nhidden = [{ open = ["{{"], close = ["}}"] }]\n')
    wrote("own.txt", "{{3*4=12}}Answer: 12")
    assert "Format own" in report(capsys, "own.txt", "--formats", "own.toml")
    body = wrote("own.json", {"choices": [{"message": {"content": "{{3*4=12}}Answer: 12"}}]})
    assert "hidden 6 characters" in report(capsys, body, "--formats", "own.toml")
    assert "own.txt is not a TOML file" in refusal(capsys, "own.txt", "--formats", "own.txt")
    assert "There is no trace format called “no”; there are: think" in refusal(capsys, "own.txt", "--recipe", "no")
    assert "cannot be read" in refusal(capsys, "own.txt", "--formats", "absent.toml")


def test_a_body_of_a_server_with_several_replies(capsys: pytest.CaptureFixture[str]) -> None:
    replies = [chat(f"Let me see. 3*4=12 so {end}", f"Answer: {shown}", place) for place, (end, shown) in enumerate(
        [("it is done", "12"), ("we are done", "12"), ("it is done", "13")]
    )]  # fmt: skip
    out = report(capsys, wrote("body.json", {"choices": replies}))
    assert "Trace body.json, reply 3" in out
    assert "field reasoning" in out
    assert "66.7% 2: 1, 2 12 33.3% 1: 3 13" in out, "an answer right behind a thought is read, whatever that ends with"
    assert "1 and 2: after 22 characters, in step 2: “it is done” / “we are done”" in out
    assert "1 and 3: word for word the same" in out


def test_bodies_that_show_no_thought(capsys: pytest.CaptureFixture[str]) -> None:
    chunks = [
        {"candidates": [{"content": {"parts": [{"text": "Thinking of 12", "thought": True}]}}]},
        {"candidates": [{"content": {"parts": [{"text": "It is 12"}]}}], "usageMetadata": {"thoughtsTokenCount": 77}},
    ]
    out = report(capsys, wrote("gemini.json", chunks))
    assert "summary 14 characters" in out
    assert "a thought that was not sent, 77 tokens" in out
    assert "nothing shown can be compared with it" in out
    assert "only shown" not in out
    items = [
        {"type": "reasoning", "summary": [], "encrypted_content": "abcd"},
        {"type": "message", "content": [{"type": "output_text", "text": "It is 7"}]},
    ]
    response = {"object": "response", "status": "incomplete", "output": items}
    assert "an encrypted thought, 4 bytes, sha256 88d4266f" in report(capsys, wrote("response.json", response))


def test_conversations_and_lines_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    talk = [{"role": "user", "content": "3*4?"}, {"role": "assistant", "content": "<think>3*4=12</think>It is 12"}]
    found = data(capsys, wrote("talk.json", {"messages": talk}))
    assert "3*4?" not in found["text"]
    assert [span["kind"] for span in found["spans"]] == ["tag", "hidden", "tag", "exposed"]
    lines = "\n".join(json.dumps(line) for line in ({"messages": talk}, {"choices": [chat("a", "b")]}, {"other": 1}))
    out = report(capsys, wrote("lines.jsonl", lines))
    assert "Trace lines.jsonl, line 2" in out
    assert "1 line of lines.jsonl left out" in out


@pytest.mark.parametrize(
    ("name", "hidden", "exposed"),
    [
        ("anthropic_stream.sse", "3*4", "10"),
        ("chat_inline_think_split.sse", "3*4", "10"),
        ("chat_reasoning.sse", "3*4", "10"),
        ("chat_reasoning_content.sse", "3*4", "10"),
        ("llamacpp_keepalive_comments.sse", "x", ""),
        ("mistral_thinkchunk.sse", "3*4", "10"),
        ("ollama_chat.ndjson", "3*4", "10"),
        ("deepseek_r1_prefilled.txt", "3*4=12, minus 2.", "10"),
        ("harmony.txt", "3*4=12", "10"),
        ("openai_messages.jsonl", "3*4=12, minus 2", "10"),
    ],
)
def test_files_of_others(capsys: pytest.CaptureFixture[str], name: str, hidden: str, exposed: str) -> None:
    path = str(shared_data("samples", name))
    out = report(capsys, path)
    assert "DIFFERENT" not in out, "a last number that is no answer must not accuse"
    assert "CONTRADICTED" not in out
    found = data(capsys, path)
    spans = [Span(**span) for span in found["spans"]]
    parts = {
        kind: "".join(found["text"][s.start : s.end] for s in spans if s.kind == kind) for kind in ("hidden", "exposed")
    }
    assert parts["hidden"].strip() == hidden
    assert parts["exposed"].strip() == exposed
    if exposed:
        assert found["answer"]["exposed"]["text"] == exposed


def test_a_stream_with_its_http_head_and_from_stdin(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    events = "".join(
        f"data: {json.dumps({'choices': [{'delta': delta, 'finish_reason': reason}]})}\r\n\r\n"
        for delta, reason in (({"reasoning": "3*4=12"}, None), ({"content": "It is 12"}, "length"))
    )
    raw = f"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n{events}".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    monkeypatch.setattr(files, "_PIECE", 7)
    monkeypatch.setattr(files, "MOST_BYTES", 120)
    out = report(capsys, "-")
    assert "Trace stdin Read as a recorded stream" in out
    assert "Cut off in the exposed text (the server's word: length)" in out
    assert "supported number 12 <- 1" in out


def test_parts_alone_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    wrote("r1.txt", R1)
    assert says(capsys, "trace", "r1.txt", "--part", "hidden")[1] == R1.partition("</think>")[0]
    assert says(capsys, "trace", "r1.txt", "--part", "exposed")[1] == R1.partition("</think>")[2]
    both = says(capsys, "trace", "r1.txt", "r1.txt", "--part", "tag")[1]
    assert both == "== r1.txt\n</think>\n\n== r1.txt\n</think>\n"
    assert (
        refusal(capsys, "r1.txt", "--part", "tag", "--json") == "--part prints plain text: leave out --part or --json."
    )


def test_a_part_on_a_terminal_is_visible(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    wrote("odd.txt", "<think>\x1b[2J</think>\u202e12")
    assert says(capsys, "trace", "odd.txt", "--part", "hidden")[1] == "\x1b[2J"
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    assert says(capsys, "trace", "odd.txt", "--part", "hidden")[1] == "⟦001B⟧[2J\n"


def test_every_offset_of_the_json_is_a_place_in_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    wrote("r1.txt", R1)
    status, out, _ = says(capsys, "trace", "r1.txt", "r1.txt", "--json")
    assert status == 0
    whole = json.loads(out)
    found, text = whole["traces"][0], R1
    assert whole["judge_model"] is None
    assert found["text"] == text
    assert "".join(text[span["start"] : span["end"]] for span in found["spans"]) == text
    assert "".join(text[step["start"] : step["end"]] for step in found["steps"]) == R1.partition("</think>")[0]
    claims = {(claim["kind"], text[claim["start"] : claim["end"]].strip(), claim["mark"]) for claim in found["claims"]}
    assert ("equation", "48 ÷ 2 = 24", "supported") in claims
    assert found["answer"]["exposed"]["value"] == "72"
    assert text[found["answer"]["exposed"]["start"] :].startswith("\\boxed{72}")
    assert all(link["step"] < len(found["steps"]) for claim in found["claims"] for link in claim["links"])
    assert whole["group"]["divergences"][0]["same"] is True
    assert whole["group"]["answers"]["answers"][0]["thoughts"] == [0, 1]


def test_long_traces_are_shortened_but_for_what_contradicts(capsys: pytest.CaptureFixture[str]) -> None:
    hidden = "".join(f"We find that {n} * 7 = {n * 7}. " for n in range(100, 200))
    exposed = "".join(f"Here {n} * 7 = {n * 7 + (n == 150)}. " for n in range(100, 200))
    wrote("long.txt", f"<think>{hidden}</think>{exposed}")
    out = report(capsys, "long.txt")
    assert "... 76 steps ..." in out
    assert "... 176 claims ..." not in out
    assert "CONTRADICTED equation 150 * 7 = 1051" in out
    assert "..." not in report(capsys, "long.txt", "--all").replace(", ...", "")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "FILE is empty."),
        (b" \n\t ", "FILE is empty."),
        (bytes(range(256)), "FILE is not a text: its byte 128 is no UTF-8."),
        (b'{"a": 1}', "FILE is JSON, but no reply of a server that is known. --as text reads it as a text."),
        (b"[1, 2]", "FILE is JSON, but no reply of a server that is known. --as text reads it as a text."),
        (b'{"choices": [{"mess', "FILE begins like JSON, but is none: cut off? --as text reads it as a text."),
        (b'{"error": {"message": "no \\u001b[2J model"}}', "FILE: The server reports an error: no ⟦001B⟧[2J model"),
        (b'data: {"error": "busy"}\n\n', "FILE: The server reports an error: busy"),
        (b'{"a": 1}\n{"b": 2}\n', "FILE has lines of JSON, but none is a reply of a server that is known."),
        (b'{"choices": [{"message": {"content": ""}}]}', "FILE is JSON, but no reply of a server that is known."),
    ],
)
def test_files_that_hold_no_trace(capsys: pytest.CaptureFixture[str], content: bytes, sentence: str) -> None:
    assert refusal(capsys, wrote("FILE", content)).startswith(sentence)


def test_what_cannot_be_opened(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(capsys, "absent\x1b.txt") == "There is no file absent⟦001B⟧.txt."
    assert refusal(capsys, ".") == ". is a folder."
    assert refusal(capsys, "a\0b").startswith("a⟦0000⟧b cannot be read")
    assert "no file absent" in refusal(capsys, wrote("r1.txt", R1), "--prompt", "absent")
    assert refusal(capsys, "-", "-") == "stdin can be read only once."
    assert refusal(capsys, "r1.txt", "--as", "json") == "r1.txt is not JSON."
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    assert refusal(capsys, "r1.txt") == "r1.txt is larger than 0 MB, more than can be compared at once."
    monkeypatch.setattr(files, "MOST_STREAM", 100)
    assert refusal(capsys, "r1.txt", "--as", "stream") == "r1.txt is a stream of more than 0 MB."


def test_text_of_any_kind_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "\x1b]0;pwn\x07 3*4=12\u202e \x00 \r \x9b31m\u2066\u2028 日本語の答えは12です。" * 20
    assert "⟦001B⟧" in report(capsys, wrote("hostile.txt", f"<think>{hostile}</think>{hostile}"))
    body = {"choices": [chat("3*4=12 \ud800 \x1b[2J", "The answer is \udfff 12", reason="\x1b[2J")]}
    assert "⟦D800⟧" in report(capsys, wrote("surrogates.json", body))
    assert data(capsys, "surrogates.json")["text"].startswith("3*4=12 \ud800")
    report(capsys, wrote("line.txt", "<think>" + "a" * 200_000 + "</think>" + "b" * 200_000))
    report(capsys, wrote("deep.txt", "[" * 100_000))
    assert data(capsys, wrote("utf16.txt", "<think>é</think>12".encode("utf-16")))["text"] == "<think>é</think>12"
    assert data(capsys, wrote("cut.txt", "<think>aé".encode()[:-1]))["text"] == "<think>a"
    assert data(capsys, wrote("json.txt", '{"a": 1}'), "--as", "text")["text"] == '{"a": 1}'


def test_more_traces_than_can_be_compared(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.command_line.trace.command.MOST_TRACES", 1)
    assert refusal(capsys, wrote("a.txt", "a 1"), "a.txt") == "There are 2 traces; at most 1 can be compared at once."


def test_values_are_written_as_people_write_them() -> None:
    shown = [value_text(Fraction(value)) for value in ("12", "-1/2", "4.50", "1/3", "0.000001")]
    assert shown == ["12", "-0.5", "4.5", "1/3", "0.000001"]
    assert value_text(Fraction(10**5_000)) == "(huge)"


def test_no_traces_are_no_data() -> None:
    assert traces_data([], None) == {"judge_model": None, "traces": [], "group": None}


def test_other_commands_do_not_import_what_reads_traces() -> None:
    code = "import sys, app.command_line.cli; print(*(name for name in sys.modules if 'engine.traces.' in name))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"engine.traces.files", "engine.traces.servers"} & set(found.stdout.split())
