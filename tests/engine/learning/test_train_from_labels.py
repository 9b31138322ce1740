"""A process reward model learns from labels of a session: where they stand, what is held out, and that it learns."""

from __future__ import annotations

import json
import random
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer

from engine.labelled import LabelledError, LabelledTrace, encoded
from engine.learning import label_examples
from engine.learning.__main__ import main
from engine.learning.best import HELD_OUT
from engine.learning.examples import IGNORED
from engine.learning.label_examples import Reader, divided
from engine.learning.loop import TrainProgress
from engine.learning.train_from_labels import KEPT_STEP, train_from_labels
from engine.llm.text import Vocabulary
from engine.policies import ModelError, Watch
from engine.problems.words import WordProblem
from engine.verifiers import ScoreRequest
from engine.verifiers.choosing import make_scorer
from engine.verifiers.prm import PrmVerifier
from tests.helpers.tiny_models import make_tokenizer, save_policy, save_prm

GOOD, BAD = "Try 24 + 10 = 13\n", "10 - 13 = 24\n"


def trace(problem: str, *steps: str, ended: bool = True) -> LabelledTrace:
    labels = tuple([int(step == GOOD) for step in steps])
    return LabelledTrace(problem, f"Make {problem}", steps, labels, ended)


def session(problems: int = 12, each: int = 6, ended: bool = True) -> list[LabelledTrace]:
    rng = random.Random(1)
    return [trace(str(p), *rng.choices((GOOD, BAD), k=3), ended=ended) for p in range(problems) for _ in range(each)]


def reader(longest: int = 256) -> Reader:
    tokenizer = make_tokenizer()
    return Reader(Vocabulary(tokenizer, len(tokenizer)), tokenizer.eos_token_id, longest)


def test_a_label_stands_at_the_last_token_of_its_step_and_at_the_end_of_the_turn() -> None:
    tokenizer = make_tokenizer()
    steps = (GOOD, "  \n", "<think>\n", BAD)
    example = reader().example(LabelledTrace("p", "Make 24", steps, (1, 1, 1, 0), True))
    said = {place: label for place, label in enumerate(example.labels) if label != IGNORED}
    assert list(said.values()) == [1, 0], "a blank step and a tag are never read"
    first, last = said
    assert tokenizer.decode(example.ids[: first + 1]).endswith(GOOD)
    assert example.ids[last] == tokenizer.eos_token_id
    assert last == len(example.ids) - 1


def test_what_stands_behind_the_last_label_is_not_read() -> None:
    whole = reader().example(LabelledTrace("p", "Make 24", (GOOD, BAD), (1, None), True))
    assert make_tokenizer().decode(whole.ids).endswith(GOOD)
    assert reader().example(LabelledTrace("p", "q", (GOOD,), (None,), False)).ids == []


def test_a_control_token_in_a_step_does_not_end_the_turn() -> None:
    example = reader().example(LabelledTrace("p", "q", ("a <|end|> b\n",), (1,), False))
    assert make_tokenizer().eos_token_id not in example.ids


def test_the_labels_stand_where_the_scorer_reads(tmp_path: Path) -> None:
    """Independent of the marker: the verifier's own places."""
    folder = save_prm(tmp_path / "prm")
    verifier = PrmVerifier(folder, "cpu")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    problem = WordProblem("How many are left?")
    mine = Reader(Vocabulary(tokenizer, len(tokenizer)), tokenizer.eos_token_id, 256).example(
        LabelledTrace("p", problem.prompt, (GOOD, BAD), (1, 0), True)
    )
    request = ScoreRequest(problem, (GOOD, BAD), True)
    laid = verifier._lay(request)
    assert mine.ids == list(laid.ids)
    assert [place for place, label in enumerate(mine.labels) if label != IGNORED] == list(laid.read_places)
    assert len(verifier.score([request], Watch()).traces[0].values) == 2


def test_no_problem_is_both_learned_from_and_measured() -> None:
    traces = session()
    parts = divided(traces, reader(), seed=3)
    assert parts.by_problem
    assert len(parts.learn) + len(parts.measure) == len(traces)
    prompts = [{tuple(example.ids[:6]) for example in part} for part in (parts.learn, parts.measure)]
    assert prompts[1]
    assert not prompts[0] & prompts[1]
    assert divided(traces, reader(), seed=3) == parts
    assert not divided(session(problems=2), reader(), seed=3).by_problem


@pytest.mark.parametrize(
    ("traces", "why"),
    [
        ([], "There are 0 labels"),
        ([trace("1", GOOD)], "at least 8 are needed"),
        ([trace("1", GOOD, GOOD, GOOD)] * 4, "All 12 labels are good"),
        ([trace("1", BAD, BAD, BAD)] * 4, "All 12 labels are bad"),
    ],
)
def test_labels_that_teach_nothing_are_refused(traces: list[LabelledTrace], why: str) -> None:
    with pytest.raises(LabelledError, match=why):
        divided(traces, reader(), seed=0)


def test_of_very_many_traces_no_more_are_measured_than_say_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_examples, "MOST_HELD_OUT", 4)
    parts = divided(session(problems=40, each=2), reader(), 0)
    assert (len(parts.learn), len(parts.measure)) == (76, 4)


@pytest.mark.parametrize("seed", range(8))
def test_labels_of_both_kinds_stay_to_be_learned_from(seed: int) -> None:
    """However rare one kind is, and whatever is held out."""
    parts = divided([trace(str(p), GOOD, BAD if p == 3 else GOOD) for p in range(8)], reader(), seed)
    assert parts.measure
    assert {label for each in parts.learn for label in each.labels if label != IGNORED} == {0, 1}


def test_where_nothing_can_be_held_out_the_report_says_so(tmp_path: Path) -> None:
    start = save_prm(tmp_path / "start")
    traces = [trace("1", GOOD, BAD, GOOD, BAD), trace("2", BAD, GOOD, BAD, GOOD)]
    news: list[TrainProgress] = []
    report = train_from_labels(tmp_path / "out", 0, 10, news.append, traces, start)
    assert "Nothing is held out" in str(report)
    assert report.data() == {}
    assert news[-1].losses.keys() == {"labels"}


def test_traces_beyond_the_models_context_are_counted_and_their_first_labels_learned() -> None:
    parts = divided([trace(str(p), GOOD, BAD, GOOD * 30) for p in range(8)], reader(longest=60), seed=0)
    assert parts.too_long == 8
    assert {sum(label != IGNORED for label in each.labels) for each in (*parts.learn, *parts.measure)} == {2}


@pytest.mark.parametrize("fresh", [False, True])
def test_it_learns_and_can_be_used_at_once(fresh: bool, tmp_path: Path) -> None:
    start = save_policy(tmp_path / "start") if fresh else save_prm(tmp_path / "start")
    news: list[TrainProgress] = []
    report = train_from_labels(tmp_path / "out", 0, 60, news.append, session(ended=False), start, fresh)
    figures = report.data()
    assert figures["accuracy after"] > max(0.9, figures["accuracy before"])
    assert figures["loss, nats after"] < figures["loss, nats before"]
    assert [one.step for one in news] == [10, 20, 30, 40, 50, 60]
    least = min(news, key=lambda one: one.losses[HELD_OUT])
    assert figures[KEPT_STEP] == least.step
    assert least.losses[HELD_OUT] == pytest.approx(figures["loss, nats after"], rel=1e-3)
    asked = ScoreRequest(WordProblem("Make 3"), (GOOD, BAD), False)
    good, bad = PrmVerifier(tmp_path / "out", "cpu").score([asked], Watch()).traces[0].values
    assert good is not None
    assert bad is not None
    assert good > 0.5 > bad
    assert "60 steps" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert not (tmp_path / "out.training.safetensors").exists()


def test_a_warm_start_goes_on_from_the_weights_and_a_fresh_one_has_a_new_head(tmp_path: Path) -> None:
    def trained(name: str, start: Path, fresh: bool) -> dict[str, float]:
        return train_from_labels(tmp_path / name, 0, 30, lambda _: None, session(ended=False), start, fresh).data()

    first = trained("first", save_prm(tmp_path / "start"), False)
    assert first["loss, nats after"] < 0.5 * first["loss, nats before"]
    warm = trained("warm", tmp_path / "first", False)
    assert warm["loss, nats before"] == pytest.approx(first["loss, nats after"], rel=0.05)
    policy = save_policy(tmp_path / "policy")
    fresh = trained("fresh", policy, True)
    assert fresh["loss, nats before"] > 2 * warm["loss, nats before"]


def test_a_training_that_was_broken_off_gives_the_same_model(tmp_path: Path) -> None:
    """At the level of the command: the labels in a pipe, the state beside the folder."""
    few = session(6, 2)
    start, whole, broken = save_prm(tmp_path / "start"), tmp_path / "whole", tmp_path / "broken"
    train_from_labels(whole, 0, 30, lambda _: None, few, start)

    def breaks_off(news: TrainProgress) -> None:
        if news.step == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_from_labels(broken, 0, 30, breaks_off, few, start)
    assert (tmp_path / "broken.training.safetensors").exists()
    assert not broken.exists()
    seen: list[TrainProgress] = []
    train_from_labels(broken, 0, 30, seen.append, few, start)
    assert [one.step for one in seen] == [30]
    one, other = (load_file(folder / "model.safetensors") for folder in (whole, broken))
    for name in one:
        torch.testing.assert_close(one[name], other[name])


def test_a_model_that_is_read_in_another_way_is_refused(tmp_path: Path) -> None:
    start = save_prm(tmp_path / "start")
    (start / "scorer.toml").write_text('recipe = "qwen2.5-math-prm"\n', encoding="utf-8")
    with pytest.raises(ModelError, match="read by the recipe start"):
        train_from_labels(tmp_path / "out", 0, 5, lambda _: None, session(), start)
    with pytest.raises(ModelError, match="no policy of this recipe"):
        train_from_labels(tmp_path / "out", 0, 5, lambda _: None, session(), save_policy(tmp_path / "p", "llama"), True)


def test_a_folder_of_any_name_is_read_as_it_was_trained(tmp_path: Path) -> None:
    start, out = save_prm(tmp_path / "start"), tmp_path / "my-qwen2.5-math-prm-7b"
    train_from_labels(out, 0, 5, lambda _: None, session(), start)
    assert isinstance(make_scorer(f"prm:{out}", {}, lambda _: pytest.fail("nobody writes")), PrmVerifier)


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    folder = save_prm(tmp_path / "llama", "llama")
    with pytest.raises(ModelError, match="no process reward model of this recipe"):
        train_from_labels(tmp_path / "out", 0, 5, lambda _: None, session(), folder)


def test_the_command_tells_a_program_how_it_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = tmp_path / "labels.jsonl", tmp_path / "out"
    file.write_bytes(encoded(session()))
    start = str(save_prm(tmp_path / "start"))
    words = ["prm", "--traces", str(file), "--start", start, "--out", str(out), "--steps", "10", "--events"]
    assert main(words) == 0
    first, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["step"], first["steps"], set(first["losses"])) == (10, 10, {"labels", HELD_OUT})
    assert last["out"] == str(out)
    assert last["figures"].keys() >= {"AUC before", "AUC after"}
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(encoded(session()))))
    assert main(["-" if word == str(file) else word for word in words]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == last, "labels come through a pipe, too"
    file.write_text("nonsense\n", encoding="utf-8")
    assert main(words) == 1
    assert "Line 1 of labels.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["orm", "--traces", "x"], "go with prm only"),
        (["prm", "--fresh"], "go with --traces"),
        (["prm", "--traces", "x", "--start", "y", "--fresh"], "Either --start or --fresh"),
    ],
)
def test_words_that_do_not_go_together_are_said(
    words: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--out", str(tmp_path / "out")]) == 1
    assert why in capsys.readouterr().err
