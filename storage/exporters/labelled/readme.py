"""The page beside a file of labelled steps: where they are from, whose labels they are, what was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from engine import __version__
from storage.exporters.labelled.labels import LABELS, Labels
from storage.exporters.labelled.traces import LabelledExporter
from storage.markdown_text import escaped
from storage.session import Session

LONGEST_NAME = 200
"""Characters of a name from elsewhere."""


@dataclass
class Written:
    """What became of a session's labels."""

    exporter: LabelledExporter
    labels: Labels
    runs: int = 0
    """Looked at."""
    private: int = 0
    """Not looked at: a person keeps them private, and nobody asked for these very runs."""
    records: int = 0
    used: int = 0
    """Runs with a record."""
    left_out: Counter[str] = field(default_factory=Counter)
    """How many traces could not be said in this format, by the reason."""
    policies: Counter[str] = field(default_factory=Counter)
    """Runs with a record, by who wrote the steps."""
    sources: Counter[str] = field(default_factory=Counter)
    """Runs with a record that came from a dataset, by its name."""


def readme(file: str, session: Session, written: Written) -> str:
    """In Markdown. It names what the texts come from, since their licences do not go away."""
    told = session.properties()
    lines = [
        f"# {escaped(file, LONGEST_NAME)}",
        "",
        f"Records of {written.exporter.title}: {written.records:,}, one JSON object in each line: "
        f"{written.exporter.about}",
        "",
        f"- Written by Espalier {__version__} from the session {escaped(session.path.name, LONGEST_NAME)} "
        f"(id {told.get('id', 'unknown')}), {written.used:,} of {written.runs:,} runs.",
        *([f"- Labels ({written.labels}): {LABELS[written.labels]}."] if written.exporter.by_labels else []),
        *_counted("The steps were written by", written.policies),
        *_counted("They came with the dataset", written.sources),
        *([f"- Left out: private runs ({written.private:,})."] if written.private else []),
        *(f"- Left out: {traces(count)}, because {why}." for why, count in written.left_out.most_common()),
        "",
        "The licences of these models and datasets hold for the texts in this file.",
    ]
    return "\n".join(lines) + "\n"


def traces(count: int) -> str:
    """So many traces, in words."""
    return "1 trace" if count == 1 else f"{count:,} traces"


def _counted(words: str, counts: Counter[str]) -> list[str]:
    named = ((escaped(name, LONGEST_NAME) or "an unknown model", count) for name, count in counts.most_common())
    return [f"- {words} {name} (runs: {count:,})." for name, count in named]
