"""One page over plain HTTP: the authority's certificate, which a telephone has to take first.

It serves two files and knows nothing else of the site. What it hands out may be changed on the
way; therefore the paper guide carries the fingerprint, which a person compares.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tequio.config import environment
from tequio.config.https import certificates

PATH: Final = "/confianza"
CERTIFICATE: Final = "/confianza.crt"
_PAGE: Final = """<!doctype html><html lang="es"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Confiar en este servidor</title>
<style>body{{font:1.1rem sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}}</style>
<h1>Confiar en este servidor</h1>
<p>1. Baja el certificado: <a href="{certificate}">confianza.crt</a></p>
<p>2. Antes de aceptarlo, compara esta huella con la de la hoja impresa. Si una letra no es igual,
no lo aceptes y avisa.</p><p><code>{fingerprint}</code></p>
<p>3. Instálalo como dice la hoja y entra en <a href="{site}">{site}</a>.</p>"""


def port_beside(port: int) -> int:
    """Return the port of this page: the one before the site's."""
    return port - 1


def command(site_port: int) -> list[str]:
    """Return the command of its process."""
    return [sys.executable, "-m", "tequio", "trust-page", str(site_port)]


def run(argv: Sequence[str]) -> int:
    """Serve until asked to stop."""
    site_port = int(argv[0])
    address = ("0.0.0.0", port_beside(site_port))  # noqa: S104 # nosec B104 - a public paper
    server(address, environment.data_folder(), site_port).serve_forever()
    return 0


def server(address: tuple[str, int], data: Path, site_port: int) -> ThreadingHTTPServer:
    """Return the server, bound and not yet serving."""
    pem = (data / certificates.FOLDER / certificates.AUTHORITY).read_bytes()
    paper = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    mark = certificates.fingerprint(data)

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            host = html.escape((self.headers.get("Host") or "").rsplit(":", 1)[0])
            if self.path == CERTIFICATE:
                self._send(paper, "application/x-x509-ca-cert")
            elif self.path in {"/", PATH}:
                site = f"https://{host}:{site_port}/"
                page = _PAGE.format(certificate=CERTIFICATE, fingerprint=mark, site=site)
                self._send(page.encode(), "text/html; charset=utf-8")
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: who asked is nobody's business."""

    return ThreadingHTTPServer(address, Handler)
