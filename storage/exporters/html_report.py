"""One self-contained HTML page about a run, or about several: to be mailed, kept and opened anywhere for years.

It holds no script and asks for nothing; its size is bounded, whatever the run's is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from engine.events import PHASES
from storage.exporters.exporter import Exporter, Wanted
from storage.exporters.html_page import END, begin, facts, section, table, text
from storage.exporters.html_tree import bar, tree_html
from storage.exporters.run_story import (
    GOLD,
    Row,
    Story,
    best_trace,
    costs,
    number,
    origin,
    outcome,
    read_story,
    recipe,
    score_words,
    timeline,
    title,
)

MOST_RUNS = 100
"""On one page."""
MOST_STEPS = 500
"""Of the best trace."""
MOST_TALLIES = 50
_CORRECT = {True: ("good", "right"), False: ("bad", "wrong"), None: ("", "not checked")}


def _write(wanted: Wanted, out: IO[bytes]) -> None:
    infos = wanted.infos[:MOST_RUNS]
    name = wanted.session.path.stem if len(infos) > 1 else f"{wanted.session.path.stem}, run {infos[0].id}"
    out.write(begin(f"{name} – Espalier").encode())
    if len(infos) > 1:
        out.write(_index(wanted, name).encode())
    for info in infos:
        story = read_story(wanted, info.id)
        inner = "".join(_report(story))
        if len(infos) > 1:
            summary = f"Run {info.id}: {text(title(story), 120)}"
            inner = f'<details class="run" id="run{info.id}"><summary>{summary}</summary>{inner}</details>'
        out.write(inner.encode())
    out.write(f'<p class="note">{text(origin(wanted))}</p>\n{END}'.encode())


def _index(wanted: Wanted, name: str) -> str:
    rows = [
        (f'<a href="#run{info.id}">{info.id}</a>', text(info.plan.text, 120), text(info.plan.search),
         text(info.answer or "", 120), _CORRECT[info.correct][1] if info.answer else "", f"{info.nodes:,}")
        for info in wanted.infos[:MOST_RUNS]
    ]  # fmt: skip
    left = len(wanted.infos) - len(rows)
    more = f"<p>{left:,} runs more are left out.</p>" if left else ""
    return f"<h1>{text(name)}</h1>" + section(
        "Runs", table(("Run", "Problem", "Search", "Answer", "Verdict", "Nodes"), rows) + more
    )


def _report(story: Story) -> Iterator[str]:
    tree = story.tree
    yield f"<h1>{text(title(story), 500)}</h1>"
    yield f'<div class="chips">{"".join(_chips(story))}</div>'
    yield section("Best trace", _trace(story))
    yield '<div class="cards">'
    yield section("Outcome", facts(outcome(story)))
    yield section("Cost", facts(cost) if (cost := costs(story)) else "")
    yield section("Timeline", _timeline(story))
    yield "</div>"
    yield section("Recipe", facts(recipe(story)))
    yield section("Votes", _votes(story))
    yield section("Tree", tree_html(tree))


def _chips(story: Story) -> Iterator[str]:
    tree, end = story.tree, story.tree.finished
    if end is not None and end.answer is not None:
        look, words = _CORRECT[end.correct]
        yield f'<span class="chip {look}">{text(end.answer, 200)} · {words}</span>'
    yield f'<span class="chip">{text(story.info.plan.search)}</span>'
    yield f'<span class="chip">{len(tree.nodes):,} nodes</span>'
    yield f'<span class="chip">seed {story.info.plan.seed}</span>'
    if tree.gold:
        yield f'<span class="chip gold">{GOLD}</span>'


def _trace(story: Story) -> str:
    rows = best_trace(story.tree)
    if not rows:
        return ""
    items = "".join(f"<li>{_step(story, row)}</li>" for row in rows[:MOST_STEPS])
    left = f"<p>{len(rows) - MOST_STEPS:,} steps more are left out.</p>" if len(rows) > MOST_STEPS else ""
    return f'<ol class="trace">{items}</ol>{left}'


def _step(story: Story, row: Row) -> str:
    step = f'<div class="step">{text(row.text.rstrip())}</div>'
    if row.node is None:
        return f'{step}<div class="numbers"><span>played in a rollout</span></div>'
    node = row.node
    said = [f"N {node.visits:,}", f"Q {number(node.value)}", f"P {number(node.prior)}", *map(score_words, row.scores)]
    value = node.value if node.value is not None else node.mark[0] if node.mark else None
    spans = "".join(f"<span>{text(words)}</span>" for words in said)
    return f'{step}<div class="numbers">{bar(story.tree, value)}{spans}</div>'


def _votes(story: Story) -> str:
    if not story.tree.votes:
        return ""
    last = story.tree.votes[-1]
    rows = [
        (text(tally.answer, 500), f"{tally.votes:,}", number(tally.weight)) for tally in last.tallies[:MOST_TALLIES]
    ]
    left = len(last.tallies) - len(rows)
    more = f"<p>{left:,} answers more are left out.</p>" if left else ""
    return f"<p>{text(last.rule)}, {last.samples:,} samples</p>{table(('Answer', 'Votes', 'Weight'), rows)}{more}"


def _timeline(story: Story) -> str:
    found = timeline(story)
    if not found:
        return ""
    total = story.phases.total() or 1
    shares = "".join(
        f'<i class="p{place}" style="width:{story.phases[phase] / total:.1%}" title="{phase}"></i>'
        for place, phase in enumerate(PHASES)
        if story.phases[phase]
    )
    return f'<div class="phases">{shares}</div>{facts(found)}'


HTML = Exporter(
    "html",
    "Report (HTML)",
    ".html",
    "One page with recipe, outcome, best trace and tree, that opens in any browser and needs nothing else.",
    _write,
    takes_many=True,
)
