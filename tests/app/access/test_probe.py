from __future__ import annotations

from tests.people import sign_in


def test_a(client, facilitator):
    r = sign_in(client, facilitator).get("/cuenta/")
    assert r.status_code == 200
