"""What the command line tells a person while it works: the only place that prints progress."""

from __future__ import annotations


def line(text: str = "", *, end: str = "\n") -> None:
    """Show a line at once, also where the output is a file."""
    print(text, end=end, flush=True)


def heading(text: str) -> None:
    """Show where a new part begins."""
    line(f"\n── {text} " + "─" * max(2, 76 - len(text)))
