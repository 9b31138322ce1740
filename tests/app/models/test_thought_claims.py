"""Claims are counted, walked through and linked as the alignment has them; filters leave what they say."""

from __future__ import annotations

import pytest

from app.models.thought_claims import NO_CLAIMS, VERDICTS, Claims, Verdict, claims_of
from app.models.thought_filter import Filter, exposed_ranges, hidden_ranges
from app.models.thought_find import MOST_HITS, find
from app.models.thought_redaction import Redaction, as_checked, checkable, own_summary, thought_pieces
from app.trace_text.shown import Shown, show_at_once
from engine.run_traces import trace_of
from engine.traces.alignment import told
from engine.traces.analysis import analyse
from engine.tree import fold
from tests.helpers.thinking_log import SHOWN, THOUGHT, chain_log

WRONG: tuple[Verdict, ...] = ("contradicted",)


@pytest.fixture(scope="module")
def found() -> Shown:
    trace = trace_of(fold(chain_log()), len(THOUGHT) + len(SHOWN))
    return show_at_once(trace, analyse(trace))


@pytest.fixture(scope="module")
def claims(found: Shown) -> Claims:
    return claims_of(found.analysis.alignment, found.step_pieces, found.sentence_pieces)


def text_at(found: Shown, start: int, end: int) -> str:
    return found.trace.text[start:end].strip()


def test_every_mark_is_counted_once(found: Shown, claims: Claims) -> None:
    entries = list(told(found.analysis.alignment.claims))
    for verdict in VERDICTS[:3]:
        assert claims.counts[verdict] == sum(entry.mark == verdict for entry in entries) > 0
    assert claims.counts["only hidden"] == len(found.analysis.alignment.only_hidden) == 1
    assert NO_CLAIMS.counts == dict.fromkeys(VERDICTS, 0)


def test_numbers_of_an_equation_with_its_mark_are_told_by_it(found: Shown) -> None:
    first = [entry for entry in told(found.analysis.alignment.claims) if entry.claim.sentence == 0]
    assert [entry.claim.kind for entry in first] == ["text", "equation"]


def test_one_walks_through_all_claims_and_round(claims: Claims) -> None:
    place, way = None, []
    for _ in claims.places:
        place = claims.after(place)
        way.append(place)
    assert tuple(way) == claims.places
    assert claims.after(place) == claims.places[0]
    assert claims.before(None) == claims.places[-1]
    back = []
    place = None
    for _ in claims.places:
        place = claims.before(place)
        back.append(place)
    assert tuple(reversed(back)) == claims.places


def test_one_walks_through_one_kind(found: Shown, claims: Claims) -> None:
    place = claims.after(None, WRONG)
    assert place is not None
    inner = claims.after(place, WRONG)
    assert inner is not None
    assert text_at(found, inner.start, inner.end) == "35 - 12 = 24"
    assert claims.after(inner, WRONG) == place
    assert NO_CLAIMS.after(None) is None
    assert NO_CLAIMS.before(None) is None


def test_a_contradiction_leads_to_the_step_that_says_otherwise(found: Shown, claims: Claims) -> None:
    inner = next(place for place in claims.places if text_at(found, place.start, place.end) == "35 - 12 = 24")
    piece = found.text.pieces[inner.partners[0]]
    assert text_at(found, piece.start, piece.end) == "Then 35 - 12 = 23 pens are left."
    assert inner.piece in claims.partners(inner.partners[0])
    assert claims.at(inner.start + 3, inner.piece) == inner


def shown_by(found: Shown, ranges: list[tuple[int, int]]) -> str:
    return "".join(found.trace.text[start:end] for start, end in ranges)


def test_without_a_filter_both_columns_show_everything(found: Shown, claims: Claims) -> None:
    hidden, exposed = hidden_ranges(found.text, claims, "raw", Filter()), exposed_ranges(found.text, claims, Filter())
    assert "</think>" in shown_by(found, hidden)
    assert "".join(shown_by(found, [*hidden, *exposed]).split()) == "".join(found.trace.text.split())
    assert "</think>" not in shown_by(found, hidden_ranges(found.text, claims, "thought", Filter()))
    assert hidden_ranges(found.text, claims, "summary", Filter()) == []


def test_a_mark_shows_its_claims_and_their_steps_alone(found: Shown, claims: Claims) -> None:
    wanted = Filter(marks=frozenset({"contradicted"}))
    assert shown_by(found, exposed_ranges(found.text, claims, wanted)) == SHOWN[1]
    hidden = shown_by(found, hidden_ranges(found.text, claims, "raw", wanted))
    assert THOUGHT[2] in hidden
    assert THOUGHT[4] not in hidden
    stayed = Filter(marks=frozenset({"only hidden"}))
    assert shown_by(found, hidden_ranges(found.text, claims, "raw", stayed)) == THOUGHT[4]


def test_a_function_shows_its_steps_alone(found: Shown, claims: Claims) -> None:
    wanted = Filter(functions=frozenset({"answer"}))
    assert shown_by(found, hidden_ranges(found.text, claims, "raw", wanted)) == THOUGHT[3]
    assert len(exposed_ranges(found.text, claims, wanted)) > 0
    one = Filter(functions=frozenset({"answer"}), marks=frozenset({"only hidden"}))
    assert hidden_ranges(found.text, claims, "raw", one) == []


def test_what_is_blacked_out_is_revealed_piece_by_piece(found: Shown, claims: Claims) -> None:
    steps = thought_pieces(found.text)
    assert steps == list(found.step_pieces)
    redaction = Redaction("nothing")
    assert redaction.masked(found.text) == tuple(steps)
    nothing = checkable(found.text, claims, redaction.revealed)
    assert (nothing.revealed, nothing.steps, nothing.supported, nothing.contradicted) == (0, 6, 0, 0)
    redaction = redaction.revealing([steps[2]])
    assert redaction.masked(found.text) == (*steps[:2], *steps[3:])
    some = checkable(found.text, claims, redaction.revealed)
    assert (some.revealed, some.contradicted) == (1, some.of_contradicted)
    everything = checkable(found.text, claims, steps)
    assert everything.supported == everything.of_supported == claims.counts["supported"]


def test_only_what_can_be_checked_is_marked(found: Shown, claims: Claims) -> None:
    assert as_checked(found.text, claims, ()).marks == ()
    checked = as_checked(found.text, claims, [found.step_pieces[2]])
    marked = {text_at(found, mark.start, mark.end): mark.kind for mark in checked.marks}
    assert marked["35 - 12 = 24"] == "contradicted"
    assert "99" not in marked
    assert checked.pieces == found.text.pieces


def test_a_summary_is_made_of_the_plans() -> None:
    thought = ("Let me try the boxes first. They may help.\n", "5 * 7 = 35.\n</think>\n")
    trace = trace_of(fold(chain_log(thought, ("Answer: 35",))), 3)
    analysis = analyse(trace, by_hand={0: "plan"})
    assert own_summary(trace.text, analysis.alignment.steps, analysis.labels) == ("Let me try the boxes first.",)


def test_every_hit_in_what_is_shown_is_found() -> None:
    text = "One two\nthree ONE  two one"
    assert find(text, "one", [(0, len(text))]).ranges == ((0, 3), (14, 17), (23, 26))
    assert find(text, "one two", [(0, len(text))]).ranges == ((0, 7), (14, 22))
    assert find(text, "One", [(0, len(text))], match_case=True).ranges == ((0, 3),)
    assert find(text, "one", [(0, 2), (10, 20)]).ranges == ((14, 17),)
    assert find(text, " ", [(0, len(text))]).ranges == ()
    assert find(text, "(.*", [(0, len(text))]).ranges == ()
    many = find("a" * (MOST_HITS + 5), "a", [(0, MOST_HITS + 5)])
    assert (len(many.ranges), many.more) == (MOST_HITS, True)
