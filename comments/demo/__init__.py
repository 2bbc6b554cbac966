"""What the demo newsroom's readers say."""

from comments.demo.loader import load

__all__ = ["load"]
