"""Open Referral's HSDS 3.0, in and out: nested services, or the tables of a package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any, Final

from tequio.core.text import squeeze
from tequio.network.rules.directory import hours, meanings, places, telephones
from tequio.network.rules.directory.drafts import Draft, Opens, hide_refuge

Row = Mapping[str, Any]
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUSES: Final = frozenset({"active", "inactive", "defunct", "temporarily closed"})
# Tables that hang on a service or on a location, and the name under which they are nested.
_OF_SERVICE: Final = ("phones", "schedules", "languages", "required_documents", "attributes")
_OF_LOCATION: Final = ("phones", "addresses", "schedules", "languages", "accessibility")


def is_nested(found: Any) -> bool:
    """Tell whether this is a list of services as HSDS nests them."""
    if not isinstance(found, list) or not found or not isinstance(found[0], dict):
        return False
    return "organization" in found[0] or "service_at_locations" in found[0]


def nested(tables: Mapping[str, Iterable[Row]]) -> list[dict[str, Any]]:
    """Nest the tables of a package: each service with its organization and its locations."""
    rows = {name: list(found) for name, found in tables.items()}
    organisations = {str(one.get("id")): one for one in rows.get("organizations", [])}
    locations = {
        str(one.get("id")): {
            **one,
            **{name: _of(rows, name, "location_id", one.get("id")) for name in _OF_LOCATION},
        }
        for one in rows.get("locations", [])
    }
    at: dict[str, list[dict[str, Any]]] = defaultdict(list)
    links = rows.get("service_at_location") or rows.get("service_at_locations") or []
    for link in links:
        place = locations.get(str(link.get("location_id")))
        if place is not None:
            at[str(link.get("service_id"))].append({"id": link.get("id"), "location": place})
    return [
        {
            **one,
            **{name: _of(rows, name, "service_id", one.get("id")) for name in _OF_SERVICE},
            "organization": organisations.get(str(one.get("organization_id"))),
            "service_at_locations": at[str(one.get("id"))],
        }
        for one in rows.get("services", [])
    ]


def _of(rows: Mapping[str, list[Row]], name: str, key: str, value: Any) -> list[Row]:
    return [row for row in rows.get(name, []) if row.get(key) and row.get(key) == value]


def drafts(service: Row, states: Mapping[str, str]) -> list[Draft]:
    """Return one draft for each place of a service; one without a place where it has none."""
    if meanings.is_torn(_text(service, "name")):
        return []
    links = service.get("service_at_locations") or [{}]
    return [_draft(service, link, states) for link in links if isinstance(link, Mapping)]


def _draft(service: Row, link: Row, states: Mapping[str, str]) -> Draft:
    organisation = _inner(service, "organization")
    location = _inner(link, "location")
    address = next(iter(_list(location, "addresses")), {})
    where = places.read(_text(address, "state_province"), _text(address, "city"), states)
    numbers, extension, mended = _phones(service, link, location, organisation)
    own = {_text(one, "label"): _text(one, "value") for one in _list(service, "attributes")}
    words = (_text(service, "name"), _text(service, "description"))
    status = _text(service, "status")
    schedules = _list(service, "schedules") + _list(link, "schedules")
    said = "; ".join(filter(None, (_text(one, "description") for one in schedules)))
    opens = tuple(found for one in schedules for found in _opens(one))
    # Where the days are told apart, the sentence is kept too: it may say more.
    read = () if opens else hours.read(said)
    place = [_text(address, "address_1"), _text(address, "address_2")]
    return hide_refuge(
        Draft(
            provider=(_text(organisation, "name") or _text(service, "name"))[:160],
            name=_text(service, "name")[:160],
            needs=tuple(own.get("needs", "").split()) or meanings.needs_of(*words),
            what_for=words[1][:300],
            status=status if status in STATUSES else "active",
            eligibility=_text(service, "eligibility_description")[:300],
            minimum_age=_age(service, "minimum_age"),
            maximum_age=_age(service, "maximum_age"),
            cost=_text(service, "fees_description")[:120],
            how_to_ask=_text(service, "application_process")[:300],
            bring="; ".join(_texts(service, "required_documents", "document"))[:300],
            languages=tuple(_texts(service, "languages", "name")),
            accessibility="; ".join(_texts(location, "accessibility", "description"))[:200],
            children=own.get("accepts_children", ""),
            safe_to_call=own.get("safe_to_call", "")[:300],
            refuge=own.get("refuge") == "yes" or meanings.is_refuge(*words),
            address=", ".join(filter(None, place))[:300],
            locality=where.locality[:120],
            state=where.state,
            hours="" if read else said[:200],
            openings=opens or read,
            numbers=numbers,
            extension=extension,
            email=(_text(service, "email") or _text(organisation, "email"))[:120],
            website=(_text(service, "url") or _text(organisation, "website"))[:200],
            foreign_key=_text(service, "id")[:80],
            provider_key=_text(organisation, "id")[:80],
            mended=(*mended, *where.mended),
        )
    )


def _phones(*holders: Row) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    numbers: list[str] = []
    extension, mended = "", dict[str, None]()
    for one in (phone for holder in holders for phone in _list(holder, "phones")):
        found = telephones.read(_text(one, "number"))
        numbers += found.numbers
        extension = extension or _text(one, "extension") or found.extension
        mended |= dict.fromkeys(found.mended)
    return tuple(dict.fromkeys(numbers)), extension[:10], tuple(mended)


def _opens(schedule: Row) -> list[Opens]:
    try:
        opens = time.fromisoformat(_text(schedule, "opens_at").rstrip("Z"))
        closes = time.fromisoformat(_text(schedule, "closes_at").rstrip("Z"))
    except ValueError:
        return []
    if closes.replace(tzinfo=None) <= opens.replace(tzinfo=None):
        return []
    days = [day.strip()[-2:].upper() for day in _text(schedule, "byday").split(",")]
    return [
        Opens(DAYS.index(day), opens.replace(tzinfo=None), closes.replace(tzinfo=None))
        for day in days
        if day in DAYS
    ]


def _age(row: Row, name: str) -> int | None:
    try:
        age = int(float(row.get(name) or "x"))
    except (TypeError, ValueError):
        return None
    return age if 0 <= age <= 120 else None


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None or isinstance(value, dict | list) else squeeze(str(value))


def _texts(row: Row, table: str, name: str) -> list[str]:
    return [text for one in _list(row, table) if (text := _text(one, name))]


def _inner(row: Row, name: str) -> Row:
    found = row.get(name)
    return found if isinstance(found, Mapping) else {}


def _list(row: Row, name: str) -> list[Row]:
    found = row.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
