"""Special tokens put into steps: which texts are asked about, and what the replies say of each string."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.models.drift import (
    KNOWN,
    LONGEST_STRING,
    MOST_ASKED,
    OWN,
    RECIPE,
    TAG,
    Hostile,
    Scores,
    Subject,
    by_string,
    control_for,
    drifts,
    inquiry,
    sample,
    strings,
    with_text,
)
from app.models.scorer_strings import MAX_FILE, recipe_of, spec_of, strings_of

TAGGED = Hostile("<tag>", TAG)
SUBJECT = Subject(0, ("one\n", "two\n", "three"))


@pytest.mark.parametrize("length", range(1, 60))
def test_a_control_is_as_long_as_its_string(length: int) -> None:
    word = control_for("x" * length)
    assert len(word) == length
    assert word == word.strip()
    assert set(word) <= set("abcdefghijklmnopqrstuvwxyz ")
    assert "  " not in word


def test_a_string_stands_inside_the_white_space_of_a_step() -> None:
    assert with_text("  4 + 4 = 8\n", "<tag>", "end") == "  4 + 4 = 8 <tag>\n"
    assert with_text("  4 + 4 = 8\n", "<tag>", "start") == "  <tag> 4 + 4 = 8\n"
    assert with_text("\n", "<tag>", "end").strip() == "<tag>"
    assert with_text("", "<tag>", "end") == "<tag>"


def test_strings_are_the_typed_one_then_the_scorers_own_then_the_known_ones() -> None:
    found = strings(("<extra_0>", " "), "<mine>" + "x" * 500)
    assert (found[0].kind, len(found[0].text)) == (OWN, LONGEST_STRING)
    assert found[1] == Hostile("<extra_0>", RECIPE)
    assert {each.text for each in KNOWN} <= {each.text for each in found}
    assert len({each.text for each in found}) == len(found)
    assert strings((), "  ") == KNOWN


def test_every_text_is_asked_about_once() -> None:
    found = inquiry([SUBJECT], [TAGGED, Hostile("<gat>", TAG)], "each", "end")
    texts = [steps for _, steps in found.asked]
    assert len(found.cases) == 6
    assert len(set(texts)) == len(texts) == 1 + 3 * 2 + 3, "both strings have the same control"
    first = found.cases[0]
    assert texts[first.plain] == SUBJECT.steps
    assert texts[first.attacked] == ("one <tag>\n", "two\n", "three")
    assert texts[first.control] == (f"one {control_for('<tag>')}\n", "two\n", "three")
    assert [case.step for case in inquiry([SUBJECT], [TAGGED], "last", "end").cases] == [2]
    assert [case.step for case in inquiry([SUBJECT], [TAGGED], "first", "end").cases] == [0]
    assert inquiry([Subject(0, ())], [TAGGED], "last", "end").cases == ()


def test_too_many_texts_are_cut_at_the_end() -> None:
    many = [Subject(number, SUBJECT.steps) for number in range(2_000)]
    found = inquiry(many, [TAGGED], "each", "end")
    assert MOST_ASKED - 3 <= len(found.asked) <= MOST_ASKED
    assert all(max(case.plain, case.attacked, case.control) < len(found.asked) for case in found.cases)


def test_drift_is_told_beside_that_of_the_word() -> None:
    found = inquiry([SUBJECT], [TAGGED], "first", "end")
    replies: list[Scores | None] = [(0.8, 0.6, None), (0.3, 0.5, 0.4), (0.7, 0.7, None)]
    (drift,) = drifts(found, replies)
    assert drift.change == pytest.approx(-0.5)
    assert drift.control_change == pytest.approx(-0.1)
    assert drift.later == pytest.approx(-0.1), "of the third step nothing was known before"
    assert drift.later_control == pytest.approx(0.1)
    assert drift.excess == pytest.approx(0.4)
    assert not drift.lost
    (row,) = by_string([drift])
    assert (row.count, row.lost) == (1, 0)
    assert row.change == pytest.approx(0.5)
    assert row.control == pytest.approx(0.1)


def test_a_score_that_is_lost_is_the_most_striking() -> None:
    found = inquiry([SUBJECT], [Hostile("<far>", TAG), TAGGED], "first", "end")
    plain, other, control = (0.9, 0.9, 0.9), (0.0, 0.9, 0.9), (0.9, 0.9, 0.9)
    replies: list[Scores | None] = [plain, other, control, (None, None, None)]
    first, second = drifts(found, replies)
    assert (first.case.hostile, first.lost, first.change) == (TAGGED, True, None)
    assert second.change == pytest.approx(-0.9)
    assert [row.hostile for row in by_string((second, first))] == [TAGGED, Hostile("<far>", TAG)]


def test_what_is_not_answered_yet_is_not_told() -> None:
    found = inquiry([SUBJECT], [TAGGED], "each", "end")
    assert drifts(found, [None] * len(found.asked)) == ()
    replies: list[Scores | None] = [(0.5, 0.5, 0.5)] * 3
    assert len(drifts(found, replies + [None] * (len(found.asked) - 3))) == 1


def test_a_sample_is_spread_evenly() -> None:
    assert sample(range(100), 5) == (0, 25, 50, 74, 99)
    assert sample([4, 2], 5) == (4, 2)
    assert sample([], 5) == ()


def test_a_scorers_own_strings_come_from_its_recipe_and_its_small_files(tmp_path: Path) -> None:
    folder = tmp_path / "some-prm"
    folder.mkdir()
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"eos_token": {"content": "<eos>"}, "added_tokens_decoder": {"5": {"content": "<five>"}}})
    )
    (folder / "special_tokens_map.json").write_text("{no json")
    (folder / "tokenizer.json").write_text(" " * (MAX_FILE + 1))
    assert strings_of(f"prm:{folder}", tmp_path) == ("<eos>", "<five>")
    shepherd = strings_of(f"prm:{folder}#math-shepherd", tmp_path)
    assert {"ки", "+", "-", "<eos>"} <= set(shepherd)
    assert strings_of("prm:/nowhere/at/all", tmp_path) == ()
    assert strings_of("prm", tmp_path) == ()


def test_a_scorer_is_found_again_by_its_name() -> None:
    specs = ("prm:/a/b/big-prm#math-shepherd", "orm:/a/c", "prm")
    assert spec_of("big-prm#math-shepherd", specs) == specs[0]
    assert spec_of("c", specs) == "orm:/a/c"
    assert spec_of("prm", specs) == "prm"
    assert spec_of("scripted-prm", specs) is None
    recipe = recipe_of("big-prm#math-shepherd", Path("/nowhere"))
    assert recipe is not None
    assert recipe.name == "math-shepherd"
