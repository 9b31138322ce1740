"""One page of HTML that needs nothing else: no script, no file, no network. Knows no run.

What a model or a file wrote comes in through `text` alone: escaped, with what would be invisible as boxes. Should ever
something slip through, the page itself forbids it (Content-Security-Policy). Colours are those of the program's themes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from storage.plain_text import visible

LONGEST = 20_000
"""Characters of one text."""


def text(written: str, longest: int = LONGEST) -> str:
    """A text as it stands, for the inside of an element or a quoted attribute; a longer one says what is missing."""
    cut = escape(visible(written[:longest]))
    return cut if len(written) <= longest else f"{cut}… ({len(written) - longest:,} characters more)"


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names and what they are, in two columns."""
    inner = "".join(f"<dt>{text(name)}</dt><dd>{text(words)}</dd>" for name, words in rows)
    return f"<dl>{inner}</dl>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table. Heads are plain text; cells are HTML already."""
    heads = "".join(f"<th>{text(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def section(name: str, inner: str) -> str:
    """A card with a heading; nothing where there is nothing in it."""
    return f"<section><h2>{text(name)}</h2>{inner}</section>" if inner else ""


def begin(title: str) -> str:
    """All before the body's contents."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title, 200)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )


END = "</main>\n</body>\n</html>\n"

_STYLE = """
:root { color-scheme: light dark;
  --background: #fbfcfd; --panel: #f3f5f8; --card: #ffffff; --border: #d3d9e1; --text: #1b2027; --secondary: #5a6472;
  --edge: #b9c2cd; --accent: #1668c7; --principal: #c45f00; --good: #0f7b5f; --bad: #b3382c;
  --v0: #1f4fb0; --v1: #7a9ad6; --v2: #b4bac3; --v3: #d9953f; --v4: #c45f00;
  --p0: #3694ca; --p1: #0c7d57; --p2: #a6487e; --p3: #a97700; }
@media (prefers-color-scheme: dark) { :root {
  --background: #14171c; --panel: #1b1f26; --card: #232831; --border: #323945; --text: #e4e7ec; --secondary: #98a2b0;
  --edge: #48515f; --accent: #5aa9ff; --principal: #ffb000; --good: #4fc3a1; --bad: #e5766c;
  --v0: #3b6fd1; --v1: #6f93cf; --v2: #8b93a0; --v3: #d3a352; --v4: #ffb000;
  --p0: #56b4e9; --p1: #009e73; --p2: #cc79a7; --p3: #e69f00; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--background); color: var(--text);
  font: 15px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 13px; letter-spacing: .06em; text-transform: uppercase; color: var(--secondary); margin: 0 0 12px; }
p { margin: 0 0 12px; }
a { color: var(--accent); }
.chips { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 24px; }
.chip { border: 1px solid var(--border); border-radius: 999px; padding: 2px 12px; background: var(--panel);
  color: var(--secondary); font-size: 13px; overflow-wrap: anywhere; }
.good { color: var(--good); border-color: var(--good); } .bad { color: var(--bad); border-color: var(--bad); }
.gold { color: var(--principal); border-color: var(--principal); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 16px; }
section { background: var(--card); border: 1px solid var(--border); border-radius: 10px; padding: 18px 20px;
  margin: 0 0 16px; min-width: 0; }
.cards section { margin: 0; } .cards { margin-bottom: 16px; }
dl { display: grid; grid-template-columns: minmax(90px, max-content) 1fr; gap: 4px 16px; margin: 0; }
dt { color: var(--secondary); } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--secondary); font-size: 13px; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--border); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
.step { font-family: "JetBrains Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.trace { list-style: none; margin: 0; padding: 0; counter-reset: step; }
.trace li { counter-increment: step; position: relative; padding: 0 0 14px 40px; }
.trace li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 26px; height: 26px;
  border-radius: 50%; border: 2px solid var(--principal); color: var(--principal); text-align: center;
  font-size: 12px; line-height: 22px; background: var(--card); }
.trace li:not(:last-child)::after { content: ""; position: absolute; left: 12px; top: 28px; bottom: 0; width: 2px;
  background: var(--principal); }
.numbers { color: var(--secondary); font-size: 13px; font-variant-numeric: tabular-nums; }
.numbers span { margin-right: 14px; white-space: nowrap; }
.bar { display: inline-block; width: 72px; height: 7px; border-radius: 4px; background: var(--border); overflow: hidden;
  vertical-align: 1px; margin-right: 8px; }
.bar i { display: block; height: 100%; border-radius: 4px; }
.v0 { background: var(--v0); } .v1 { background: var(--v1); } .v2 { background: var(--v2); }
.v3 { background: var(--v3); } .v4 { background: var(--v4); }
.tree, .tree ul { list-style: none; margin: 0; padding: 0; }
.tree ul { margin-left: 7px; padding-left: 16px; border-left: 1px solid var(--edge); }
.tree summary { cursor: pointer; } .tree summary:hover { background: var(--panel); }
.tree summary, .leaf { padding: 2px 4px; border-radius: 4px; overflow-wrap: anywhere; }
.leaf { padding-left: 20px; } .left { padding-left: 20px; color: var(--secondary); font-style: italic; }
.best > .step, .best > details > summary > .step { color: var(--principal); font-weight: 600; }
.out > .step, .out > details > summary > .step { color: var(--secondary); text-decoration: line-through; }
.phases { display: flex; height: 10px; border-radius: 5px; overflow: hidden; margin: 0 0 12px; }
.p0 { background: var(--p0); } .p1 { background: var(--p1); }
.p2 { background: var(--p2); } .p3 { background: var(--p3); }
.note { color: var(--secondary); font-size: 13px; margin-top: 24px; overflow-wrap: anywhere; }
.run > summary { cursor: pointer; font-size: 18px; padding: 10px 0; }
@media print { body { background: #fff; } section { break-inside: avoid; } }
"""
