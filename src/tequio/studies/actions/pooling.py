"""Agreeing with other organisations, sending our sums, and taking in theirs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from evidencia import Refusal
from evidencia.pooling import Packet, read_packet, sign_packet
from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record, record_export
from tequio.circles.retention.figures import language
from tequio.core import entropy, ids
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.instruments import definitions
from tequio.studies import pool_vault
from tequio.studies.models import PoolAgreement, PoolPacket
from tequio.studies.policies.pooling import agreements_visible_to, packets_visible_to
from tequio.studies.queries import pooling as queries
from tequio.studies.rules import pooling as rules
from tequio.studies.rules.pooling import Terms

LARGEST: Final = 2_000_000
_FEWEST: Final = range(3, 31)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is chosen when an agreement is proposed."""

    title: str
    instrument: str
    measure: str
    last: str
    middle: bool
    arms: str
    fewest: int


@transaction.atomic
def propose(*, by: User, chosen: Proposed, named: bool) -> PoolAgreement:
    """Propose a question to other organisations, with a key made for it alone."""
    require_everywhere(by, Permission.POOL_SHARE)
    if not squeeze(chosen.title):
        raise DomainError(_("Falta cómo se llama el acuerdo."))
    version = _version(chosen.instrument, chosen.measure)
    known = chosen.last in rules.WAVES[1:] and chosen.arms in rules.ARMS
    if not known or chosen.fewest not in _FEWEST:
        raise DomainError(_("Falta algo del acuerdo: momentos, grupos o mínimo de personas."))
    design = rules.design_of(
        version=version, **{k: v for k, v in asdict(chosen).items() if k != "title"}
    )
    terms = Terms(
        code=ids.new_folio(),
        title=squeeze(chosen.title)[:120],
        instrument=chosen.instrument,
        version=version,
        measure=chosen.measure,
        design=design,
    )
    made = _made(by, terms, entropy.token_bytes(rules.KEY_BYTES), named=named, proposed=True)
    record("pool.propose", by=by, subject=made)
    return made


@transaction.atomic
def join(*, by: User, file: str, key: str, named: bool) -> PoolAgreement:
    """Join what another organisation proposed, with its file and the key given in person."""
    require_everywhere(by, Permission.POOL_SHARE)
    secret = rules.read_key(key)
    terms = rules.read_file(file, secret)
    if agreements_visible_to(by).filter(code=terms.code).exists():
        raise Conflict(_("Tu organización ya está en este acuerdo (%s).") % terms.code)
    if _version(terms.instrument, terms.measure) != terms.version:
        raise DomainError(
            _("El acuerdo usa otra versión del cuestionario que la de aquí."),
            hint=_("Actualicen las dos organizaciones a la misma versión de Tequio."),
        )
    made = _made(by, terms, secret, named=named, proposed=False)
    record("pool.join", by=by, subject=made)
    return made


@transaction.atomic
def show_key(*, by: User, agreement_id: UUID) -> tuple[PoolAgreement, str]:
    """Return the key as it is printed, to be handed over in person."""
    require_everywhere(by, Permission.POOL_SHARE)
    agreement = pick(agreements_visible_to(by), pk=agreement_id)
    record("pool.show_key", by=by, subject=agreement)
    return agreement, rules.spell(pool_vault.open_key(agreement))


@transaction.atomic
def sum_up(*, by: User, agreement_id: UUID, data_set_id: UUID) -> PoolPacket:
    """Make our packet, once. Two packets of nearly the same men would tell of the difference."""
    require_everywhere(by, Permission.POOL_SHARE)
    visible = agreements_visible_to(by).select_for_update(of=("self",))
    agreement = pick(visible, pk=agreement_id)
    if agreement.packets.filter(own=True).exists():
        raise Conflict(
            _("Tu paquete de este acuerdo ya está hecho."),
            hint=_("Se hace uno solo: la diferencia entre dos diría algo de pocas personas."),
        )
    packet = queries.packet_of(by, agreement, data_set_id)
    text = sign_packet(packet, pool_vault.signer(agreement))
    made = _kept(by, agreement, packet, text, data_set_id)
    record("pool.sum_up", by=by, subject=made, detail={"code": agreement.code})
    return made


@transaction.atomic
def send(*, by: User, agreement_id: UUID) -> tuple[PoolAgreement, str]:
    """Return our packet as the file that leaves, and write down that it left."""
    require_everywhere(by, Permission.POOL_SHARE)
    agreement = pick(agreements_visible_to(by), pk=agreement_id)
    packet = pick(packets_visible_to(by), agreement=agreement, own=True)
    record_export("pool.packet", by=by, rows=0, subject=agreement)
    return agreement, pool_vault.open_packet(by.organisation_id, packet)


@transaction.atomic
def bring(*, by: User, agreement_id: UUID, data: bytes) -> PoolPacket:
    """Take in the packet of another organisation, after everything that can be checked of it."""
    require_everywhere(by, Permission.POOL_SHARE)
    visible = agreements_visible_to(by).select_for_update(of=("self",))
    agreement = pick(visible, pk=agreement_id)
    text = _text(data)
    packet = _read(agreement, text)
    mark = rules.fingerprint(packet)
    there = list(agreement.packets.all())
    if any(one.sha256 == mark for one in there):
        raise Conflict(_("Este mismo paquete ya está aquí. No se contó otra vez."))
    if packet.organisation == agreement.label:
        raise Conflict(
            _("Este paquete lleva el nombre de tu organización y no es el que hiciste."),
            hint=_("Alguien más tiene la llave y lo firmó. Avisen a todas y hagan otro acuerdo."),
        )
    if any(one.label == packet.organisation for one in there):
        raise Conflict(
            _("Ya hay un paquete de %(who)s, y este es otro. Contaría doble.")
            % {"who": packet.organisation},
            hint=_("Pregúntales cuál vale. Si es este, quita primero el que está."),
        )
    made = _kept(by, agreement, packet, text, None)
    record("pool.bring", by=by, subject=made, detail={"code": agreement.code})
    return made


@transaction.atomic
def drop(*, by: User, packet_id: UUID) -> UUID:
    """Take out a packet of another organisation; ours stays as it was sent."""
    require_everywhere(by, Permission.POOL_SHARE)
    packet = pick(packets_visible_to(by).select_related("agreement"), pk=packet_id)
    if packet.own:
        raise Conflict(_("Tu paquete ya pudo salir: no se quita ni se hace otro."))
    record("pool.drop", by=by, subject=packet, detail={"code": packet.agreement.code})
    agreement_id = packet.agreement_id
    packet.delete()
    return agreement_id


def _version(instrument: str, measure: str) -> str:
    for one in definitions.for_men():
        whole = one.instrument
        if whole.slug == instrument and whole.scale(measure) is not None:
            return whole.version
    raise DomainError(_("Aquí no hay esa medida de lo que cuentan los hombres."))


def _made(by: User, terms: Terms, key: bytes, *, named: bool, proposed: bool) -> PoolAgreement:
    agreement = PoolAgreement(
        organisation_id=by.organisation_id,
        code=terms.code,
        title=terms.title,
        instrument=terms.instrument,
        version=terms.version,
        measure=terms.measure,
        design=rules.design_as_json(terms.design),
        design_sha256=terms.design.sha256,
        label=by.organisation.name[: rules.LONGEST_LABEL]
        if named
        else rules.unnamed(ids.new_folio()),
        named=named,
        proposed=proposed,
        made_by=by,
    )
    agreement.sealed_key = pool_vault.seal_key(by.organisation_id, agreement.pk, key)
    agreement.save()
    return agreement


def _kept(
    by: User, agreement: PoolAgreement, packet: Packet, text: str, data_set_id: UUID | None
) -> PoolPacket:
    made = PoolPacket(
        agreement=agreement,
        label=packet.organisation,
        own=data_set_id is not None,
        data_set_id=data_set_id,
        sha256=rules.fingerprint(packet),
        people=packet.n_units,
        came_by=by,
    )
    made.sealed = pool_vault.seal_packet(agreement.organisation_id, made.pk, text)
    made.save()
    return made


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise DomainError(_("El archivo es demasiado grande para ser un paquete de sumas."))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


def _read(agreement: PoolAgreement, text: str) -> Packet:
    other = _signed_for(text)
    if other and other != agreement.code:
        raise DomainError(
            _("Este paquete es de otro acuerdo (%(other)s) y este es %(code)s.")
            % {"other": other[:40], "code": agreement.code},
            hint=_("Ábrelo en la página de aquel acuerdo."),
        )
    try:
        packet = read_packet(text, pool_vault.verifier(agreement))
    except Refusal as refused:
        raise DomainError(refused.note.text(language())) from refused
    if packet.design.sha256 != agreement.design_sha256:
        raise DomainError(
            _("El paquete de %(who)s se hizo con otras reglas que las acordadas. No se usó.")
            % {"who": packet.organisation[:80]},
            hint=_("Comparen el acuerdo: medida, momentos, grupos y mínimo de personas."),
        )
    if not 0 < len(packet.organisation) <= rules.LONGEST_LABEL:
        raise DomainError(_("El paquete no dice de qué organización es."))
    return packet


def _signed_for(text: str) -> str:
    """Return under which agreement a packet says it was signed; nothing where it says none."""
    try:
        return str(json.loads(text)["signature"]["key_id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
