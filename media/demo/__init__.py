"""Photos and streams for the demo newsroom."""

from media.demo.loader import load

__all__ = ["load"]
