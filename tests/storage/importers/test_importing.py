"""Files of others read into sessions: progress, breaking off, a report, and no file that brings the program down."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from app.benchmarks.import_logs import inspect_archive, inspect_sample
from app.benchmarks.import_trees import folder
from engine.importing import Kept
from engine.tree import fold
from storage.exporters import export_run
from storage.importers import ForeignFileError, importer_of, importing
from storage.importers.importer import Odd
from storage.importers.importing import Report, import_file
from storage.session import Session
from tests.helpers.data_sets import STEPS, completion, data_set, lines, prm800k, process_bench, step, trl
from tests.helpers.rich_log import rich_log
from tests.storage.samples import PLAN


def test_a_file_is_added_to_what_a_session_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    for first in (1, 4):
        report = Report("pb.jsonl")
        with Session.open(path) if path.exists() else Session.create(path) as session:
            import_file(session, data_set(tmp_path), report)
        assert (report.format, report.records, report.runs, report.first) == ("processbench", 4, 3, first)
        assert (report.complete, report.odd_count) == (True, 1)
        assert list(map(str, report.odd)) == ["line 4: it is no JSON"]
    with Session.open(path) as session:
        assert [info.id for info in session.runs()] == [1, 2, 3, 4, 5, 6]
        assert {(info.state, info.correct, info.answer) for info in session.runs()} == {("finished", False, "11")}
        assert [node.step for node in fold(session.records(6)).path(3)[1:]] == [f"{text}\n" for text in STEPS]


def test_progress_is_told_and_what_was_read_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "TOGETHER", 2)
    monkeypatch.setattr(importing, "IN_MEMORY", 1)
    told: list[tuple[int, int | None]] = []
    report = Report("pb.jsonl")
    with Session.create(tmp_path / "a.espalier") as session:
        path = data_set(tmp_path, 9)
        import_file(session, path, report, lambda *how_far: told.append(how_far), lambda: len(told) > 2)
        assert told == [(0, 10), (2, 10), (4, 10)]
        assert (report.runs, report.complete) == (4, False)
        assert len(session.runs()) == 4


def test_only_so_many_sentences_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_ODD", 2)
    (tmp_path / "a.jsonl").write_bytes(lines(process_bench()) + b"{\n" * 5)
    report = Report("a.jsonl")
    with Session.create(tmp_path / "a.espalier") as session:
        import_file(session, tmp_path / "a.jsonl", report)
    assert (len(report.odd), report.odd_count) == (2, 5)


def test_a_file_of_no_format(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    with (
        Session.create(tmp_path / "a.espalier") as session,
        pytest.raises(ForeignFileError, match=r"a\.jsonl is in no format that is imported\."),
    ):
        import_file(session, tmp_path / "a.jsonl", Report("a.jsonl"))


GOOD = (
    process_bench(),
    trl(STEPS, [True, False, False]),
    {"input": "Q? Step 1: a ки\nStep 2: b ки", "label": "Q? Step 1: a +\nStep 2: b -", "task": "GSM8K"},
    prm800k(
        step(completion("a", 1)), step(completion("b", -1), completion("c"), chosen=None, human=completion("d")),
        written=["a", "b"],
    ),
)  # fmt: skip


@pytest.mark.parametrize("record", GOOD, ids=lambda record: next(iter(record)))
@pytest.mark.parametrize("seed", range(120))
def test_damaged_files_end_in_runs_and_sentences(record: object, seed: int) -> None:
    """Bytes changed, cut out, doubled, cut off: whatever is read folds to a tree."""
    rng, raw = random.Random(seed), bytearray(lines(record, record))
    for _ in range(rng.randint(1, 6)):
        at, size = rng.randrange(len(raw)), rng.randint(1, 9)
        raw[at : at + size] = rng.choice(
            [b"", raw[at : at + size] * 2, rng.randbytes(size), b"null", b'"', b"[", b"-1"]
        )
    stream = io.BytesIO(bytes(raw[: rng.choice([len(raw), rng.randrange(len(raw) + 1)])]))
    try:
        importer = importer_of(stream, "damaged")
    except ForeignFileError:
        return
    for one in importer.records(stream, "damaged") if importer is not None else ():
        if isinstance(one, Odd):
            assert one.what
        elif isinstance(one, Kept):
            assert fold(one.records(1, 0.0)).finished is not None


def test_what_was_odd_is_a_note_of_the_first_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_NOTED", 2)
    (tmp_path / "a.jsonl").write_bytes(b"{1\n" + lines(process_bench(), process_bench()) + b"{2\n{3\n")
    report = Report("a.jsonl")
    with Session.create(tmp_path / "a.espalier") as session:
        import_file(session, tmp_path / "a.jsonl", report)
        notes = [fold(session.records(run)).notes for run in (1, 2)]
    said = [
        "What was odd in a.jsonl (ProcessBench):", "line 1: it is no JSON: {1", "line 4: it is no JSON: {2",
        "and 1 more of this kind",
    ]  # fmt: skip
    assert notes == [{0: "\n".join(said)}, {}]


def test_what_is_odd_about_a_kept_record_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "a.eval").write_bytes(inspect_archive(inspect_sample(), header=False))
    report = Report("a.eval")
    with Session.create(tmp_path / "a.espalier") as session:
        import_file(session, tmp_path / "a.eval", report)
    assert (report.records, report.runs, report.odd_count, report.complete) == (1, 1, 1, True)


def test_a_folder_is_imported(tmp_path: Path) -> None:
    for name, raw in folder().items():
        (tmp_path / name).write_bytes(raw)
    report = Report("a")
    with Session.create(tmp_path / "a.espalier") as session:
        import_file(session, tmp_path, report)
        assert len(session.runs()) == report.runs > 0


@pytest.fixture
def one_run(tmp_path: Path) -> Path:
    """A file with one run, of which an importer says nothing before its end."""
    path = tmp_path / "run.graphml"
    with Session.create(tmp_path / "made.espalier") as session:
        run = session.new_run(PLAN)
        session.append(rich_log(3))
        export_run(session, run, "graphml", path)
    return path


def test_a_file_with_one_run_says_how_far_it_is(tmp_path: Path, one_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PATIENCE", -1.0)
    report, shares, checked = Report("a"), [], []

    def told(done: int, total: int | None) -> None:
        assert (total, done) in ((None, 0), (None, 1))
        shares.append(report.share)
        checked.append(report.checked)

    with Session.create(tmp_path / "a.espalier") as session:
        import_file(session, one_run, report, told)
    assert shares[-1] == 1.0
    assert 0.0 in shares
    assert 0.0 in checked
    assert checked[0] is checked[-1] is None
    assert (report.runs, report.complete) == (1, True)


@pytest.mark.parametrize("share", [None, 0.0], ids=["while it is read", "while it is put together"])
def test_a_file_with_one_run_can_be_given_up(tmp_path: Path, one_run: Path, share: float | None) -> None:
    report = Report("a")
    with Session.create(tmp_path / "a.espalier") as session:
        import_file(session, one_run, report, is_unwanted=lambda: report.title != "" and report.checked == share)
        assert session.runs() == []
    assert (report.runs, report.complete, report.odd) == (0, False, [])


def test_nobody_counts_the_lines_of_one_object(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    path = tmp_path / "run.json"
    with Session.create(tmp_path / "a.espalier") as session:
        run = session.new_run(PLAN)
        session.append(rich_log(3))
        export_run(session, run, "json", path)
        import_file(session, path, Report("run.json"), lambda *how_far: told.append(how_far))
    assert set(told) == {(0, None), (1, None)}
