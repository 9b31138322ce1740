"""Addresses of servers: what is read, what is refused, and that nothing secret can stand in one."""

from __future__ import annotations

import pytest

from engine.addresses import Address, AddressError, is_address, parse_address
from engine.refusals import checked
from engine.search import SettingError
from tests.helpers.running import plan


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://localhost:8000", Address("http://localhost:8000/v1")),
        (" http://localhost:8000/v1/ ", Address("http://localhost:8000/v1")),
        ("HTTPS://gpu.example/api/v1#qwen/qwen3", Address("https://gpu.example/api/v1", "qwen/qwen3")),
        ("http://[::1]:80/v1/chat/completions#m", Address("http://[::1]:80/v1", "m")),
        ("http://h/v1#m&tokenizer=/models/m", Address("http://h/v1", "m", "/models/m")),
        ("http://h#&tokenizer=/models/m", Address("http://h/v1", "", "/models/m")),
    ],
)
def test_an_address_is_read(text: str, address: Address) -> None:
    assert is_address(text)
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ftp://h", "is no address of a server"),
        ("http://", "names no host"),
        ("http://h:port", "cannot be read"),
        ("http://h:99999", "cannot be read"),
        ("http://a b", "is no address"),
        ("http://h/\x1b[0m", "is no address"),
        (f"http://{'h' * 2000}", "is no address"),
        ("http://me:secret@h", "a user name or a password"),
        ("http://h/v1?key=secret", "goes on after a question mark"),
    ],
)
def test_what_is_none_is_said(text: str, says: str) -> None:
    with pytest.raises(AddressError, match=says):
        parse_address(text)


@pytest.mark.parametrize("text", ["http://me:secret@h", "http://me:secret@", "http://h/v1?key=secret"])
def test_a_secret_is_not_repeated(text: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(text)
    assert "secret" not in str(caught.value)


def test_a_folder_is_no_address() -> None:
    assert not any(map(is_address, ("", "/models/http", "C:\\http", "httpd")))


def test_a_plan_with_a_broken_address_is_refused() -> None:
    wish = plan("cot")
    checked(type(wish)(wish.problem, wish.text, wish.search, {}, policy="http://localhost:1"))
    with pytest.raises(SettingError, match="names no host"):
        checked(type(wish)(wish.problem, wish.text, wish.search, {}, policy="http://#m"))
