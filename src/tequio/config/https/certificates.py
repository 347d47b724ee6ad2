"""The house's own certificate authority and the certificate of its server.

The authority is limited to the house's own names (name constraints, RFC 5280): whoever steals its
key can pretend to be this server and nobody else, so that trusting it on a telephone risks nothing
beyond this site.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tequio.config.installation import write_private
from tequio.config.words import gettext as _
from tequio.core import clock, entropy
from tequio.core.errors import DomainError

FOLDER: Final = "https"
AUTHORITY: Final = "authority.crt"
AUTHORITY_KEY: Final = "authority.key"
SERVER: Final = "server.crt"
SERVER_KEY: Final = "server.key"
_AUTHORITY_LASTS: Final = timedelta(days=3650)
# Telephones refuse certificates that last much longer than a year.
_SERVER_LASTS: Final = timedelta(days=390)
_RENEWED_BEFORE: Final = timedelta(days=60)


def found(data: Path, hosts: Sequence[str]) -> None:
    """Make the authority for these names, once; a second one would be trusted by no telephone."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (folder / AUTHORITY).exists():
        raise DomainError(
            _("Esta casa ya tiene su autoridad; los teléfonos confían en ella."),
            hint=_("Para otro nombre de servidor usa ./tequio https --again y repite la guía."),
        )
    begin_again(data, hosts)


def begin_again(data: Path, hosts: Sequence[str]) -> None:
    """Make a new authority and its server's certificate; every telephone must trust it anew."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Tequio de esta casa ({hosts[0]})")])
    limits = x509.NameConstraints(permitted_subtrees=_limits(hosts), excluded_subtrees=None)
    made = (
        _base(name, name, key.public_key(), _AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_others=True), critical=True)
        .add_extension(limits, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_key(folder / AUTHORITY_KEY, key)
    write_private(folder / AUTHORITY, made.public_bytes(serialization.Encoding.PEM))
    issue(data, hosts)


def issue(data: Path, hosts: Sequence[str]) -> None:
    """Issue the server's certificate; telephones that trust the authority notice nothing."""
    folder = data / FOLDER
    authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    signer = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError("The authority's key is not one of ours.")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    made = (
        _base(subject, authority.subject, key.public_key(), _SERVER_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_others=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_name(host) for host in hosts]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()),  # type: ignore[arg-type]
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
    _write_key(folder / SERVER_KEY, key)
    write_private(folder / SERVER, made.public_bytes(serialization.Encoding.PEM))


def renew_if_due(data: Path, hosts: Sequence[str]) -> bool:
    """Issue the server's certificate again two months before its end; tell whether it was done."""
    if (server_until(data) or clock.now()) - clock.now() > _RENEWED_BEFORE:
        return False
    if not (data / FOLDER / AUTHORITY_KEY).exists():
        return False
    issue(data, hosts)
    return True


def server_until(data: Path) -> datetime | None:
    """Return when the server's certificate ends; None where there is none."""
    path = data / FOLDER / SERVER
    if not path.exists():
        return None
    return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc


def days_left(data: Path) -> int:
    """Return the days until it ends; negative when it is over or was never made."""
    until = server_until(data)
    return -1 if until is None else (until - clock.now()).days


def fingerprint(data: Path) -> str:
    """Return the authority's SHA-256 in groups, as telephones show it."""
    path = data / FOLDER / AUTHORITY
    digest = x509.load_pem_x509_certificate(path.read_bytes()).fingerprint(hashes.SHA256())
    return " ".join(f"{byte:02X}" for byte in digest)


def _base(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, lasts: timedelta
) -> x509.CertificateBuilder:
    now = clock.now()
    serial = int.from_bytes(entropy.token_bytes(19), "big") + 1
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(serial)
        .not_valid_before(now - timedelta(days=1))  # a telephone's clock may be behind
        .not_valid_after(now + lasts)
    )


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others, key_cert_sign=signs_others, crl_sign=signs_others,
        content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host)


def _limits(hosts: Sequence[str]) -> list[x509.GeneralName]:
    limits: list[x509.GeneralName] = []
    addresses = False
    for host in hosts:
        name = _name(host)
        if isinstance(name, x509.IPAddress):
            addresses = True
            limits.append(x509.IPAddress(ipaddress.ip_network(str(name.value))))
        else:
            limits.append(name)
    if not addresses:  # a kind without a limit would be allowed whole
        limits.append(x509.IPAddress(ipaddress.ip_network("127.0.0.1/32")))
    return limits


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    write_private(
        path,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
