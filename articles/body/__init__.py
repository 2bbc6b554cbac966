"""An article's body: sanitised HTML with reference nodes that hold an id and nothing else of their target."""

from articles.body.references import plain_text, references, word_count
from articles.body.render import render
from articles.body.sanitise import sanitise

__all__ = ["plain_text", "references", "render", "sanitise", "word_count"]
