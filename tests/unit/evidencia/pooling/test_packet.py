from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evidencia import Refusal
from evidencia.pooling import (
    HmacSigner,
    HmacVerifier,
    Packet,
    PooledDesign,
    make_packet,
    read_packet,
    sign_packet,
)

KEY = bytes(range(32))
SIGNER, VERIFIER = HmacSigner("centro-2026", KEY), HmacVerifier({"centro-2026": KEY})
DESIGN = PooledDesign("miedo (mujeres)", ("T1", "T2"), ("espera", "programa"), covariates=("edad",))


@pytest.fixture(scope="module")
def packet() -> Packet:
    rng = np.random.default_rng(1)
    y = rng.normal(10, 3, (40, 2))
    y[:12, 1] = np.nan
    arm = np.where(np.arange(40) % 2, "programa", "espera")
    return make_packet(DESIGN, "Centro Ñandú", y, arm, covariates=rng.normal(35, 8, 40))


def refusal(text: str, verifier: object = VERIFIER) -> str:
    with pytest.raises(Refusal) as caught:
        read_packet(text, verifier)  # type: ignore[arg-type]
    return caught.value.note.code


def test_a_packet_comes_back_to_the_last_bit(packet: Packet) -> None:
    again = read_packet(sign_packet(packet, SIGNER), VERIFIER)

    assert again.as_mapping() == packet.as_mapping()
    assert again.design == DESIGN
    assert (again.n_units, again.organisation) == (40, "Centro Ñandú")
    assert np.array_equal(again.cells[0].products.yy, packet.cells[0].products.yy)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key in value for leaf in leaves(value[key], (*path, key))]
    if isinstance(value, list):
        return [leaf for i, item in enumerate(value) for leaf in leaves(item, (*path, i))]
    return [path]


def test_every_single_value_changed_is_found(packet: Packet) -> None:
    text = sign_packet(packet, SIGNER)
    paths = leaves(json.loads(text)["packet"])

    assert len(paths) > 60
    for path in paths:
        envelope = json.loads(text)
        at = envelope["packet"]
        for step in path[:-1]:
            at = at[step]
        value = at[path[-1]]
        if isinstance(value, bool):
            at[path[-1]] = not value
        else:
            at[path[-1]] = value + "x" if isinstance(value, str) else value + 1
        assert refusal(json.dumps(envelope)) == "pooling.tampered", path


def test_spaces_and_the_order_of_names_are_not_tampering(packet: Packet) -> None:
    envelope = json.loads(sign_packet(packet, SIGNER))
    turned = {name: envelope[name] for name in reversed(envelope)}

    assert read_packet(json.dumps(turned, indent=4), VERIFIER).n_units == 40


def test_a_key_nobody_knows_signs_nothing(packet: Packet) -> None:
    assert refusal(sign_packet(packet, HmacSigner("other", KEY))) == "pooling.tampered"
    wrong = HmacSigner("centro-2026", b"x" * 32)
    assert refusal(sign_packet(packet, wrong)) == "pooling.tampered"


def resigned(packet: Packet, change: Any) -> str:
    """A packet that its own signer made wrong."""
    body = packet.as_mapping()
    change(body)

    class Wrong:
        def as_mapping(self) -> dict[str, Any]:
            return body

    return sign_packet(Wrong(), SIGNER)  # type: ignore[arg-type]


def test_a_good_signature_does_not_make_sums_plausible(packet: Packet) -> None:
    def less_than_nothing(body: dict[str, Any]) -> None:
        body["cells"][0]["yy"][0][0] = -1.0

    def crooked(body: dict[str, Any]) -> None:
        body["cells"][0]["zz"][0][1] += 1.0

    def more_people(body: dict[str, Any]) -> None:
        body["cells"][0]["n"] += 1

    def another_design(body: dict[str, Any]) -> None:
        body["design"]["centre"] = 3.0

    for change in (less_than_nothing, crooked, more_people, another_design):
        assert refusal(resigned(packet, change)) == "pooling.not_plausible"


def test_another_version_is_named(packet: Packet) -> None:
    text = resigned(packet, lambda body: body.update(schema_version="2"))

    assert refusal(text) == "pooling.version"


def test_too_few_people_are_refused_even_when_signed() -> None:
    y = np.arange(10.0).reshape(5, 2) ** 2
    loose = PooledDesign("miedo", ("T1", "T2"), ("todas",), threshold=3)
    small = make_packet(loose, "Centro", y[:4])
    text = resigned(
        small,
        lambda body: (
            body["design"].update(threshold=5),
            body.update(design_sha256=PooledDesign("miedo", ("T1", "T2"), ("todas",)).sha256),
        ),
    )

    assert refusal(text) == "pooling.below_threshold"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"packet": 1}', '{"packet":{"a":NaN},"signature":{}}', "[" * 100000]
)
def test_what_is_no_packet_is_said_to_be_none(text: str) -> None:
    assert refusal(text) == "pooling.not_a_packet"


def test_a_packet_with_a_piece_missing_is_no_packet(packet: Packet) -> None:
    text = resigned(packet, lambda body: body["cells"][0].pop("zy"))

    assert refusal(text) == "pooling.not_a_packet"


class Ed25519:
    """What an installation with Ed25519 keys gives to the library."""

    algorithm, key_id = "ed25519", "casa-norte"

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    def sign(self, data: bytes) -> bytes:
        return self._private.sign(data)


class Ed25519Reader:
    def __init__(self, public: Ed25519PublicKey) -> None:
        self._public = public

    def verify(self, algorithm: str, key_id: str, data: bytes, signature: bytes) -> bool:
        if (algorithm, key_id) != ("ed25519", "casa-norte"):
            return False
        try:
            self._public.verify(signature, data)
        except InvalidSignature:
            return False
        return True


def test_an_ed25519_key_serves_as_well(packet: Packet) -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    text = sign_packet(packet, Ed25519(private))

    assert read_packet(text, Ed25519Reader(private.public_key())).n_units == 40
    assert refusal(text.replace('"n": 14', '"n": 15'), Ed25519Reader(private.public_key())) == (
        "pooling.tampered"
    )


def test_the_schema_names_what_a_packet_holds(packet: Packet) -> None:
    schema = json.loads((files("evidencia.pooling") / "packet.schema.json").read_text())

    def holds(shape: dict[str, Any], value: Any) -> None:
        if shape.get("type") == "object":
            assert set(value) == set(shape["required"]) == set(shape["properties"])
            for name, inner in shape["properties"].items():
                holds(inner, value[name])
        elif shape.get("type") == "array":
            for item in value:
                holds(shape["items"], item)
        elif "const" in shape:
            assert value == shape["const"]
        else:
            types = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
            assert isinstance(value, types[shape["type"]])

    holds(schema, json.loads(sign_packet(packet, SIGNER)))


def test_a_packet_holds_no_row(packet: Packet) -> None:
    """A column of one number per person would be as long as a cell; none is."""
    for cell in packet.as_mapping()["cells"]:
        for name in ("zz", "zy", "yy"):
            assert len(cell[name]) < cell["n"]
            assert all(len(row) < cell["n"] for row in cell[name])


def test_a_short_secret_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        HmacSigner("a", b"short")
