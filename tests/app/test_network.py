"""Whether anything leaves this machine, by the names of policy and verifiers."""

from __future__ import annotations

import pytest

from app.network import hosts


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("policy", "prm", "rule"),
        ("/models/http/llama", "prm:/home/http/prm", "C:\\models\\https"),
        ("http://localhost:8000/v1", "https://127.0.0.1:80", "http://[::1]:8080/v1", "http://127.8.8.8"),
    ],
)
def test_nothing_leaves(names: tuple[str, ...]) -> None:
    assert hosts(names) == ()


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("http://gpu.example:8000/v1",), ("gpu.example",)),
        (("qwen at https://api.example.com/v1", "prm:http://10.0.0.7/score"), ("api.example.com", "10.0.0.7")),
        (("http://user:secret@gpu.example/v1", "http://gpu.example/other"), ("gpu.example",)),
        (("http://localhost.example.com",), ("localhost.example.com",)),
        (("http://[broken",), ("http://[broken",)),
    ],
)
def test_what_leaves_names_its_host(names: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert hosts(names) == found
