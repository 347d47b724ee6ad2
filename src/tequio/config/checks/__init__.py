"""Every static check behind `./tequio check`, what `./tequio fix` mends, and the translations."""

from __future__ import annotations

from tequio.config.checks.runner import fix, run
from tequio.config.checks.texts import gather as messages

__all__ = ["fix", "messages", "run"]
