"""What is sealed cannot be read, changed or carried elsewhere."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.core.sealing import Key, KeyRing, SealBroken

KEY = Key.from_master(b"k" * 32)
PLACE = "org|people.identity|row|who|1"


@given(st.binary(max_size=40_000))
def test_what_was_sealed_opens_in_its_place(plain: bytes) -> None:
    assert KEY.open(KEY.seal(plain, bound_to=PLACE), bound_to=PLACE) == plain


@pytest.mark.parametrize(
    "elsewhere",
    [
        "other|people.identity|row|who|1",
        "org|people.other|row|who|1",
        "org|people.identity|other|who|1",
        "org|people.identity|row|phone|1",
        "org|people.identity|row|who|2",
        "",
    ],
)
def test_moved_to_another_tenant_table_row_field_or_version_it_does_not_open(
    elsewhere: str,
) -> None:
    with pytest.raises(SealBroken):
        KEY.open(KEY.seal(b"Juan", bound_to=PLACE), bound_to=elsewhere)


@given(st.data())
def test_any_changed_or_missing_byte_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal(b"Juan", bound_to=PLACE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(SealBroken):
        KEY.open(bytes(sealed), bound_to=PLACE)
    with pytest.raises(SealBroken):
        KEY.open(bytes(sealed[:place]), bound_to=PLACE)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        Key.from_master(b"x" * 32).open(KEY.seal(b"Juan", bound_to=PLACE), bound_to=PLACE)


def test_the_same_value_never_looks_the_same_and_short_weighs_as_much_as_long() -> None:
    first, second = (KEY.seal(b"Juan", bound_to=PLACE) for _i in range(2))
    longer = KEY.seal(b"Juan" * 60, bound_to=PLACE)

    assert first != second
    assert len(first) == len(longer)
    assert b"Juan" not in first


def test_an_index_is_equal_only_for_equal_texts_of_one_purpose_and_one_key() -> None:
    index = KEY.blind_index("juan perez", purpose="name")

    assert index == KEY.blind_index("juan perez", purpose="name")
    assert index != KEY.blind_index("juan peres", purpose="name")
    assert index != KEY.blind_index("juan perez", purpose="phone")
    assert index != Key.from_master(b"x" * 32).blind_index("juan perez", purpose="name")


def test_a_key_never_shows_itself() -> None:
    assert "k" * 8 not in repr(KEY)
    assert repr(KEY.seal_key) not in repr(KEY)


def test_a_key_file_is_for_the_server_alone_and_is_never_replaced(tmp_path: Path) -> None:
    ring, organisation = KeyRing(tmp_path / "keys"), uuid4()
    ring.make_for(organisation)
    path = tmp_path / "keys" / f"{organisation}.key"

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert ring.key_for(organisation) == ring.key_for(organisation)
    with pytest.raises(FileExistsError):
        ring.make_for(organisation)


@pytest.mark.parametrize("body", [None, "", "{}", '{"key": "%%%"}', "not json"])
def test_a_key_file_that_is_missing_or_spoilt_is_said_so(tmp_path: Path, body: str | None) -> None:
    organisation = uuid4()
    if body is not None:
        (tmp_path / f"{organisation}.key").write_text(body)

    with pytest.raises(SealBroken, match="missing or cannot be read"):
        KeyRing(tmp_path).key_for(organisation)


def test_two_organisations_have_two_keys(tmp_path: Path) -> None:
    ring, one, other = KeyRing(tmp_path), uuid4(), uuid4()
    ring.make_for(one)
    ring.make_for(other)

    with pytest.raises(SealBroken):
        ring.key_for(other).open(ring.key_for(one).seal(b"x", bound_to=PLACE), bound_to=PLACE)
