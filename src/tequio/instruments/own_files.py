"""Photos, recordings and other files of answers as one archive, sent while it is made.

Each lies in a folder that is called as the answer is in the table («_numero»). Nothing is written
to the disk on the way: there they lie sealed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from tequio.instruments import own_answers
from tequio.instruments.models import Attachment

_STRANGE: Final = re.compile(r"[^\w.\-]+")


def archive(attachments: Iterable[Attachment]) -> Iterator[bytes]:
    """Yield the pieces of a ZIP file."""
    out = _Passing()
    taken: Counter[str] = Counter()
    with zipfile.ZipFile(out, "w") as whole:
        for one in attachments:
            file = own_answers.file_of(one.submission, one)
            number = own_answers.opened(one.submission).instance_id.removeprefix("uuid:")
            name = f"{_plain(number)}/{_plain(file.name)}"
            taken[name] += 1
            again = f" ({taken[name]})" if taken[name] > 1 else ""
            stem, dot, ending = name.rpartition(".")
            whole.writestr(f"{stem}{again}{dot}{ending}" if dot else f"{name}{again}", file.data)
            yield out.passed()
    yield out.passed()


def _plain(name: str) -> str:
    """Return a name that every system takes as one name and as no way elsewhere."""
    return _STRANGE.sub("_", name).strip(".") or "_"


class _Passing(io.RawIOBase):
    """What is written goes on at once; nobody goes back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: object) -> int:
        """Hold what was written until it is passed on."""
        piece = bytes(data)  # type: ignore[call-overload]
        self._held += piece
        return len(piece)

    def passed(self) -> bytes:
        """Return what was written since the last time."""
        held, self._held = bytes(self._held), bytearray()
        return held
