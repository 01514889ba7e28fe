"""What HTML elements mean to a reader of articles: a vocabulary, no code."""

from __future__ import annotations

# Not the story, or nothing to read.
SKIPPED = frozenset(
    {
        "script",
        "style",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "noscript",
        "template",
        "svg",
        "math",
        "dialog",
        "iframe",
        "object",
        "button",
        "select",
        "textarea",
        "video",
        "audio",
        "canvas",
    }
)
# The story's own words.
PROSE = frozenset({"p", "li", "blockquote", "pre", "dd", "h2", "h3", "h4", "h5", "h6"})

# Where a paragraph ends, whatever it was.
BLOCKS = PROSE | frozenset(
    {
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "template",
        "dialog",
        "html",
        "head",
        "body",
        "title",
        "main",
        "article",
        "section",
        "div",
        "h1",
        "ul",
        "ol",
        "dl",
        "dt",
        "hr",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "address",
        "details",
        "summary",
        "fieldset",
        "center",
    }
)
