"""Reports that people read: they say what the run was, hold nothing that could run, and stay small."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from engine.events import (
    ROOT,
    AnyEvent,
    Backpropagated,
    Budget,
    Expanded,
    NewNode,
    Noted,
    Record,
    RolledOut,
    RunFinished,
    RunStarted,
    Score,
    Scored,
)
from storage.exporters import exporter, write_runs
from storage.exporters.html_page import text
from storage.exporters.html_tree import MOST_SHOWN
from storage.session import Session
from tests.helpers.rich_log import rich_log
from tests.storage.samples import PLAN

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202eevil\x00</style>`*_\"'|"
STARTED = RunStarted(
    "game24", "4 9 10 13", "p", "mcts", {"temperature": 0.7, "revisit": True}, 7, Budget(simulations=40), "tiny",
    ("prm",), "0.1.0", weights={"tiny": "92c7a17faad4edfe", "prm": "350a8bfb0c2fd418"},
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of it: elements that are closed in order, their attributes, their text."""

    VOID = ("meta", "br", "hr", "img", "link", "input")

    def __init__(self, raw: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.deepest = 0
        self.feed(raw.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("\n".join(self.words).split())


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Session.create(tmp_path_factory.mktemp("reports") / "a.espalier") as made:
        yield made


def keep(session: Session, *events: AnyEvent) -> int:
    run = session.new_run(PLAN)
    session.append([Record(run, seq, 1_700_000_000.0 + seq, event) for seq, event in enumerate(events, 1)])
    return run


def keep_log(session: Session, log: Sequence[Record]) -> int:
    run = session.new_run(PLAN)
    session.append([replace(record, run=run) for record in log])
    return run


def page(session: Session, *runs: int) -> Page:
    out = io.BytesIO()
    write_runs(session, runs, "html", out)
    return Page(out.getvalue())


def small_run() -> tuple[AnyEvent, ...]:
    born = (NewNode(1, "13 - 9 = 4\n", 0.75, -0.5), NewNode(2, "wrong way\n", 0.25))
    return (
        STARTED, Expanded(1, ROOT, born), Scored(1, (Score(1, 0.875, "prm", "prm"),)),
        Backpropagated(1, 1, 0.875, "prm"), Noted(2, "never again"),
        RolledOut(1, 1, ("10 - 4 = 6\n", "Answer: 24\n"), "24", 1.0, "rule"),
        RunFinished("finished", "All is done.", 1, "24", True, "each number is used once", 0),
    )  # fmt: skip


def test_the_recipe_the_outcome_and_the_trace_are_there(session: Session) -> None:
    words = page(session, keep(session, *small_run())).text
    for said in (
        "4 9 10 13 (game24)", "seed 7", "temperature 0.7, revisit yes", "40 simulations",
        "tiny (weights 92c7a17faad4edfe)", "prm (weights 350a8bfb0c2fd418)", "Espalier 0.1.0", "All is done.",
        "24 · right", "13 - 9 = 4", "Q 0.875", "P 0.750", "prm 0.875", "played in a rollout", "10 - 4 = 6",
        "note: never again", "2023-11-14 22:13:21 UTC", "3 nodes", "1 event",
    ):  # fmt: skip
        assert said in words, said
    assert session.properties()["id"] in words


def test_nothing_in_a_page_can_run_or_be_fetched(session: Session) -> None:
    told = replace(STARTED, text=EVIL, policy=EVIL, verifiers=(EVIL,), told={EVIL: EVIL}, weights={EVIL: EVIL})
    born = (NewNode(1, EVIL, 0.5), NewNode(2, EVIL, 0.5, terminal=True))
    run = keep(
        session, told, Expanded(1, ROOT, born), Scored(1, (Score(1, 0.5, "prm", EVIL, EVIL),)), Noted(1, EVIL),
        RunFinished("finished", EVIL, 2, EVIL, None, EVIL),
    )  # fmt: skip
    found = page(session, run, run)
    assert {tag for tag, _ in found.tags} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "div", "span", "section", "dl", "dt",
        "dd", "ol", "ul", "li", "i", "p", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "a",
    }  # fmt: skip
    for tag, attributes in found.tags:
        assert not any(name.startswith("on") or name == "src" for name in attributes), (tag, attributes)
        assert attributes.get("href", "#") in ("#", f"#run{run}")
    policies = [a["content"] for tag, a in found.tags if tag == "meta" and a.get("http-equiv")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert "<script>alert(1)</script>" in found.text  # as text
    assert "⟦202E⟧evil⟦0000⟧" in found.text
    assert "\u202e" not in found.text


def test_an_export_names_no_place_outside_itself(session: Session) -> None:
    raw = exporter("html").render(session, keep(session, *small_run())).decode()
    assert not re.search(r"https?://|@import|url\(", raw)
    assert "prefers-color-scheme: dark" in raw


def test_a_large_tree_makes_a_small_page_that_says_so(session: Session) -> None:
    width = 40
    events: list[AnyEvent] = [STARTED]
    first = 1
    for parent in range(150):
        events.append(
            Expanded(1, parent, tuple(NewNode(n, f"step {n}\n", 1 / width) for n in range(first, first + width)))
        )
        first += width
    raw = exporter("html").render(session, keep(session, *events))
    found = Page(raw)
    nodes = 150 * width
    assert len(raw) < 1_500_000
    assert f"{nodes - MOST_SHOWN:,} of {nodes:,} steps are left out." in found.text
    assert "40 more" in found.text


def test_a_long_chain_is_not_nested(session: Session) -> None:
    chain = [Expanded(1, n, (NewNode(n + 1, f"step {n}\n", 1.0),)) for n in range(900)]
    found = page(session, keep(session, STARTED, *chain))
    assert found.deepest < 60
    assert "step 899" in found.text


def test_branches_nest_no_deeper_than_browsers_can(session: Session) -> None:
    comb: list[AnyEvent] = [
        Expanded(1, max(0, 2 * n - 1), (NewNode(2 * n + 1, "on\n", 0.5), NewNode(2 * n + 2, "off\n", 0.5)))
        for n in range(200)
    ]
    found = page(session, keep(session, STARTED, *comb))
    assert found.deepest < 400
    assert "2 more" in found.text


def test_several_runs_have_a_list_before_them(session: Session) -> None:
    runs = [keep(session, *small_run()), keep_log(session, rich_log(4, everything=True, gold=True))]
    found = page(session, *runs)
    assert [a["href"] for tag, a in found.tags if tag == "a"] == [f"#run{run}" for run in runs]
    assert {a["id"] for tag, a in found.tags if tag == "details" and "id" in a} == {f"run{run}" for run in runs}
    assert "A known right answer influenced this search." in found.text
    assert "majority" in found.text


def test_a_run_that_never_began_has_a_page(session: Session) -> None:
    words = page(session, session.new_run(PLAN)).text
    assert "It has no end" in words


def test_long_texts_say_how_much_is_missing() -> None:
    assert text("a" * 30, 10) == "a" * 10 + "… (20 characters more)"


def test_markdown_has_the_trace_with_its_numbers(session: Session) -> None:
    lines = exporter("markdown").render(session, keep(session, *small_run())).decode().splitlines()
    assert lines[0] == "# 4 9 10 13"
    assert "| 1 | 13 - 9 = 4 | 1 | 0.875 | 0.750 | prm 0.875 |" in lines
    assert "| 2 | 10 - 4 = 6 | played |  |  |  |" in lines
    assert "| Answer | 24 |" in lines
    assert "| Policy | tiny (weights 92c7a17faad4edfe) |" in lines


def test_markdown_escapes_what_a_model_wrote(session: Session) -> None:
    born = (NewNode(1, EVIL + "\n# heading\n", 1.0, terminal=True),)
    words = exporter("markdown").render(session, keep(session, replace(STARTED, text=EVIL), Expanded(1, ROOT, born)))
    assert b"<script>" not in words
    assert b"\n# heading" not in words
    assert "⟦202E⟧" in words.decode()
