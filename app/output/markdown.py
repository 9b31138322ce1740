"""Markdown in which what a model wrote is text: the rules of exported files, for what the window copies and saves."""

from __future__ import annotations

from storage.markdown_text import escaped as escaped
from storage.markdown_text import fenced as fenced
from storage.markdown_text import table as table
