"""Words that a person can read aloud, write down and type again: passphrases and paper keys.

The list is BIP-39's Spanish one: 2,048 words, told apart by their first four letters; accents and
capitals do not matter when they are typed. Words that nobody should find on her own paper are
not drawn (core.unfit_words); phrases that hold one are read as ever.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from mnemonic import Mnemonic

from tequio.core import entropy
from tequio.core.text import fold
from tequio.core.unfit_words import UNFIT

# What is promised, in bits; tests/unit/core/test_keys.py counts what is left of the list.
PASSPHRASE_BITS: Final = 76
PAPER_BITS: Final = 252
PASSPHRASE_WORDS: Final = 7
PAPER_WORDS: Final = 24
# Six words: 65 bits, more than anybody can make a second key pair for.
FINGERPRINT_WORDS: Final = 6


class NotAPhrase(ValueError):
    """The words are too few, not of the list, or do not agree with their check."""


def new_passphrase() -> str:
    """Return seven random words."""
    words = fit_words()
    return " ".join(
        words[entropy.below(len(words), stream="walled")] for _i in range(PASSPHRASE_WORDS)
    )


def fingerprint(public: bytes) -> tuple[str, ...]:
    """Return six words that stand for a public key, to be compared aloud."""
    words = fit_words()
    number = int.from_bytes(hashlib.sha256(b"tequio fingerprint v1\0" + public).digest(), "big")
    found = []
    for _i in range(FINGERPRINT_WORDS):
        number, place = divmod(number, len(words))
        found.append(words[place])
    return tuple(found)


def is_passphrase(typed: str) -> bool:
    """Tell whether these could be words of :func:`new_passphrase`."""
    return len(tidy(typed).split()) == PASSPHRASE_WORDS and not strange_words(typed)


def tidy(typed: str) -> str:
    """Return what was typed as it is compared: words in small letters, without accents."""
    return " ".join(fold(typed).split())


def paper_words(key: bytes) -> tuple[str, ...]:
    """Return the 24 words of a 32-byte key; the last one checks the others (BIP-39)."""
    if len(key) != 32:
        raise ValueError("A paper key has 32 bytes.")
    return tuple(_written(word) for word in _book().to_mnemonic(key).split())


def is_fit(words: Iterable[str]) -> bool:
    """Tell whether none of these words is one that is not drawn."""
    return UNFIT.isdisjoint(words)


def paper_key(typed: str) -> bytes:
    """Return the key of 24 words as somebody typed them from paper.

    Raises
    ------
    NotAPhrase
        When a word is not of the list, there are not 24, or the check does not agree.
    """
    known = _by_folded()
    words = tidy(typed).split()
    if len(words) != PAPER_WORDS or any(word not in known for word in words):
        raise NotAPhrase("These are not the 24 words of a paper key.")
    try:
        return bytes(_book().to_entropy([known[word] for word in words]))
    except (ValueError, LookupError) as error:
        raise NotAPhrase("The words of the paper key do not agree.") from error


def is_paper(typed: str) -> bool:
    """Tell whether these are 24 words that agree with their check."""
    try:
        paper_key(typed)
    except NotAPhrase:
        return False
    return True


def strange_words(typed: str) -> tuple[str, ...]:
    """Return the typed words that the list does not hold, for a sentence that names them."""
    known = _by_folded()
    return tuple(word for word in tidy(typed).split() if word not in known)


@cache
def _book() -> Mnemonic:
    return Mnemonic("spanish")


@cache
def fit_words() -> tuple[str, ...]:
    """Return the words that are drawn: the list without the unfit ones."""
    return tuple(word for word in _list() if word not in UNFIT)


@cache
def _list() -> tuple[str, ...]:
    return tuple(_written(word) for word in _book().wordlist)


def _written(word: str) -> str:
    # The list keeps an accent apart from its letter; screens and paper want them in one.
    return unicodedata.normalize("NFC", word)


@cache
def _by_folded() -> dict[str, str]:
    return {fold(word): word for word in _list()}
