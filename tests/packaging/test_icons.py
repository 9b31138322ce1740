"""The icons that the build wants: every size is there, drawn, and readable by others than us."""

from __future__ import annotations

import struct
from pathlib import Path

import icons
import pytest
from PySide6.QtGui import QImage, QImageReader

from app.desktop.files import ICON_SIZES
from app.desktop.pictures import SOURCE, picture

ORANGE = (255, 176, 0)
"""The branch that was taken: what one recognises the icon by."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> icons.Icons:
    return icons.make_icons(tmp_path_factory.mktemp("icons") / "new" / "folder")


def sizes(path: Path) -> list[int]:
    """Widths of the pictures in a container, each of which is square and drawn."""
    reader = QImageReader(str(path))
    found = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        image = reader.read()
        assert image.width() == image.height()
        assert is_drawn(image)
        found.append(image.width())
    return found


def is_drawn(image: QImage) -> bool:
    """The tile in the middle, the bright branch on it, and nothing in the corners."""
    last = image.width() - 1
    corners = [image.pixelColor(x, y).alpha() for x in (0, last) for y in (0, last)]
    node = image.pixelColor(round(last * 200 / 256), round(last * 104 / 256))
    far = max(abs(a - b) for a, b in zip((node.red(), node.green(), node.blue()), ORANGE, strict=True))
    return max(corners) < 100 and far < 12 and image.pixelColor(last // 2, last // 2).alpha() == 255


def test_every_png_has_its_size_and_is_drawn(made: icons.Icons) -> None:
    assert tuple(made.pngs) == ICON_SIZES == (16, 22, 24, 32, 48, 64, 128, 256, 512)
    for size, path in made.pngs.items():
        image = QImage(str(path))
        assert (image.width(), image.height()) == (size, size)
        assert is_drawn(image)


def test_the_windows_icon_holds_every_size(made: icons.Icons) -> None:
    assert sizes(made.ico) == [16, 24, 32, 48, 64, 128, 256]


def test_the_mac_icon_holds_every_size(made: icons.Icons) -> None:
    assert sizes(made.icns) == [32, 64, 128, 256, 256, 512, 512, 1024]
    data = made.icns.read_bytes()
    assert struct.unpack(">4sI", data[:8]) == (b"icns", len(data))


def test_two_runs_write_the_same_bytes(made: icons.Icons, tmp_path: Path) -> None:
    again = icons.make_icons(tmp_path)
    for path in (made.ico, made.icns, *made.pngs.values()):
        assert (again.ico.parent / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("background", [0xFFFFFF, 0x1E1E22])
def test_the_icon_stands_out_from_light_and_dark(background: int) -> None:
    """Its rim does, at the smallest size: a tile as dark as the panel would leave a tree that hangs in the air."""
    image = picture(16)
    rim, behind = image.pixelColor(8, 15), QImage(1, 1, QImage.Format.Format_RGB32)
    behind.fill(background)
    assert abs(rim.lightness() - behind.pixelColor(0, 0).lightness()) > 25
    assert rim.alpha() > 200


def test_the_one_source_is_scalable() -> None:
    assert b"viewBox" in SOURCE.read_bytes()


def test_the_script_says_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["icons.py", str(tmp_path)])
    assert icons.main() == 0
    assert capsys.readouterr().out.splitlines()[0] == str(tmp_path / "espalier.ico")
    monkeypatch.setattr("sys.argv", ["icons.py"])
    assert icons.main() == 2
    assert "usage" in capsys.readouterr().err
