"""Addresses of servers, as a plan names them: `http://HOST:PORT[/v1]#MODEL`. Pure text: sends nothing, knows no key."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

SCHEMES = ("http://", "https://")
EXAMPLE = "http://localhost:8000/v1#MODEL"
LONGEST = 1_000
"""Characters of an address."""
_TOKENIZER = "&tokenizer="
_ENDPOINTS = ("/chat/completions", "/completions", "/models")


class AddressError(ValueError):
    """A text is no address of a server; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Address:
    """A server and one of its models."""

    url: str
    """Up to `/v1`, without a slash at its end."""
    model: str = ""
    """Empty for the only one, or the first."""
    tokenizer: str = ""
    """A local folder with the model's tokenizer, whose chat template is used: `#MODEL&tokenizer=FOLDER`."""

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


def is_here(host: str) -> bool:
    """Whether a host is this very machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
        return address.is_loopback or address.is_unspecified  # servers say that they listen at 0.0.0.0
    except ValueError:
        return False


def is_address(text: str) -> bool:
    """Whether a plan's policy is a server, not a folder."""
    return text.strip().lower().startswith(SCHEMES)


def parse_address(text: str) -> Address:
    """Read an address; without a path `/v1` is meant. Raises AddressError.

    Whatever stands in it is kept in files and shown: so a password in it is refused, not used.
    """
    text = text.strip()
    said, _, rest = text.partition("#")
    model, _, tokenizer = rest.partition(_TOKENIZER)
    if not is_address(text) or len(text) > LONGEST or not text.isprintable() or " " in said:
        raise AddressError(f"{text[:80]!r} is no address of a server: write it like {EXAMPLE}.")
    try:
        parts = urlsplit(said)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError(f"The address {said} cannot be read: {error}.") from error
    if parts.username is not None or parts.password is not None:
        raise AddressError(
            "The address holds a user name or a password, which would be kept in the session file: "
            "put the server's key into the environment variable ESPALIER_API_KEY."
        )
    if not host:
        raise AddressError(f"The address {said} names no host: write it like {EXAMPLE}.")
    if parts.query:
        raise AddressError(
            f"The address {said.partition('?')[0]} goes on after a question mark, which no server here needs: "
            "leave it out."
        )
    path = parts.path.rstrip("/")
    for endpoint in _ENDPOINTS:
        path = path.removesuffix(endpoint)
    return Address(f"{parts.scheme}://{parts.netloc}{path or '/v1'}", model.strip(), tokenizer.strip())
