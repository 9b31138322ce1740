"""Levels and runs: what shares a pixel, found by search, equals what is found node by node."""

from __future__ import annotations

import numpy as np
import pytest

from app.canvas.channels import CHANNELS, MISSING, OUT, VALUE, shade
from app.canvas.icicle_raster import icicle_pixels
from app.canvas.lod import Blend, Levels, Runs
from app.canvas.slots import SlotLayout
from app.models.history import History
from tests.app.canvas.trees import Search


@pytest.fixture
def history() -> History:
    history = History()
    search = Search(width=4, seed=5, deepest=7).run(80)
    history.extend(search.records)
    history.seek(len(search.records))
    return history


@pytest.fixture
def layout(history: History) -> SlotLayout:
    layout = SlotLayout()
    layout.insert(history.parent)
    return layout


def blend_of(levels: Levels, history: History, name: str = "value", threshold: int = 0) -> Blend:
    channel = next(channel for channel in CHANNELS if channel.name == name)
    return Blend(levels, shade(channel, history, threshold), history.visits, history.pruned)


def test_runs_are_the_nodes_of_a_pixel(layout: SlotLayout) -> None:
    levels, rows = Levels(layout, layout.count), np.linspace(-3, layout.rows + 3, 24)
    middle = layout.left + layout.leaves / 2
    for runs, low, high in (
        (levels.between(np.arange(levels.count), rows), middle, middle),
        (levels.pixels(range(levels.count), rows[0], rows[1] - rows[0], len(rows) - 1), middle, middle),
        (levels.across(np.arange(levels.count), rows), layout.left, layout.left + layout.leaves),
    ):
        for level in range(levels.count):
            for pixel in range(len(rows) - 1):
                top, bottom = rows[pixel], rows[pixel + 1]
                inside = (low >= top) & (low < bottom) if low is high else (low < bottom) & (high > top)
                wanted = np.flatnonzero(inside & (layout.depth == level))
                found = levels.nodes[runs.first[level, pixel] : runs.last[level, pixel]]
                assert sorted(found) == wanted.tolist()


def test_hit_tests_agree_with_the_intervals(layout: SlotLayout) -> None:
    levels = Levels(layout, layout.count)
    for place, node in enumerate(levels.nodes.tolist()):
        row = layout.middle(node)
        assert levels.at(int(layout.depth[node]), row) == place
        assert levels.nearest(int(layout.depth[node]), row) == place
    assert levels.at(0, -0.5) is None
    assert levels.at(0, layout.rows + 0.5) is None
    assert levels.at(levels.count, 0.5) is None


def test_later_nodes_are_left_out_and_nothing_moves(layout: SlotLayout) -> None:
    whole, past = Levels(layout, layout.count), Levels(layout, 40)
    assert sorted(past.nodes) == list(range(40))
    kept = np.isin(whole.nodes, past.nodes)
    np.testing.assert_array_equal(whole.tops[kept], past.tops)


def test_parents_are_found_by_their_intervals(layout: SlotLayout) -> None:
    levels = Levels(layout, layout.count)
    places = np.arange(1, layout.count)
    np.testing.assert_array_equal(levels.nodes[levels.parents(places)], layout.parent[levels.nodes[places]])


@pytest.mark.parametrize("name", [channel.name for channel in CHANNELS])
def test_a_run_of_one_has_the_colour_of_its_node(history: History, layout: SlotLayout, name: str) -> None:
    levels = Levels(layout, layout.count)
    blend, each = blend_of(levels, history, name), np.arange(layout.count)
    np.testing.assert_array_equal(blend.over(Runs(each, each + 1)), blend.codes)


def test_a_run_is_the_mean_weighted_by_visits_without_the_missing(history: History, layout: SlotLayout) -> None:
    levels = Levels(layout, layout.count)
    blend, shading = blend_of(levels, history), shade(VALUE, history, 0)
    first, last = levels.starts[3], levels.starts[4]
    nodes = levels.nodes[first:last]
    known = history.visits[nodes] > 0
    assert known.any()
    assert not known.all()
    mean = np.average(shading.place[nodes][known], weights=history.visits[nodes][known])
    code = blend.over(Runs(np.array([first]), np.array([last])))[0]
    assert abs(code - mean * 255) <= 1
    unvisited = levels.starts[3] + np.flatnonzero(~known)[:1]
    assert blend.over(Runs(unvisited, unvisited + 1)).tolist() == [MISSING]
    assert blend.over(Runs(unvisited, unvisited)).tolist() == [OUT]


def test_an_icicle_shows_every_band_where_it_is(history: History, layout: SlotLayout) -> None:
    levels, scale = Levels(layout, layout.count), 8
    blend = blend_of(levels, history, "visits")
    table = np.arange(OUT + 1, dtype=np.uint32) + 1000
    rows = np.linspace(0, layout.rows, layout.rows * scale + 1)
    edges = [level * 10 for level in range(levels.count + 1)]
    pixels = icicle_pixels(levels, blend, range(levels.count), rows, edges, edges[-1], table, 7)
    for place, node in enumerate(levels.nodes.tolist()):
        y, x = int(layout.middle(node) * scale), int(layout.depth[node]) * 10 + 4
        assert pixels[y, x] == blend.codes[place] + 1000
    depths = [
        set(layout.depth[layout.left <= row][(layout.left + layout.leaves > row)[layout.left <= row]]) for row in (0,)
    ]
    assert (pixels[4, [x + 4 for x in edges[:-1]]] != 7).sum() == len(depths[0])


def test_a_tall_band_has_a_line_before_it_also_within_a_shared_pixel(history: History, layout: SlotLayout) -> None:
    levels = Levels(layout, layout.count)
    blend = blend_of(levels, history, "visits")
    table = np.arange(OUT + 1, dtype=np.uint32) + 1000
    rows = np.arange(0, layout.rows, 0.0951)  # no band begins where a pixel does
    pixels = icicle_pixels(levels, blend, range(1, 2), rows, (0, 4), 4, table, 7)
    places = range(levels.starts[1], levels.starts[2])
    for place in places[1:]:
        begins = int(np.searchsorted(rows, levels.left[place], "right")) - 1
        column = pixels[begins - 2 : begins + 3, 1]
        assert column.tolist() == [blend.codes[place - 1] + 1000] * 2 + [7] + [blend.codes[place] + 1000] * 2
