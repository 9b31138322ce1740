"""Events that only some strategies emit, in words: noise, virtual loss, pruning, votes, proposals, self-evaluation."""

from __future__ import annotations

from msgspec.structs import replace

from app.panels.event_words import restored_words, scored_words, voted_words
from app.panels.phase_words import PhaseWords, phase_words
from engine.events import (
    Expanded,
    NewNode,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RunStarted,
    Score,
    Scored,
    Selected,
    VirtualLossChanged,
    Voted,
)
from engine.parts import Scale
from engine.tree import fold
from tests.app.odd_log import EVENTS, cursor_after, odd_log


def told(kind: type, number: int = 0) -> PhaseWords:
    cursor = cursor_after(kind, number)
    words = phase_words(odd_log(), cursor, fold(odd_log(cursor)))
    assert words is not None
    return words


def told_last(*more: Record) -> PhaseWords:
    records = [*odd_log(), *more]
    words = phase_words(records, len(records), fold(records))
    assert words is not None
    return words


def test_proposals_are_said_to_be_listed() -> None:
    words = told(Expanded)
    assert words.words.startswith("Asked once for a list, the policy proposed 3 possible next steps after the problem.")
    assert words.lines[0].startswith("P 0.50  13 - 9 = 4")


def test_a_known_state_is_said_of_the_new_step() -> None:
    words = told(Expanded, 1)
    assert "1 of them leads to a state that was known before (a transposition)." in words.words
    assert words.lines[1].endswith("(= node 2)")


def test_noise_is_told_with_its_shares() -> None:
    words = told(PriorsNoised)
    assert words.title == "Iteration 1 · selection"
    assert "P = 0.75·P + 0.25·noise, drawn from Dir(0.3)." in words.words
    assert words.lines[2] == "P 0.35  noise 0.80  4 - 10 = -6 (left: -6 9 13)"


def test_self_evaluation_says_what_was_asked_and_what_was_answered() -> None:
    words = told(Scored)
    assert words.words.startswith("Self-evaluation, PRM: ")
    assert words.lines[0].startswith("0.90  Self-evaluation (value)  13 - 9 = 4")
    assert words.lines[0].endswith("(2× sure + 1× likely = 41)")
    event = next(event for event in EVENTS if isinstance(event, Scored))
    alone = replace(event, scores=event.scores[2:])
    assert told_last(Record(1, 99, 0.0, alone)).words == (
        "Self-evaluation (value:3): can what is left still be solved: surely, likely, or impossibly?"
    )
    none = told_last(Record(1, 99, 0.0, replace(event, scores=())))
    assert none.words == "The verifiers were asked, but none of their replies is a verdict."


def test_virtual_loss_is_told_both_ways() -> None:
    there, back = told(VirtualLossChanged), told(VirtualLossChanged, 1)
    assert (there.title, back.title) == ("Iteration 1 · selection", "Iteration 1 · backpropagation")
    assert "went into flight" in there.words
    assert "came back" in back.words
    assert there.lines[1].startswith("in flight 1 ")
    assert back.lines[1].startswith("in flight 0 ")


def test_pruning_gives_every_reason() -> None:
    words = told(Pruned)
    assert words.words.startswith("The search took 2 steps out")
    assert words.lines == (
        "10 - 4 = 6 (left: 6 9 13): rank 2 of 3, lost by 0.100",
        "4 - 10 = -6 (left: -6 9 13): rank 3 of 3, lost by 0.300",
    )


def test_what_a_person_did_is_told_as_such() -> None:
    pruned = told_last(Record(1, 99, 0.0, Pruned(2, (1,), ("dull",), "person")))
    assert (pruned.title, pruned.words[:19]) == ("Iteration 2 · by hand", "You took one step o")
    restored = told_last(Record(1, 99, 0.0, Restored(2, (2,))))
    assert restored.words == "You took one step back in that had been pruned."
    inserted = told_last(
        Record(1, 99, 0.0, Expanded(2, 4, (NewNode(7, "4 * 6 = 24\n", 1.0, samples=0),), generator="person"))
    )
    assert inserted.words == "You wrote a step after “10 - 4 = 6 (left: 4 6)”."
    assert restored_words(Restored(2, (2, 3), "search"), fold(odd_log()))[0].startswith("The search took 2 steps back")


def test_a_vote_tells_tie_and_confidence() -> None:
    words = told(Voted)
    assert "3 samples, 1 of them without an answer" in words.words
    assert (
        "A tie: “13 - 9” and “(10 - 4) * (13 - 9)” weigh the same; the answer seen first stands first." in words.words
    )
    assert words.words.endswith("Confidence 0.750, below 0.95: another sample.")
    assert words.lines == ("1 vote  13 - 9", "1 vote  (10 - 4) * (13 - 9)")
    event = next(event for event in EVENTS if isinstance(event, Voted))
    assert voted_words(replace(event, tied=False, confidence=0.96))[0].endswith(
        "Confidence 0.960, at least 0.95: enough."
    )


def test_a_selection_without_a_choice_says_where_it_went() -> None:
    assert told(Selected).words == "To “13 - 9 = 4 (left: 4 4 10)”."


def test_values_on_another_scale_are_no_chances() -> None:
    first = odd_log()[0]
    assert isinstance(first.event, RunStarted)
    tree = fold([replace(first, event=replace(first.event, scale=Scale(-1.0, 3.5, "return of a game")))])
    asked, lines = scored_words(Scored(1, (Score(0, 3.25, "prm", "network"),)), tree)
    assert asked == "PRM: what the steps are worth, from -1 to 3.5."
    assert lines[0].startswith("3.25")
