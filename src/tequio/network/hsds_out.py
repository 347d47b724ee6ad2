"""The directory as HSDS 3.0: services nested with their organization and their locations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tequio.network.models import Opening, Service
from tequio.network.rules.directory.hsds import DAYS
from tequio.territory import places


def services(found: Iterable[Service]) -> list[dict[str, Any]]:
    """Return the services; where a refuge is stands in none of them."""
    return [_service(one) for one in found]


def _service(one: Service) -> dict[str, Any]:
    said = {
        "id": str(one.pk),
        "name": one.name,
        "description": one.what_for,
        "status": one.status,
        "application_process": one.how_to_ask,
        "fees_description": one.cost,
        "eligibility_description": one.eligibility,
        "minimum_age": one.minimum_age,
        "maximum_age": one.maximum_age,
        # On which day somebody called there; the person stays with us.
        "assured_date": one.verified_on.isoformat() if one.verified_on else None,
        "last_modified": one.changed_at.isoformat(),
        "organization": {
            "id": str(one.provider.pk),
            "name": one.provider.name,
            "description": one.provider.name,
            "email": one.provider.email,
            "website": one.provider.website,
        },
        "phones": _phones(one),
        "schedules": _schedules(one),
        "languages": [
            {"id": f"{one.pk}-{n}", "name": name} for n, name in enumerate(one.languages)
        ],
        "required_documents": [{"id": f"{one.pk}-r", "document": one.bring}] if one.bring else [],
        "service_at_locations": _locations(one),
        "attributes": _attributes(one),
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _phones(one: Service) -> list[dict[str, Any]]:
    return [
        {"id": str(phone.pk), "number": phone.number, "type": phone.kind}
        | ({"extension": phone.extension} if phone.extension else {})
        for phone in one.phones.all()
    ]


def _schedules(one: Service) -> list[dict[str, Any]]:
    found = [_schedule(opening) for opening in one.openings.all()]
    return [*found, {"id": f"{one.pk}-h", "description": one.hours}] if one.hours else found


def _schedule(opening: Opening) -> dict[str, Any]:
    return {
        "id": str(opening.pk),
        "freq": "WEEKLY",
        "byday": DAYS[opening.weekday],
        "opens_at": opening.opens.isoformat("minutes"),
        "closes_at": opening.closes.isoformat("minutes"),
    }


def _locations(one: Service) -> list[dict[str, Any]]:
    if one.refuge or not (one.address or one.state or one.locality):
        return []
    place = places.find(one.municipality)
    states = {state.key: state.name for state in places.states()}
    address = {
        "id": f"{one.pk}-a",
        "address_1": one.address,
        "city": place.name if place else one.locality,
        "state_province": states.get(one.state, ""),
        "country": "MX",
        "address_type": "physical",
    }
    location: dict[str, Any] = {"id": f"{one.pk}-l", "addresses": [address]}
    if one.accessibility:
        location["accessibility"] = [{"id": f"{one.pk}-c", "description": one.accessibility}]
    return [{"id": f"{one.pk}-s", "location": location}]


def _attributes(one: Service) -> list[dict[str, str]]:
    said = {
        "needs": " ".join(one.needs),
        "accepts_children": one.children,
        "safe_to_call": one.safe_to_call,
        "refuge": "yes" if one.refuge else "",
    }
    return [{"label": label, "value": value} for label, value in said.items() if value]
