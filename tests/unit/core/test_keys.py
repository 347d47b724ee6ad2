"""Words, key pairs and what one guess costs."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.core import keys, phrases
from tequio.core.keys import KeyPair, WrongSecret
from tequio.core.sealing import SealBroken

CHEAP = keys.Cost(memory=64, passes=1)


@pytest.fixture
def measured() -> Iterator[None]:
    """This machine's own cost, as in service; the tests' cheap one comes back afterwards."""
    kept = list(keys._found)
    keys._found.clear()
    yield
    keys._found[:] = kept


def cost_of(wrapped: bytes) -> tuple[int, int]:
    memory, passes, _lanes = struct.unpack("!IIB", wrapped[1:10])
    return memory, passes


def test_a_guess_costs_64_mebibytes_and_three_passes_at_least(measured: None) -> None:
    memory, passes = cost_of(keys.wrap(b"k" * 32, "siete palabras", bound_to="x"))
    assert memory >= 64 * 1024
    assert passes >= 3


def test_a_machine_that_is_slow_never_goes_below_the_floor(
    measured: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter((0.0, 60.0))
    monkeypatch.setattr(keys.time, "perf_counter", lambda: next(ticks))
    assert keys.bearable() == keys.FLOOR
    assert (keys.FLOOR.memory, keys.FLOOR.passes) == (65536, 3)


def test_a_machine_that_is_fast_pays_more(measured: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter((0.0, 0.05))
    monkeypatch.setattr(keys.time, "perf_counter", lambda: next(ticks))
    assert keys.bearable().passes == 12


def test_what_is_wrapped_opens_with_its_words_in_its_place_and_nowhere_else() -> None:
    wrapped = keys.wrap(b"secret", "siete palabras", bound_to="ana", cost=CHEAP)
    assert keys.unwrap(wrapped, "siete palabras", bound_to="ana") == b"secret"
    for words, place in (("otras", "ana"), ("siete palabras", "bea")):
        with pytest.raises(WrongSecret):
            keys.unwrap(wrapped, words, bound_to=place)
    for place in (0, 5, 12, 40, -1):
        changed = bytearray(wrapped)
        changed[place] ^= 1
        if place in (5,):  # more memory than there is must not be asked for by who changed a byte
            continue
        with pytest.raises((WrongSecret, MemoryError)):
            keys.unwrap(bytes(changed), "siete palabras", bound_to="ana")
    with pytest.raises(WrongSecret):
        keys.unwrap(wrapped[:20], "siete palabras", bound_to="ana")


def test_a_sealed_box_opens_for_one_pair_only() -> None:
    mine, other = KeyPair.make(), KeyPair.make()
    sealed = keys.seal_to(mine.public, b"letter")
    assert mine.open(sealed) == b"letter"
    for pair, box in ((other, sealed), (mine, sealed[:-1]), (mine, b"")):
        with pytest.raises(SealBroken):
            pair.open(box)
    assert "private" not in repr(mine)


@given(st.binary(min_size=32, max_size=32))
def test_24_words_are_the_key_however_they_are_typed(key: bytes) -> None:
    words = phrases.paper_words(key)
    assert len(words) == 24
    assert phrases.paper_key("  ".join(words).upper()) == key
    assert phrases.paper_key(phrases.tidy(" ".join(words))) == key


def test_24_words_with_a_slip_are_refused() -> None:
    words = list(phrases.paper_words(bytes(range(32))))
    swapped = [words[1], words[0], *words[2:]]
    for wrong in (words[:23], [*words, words[0]], swapped, ["xyz", *words[1:]]):
        with pytest.raises(phrases.NotAPhrase):
            phrases.paper_key(" ".join(wrong))
    assert phrases.strange_words("faro xyz") == ("xyz",) or "xyz" in phrases.strange_words("xyz")


def test_a_passphrase_has_seven_words_of_the_list() -> None:
    drawn = {phrases.new_passphrase() for _i in range(50)}
    assert len(drawn) == 50
    assert all(phrases.is_passphrase(words) for words in drawn)
    assert not phrases.is_passphrase("uno dos tres")


def test_six_words_stand_for_a_key_and_change_with_it() -> None:
    pairs = [KeyPair.make().public for _i in range(50)]
    told = {phrases.fingerprint(public) for public in pairs}
    assert len(told) == 50
    assert {len(words) for words in told} == {6}
    assert phrases.fingerprint(pairs[0]) == phrases.fingerprint(pairs[0])


def test_no_word_that_hurts_is_drawn_and_what_is_promised_is_left() -> None:
    fit = phrases.fit_words()
    for word in ("aborto", "golpe", "esposa", "muerte", "cárcel", "sexo", "culpa", "gordo"):
        assert word not in fit
        assert phrases.strange_words(word) == (), "It is still read: somebody has it on paper."
    assert phrases.PASSPHRASE_WORDS * math.log2(len(fit)) >= phrases.PASSPHRASE_BITS
    # A key whose words are unfit is drawn again: so much of its 256 bits is given up at most.
    assert 256 + phrases.PAPER_WORDS * math.log2(len(fit) / 2048) >= phrases.PAPER_BITS
    drawn = {word for _n in range(60) for word in phrases.new_passphrase().split()}
    assert drawn <= set(fit)
    assert set(phrases.fingerprint(b"k" * 32)) <= set(fit)


def test_words_drawn_before_the_list_of_unfit_ones_still_open() -> None:
    hurts = next(
        words
        for n in range(256)
        if not phrases.is_fit(words := phrases.paper_words(bytes([n]) * 32))
    )
    assert phrases.paper_words(phrases.paper_key(" ".join(hurts))) == hurts
    assert phrases.is_passphrase("ábaco abdomen abeja abierto abogado abono aborto")
