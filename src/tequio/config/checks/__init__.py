"""Every static check behind `./tequio check`, what `./tequio fix` mends, and the translations."""

from __future__ import annotations

from tequio.config.checks.runner import fix, messages, run

__all__ = ["fix", "messages", "run"]
