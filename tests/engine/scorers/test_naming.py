"""Names of scorers are taken apart, and written again."""

from __future__ import annotations

import pytest

from engine.scorers.naming import Spec, folder_name, parse


@pytest.mark.parametrize(
    ("name", "spec"),
    [
        ("prm", Spec("prm")),
        ("prm:folder", Spec("prm", "folder")),
        (r"prm:C:\models\x", Spec("prm", r"C:\models\x")),
        (r"prm:C:\models\new#trl", Spec("prm", r"C:\models\new", "trl")),
        ("orm:/a/b c#rlhflow-orm", Spec("orm", "/a/b c", "rlhflow-orm")),
        ("prm#step-end", Spec("prm", "", "step-end")),
        ("prm:/a/C# code", Spec("prm", "/a/C# code")),
        ("prm:/a#b/c", Spec("prm", "/a#b/c")),
        ("prm:x#trl;aggregate=min", Spec("prm", "x", "trl", (("aggregate", "min"),))),
        (r"prm:x#trl;separator=\n\n", Spec("prm", "x", "trl", (("separator", "\n\n"),))),
        (r"prm:x#a;tag=\\n=#;step=", Spec("prm", "x", "a", (("tag", r"\n=#"), ("step", "")))),
        (r"prm:x#a;reference=D:\new\tiny", Spec("prm", "x", "a", (("reference", r"D:\new\tiny"),))),
        ("critic:http://127.0.0.1:8000/v1", Spec("critic", "http://127.0.0.1:8000/v1")),
        ("value:5", Spec("value", "5")),
        ("", Spec("")),
    ],
)
def test_a_name_has_parts(name: str, spec: Spec) -> None:
    assert parse(name) == spec
    assert str(spec) == name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("prm:/models/own/", "own"),
        (r"prm:C:\models\own#trl", "own#trl"),
        (r"prm:/models/own#trl;separator=\n", r"own#trl;separator=\n"),
        ("prm:/models/own#implicit-prm;reference=/models/other", "own#implicit-prm;reference=other"),
        ("prm#step-end", "prm#step-end"),
        ("prm:/models/mine/prm", "mine/prm"),
        ("prm:prm/", "./prm"),
        (r"prm:C:\runs\a\checkpoint-500#trl", "a/checkpoint-500#trl"),
        ("prm:/runs/a/checkpoint-500-merged", "checkpoint-500-merged"),
        ("prm:/m/own#implicit-prm;reference=/base/model", "own#implicit-prm;reference=base/model"),
        ("prm:.", "."),
    ],
)
def test_scores_are_called_by_the_folder_and_how_it_is_read(name: str, title: str) -> None:
    assert parse(name).title == title


def test_folders_of_both_systems_have_names() -> None:
    assert [folder_name(place) for place in ("a/b", r"a:\b\c", r"\\host\share\c", "b", "", "a\\b")] == [
        *("b", "c", "c", "b", "", "a\\b"),
    ]
