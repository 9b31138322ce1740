"""What samples of imported files are made of: a question, its steps, JSON. Knows no format."""

from __future__ import annotations

import json
from typing import Any

QUESTION = "Tom has 3 bags of 4 apples and eats 2. How many are left?"
STEPS = ("There are 3*4=12 apples.", "He eats 2, so 12-2=10.", "The answer is 10.")


def as_json(value: Any, indent: int | None = None) -> bytes:
    return json.dumps(value, indent=indent).encode()


def lines(*records: Any) -> bytes:
    return b"".join(as_json(record) + b"\n" for record in records)
