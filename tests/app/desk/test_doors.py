"""What is kept can be found again from the pages, and not only by who knows its address."""

from __future__ import annotations

from django.urls import reverse
from tests.people import signed_in_client

from tequio.access.models import User


def test_who_reads_certificates_finds_their_register_from_the_list_of_men(
    coordinator: User, facilitator: User
) -> None:
    door = f'href="{reverse("reports:register")}"'
    people = reverse("desk:people")
    assert door in signed_in_client(coordinator).get(people).content.decode()
    assert door not in signed_in_client(facilitator).get(people).content.decode()
