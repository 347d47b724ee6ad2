"""Reading a data file of this room: the house's reader, under the name that models know it by."""

from __future__ import annotations

from tequio.core.datafiles import BadDataFile as BadModelFile
from tequio.core.datafiles import Read, line_of, read_as

__all__ = ["BadModelFile", "Read", "line_of", "read_as"]
