"""Reads and compiles gettext catalogues, so that nobody needs the gettext tools to run Tequio."""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_MAGIC: Final = 0x950412DE
_FIELD: Final = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?) (".*")$')
_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")


@dataclass(slots=True)
class Message:
    """One entry of a catalogue."""

    fields: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str, str]:
        get = self.fields.get
        return get("msgctxt", ""), get("msgid", ""), get("msgid_plural", "")

    @property
    def answers(self) -> list[str]:
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def read(path: Path) -> list[Message]:
    """Return the entries of a .po file; those that are commented out do not count."""
    return [m for m in _entries(path.read_text(encoding="utf-8").splitlines()) if m.fields]


def _entries(lines: Sequence[str]) -> Iterator[Message]:
    message, last = Message(), ""
    for line in [*lines, ""]:
        found = _FIELD.match(line)
        if found:
            if found[1] in message.fields:
                raise ValueError(f"Two entries without an empty line between them: {line}")
            last = found[1]
            message.fields[last] = ast.literal_eval(found[2])
        elif line.startswith('"'):
            message.fields[last] += ast.literal_eval(line)
        elif line.startswith("#,"):
            message.flags.update(flag.strip() for flag in line[2:].split(","))
        elif not line.strip():
            yield message
            message = Message()


def problems(messages: Sequence[Message]) -> list[str]:
    """Return what keeps a catalogue from being complete: gaps, guesses, lost placeholders."""
    found = []
    for message in messages:
        text = message.key[1]
        if not text:
            continue  # the header
        if "fuzzy" in message.flags:
            found.append(f"a guess that nobody confirmed (fuzzy): {text!r}")
        if not message.answers or not all(message.answers):
            found.append(f"not translated: {text!r}")
            continue
        wanted = _placeholders(text) | _placeholders(message.key[2])
        found += [
            f"{text!r} and {answer!r} have different placeholders"
            for answer in message.answers
            if not _fits(_placeholders(answer), _placeholders(text), wanted, message)
        ]
    return found


def _fits(given: set[str], singular: set[str], wanted: set[str], message: Message) -> bool:
    """A plural may leave its number out where the words say it ("one man")."""
    return given <= wanted if message.key[2] else given == singular


def _placeholders(text: str) -> set[str]:
    return {a or b for a, b in _PLACEHOLDER.findall(text)}


def compiled(messages: Sequence[Message]) -> bytes:
    """Return the .mo file of a catalogue, always the same bytes for the same entries."""
    sure = (m for m in messages if not m.key[1] or ("fuzzy" not in m.flags and all(m.answers)))
    pairs = sorted(map(_pair, sure))
    start = 28 + 16 * len(pairs)
    table: list[int] = []  # where each original is, then where each translation is
    body = b""
    for text in [original for original, _ in pairs] + [translation for _, translation in pairs]:
        table += [len(text), start + len(body)]
        body += text + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + struct.pack(f"<{len(table)}I", *table) + body


def _pair(message: Message) -> tuple[bytes, bytes]:
    context, text, plural = message.key
    key = (f"{context}\x04" if "msgctxt" in message.fields else "") + text
    key += f"\0{plural}" if "msgid_plural" in message.fields else ""
    return key.encode(), "\0".join(message.answers).encode()
