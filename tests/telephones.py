"""A telephone with ODK Collect, played by hand over a socket: what it asks, in which order.

Written after what ODK Collect sends (OpenRosa Form Discovery and Submission APIs), with nothing of
ours in between, so that a mistake of ours is not made twice.
"""

from __future__ import annotations

import http.client
import random
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from pyxform.xls2xform import convert

from tequio.instruments import offered
from tequio.instruments.offered import Offered

SHOWN = (
    "content-type", "location", "x-openrosa-version", "x-openrosa-accept-content-length", "date",
)  # fmt: skip
LIST = "{http://openrosa.org/xforms/xformsList}"
SAID = "{http://openrosa.org/http/response}"
AGENT = "org.odk.collect.android/v2024.3.3 Dalvik/2.1.0 (Linux; U; Android 10; SM-A107M)"

# Twenty-six fields, as a short survey of a neighbourhood has them.
_KINDS = ("integer", "text", "select_one si_no", "select_multiple cosas", "decimal", "date")


def survey(form_id: str = "barrio", version: str = "1", *, photo: bool = False) -> bytes:
    """Return the XForm that pyxform makes of a form of twenty-six questions."""
    rows = [f"| | {_KINDS[n % 6]} | p{n + 1} | Pregunta {n + 1} |" for n in range(26)]
    if photo:
        rows.append("| | image | foto | Una foto |")
    text = "\n".join(
        [
            "| survey |",
            "| | type | name | label |",
            *rows,
            "| choices |",
            "| | list_name | name | label |",
            "| | si_no | si | Sí |",
            "| | si_no | no | No |",
            "| | cosas | agua | Agua |",
            "| | cosas | luz | Luz |",
            "| settings |",
            "| | form_title | form_id | version |",
            f"| | Encuesta del barrio | {form_id} | {version} |",
        ]
    )
    made = convert(xlsform=text, file_type=".md", form_name="data", validate=False)
    return made.xform.encode()


def on_offer(xml: bytes, **more: object) -> Offered:
    """Return a form as it is offered to telephones."""
    root = ET.fromstring(xml)
    data = root.find(".//{http://www.w3.org/2002/xforms}instance")[0]  # type: ignore[index]
    title = root.findtext(".//{http://www.w3.org/1999/xhtml}title") or ""
    said = {"form_id": data.get("id"), "version": data.get("version") or "", "title": title}
    return Offered(**{**said, "xml": xml, **more})  # type: ignore[arg-type]


@contextmanager
def offers(*forms: Offered) -> Iterator[None]:
    """Offer forms to every telephone for a while, and no others."""
    with offered.offering("tests", lambda _organisation, _form_id: forms):
        yield


def answers(
    form_id: str = "barrio",
    version: str = "1",
    *,
    number: str | None = None,
    before: str = "",
    first: str = "7",
    more: str = "",
) -> tuple[str, bytes]:
    """Return a number, and a filled-in form as Collect writes it."""
    number = number or f"uuid:{uuid.uuid4()}"
    said = {"integer": "7", "text": "Sí, siempre", "decimal": "1.5", "date": "2026-11-20"}
    said |= {"select_one si_no": "si", "select_multiple cosas": "agua luz"}
    body = "".join(
        f"<p{n + 1}>{first if n == 0 else said[_KINDS[n % 6]]}</p{n + 1}>" for n in range(26)
    )
    old = f"<orx:deprecatedID>{before}</orx:deprecatedID>" if before else ""
    xml = (
        "<?xml version='1.0' ?>"
        f'<data id="{form_id}" version="{version}" xmlns:orx="http://openrosa.org/xforms">'
        f"{body}{more}<orx:meta><orx:instanceID>{number}</orx:instanceID>{old}</orx:meta></data>"
    )
    return number, xml.encode()


def envelope(xml: bytes, files: Mapping[str, tuple[str, bytes]] | None = None) -> tuple[str, bytes]:
    """Return content type and body, as Collect's OkHttp writes them."""
    mark = uuid.uuid4().hex
    parts = [("xml_submission_file", "submission.xml", "text/xml; charset=utf-8", xml)]
    parts += [(name, name, kind, data) for name, (kind, data) in (files or {}).items()]
    body = b"".join(
        f"--{mark}\r\n"
        f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        f"Content-Type: {kind}\r\n"
        f"Content-Length: {len(data)}\r\n\r\n".encode()
        + data
        + b"\r\n"
        for name, filename, kind, data in parts
    )
    return f"multipart/form-data; boundary={mark}", body + f"--{mark}--\r\n".encode()


@dataclass(slots=True)
class Heard:
    """An answer of the server."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def message(self) -> str:
        """The sentence that Collect shows."""
        return ET.fromstring(self.body).findtext(f"{SAID}message") or ""


@dataclass(slots=True)
class Telephone:
    """ODK Collect set to one server."""

    server: str
    log: list[str] = field(default_factory=list)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Heard:
        """Ask once, over a connection of its own."""
        parts = urlsplit(path if "://" in path else self.server + path)
        line = http.client.HTTPConnection(parts.netloc, timeout=30)
        heads = {"X-OpenRosa-Version": "1.0", "User-Agent": AGENT, **(headers or {})}
        try:
            line.request(method, parts.path, body or None, heads)
            got = line.getresponse()
            heard = Heard(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            line.close()
        self._note(method, parts.path, heads, body, heard)
        return heard

    def _note(
        self, method: str, path: str, heads: Mapping[str, str], body: bytes, heard: Heard
    ) -> None:
        """Write down what went over the line, without what changes from answer to answer."""
        sent = [f"> {method} {path} HTTP/1.1", *(f"> {k}: {v}" for k, v in heads.items())]
        if body:
            sent += [f"> Content-Length: {len(body)}", ">"]
            sent += [f"> {line}" for line in body.decode("utf-8", "replace").splitlines()]
        told = [f"< {heard.status} {http.client.responses[heard.status]}"]
        told += [f"< {k}: {heard.headers[k]}" for k in SHOWN if k in heard.headers]
        if heard.body:
            lines = heard.body.decode("utf-8", "replace").splitlines()
            told += ["<", *(f"< {line}" for line in lines)]
        self.log.append("\n".join([*sent, *told]))

    def forms(self) -> dict[str, dict[str, str]]:
        """Fetch the list, by form."""
        heard = self.ask("GET", "/formList")
        assert heard.status == 200, heard.body
        found = [
            {one.tag.removeprefix(LIST): one.text or "" for one in form}
            for form in ET.fromstring(heard.body)
        ]
        return {form["formID"]: form for form in found}

    def send(self, xml: bytes, files: Mapping[str, tuple[str, bytes]] | None = None) -> Heard:
        """Send as Collect does: a HEAD, then the POST to the address that it gave."""
        head = self.ask("HEAD", "/submission")
        assert head.status == 204, head
        kind, body = envelope(xml, files)
        return self.ask("POST", "/submission", body, {"Content-Type": kind})


class Lost(Exception):
    """The line broke; the telephone does not know whether anything arrived."""


def send_over_a_bad_line(telephone: Telephone, xml: bytes, luck: random.Random) -> Heard:
    """Send once over a line that breaks three times in ten, on the way there or back."""
    parts = urlsplit(f"{telephone.server}/submission")
    kind, body = envelope(xml)
    line = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        drawn = luck.random()
        if drawn < 0.15:
            line.putrequest("POST", parts.path)
            line.putheader("Content-Type", kind)
            line.putheader("Content-Length", str(len(body)))
            line.endheaders()
            line.send(body[: luck.randrange(len(body))])
            raise Lost
        line.request("POST", parts.path, body, {"Content-Type": kind, "X-OpenRosa-Version": "1.0"})
        got = line.getresponse()
        heard = Heard(got.status, dict(got.getheaders()), got.read())
        if drawn < 0.30:
            raise Lost
        return heard
    finally:
        line.close()
