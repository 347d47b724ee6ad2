"""Structured logs by allow-list: a key that is not named here is dropped before writing.

No bodies, names, addresses or query strings: a log is the easiest thing to steal.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final

import structlog

# Where the wall's addresses begin (tequio.config.urls).
WALL: Final = "/muro/"

ALLOWED: Final = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "logger",
        "route",
        "method",
        "status",
        "ms",
        "job",
        "kind",
        "name",
        "done",
        "total",
        "organisations",
        "events",
        "command",
        "version",
        "exception_type",
        "where",
    ]
)


def only_allowed(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list; an exception keeps its type and place only."""
    problem = event.pop("exc_info", None)
    if problem is True:
        problem = sys.exc_info()
    if isinstance(problem, BaseException):
        problem = (type(problem), problem, problem.__traceback__)
    if problem and problem[0]:
        event["exception_type"] = problem[0].__name__
        event["where"] = _where(problem[2])
    # What begins with an underscore is structlog's own and is taken out before writing.
    return {key: value for key, value in event.items() if key in ALLOWED or key[0] == "_"}


def outside_the_wall(record: logging.LogRecord) -> bool:
    """Drop whatever is said of a request under the wall: that a member worked shows nowhere else.

    Django itself notes refusals and failures, with their moment; here not even those are kept.
    """
    request = getattr(record, "request", None)
    path = str(getattr(request, "path", ""))
    return not (path.startswith(WALL) or getattr(request, "walled", False))


def _where(trace: Any) -> str:
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " ".join(frames[-6:])


def configure(settings: Mapping[str, str]) -> None:
    """Send our lines and Django's through the same filter, to a file or to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        only_allowed,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_foreign, *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = _handler(settings.get("folder", ""))
    handler.setFormatter(formatter)
    handler.addFilter(outside_the_wall)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if settings.get("mode") == "production" else logging.WARNING)
    # Django's own request log carries paths and SQL parameters.
    for name in ("django.request", "django.server", "django.db.backends", "granian"):
        logging.getLogger(name).propagate = name == "django.request"


def _foreign(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    # A library's message is free text and may quote a person: only where it came from stays.
    event["event"] = "library_message"
    return event


def _handler(folder: str) -> logging.Handler:
    if not folder:
        return logging.StreamHandler(sys.stderr)
    Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    return logging.handlers.RotatingFileHandler(
        Path(folder) / "tequio.log", maxBytes=5_000_000, backupCount=5, encoding="utf-8"
    )
