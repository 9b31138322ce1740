"""The words of `import` and `export`. Every command reads this module, so it imports only what the words need."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any, get_args

from app.command_line.words import add_file
from storage.exporters import EXPORTERS
from storage.exporters.labelled import LABELLED, Labels

_FORMATS = (
    "Known by their content: Tree of Thoughts logs, TreeLog of llm-reasoners, ThinkBooster, mcts-reasoning, mctx, "
    "llm-mcts, folders of thought-anchors; PRM800K, ProcessBench, Math-Shepherd, TRL stepwise, GSM8K; Inspect AI logs "
    "(.eval, .json), OpenTelemetry spans of generative AI, chats as JSON of every dialect, texts with thinking tags, "
    "recorded streams; and what Espalier exports. What was odd is said, and kept as a note of the first run."
)


def add_import(commands: Any) -> None:
    """The words of `import`."""
    words = "read what others wrote into a session: logs of searches and evaluations, chats, datasets, exports"
    parser = commands.add_parser("import", help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=_FORMATS)
    parser.add_argument("file", type=Path, metavar="FILE", help="a file, or a folder of thought-anchors; - is stdin")
    parser.add_argument(
        "--session", type=Path, metavar="SESSION",
        help="a session file; if it exists the runs are added to it (default: FILE with .espalier at its end)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(perform=_import)


def add_export(commands: Any) -> None:
    """The words of `export`: a run as a document, or the labelled steps of a session."""
    parser = commands.add_parser("export", help="write a session in another format")
    add_file(parser)
    formats = ", ".join(entry.name for entry in EXPORTERS)
    parser.add_argument("--to", metavar="FORMAT", help=f"{formats}: a run as a document (default: {EXPORTERS[0].name})")
    many = ", ".join(entry.name for entry in EXPORTERS if entry.takes_many)
    parser.add_argument("--all", action="store_true", help=f"all runs in one file, in one of: {many}")
    parser.add_argument(
        "--as",
        dest="labelled",
        choices=[entry.name for entry in LABELLED],
        help="a training set of all runs instead, or of --run alone: their labelled steps, or their best traces (sft)",
    )
    parser.add_argument(
        "--labels", choices=get_args(Labels),
        help="with --as: whose labels (default: ratings, a person's, else the dataset's)",
    )  # fmt: skip
    parser.add_argument("--out", "-o", type=Path, metavar="FILE", help="where to (default: stdout)")
    parser.set_defaults(perform=_export)


def _import(arguments: Namespace) -> int:
    from app.command_line.datasets.importing import import_data_set

    return import_data_set(arguments)


def _export(arguments: Namespace) -> int:
    from app.command_line.datasets.exporting import export

    return export(arguments)
