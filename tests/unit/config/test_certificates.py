"""The house's certificates are believed for its own names by who trusts it, and for no others."""

from __future__ import annotations

import http.client
import socket
import ssl
import stat
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tequio.config import service, together
from tequio.config.https import certificates, guide, trust_page
from tequio.config.installation import LOCAL, Installation
from tequio.core import clock
from tequio.core.errors import DomainError

HOSTS = ("tequio.local", "192.168.1.20", *LOCAL)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    certificates.found(tmp_path, HOSTS)
    return tmp_path


@contextmanager
def answering(data: Path) -> Iterator[int]:
    """A server that shakes hands with the house's certificate."""
    papers = data / certificates.FOLDER
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers / certificates.SERVER, papers / certificates.SERVER_KEY)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            with context.wrap_socket(listener.accept()[0], server_side=True):
                pass
        except OSError:
            pass

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        thread.join()
        listener.close()


def shake(data: Path, name: str, *, trusts: Path | None) -> None:
    context = ssl.create_default_context(cafile=str(trusts) if trusts else None)
    with (
        answering(data) as port,
        socket.create_connection(("127.0.0.1", port)) as raw,
        context.wrap_socket(raw, server_hostname=name),
    ):
        pass


def authority(data: Path) -> Path:
    return data / certificates.FOLDER / certificates.AUTHORITY


@pytest.mark.parametrize("name", ["tequio.local", "192.168.1.20", "localhost", "127.0.0.1"])
def test_who_trusts_the_house_enters_by_each_of_its_names(data: Path, name: str) -> None:
    shake(data, name, trusts=authority(data))


def test_who_does_not_trust_it_is_warned(data: Path) -> None:
    with pytest.raises(ssl.SSLError):
        shake(data, "tequio.local", trusts=None)


@pytest.mark.parametrize("names", [("banco.example",), ("10.0.0.1",)])
def test_a_stolen_authority_can_be_nobody_else(data: Path, names: Sequence[str]) -> None:
    certificates.issue(data, names)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake(data, names[0], trusts=authority(data))


def test_keys_are_for_this_account_alone(data: Path) -> None:
    for path in (data / certificates.FOLDER).iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_renewed_two_months_before_its_end_and_the_telephones_notice_nothing(
    data: Path,
) -> None:
    before = authority(data).read_bytes()
    assert certificates.renew_if_due(data, HOSTS) is False
    with clock.at(clock.now() + timedelta(days=331)):
        assert certificates.days_left(data) < 60
        assert certificates.renew_if_due(data, HOSTS) is True
        assert certificates.days_left(data) > 380
    assert authority(data).read_bytes() == before


def test_a_second_authority_is_not_made_by_accident(data: Path) -> None:
    with pytest.raises(DomainError, match="ya tiene su autoridad"):
        certificates.found(data, HOSTS)


def test_without_a_certificate_there_are_no_days_left(tmp_path: Path) -> None:
    assert certificates.days_left(tmp_path) < 0


def test_the_sheet_leads_to_an_address_and_carries_the_fingerprint(data: Path) -> None:
    set_up = Installation(way="house", hosts=HOSTS, port=8443)
    said = guide.content(data, set_up)
    assert said["address"] == "http://192.168.1.20:8442/confianza"
    assert str(said["fingerprint"]).split() == certificates.fingerprint(data).split()
    named = Installation(way="house", hosts=("tequio.local", *LOCAL), port=8443)
    assert guide.reachable(named) == "tequio.local"
    made = guide.pdf(data, set_up, "Casa Clara")
    assert made.startswith(b"%PDF")


def test_the_page_of_trust_hands_out_the_certificate_and_nothing_else(data: Path) -> None:
    server = trust_page.server(("127.0.0.1", 0), data, 8443)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        answers = {}
        for path in ("/confianza", "/confianza.crt", "/https/authority.key", "/../server.key"):
            door = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
            door.request("GET", path, headers={"Host": "192.168.1.20<b>:8442"})
            got = door.getresponse()
            answers[path] = (got.status, got.read())
            door.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert [status for status, _body in answers.values()] == [200, 200, 404, 404]
    page = answers["/confianza"][1].decode()
    assert certificates.fingerprint(data) in page
    assert "<b>" not in page
    pem = ssl.DER_cert_to_PEM_cert(answers["/confianza.crt"][1])
    assert pem.split() == authority(data).read_text().split()


def test_each_way_listens_where_it_should(data: Path) -> None:
    laptop = service.site_of(data, Installation())
    house = service.site_of(data, Installation(way="house", hosts=HOSTS, port=8443))
    hosted = service.site_of(data, Installation(way="hosted", hosts=("a.example.org", *LOCAL)))
    assert (laptop.host, laptop.certificate) == ("127.0.0.1", None)
    assert (hosted.host, hosted.certificate) == ("127.0.0.1", None)
    assert house.host == "0.0.0.0"
    assert house.certificate is not None
    both = 1 if together.possible() else 2
    assert len(service.processes(laptop, Installation())) == both
    assert len(service.processes(house, Installation(way="house", hosts=HOSTS))) == 4


def test_a_port_that_is_taken_is_told_before_anything_opens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for way, asked in (("laptop", port), ("house", port + 1)):
            with pytest.raises(DomainError, match=f"El puerto {port} está ocupado"):
                service._require_free(asked, Installation(way=way))  # type: ignore[arg-type]
