"""The strategies on the command line: their list, their help pages, and a flag for every setting. Knows no run."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence

from engine.search import SEARCHES, Search, Setting, SettingError
from engine.search.help import by_group, help_text, setting_words

DEFAULT = "mcts"
_PLACE = "setting "
"""Before the name of a setting in the parsed arguments: a name with a space is nobody else's."""


def strategies(arguments: Namespace) -> int:
    """List the strategies, or print the help page of one."""
    print(help_text(_found(arguments.name)) if arguments.name else _list(SEARCHES.values()), end="")
    return 0


def _found(name: str) -> type[Search]:
    if name not in SEARCHES:
        raise SettingError(f"There is no search called {name!r}; there are: {', '.join(SEARCHES)}.")
    return SEARCHES[name]


def _list(searches: Iterable[type[Search]]) -> str:
    """A line for each, under the headings of their groups."""
    groups = by_group(searches)
    every = [search for members in groups.values() for search in members]
    name, title = (max(len(getattr(search, field)) for search in every) for field in ("name", "title"))
    lines: list[str] = []
    for group, members in groups.items():
        rows = (f"  {search.name:<{name}}  {search.title:<{title}}  {search.citation}".rstrip() for search in members)
        lines += [group, *rows, ""]
    return "\n".join((*lines, "espalier strategies NAME prints the help page of one.", ""))


def add_settings(parser: ArgumentParser, words: Sequence[str]) -> None:
    """A flag for every setting of the strategy that `words` name. A name that is taken is left to --set."""
    search = SEARCHES.get(_named(words))
    if search is None:
        return  # said when the plan is made
    group = parser.add_argument_group(f"settings of {search.name} ({search.title})")
    taken = set(parser._option_string_actions)
    for entry in search.form():
        if (flag := f"--{entry.name.replace('_', '-')}") not in taken:
            group.add_argument(flag, dest=_PLACE + entry.name, metavar=_metavar(entry), help=_help(entry))


def chosen_settings(arguments: Namespace) -> dict[str, str]:
    """The settings that were given by flags of their own, as texts."""
    given = vars(arguments).items()
    return {name.removeprefix(_PLACE): text for name, text in given if name.startswith(_PLACE) and text is not None}


def _named(words: Sequence[str]) -> str:
    """What stands after --search, before the words are parsed: the flags hang on it."""
    finder = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    finder.add_argument("--search", nargs="?", default=DEFAULT)
    return str(finder.parse_known_args(list(words))[0].search)


def _metavar(entry: Setting) -> str:
    kinds = {int: "N", float: "X", bool: "yes|no", str: "WORD"}
    return "|".join(entry.choices) if entry.choices else kinds[entry.type]


def _help(entry: Setting) -> str:
    return setting_words(entry).replace("%", "%%")  # argparse reads % as a format
