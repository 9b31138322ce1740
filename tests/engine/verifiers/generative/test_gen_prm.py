"""GenPRM: conversation, forced openings, code and what it printed, rounds, judgement, samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from engine.policies import Cancelled, ModelError, SampleRequest, Watch
from engine.problems.game24 import Game24
from engine.sandbox import Ran, SandboxError
from engine.verifiers import ScoreRequest, StepScores
from engine.verifiers.generative import gen_prm
from engine.verifiers.generative.draft import MOST_PRINTED, box_in, judgement
from engine.verifiers.generative.gen_prm import GenPrm
from tests.helpers.writing_policy import COST, WEIGHED, Weighing, Writing

PUZZLE = Game24.parse("4 9 10 13")
STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 7 (left: 4 7)\n", "7 * 4 = 24 (left: 24)\n")
TRACE = ScoreRequest(PUZZLE, STEPS[:2], False, seed=7)
ONE = replace(TRACE, steps=STEPS[:1])
OPENING = "<analyze>\nLet's analyze the Paragraph 1 step by step: "
VERIFY = "<verify>\nLet's use python code to find any potential error:\n```python\n"
BOX = "<output>\n**Judgement**: $\\boxed{"


def writes(request: SampleRequest, _seed: int) -> str:
    """An analysis; then code; then, once it was run, the judgement."""
    if request.given.endswith(": "):
        return "it is fine.\n</analyze>\nand more that nobody wants"
    if request.given.endswith("```python\n"):
        return "print(13 - 9)\n```\n[Code Output]\n\n```\n99\n```\n"
    return f"</verify>\n{BOX}Yes}}$\n</output>\nand more"


def critic(says: Callable[[SampleRequest, int], str] | str = writes, **settings: object) -> GenPrm:
    return GenPrm(Weighing(says, weighs={"Yes": 0.6, "No": 0.2}), "gen", **settings)  # type: ignore[arg-type]


def judge(verifier: GenPrm, *requests: ScoreRequest) -> tuple[StepScores, ...]:
    return verifier.score(requests, Watch()).traces


def policy_of(verifier: GenPrm) -> Weighing:
    assert isinstance(verifier.policy, Weighing)
    return verifier.policy


def test_a_critique_is_analysis_code_output_and_judgement() -> None:
    verifier = critic()
    scores = judge(verifier, ONE)[0]
    analysed = f"{OPENING}it is fine.\n</analyze>\n"
    coded = f"{analysed}{VERIFY}print(13 - 9)\n```\n[Code Output]\n\n```\n4\n```\n"
    judged = f"{coded}</verify>\n{BOX}Yes}}$\n</output>\n"
    asked, weighed = policy_of(verifier).asked, policy_of(verifier).weighed
    assert [each.given for each in asked] == [OPENING, f"{analysed}{VERIFY}", coded]
    assert [each.stops for each in asked] == [("</analyze>\n",), *[("\n```\n", "</output>\n")] * 2]
    assert {(each.temperature, each.top_p, each.thinking, each.steps) for each in asked} == {(0.6, 0.95, False, ())}
    assert [each.max_tokens for each in asked] == [2048, 2041, 2034], "the limit holds for the critique"
    assert len({each.seeds for each in asked}) == 3
    assert [each.given for each in weighed] == [f"{coded}</verify>\n{BOX}"]
    assert scores.values == pytest.approx((0.75,))
    assert scores.channels[0] == (("P(Yes)", 0.6), ("P(No)", 0.2))
    assert scores.notes[0] == judged.strip()
    assert scores.cost.generated == 3 * COST.generated
    assert scores.cost.calls == 3 * COST.calls + WEIGHED.calls


def test_the_steps_are_turns_that_are_answered_with_critiques() -> None:
    verifier = critic()
    assert len(judge(verifier, TRACE)[0].values) == 2
    first, second = (policy_of(verifier).asked[place] for place in (0, 3))
    system = "You are a math teacher. Your task is to review and critique the paragraphs in solution step by step."
    assert [tuple(each) for each in first.before] == [("system", system)]
    assert first.turn == "Question: Make 24 from 4 9 10 13.\n\n13 - 9 = 4 (left: 4 4 10)"
    assert second.turn == "10 - 4 = 7 (left: 4 7)"
    assert [each.role for each in second.before] == ["system", "user", "assistant"]
    assert second.before[1].text == first.turn
    assert second.before[2].text.endswith(f"{BOX}Yes}}$\n</output>\n")
    assert second.given.startswith("<analyze>\nLet's analyze the Paragraph 2")


def test_traces_that_begin_alike_share_their_first_critiques() -> None:
    verifier = critic()
    other = replace(TRACE, steps=(STEPS[0], "another\n"))
    one, two = judge(verifier, TRACE, other)
    assert len(policy_of(verifier).asked) == 9
    assert (one.cost.generated, two.cost.generated) == (6 * 7, 3 * 7), "a critique costs once"
    assert one.values[0] == two.values[0]
    again = judge(verifier, TRACE)[0]
    assert len(policy_of(verifier).asked) == 9
    assert replace(again, cost=one.cost) == one
    judge(verifier, replace(ONE, seed=8))
    assert len(policy_of(verifier).asked) == 12, "another seed writes another critique"


def test_names_live_on_and_errors_are_told() -> None:
    rounds = iter(["x = 20\n1 / 0\n```\n", "print(x + 4)\n```\n", "import sympy\n```\n"])

    def says(request: SampleRequest, _seed: int) -> str:
        if request.given.endswith(": "):
            return "fine\n</analyze>\n"
        opening = "" if request.given.endswith("```python\n") else "so\n```python\n"
        return f"{opening}{next(rounds)}"

    verifier = critic(says)
    scores = judge(verifier, ONE)[0]
    given = [each.given for each in policy_of(verifier).asked]
    assert given[2].endswith("[Code Output]\n\n```\nZeroDivisionError: division by zero\n```\n")
    assert given[3].endswith("[Code Output]\n\n```\n24\n```\n")
    assert len(given) == 4, "three rounds at most"
    assert policy_of(verifier).weighed[0].given == f"{OPENING}fine\n</analyze>\n{BOX}", "after the analysis alone"
    assert scores.values == pytest.approx((0.75,))
    assert scores.notes[0].endswith(f"{BOX}Yes}}$\n</output>")


def test_hostile_code_does_no_harm() -> None:
    ran: list[tuple[str, tuple[str, ...]]] = []

    def runs(program: str, before: Sequence[str], _cancelled: Callable[[], bool]) -> Ran:
        ran.append((program, tuple(before)))
        return Ran("`" * 3 + "x" * 10_000, "TimeoutError", "time")

    def says(request: SampleRequest, _seed: int) -> str:
        return "</analyze>\n" if request.given.endswith(": ") else "```python\nwhile True: pass\n```\n"

    verifier = critic(says, runs=runs)
    judge(verifier, ONE)
    assert [before for _, before in ran] == [(), (), ()], "what was stopped is not run again"
    assert ran[-1][0] == "while True: pass"
    printed = policy_of(verifier).asked[2].given.split("[Code Output]")[1]
    assert len(printed) < MOST_PRINTED + 40
    assert printed.count("```") == 2, "the output cannot close its own block"


def test_without_code_the_judgement_follows_the_analysis() -> None:
    verifier = critic(execute=False)
    assert judge(verifier, ONE)[0].values == pytest.approx((0.75,))
    assert len(policy_of(verifier).asked) == 1
    assert policy_of(verifier).weighed[0].given == f"{OPENING}it is fine.\n</analyze>\n{BOX}"


def test_samples_are_averaged_and_the_first_goes_on() -> None:
    weights: list[Mapping[str, float]] = [{"Yes": 0.9, "No": 0.1}, {"Yes": 0.1, "No": 0.4}, {}]

    def weighs(_request: SampleRequest) -> Mapping[str, float]:
        return weights[len(verifier.policy.weighed) - 3 + next(counter)]  # type: ignore[attr-defined]

    counter = iter(range(3))
    verifier = critic(samples=3)
    policy_of(verifier).weighs = weighs
    scores = judge(verifier, ONE)[0]
    assert scores.values == pytest.approx(((0.9 + 0.2) / 2,))
    assert dict(scores.channels[0])["spread of samples"] == pytest.approx(0.7)
    assert scores.notes[0].startswith("0.90, 0.20 by 3 critiques.")
    assert len({each.seeds for each in policy_of(verifier).asked[:3]}) == 3


def test_where_neither_is_likely_there_is_no_score() -> None:
    verifier = critic()
    policy_of(verifier).weighs = {"Yes": 1e-6}
    scores = judge(verifier, TRACE)[0]
    assert scores.values == (None, None)
    assert scores.notes[0].startswith("Neither Yes nor No is likely as the judgement.\n<analyze>")


@pytest.mark.parametrize(("word", "value"), [("Yes", 1.0), ("no", 0.0), ("Perhaps", None)])
def test_without_probabilities_the_word_in_the_box_decides(word: str, value: float | None) -> None:
    def says(request: SampleRequest, seed: int) -> str:
        return writes(request, seed).replace("Yes", word)

    scores = judge(GenPrm(Writing(says), "gen"), ONE)[0]
    assert scores.values == (value,)
    assert scores.notes[0].startswith("The policy tells no probabilities of its tokens.")


@pytest.mark.parametrize("junk", ["", "\n```\n", "```python\n```\n", "</output>\n", "\x00\u202e<output>", "x" * 50_000])
def test_junk_is_judged_after_the_analysis(junk: str) -> None:
    verifier = critic(junk)
    assert judge(verifier, ONE)[0].values == pytest.approx((0.75,))
    assert policy_of(verifier).weighed[0].given.endswith(f"</analyze>\n{BOX}")


def test_the_limit_of_tokens_ends_a_critique() -> None:
    verifier = critic(max_tokens=7)
    assert judge(verifier, ONE)[0].values == pytest.approx((0.75,))
    assert len(policy_of(verifier).asked) == 1, "the analysis has taken it all"


def test_a_step_that_is_too_long_spoils_no_other() -> None:
    verifier = critic()
    policy_of(verifier).longest = 500
    long, short = judge(verifier, replace(ONE, steps=("x" * 600,)), ONE)
    assert long.values == (None,)
    assert long.notes[0].startswith("The problem takes too many tokens.")
    assert short.values == pytest.approx((0.75,))


def test_a_cancel_ends_the_call() -> None:
    with pytest.raises(Cancelled):
        critic().score([ONE], Watch(cancelled=lambda: True))

    def cancelled() -> bool:
        return bool(verifier.policy.asked[1:])  # type: ignore[attr-defined]

    def never(*_: object) -> Ran:
        raise AssertionError("no code is run after a cancel")

    verifier = critic(runs=never)
    with pytest.raises(Cancelled):
        verifier.score([ONE], Watch(cancelled=cancelled))
    verifier = critic(runs=lambda *_: Ran(stopped="cancelled"))
    with pytest.raises(Cancelled):
        judge(verifier, ONE)


def test_where_no_code_can_be_run_it_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def check() -> None:
        raise SandboxError("It is not installed.")

    monkeypatch.setattr(gen_prm, "check", check)
    with pytest.raises(ModelError, match=r"It is not installed\. \(;execute=false\)"):
        critic()
    assert judge(critic(execute=False), ONE)[0].values


def test_a_server_that_cannot_go_on_from_a_text_is_refused() -> None:
    class ChatAlone(Writing):
        def about(self) -> dict[str, object]:
            return {"why_no_raw": "no such page"}

    with pytest.raises(ModelError, match=r"it has a chat alone\. It says: no such page"):
        GenPrm(ChatAlone(""), "gen")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"{BOX}Yes}}$", "Yes"),
        (f"{BOX} No }}", "No"),
        (f"{BOX}Yes}}$ <output>\\boxed{{No}}", "No"),
        ("<output> so \\boxed{YES}", "Yes"),
        (f"\\boxed{{Yes}} {BOX}", None),
        ("\\boxed{Yes}", None),
        (f"{BOX}Yesterday}}", None),
        ("", None),
    ],
)
def test_the_judgement_stands_in_the_box_of_the_output(text: str, word: str | None) -> None:
    assert judgement(text) == word
    assert (box_in(text) is None) == ("<output>" not in text)
