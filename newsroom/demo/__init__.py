"""The demo newsroom's identity and accounts, and what its parts in the other apps are handed."""

from newsroom.demo.loader import load, refusal

__all__ = ["load", "refusal"]
