"""A lottery that anybody can repeat.

Who starts now and who waits, decided by a seed that was committed to in public before the list
was closed. The algorithm uses nothing but SHA-256 and sorting, so that ``sha256sum`` and ``sort``
give the same result, and so does any other language:

1. *Commitment*, published first: SHA-256 of ``evidencia-lottery-1``, a line feed, and the seed.
2. *List*: one line ``code TAB stratum TAB exempt`` for each person, in the order of the list, each
   ending in a line feed; UTF-8, Unicode form NFC. Its SHA-256 is published when it is closed.
3. *Key*: SHA-256 of the six lines ``evidencia-lottery-1``, seed, SHA-256 of the list, beacon,
   title, and the longest wait in days, joined by line feeds without one at the end. The beacon
   is a public number that nobody knew when the list was closed (the first prize of the national
   lottery of a date agreed beforehand); without it, whoever keeps the seed could try lists until
   one suits.
4. *Tickets*: SHA-256 of key, line feed, code; all digests in lower-case hexadecimal.
5. Those exempt (mandated by a court, at high risk…) have a place at once and no ticket that counts.
6. The others are sorted by ticket within their stratum. With `seats`, the first of each stratum
   start now. With blocks of size b, consecutive people of a stratum (in the order of the list)
   form blocks, are sorted by ticket within their block, and the first half start now; of an odd
   last block, the smaller half.

``python -m evidencia.planning.lottery verify FILE`` checks a finished lottery.
"""

from __future__ import annotations

from evidencia.planning.lottery.draw import (
    ALGORITHM,
    Lottery,
    Person,
    Place,
    commit,
    draw,
    list_digest,
)
from evidencia.planning.lottery.record import (
    Record,
    Verification,
    as_text,
    of_text,
    read,
    verify,
    write,
)

__all__ = [
    "ALGORITHM",
    "Lottery",
    "Person",
    "Place",
    "Record",
    "Verification",
    "as_text",
    "commit",
    "draw",
    "list_digest",
    "of_text",
    "read",
    "verify",
    "write",
]
