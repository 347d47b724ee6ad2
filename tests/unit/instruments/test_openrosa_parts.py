"""Envelopes, kinds of files and settings, apart from any server."""

from __future__ import annotations

import io

import pytest
from django.http import HttpRequest
from tests.telephones import envelope

from tequio.instruments.openrosa import bodies, collect, kinds_of_file
from tequio.instruments.openrosa.envelope import MOST_PARTS, BadEnvelope, opened


def test_an_envelope_is_opened_as_it_was_closed() -> None:
    kind, body = envelope(b"<a/>", {'ñandú "1".jpg': ("image/jpeg", b"\r\n--x\r\n")})
    first, second = opened(kind, body.replace(b'"1"', b'\\"1\\"'))
    assert (first.name, first.type, first.data) == ("xml_submission_file", "text/xml", b"<a/>")
    assert (second.filename, second.data) == ('ñandú "1".jpg', b"\r\n--x\r\n")


@pytest.mark.parametrize("cut", [1, 3, 10, 60, 200])
def test_a_cut_envelope_is_none_wherever_it_was_cut(cut: int) -> None:
    kind, body = envelope(b"<a/>" * 60)
    with pytest.raises(BadEnvelope):
        opened(kind, body[:-cut] if cut > 2 else body[:-4])


def test_an_envelope_with_too_many_parts_or_of_another_kind_is_refused() -> None:
    kind, body = envelope(b"<a/>", {f"{n}.jpg": ("image/jpeg", b"x") for n in range(MOST_PARTS)})
    with pytest.raises(BadEnvelope):
        opened(kind, body)
    with pytest.raises(BadEnvelope):
        opened("text/xml", b"<a/>")


@pytest.mark.parametrize(
    ("said", "data", "kind"),
    [
        ("image/jpeg", b"\xff\xd8\xff\xe0..", "image/jpeg"),
        ("image/jpeg", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("audio/mp4", b"\0\0\0\x18ftypM4A ", "video/mp4"),
        ("text/csv", b"event,node,start\nform start,,1", "text/csv"),
        ("text/csv", b"MZ\x90\0", ""),
        ("image/jpeg", b"<svg onload=x>", ""),
        ("text/html", b"<script>", ""),
    ],
)
def test_a_file_is_what_it_begins_with(said: str, data: bytes, kind: str) -> None:
    assert kinds_of_file.kind(said, data) == kind


def test_the_picture_holds_what_collect_imports() -> None:
    made = collect.settings("https://casa.example/v1/key/x/projects/1", "Círculo Norte")
    assert collect.unpacked(collect.packed(made)) == made
    assert set(made) == {"general", "admin", "project"}


def test_what_is_too_much_is_heard_out_so_that_a_telephone_hears_the_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bodies, "LARGEST", 10)
    for size, left in ((3 * bodies._CHUNK, b""), (bodies._HEARD_OUT + 5, b"x" * 5)):
        request = HttpRequest()
        stream = io.BytesIO(b"x" * size)
        request.META |= {"wsgi.input": stream, "CONTENT_LENGTH": str(size)}
        assert bodies.held(request) is None
        assert stream.read() == left
