"""In one process several threads listen and one works."""

from __future__ import annotations

import threading
import time
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tequio.config.middleware import OneAtATime


class SlowTelephone(BytesIO):
    """A body that arrives only when the test lets it."""

    def __init__(self, content: bytes, arrived: threading.Event) -> None:
        super().__init__(content)
        self.arrived = arrived

    def read(self, size: int | None = -1) -> bytes:
        self.arrived.wait(5)
        return super().read(size)


def test_two_requests_never_work_at_the_same_moment() -> None:
    inside, most = 0, 0

    def view(_request: HttpRequest) -> HttpResponse:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.01)
        inside -= 1
        return HttpResponse()

    gate = OneAtATime(view)
    threads = [threading.Thread(target=gate, args=[RequestFactory().get("/")]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_slow_telephone_keeps_nobody_waiting() -> None:
    arrived, served = threading.Event(), list[str]()

    def view(request: HttpRequest) -> HttpResponse:
        served.append(request.POST.get("status") or request.path)
        return HttpResponse()

    gate = OneAtATime(view)
    slow = RequestFactory().post("/marca/", {"status": "present"})
    slow.environ["wsgi.input"] = slow._stream = SlowTelephone(  # type: ignore[attr-defined]
        slow.environ["wsgi.input"].read(), arrived
    )
    telephone = threading.Thread(target=gate, args=[slow])
    telephone.start()
    time.sleep(0.05)
    gate(RequestFactory().get("/hoy/"))
    assert served == ["/hoy/"]
    arrived.set()
    telephone.join(5)
    assert served == ["/hoy/", "present"]
