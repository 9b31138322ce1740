"""The words of `import` and `export`. Every command reads this module, so it imports only what the words need."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any, get_args

from app.command_line.words import add_file
from storage.exporters import EXPORTERS
from storage.exporters.labelled import LABELLED, Labels


def add_import(commands: Any) -> None:
    """The words of `import`."""
    words = "read a dataset of rated steps into a session: PRM800K, ProcessBench, Math-Shepherd, TRL stepwise"
    parser = commands.add_parser("import", help=words, description=f"{words[0].upper()}{words[1:]}.")
    parser.add_argument("file", type=Path, metavar="FILE", help="JSON lines, or a list, in any of these; - is stdin")
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
    parser.add_argument(
        "--as",
        dest="labelled",
        choices=[entry.name for entry in LABELLED],
        help="the labelled steps of all runs instead, or of --run alone",
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
