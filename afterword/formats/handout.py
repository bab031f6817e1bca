"""A page of the guide as one HTML file of its own, to print: nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from markdown_it import MarkdownIt

STYLE = """
@page { size: A4; margin: 16mm 18mm; }
body { color: #101415; background: #fff; font: 11.5pt/1.45 Georgia, "Times New Roman", serif;
  max-width: 42rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 21pt; line-height: 1.15; margin: 0 0 .5em; }
h2 { font-size: 14pt; margin: 1em 0 .3em; break-after: avoid; }
p, ul, ol, blockquote { margin: .35em 0; }
li { margin: .2em 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #7c959f; padding: .3em .5em; text-align: left; vertical-align: top; }
footer { border-top: 1px solid #7c959f; margin-top: 1.2em; font-size: 8.5pt; line-height: 1.3; }
footer ol { columns: 2; column-gap: 2em; padding-left: 1.5em; }
footer h2 { font-size: 9.5pt; margin: .5em 0 .2em; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""


def handout(title: str, text: str, sources: Iterable[str]) -> bytes:
    """An HTML document in UTF-8: the title, the Markdown text, and at its foot a numbered line a source."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    notes = "".join(f"<li>{escape(source)}</li>" for source in sources)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1>\n{markdown.render(text)}</main>\n"
        f"<footer><h2>On whose word</h2><ol>{notes}</ol></footer></body></html>\n"
    ).encode()
