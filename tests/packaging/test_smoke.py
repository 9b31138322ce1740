"""The parts of the smoke test that need no bundle: a check that cannot fail would say that all is well."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
import smoke_test
from PySide6.QtGui import QColor, QImage, QPainter
from smoke import desk, figures, processes
from smoke.pictures import read_png, screen_to_png
from smoke.steps import Outcome, Scene, SkippedError, Step, StepError, check, perform, until

SIZE = (160, 120)


def scene_in(folder: Path) -> Scene:
    scene = Scene(folder / "bundle", folder / "step", folder / "scratch")
    for place in (scene.folder, scene.scratch):
        place.mkdir()
    return scene


def image(folder: Path, *, drawn: bool) -> Path:
    picture = QImage(*SIZE, QImage.Format.Format_RGB32)
    picture.fill(QColor("#123456"))
    if drawn:
        with QPainter(picture) as painter:
            painter.setPen(QColor("white"))
            painter.drawLine(0, 0, 159, 119)
    path = folder / "picture.png"
    assert picture.save(str(path))
    return path


@pytest.mark.parametrize("drawn", [False, True])
def test_a_picture_of_one_colour_shows_nothing(tmp_path: Path, drawn: bool) -> None:
    picture = read_png(image(tmp_path, drawn=drawn))
    assert (picture.width, picture.height) == SIZE
    assert picture.shows_something is drawn


def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    good = image(tmp_path, drawn=True)
    text, cut = tmp_path / "text.png", tmp_path / "cut.png"
    text.write_text("no picture")
    cut.write_bytes(good.read_bytes()[:-40])
    for path in (text, cut):
        with pytest.raises(ValueError, match=path.name):
            read_png(path)


def test_a_screen_becomes_a_picture_with_its_colours(tmp_path: Path) -> None:
    width, height, name, colours = 3, 2, b"screen\0\0", 2
    stride = 4 * width + 4  # padded, as a server may do it
    fields = [100 + len(name), 7, 2, 24, width, height, 0, 0, 32, 0, 32, 32, stride, *[0] * 6, colours]
    header = struct.pack(">25I", *fields, *[0] * (25 - len(fields)))
    row = bytes([1, 2, 3, 0]) * width + b"pad!"
    screen_to_png(header + name + bytes(12 * colours) + row * height, tmp_path / "screen.png")
    shown = QImage(str(tmp_path / "screen.png"))
    assert (shown.width(), shown.height()) == (width, height)
    assert shown.pixelColor(2, 1) == QColor(3, 2, 1)


def test_steps_fail_skip_and_succeed_in_words(tmp_path: Path) -> None:
    def fails(_: Scene) -> str:
        check(False, "the sky fell")
        return ""

    def skips(_: Scene) -> str:
        raise SkippedError("no sky here")

    def breaks(_: Scene) -> str:
        raise KeyError("sky")

    scene = scene_in(tmp_path)
    told = [perform(Step("x", "the sky", act), scene)[2:4] for act in (fails, skips, breaks, lambda _: "blue")]
    expected = [
        ("FAILED", "the sky fell"),
        ("skipped", "no sky here"),
        ("FAILED", "KeyError: 'sky' (see traceback.txt)"),
        ("ok", "blue"),
    ]
    assert told == expected
    assert "KeyError" in (scene.folder / "traceback.txt").read_text()


def test_what_only_linux_can_show_is_skipped_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    outcome = perform(Step("x", "signals", lambda _: "never", linux=True), scene_in(tmp_path))
    assert (outcome.state, outcome.words) == ("skipped", "it can only be performed on Linux")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are only seen in /proc")
def test_a_step_that_leaves_a_process_behind_fails_and_the_process_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smoke.steps.GRACE_SECONDS", 0.0)
    left: list[subprocess.Popen[bytes]] = []

    def leaves(scene: Scene) -> str:
        left.append(subprocess.Popen([sys.executable, "-c", "input()"], cwd=scene.folder, stdin=subprocess.PIPE))
        until(lambda: processes.working_in(scene.folder), "it had started", 20.0)
        return ""

    outcome = perform(Step("x", "leaving", leaves), scene_in(tmp_path))
    with left[0] as child:
        assert child.wait(20) < 0
    assert outcome.state == "FAILED"
    assert "input()" in outcome.words


@pytest.mark.skipif(sys.platform != "linux", reason="processes are only seen in /proc")
def test_a_process_tells_of_itself() -> None:
    assert "python" in processes.maps_of(os.getpid())
    assert 5 < processes.resident_mb(os.getpid()) < 20_000


def test_a_wait_in_vain_names_what_it_waited_for() -> None:
    with pytest.raises(StepError, match="waited 0 s in vain until pigs could fly"):
        until(lambda: None, "pigs could fly", 0.0)


def test_figures_that_miss_their_aims_are_marked() -> None:
    measured = {"unpacked_mb": 734.4, "archive_mb": None, "first_paint_ms": 500.0, "first_simulation_s": 6.0}
    assert figures.too_large(measured) == ["unpacked_mb", "first_simulation_s"]
    lines = figures.table(measured).splitlines()
    assert [line.endswith("MISSED") for line in lines] == [True, False, False, False, True, False]
    assert "not measured" in lines[1]


def test_the_summary_names_what_failed_and_steps_have_names_of_their_own() -> None:
    outcomes = [Outcome("a", "A", "ok", "", 1.0), Outcome("b", "B", "FAILED", "", 2.0)]
    assert "2 steps in 3 s, 0 skipped; FAILED: b" in smoke_test.summary(outcomes)
    names = [step.name for step in smoke_test.STEPS]
    assert len(set(names)) == len(names)
    assert 0 < len(smoke_test.wanted_steps(quick=True)) < len(smoke_test.wanted_steps(quick=False)) == len(names)
    assert [step.name for step in smoke_test.wanted_steps(quick=False, only=["run"])] == ["run"]


def test_the_smoke_test_needs_nothing_but_the_standard_library() -> None:
    folder = Path(smoke_test.__file__).parent
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import smoke_test; print(len(smoke_test.STEPS) > 10)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert done.stdout == "True\n", done.stderr


def test_a_step_that_depends_on_the_moment_is_tried_twice_and_both_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(smoke_test, "KEPT", tmp_path / "kept")
    seen: list[Path] = []

    def act(scene: Scene) -> str:
        seen.append(scene.folder)
        check(len(seen) != 1, "too late")
        return "caught"

    outcome = smoke_test._perform(Step("x", "the moment", act, tries=2), tmp_path, tmp_path, root=False)
    assert (outcome.state, outcome.words) == ("ok", "caught")
    assert seen[0] != seen[1]
    assert "too late" in capsys.readouterr().out
    seen.clear()
    assert smoke_test._perform(Step("y", "once", act), tmp_path, tmp_path, root=False).state == "FAILED"


def told(*traces: list[float | None], failed: int = 0) -> dict[str, object]:
    return {
        "failed": failed,
        "said": ["it broke"] * failed,
        "traces": [{"run": number, "scores": scores} for number, scores in enumerate(traces, 1)],
    }


def test_every_step_of_every_trace_must_have_a_score() -> None:
    desk.check_scores(told([0.5, 0.25], [1.0, 0.0]), 2, 2)
    desk.check_scores(told([0.5, 0.25], [1.0]), 2)
    for wrong, sentence in (
        (told([0.5, None], [1.0, 0.0]), "run 1 has a step without a score"),
        (told([0.5, 0.5], []), "run 2 has a step without a score"),
        (told([0.5], [1.0, 0.0]), "run 1 has 1 scores for 2 steps"),
        (told([0.5, 0.5]), "there are 1 traces and not 2"),
        (told([0.5, 0.5], [1.0, 0.0], failed=1), "it broke"),
    ):
        with pytest.raises(StepError, match=sentence):
            desk.check_scores(wrong, 2, 2)


def test_labels_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "back.jsonl"
    file.write_text('{"label":-1}\n{"label":1}\n')
    assert desk.labels_in(file) == [-1, 1]
    with pytest.raises(StepError, match="no step"):
        desk.labelled_steps({"traces": []})
