"""The demo newsroom's sections, authors and articles."""

from articles.demo.loader import load, refusal

__all__ = ["load", "refusal"]
