"""The report of a trace as Markdown, from the window and from the command line; what a model wrote is never markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.command_line import cli
from app.output.markdown import escaped, fenced, table
from app.output.trace_markdown import claim_markdown, trace_markdown
from app.words.trace import agreement, agreement_words, cut_off_words, meter_words, opaque_words
from engine.run_traces import trace_of
from engine.traces.analysis import Analysis, analyse
from engine.traces.spans import Opaque, Span, Trace
from engine.traces.splitter import split
from engine.tree import fold
from tests.helpers.thinking_log import SHOWN, THOUGHT, chain_log

LAST = len(THOUGHT) + len(SHOWN)


@pytest.fixture(scope="module")
def trace() -> Trace:
    return trace_of(fold(chain_log()), LAST)


@pytest.fixture(scope="module")
def found(trace: Trace) -> Analysis:
    return analyse(trace)


def words_of(thought: str, shown: str) -> str:
    return agreement_words(analyse(split(f"<think>{thought}</think>{shown}")).alignment.answer)


def test_the_report_has_every_part(trace: Trace, found: Analysis) -> None:
    report = trace_markdown("one", trace, found, tokens=60)
    heads = re.findall(r"^#+ (.+)$", report, re.MULTILINE)
    assert heads == [
        "Hidden and exposed: one", "Overthinking", "Exposed claims", "Only hidden", "Hidden steps", "Exposed",
    ]  # fmt: skip
    assert "| Hidden | 218 characters, 6 steps, 60 tokens |" in report
    assert "| Compared | Answers DIFFER: thought 23, shown 24; compared by value" in report
    assert "| only exposed | number | 99 |  | the thought does not have this value |" in report
    assert "| 5 | His friends would have 23 + 40 = 63 pens. |" in report
    assert "| 6 | check |  | Let me check: 23 + 12 = 35. |" in report
    assert "no model judged" in report


def test_a_label_by_hand_is_told(trace: Trace) -> None:
    report = trace_markdown("one", trace, analyse(trace, by_hand={0: "plan"}))
    assert "| 1 | plan (by hand) |" in report


def test_one_claim_with_its_steps(trace: Trace, found: Analysis) -> None:
    wrong = next(entry for entry in found.alignment.claims if entry.mark == "contradicted")
    lines = claim_markdown(trace, found, wrong).splitlines()
    assert lines[0] == "**CONTRADICTED** (a number in it is contradicted): So 35 - 12 = 24 pens are left."
    assert lines[-1] == "- against 3: Then 35 - 12 = 23 pens are left."


def test_nothing_a_model_wrote_is_markup() -> None:
    hostile = "<think>| a | <b>**bold**</b> [x](javascript:1)\n```\n# head\n</think>```` \x1b[2J\u202e ```\n# no head\n"
    trace = split(hostile)
    report = trace_markdown("a|b\n# c", trace, analyse(trace))
    outside = re.sub(r"^(`{3,})text\n.*?^\1$", "", report, flags=re.MULTILINE | re.DOTALL)
    assert "<b>" not in outside
    assert re.findall(r"^# .*$", outside, re.MULTILINE) == [r"# Hidden and exposed: a\|b \# c"]
    assert "\x1b" not in report
    assert "\u202e" not in report
    for line in outside.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (3, 4, 5, 6)


def test_fences_are_longer_than_those_inside() -> None:
    assert fenced("a\n````\nb").splitlines()[0] == "`````text"
    assert fenced("a") == "```text\na\n```"
    assert table(("a", "b|c"), [("1", "2")]) == "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |"
    assert escaped("a_b * c\n#d") == r"a\_b \* c \#d"


def test_the_command_line_prints_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<think>5 * 7 = 35.</think>It is 5 * 7 = 36.", encoding="utf-8")
    assert cli.main(["trace", str(path), "--markdown"]) == 0
    trace = split(path.read_text(encoding="utf-8"))
    assert capsys.readouterr().out == trace_markdown(str(path), trace, analyse(trace))


def test_answers_are_compared_in_words() -> None:
    assert words_of("So the answer is 4.", "The answer is 4.") == "Answers agree: 4"
    assert words_of("So the answer is 4.", "The answer is 5.") == "Answers DIFFER: thought 4, shown 5"
    assert words_of("Now 4.", "The answer is 5.") == "Answers may differ: thought 4, shown 5"
    assert words_of("Hm.", "The answer is 5.") == "Shown: 5; no answer can be read in the thought"
    assert words_of("The answer is 5.", "Done!") == "In the thought: 5; no answer is shown"
    assert words_of("Hm.", "Done!") == "Neither text has an answer that can be read"


def test_a_last_number_is_no_answer_to_hold_against_one() -> None:
    compared = analyse(split("<think>Now 4.</think>The answer is 5.")).alignment.answer
    assert compared.same is False
    assert agreement(compared) == "unclear"


def test_parts_that_cannot_be_read_are_named() -> None:
    part = Opaque.of("encrypted", "abc", 812)
    assert opaque_words(part) == f"an encrypted thought, 812 tokens, 3 bytes, sha256 {part.sha256[:16]}"
    assert opaque_words(Opaque("count", "", 0, 1)) == "a thought that was not sent, 1 token"
    cut = Trace("a", (Span("hidden", 0, 1),), "", "", cut_off="hidden")
    assert cut_off_words(cut, "length") == "in the thought: it was never closed (the server's word: length)"


def test_the_meter_in_words() -> None:
    one = analyse(split("<think>The answer is 4.\nNo, the answer is 5.\nSo the answer is 4.\n</think>The answer is 4."))
    words = meter_words(one.meter, one.repeats, len(one.alignment.steps), sought=True)
    assert words.startswith("The answer is there in step 1 of 3, ")
    assert "2 changes of mind" in words
    none = analyse(split("<think>Hm, let me see.</think>Done!"))
    assert meter_words(none.meter, none.repeats, 1, sought=False) == "There is no answer to look for in it"
