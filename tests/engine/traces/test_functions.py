"""Functions of steps: what the rules say of plain cases, who decides, and tables that cannot be used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.traces.functions import FUNCTIONS, Function, Label, RulesError, bundled_rules, label, read_rules, shares
from engine.traces.steps import cut

ORDER = "order = " + str([*FUNCTIONS]) + "\n"


def function_of(step: str, first: bool = False) -> Function | None:
    return bundled_rules().label(step, first).function


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("Okay, so the problem says that Tom has 3 boxes.", "setup"),
        ("We are given a triangle with sides 3, 4 and 5.", "setup"),
        ("Let x be the number of pens.", "setup"),
        ("First, I need to find the area.", "plan"),
        ("Let's break it down step by step.", "plan"),
        ("Let me try to use the larger numbers.", "plan"),
        ("I remember that the angles of a triangle sum to 180 degrees.", "fact"),
        ("By definition a prime has two divisors.", "fact"),
        ("The bus is red.", "fact"),
        ("12 * 3 = 36.", "compute"),
        ("Multiplying both sides by 4 gives 4x = 20.", "compute"),
        ("Try 3 + 4 = 7 (left: 7 8)\n", "compute"),
        ("Hmm, I'm not sure about this.", "uncertain"),
        ("Wait.", "uncertain"),
        ("Maybe the order matters?", "uncertain"),
        ("Let me double-check: 12 + 12 = 24.", "check"),
        ("Let me verify that 3 * 12 = 36.", "check"),
        ("That's correct.", "check"),
        ("Wait, that's not right.", "backtrack"),
        ("Alternatively, let me try another approach.", "backtrack"),
        ("Wait, back to 3 4 8. Tried 3 + 4.", "backtrack"),
        ("Therefore, there are 36 pens in total.", "consolidate"),
        ("Putting it together, we have 12 and 24.", "consolidate"),
        ("So the answer is 36.", "answer"),
        ("\\boxed{36}", "answer"),
        ("Answer: 36", "answer"),
        ("", None),
        ("Blue.", None),
    ],
)
def test_plain_cases(step: str, expected: Function | None) -> None:
    assert function_of(step) == expected


def test_the_first_step_sets_up_unless_more_speaks_for_something_else() -> None:
    assert function_of("Tom has 3 boxes.", first=True) == "setup"
    assert function_of("Tom has 3 boxes.") == "fact"
    assert function_of("12 * 3 = 36.", first=True) == "compute"


def test_a_label_says_which_rule_decided_and_how_close_it_was() -> None:
    found = bundled_rules().label("Let me check: 3 * 4 = 12")
    assert (found.function, found.rule, found.by) == ("check", "says that it checks", "rule")
    assert [function for function, _ in found.weights][:2] == ["check", "compute"]


def test_the_word_of_a_person_wins_and_can_be_no_label() -> None:
    text = "12 * 3 = 36. So the answer is 36. It is blue."
    steps = cut(text)
    by_hand: dict[int, Function | None] = {0: "check", 2: None}
    found = label(text, steps, by_hand=by_hand)
    assert [(entry.function, entry.by) for entry in found] == [
        ("check", "person"),
        ("answer", "rule"),
        (None, "person"),
    ]
    assert label(text, steps)[0].function == "compute"


def test_shares_are_of_characters() -> None:
    text = "12 * 3 = 36. So the answer is 36."
    steps = cut(text)
    assert shares(label(text, steps), steps) == {"compute": 13 / 33, "answer": 20 / 33}
    assert shares([], []) == {}


def test_a_table_of_ones_own() -> None:
    rules = read_rules(
        ORDER
        + '[[rule]]\nname = "mine"\nfunction = "fact"\nweight = 2\nat = "start"\n'
        + 'phrases = ["blue *", "# birds", "a b c"]\n'
    )
    assert rules.label("Blue birds sing").rule == "mine"
    assert rules.label("There are 12 birds") == Label("fact", "mine", "rule", (("fact", 2.0),))
    assert rules.label("A, b - C!").function == "fact"
    assert rules.label("Blue").function is None
    assert rules.label("One two three four five six blue birds").function is None


def test_of_equal_weights_the_first_in_the_order_wins() -> None:
    rule = '[[rule]]\nname = "{0}"\nfunction = "{0}"\nweight = 1\nphrases = ["x"]\n'
    assert read_rules(ORDER + rule.format("fact") + rule.format("plan")).label("x").function == "plan"


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("order = 3", "cannot be used"),
        ("order = [", "cannot be used"),
        pytest.param(f"order = {'1' * 5000}", "cannot be used: Exceeds the limit", id="a huge number"),
        ('order = ["fact"]\nrule = []', "order must name"),
        (ORDER + '[[rule]]\nname = "n"\nfunction = "dance"\nweight = 1\nphrases = ["x"]', "cannot be used"),
        (ORDER + '[[rule]]\nname = "n"\nfunction = "fact"\nweight = 1', "neither phrases nor signs"),
        (ORDER + '[[rule]]\nname = "n"\nfunction = "fact"\nweight = 0\nphrases = ["x"]', "above 0"),
        (ORDER + '[[rule]]\nname = "n"\nfunction = "fact"\nweight = nan\nphrases = ["x"]', "above 0"),
        (ORDER + '[[rule]]\nname = "n"\nfunction = "fact"\nweight = 1\nphrases = ["Upper"]', "small letters"),
        (ORDER + '[[rule]]\nname = "n"\nfunction = "fact"\nweight = 1\nphrases = ["* x"]', "small letters"),
        (ORDER + '[[rule]]\nname = "n"\nfunction = "fact"\nweight = 1\nphrases = [""]', "small letters"),
        (ORDER + '[[rule]]\nname = "n"\nfunction = "fact"\nweight = 1\npattern = "x"', "cannot be used"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(table: str, why: str) -> None:
    with pytest.raises(RulesError, match=why):
        read_rules(table)


@given(
    st.text()
    | st.lists(st.sampled_from(["wait", "12", "=", "so", "the answer is", "check", "\n", "\x00", "\ud800"])).map(
        " ".join
    )
)
def test_any_step_has_one_label_and_always_the_same(step: str) -> None:
    found = bundled_rules().label(step)
    assert found == bundled_rules().label(step)
    assert (found.function is None) == (not found.weights)
