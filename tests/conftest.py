"""What holds for every test: its own data folder, no network, no clock of its own, no luck."""

from __future__ import annotations

import gc
import ipaddress
import os
import random
import shutil
import socket
import tempfile
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# The settings are read once and at once: what they depend on comes first.
os.environ["TEQUIO_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
_OWN_FOLDER = None
if "tequio-test-" not in os.environ.get("TEQUIO_DATA", ""):
    _OWN_FOLDER = tempfile.mkdtemp(prefix="tequio-test-")
    os.environ["TEQUIO_DATA"] = _OWN_FOLDER

import hypothesis  # noqa: E402
import numpy as np  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from tests import gates  # noqa: E402
from whitenoise.middleware import WhiteNoiseMiddleware  # noqa: E402

from tequio.core import entropy, keys  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
PROOFS = ROOT / "docs" / "proofs"
SEED = int(os.environ.get("TEQUIO_TEST_SEED", "20261120"))
# What nobody can be made to have is forgiven: data that may not be copied (tests/shared_data.py).
FORGIVEN = "Skipped: Data that may not be copied are not here: "
# Whole worlds and every page: a minute together, where a usual file takes a second.
_LONG = {
    "test_access_matrix", "test_browser_policy", "test_query_budgets", "test_strangers",
    "test_two_worlds", "test_wall_budgets", "test_worlds",
}  # fmt: skip
_DATABASE_FIXTURES = {
    "django_db_setup",
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "live_server",
}

assert settings.DATABASES  # pytest-django sets Django up only once the settings are read

hypothesis.configuration.set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
_SLOW_IS_FINE = [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large]
hypothesis.settings.register_profile(
    "quick",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=_SLOW_IS_FINE,
)
hypothesis.settings.register_profile(
    "deep", hypothesis.settings.get_profile("quick"), max_examples=2000
)


# --- The command line -------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("tequio")
    group.addoption("--no-skips", action="store_true", help="a skipped test is a failed test")
    group.addoption("--only-database", action="store_true", help="only tests that use the database")


def _asked_for(config: pytest.Config, marker: str) -> bool:
    expression = str(config.getoption("markexpr"))
    return marker in expression and f"not {marker}" not in expression


def _own_folder_of_worker() -> None:
    """Processes side by side have the same luck, so the same keys: their files stay apart."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        return
    shared, own = settings.DATA, settings.DATA / worker
    os.environ["TEQUIO_DATA"] = str(own)
    for name in ("MEDIA_ROOT", "KEY_FOLDER"):
        setattr(settings, name, own / getattr(settings, name).relative_to(shared))
    settings.DATA = own
    # What a test starts as a process of its own looks for it there.
    (own / "static").mkdir(parents=True, exist_ok=True)


def _no_keys_of_another_run() -> None:
    """Of two runs in one folder the second has the luck of the first, so its very keys."""
    if "tequio-test-" in str(settings.KEY_FOLDER):
        shutil.rmtree(settings.KEY_FOLDER, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    _own_folder_of_worker()
    _no_keys_of_another_run()
    # The server warns when the folder of collected files is not there; a fresh one is empty.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    # Argon2id is slow on purpose; its own tests ask for it by name.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    keys.bear(keys.Cost(memory=64, passes=1))
    gates.install()
    if not _asked_for(config, "deep"):
        # Thousands of keys need not outlive a power cut; what must is proved by processes apart.
        os.fsync = lambda _handle: None
    # A run holds millions of objects for good: looking through them all again and again is slow.
    gc.set_threshold(100_000, 50, 50)
    _read_served_files_once()
    hypothesis.settings.load_profile("deep" if _asked_for(config, "deep") else "quick")


def _read_served_files_once() -> None:
    """Every new browser makes a server of its own, which reads all that it would serve."""
    read = WhiteNoiseMiddleware.add_files_from_finders
    kept: dict[str, Any] = {}

    def read_once(self: WhiteNoiseMiddleware) -> None:
        if not kept:
            read(self)
            kept.update(self.files)
        self.files.update(kept)

    WhiteNoiseMiddleware.add_files_from_finders = read_once


def pytest_unconfigure() -> None:
    if _OWN_FOLDER and "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(_OWN_FOLDER, ignore_errors=True)


def pytest_report_header() -> str:
    return f"seed: {SEED} (TEQUIO_TEST_SEED), database: {settings.DATABASES['default']['ENGINE']}"


def uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db"):
        return True
    return bool(_DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        chosen = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen
    elif os.environ.get("PYTEST_XDIST_WORKER") and not config.getoption("--no-skips"):
        items[:] = _long_ones_first(items)


def _long_ones_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of two workers each is given one half, and who is done takes from the other.

    With what takes long at the beginning of both halves, what is left at the end is short, and
    nobody sits waiting for the last one.
    """
    first = [item for item in items if item.path.stem in _LONG]
    then = [item for item in items if item.path.stem not in _LONG]
    half = len(then) // 2
    return [*first[::2], *then[:half], *first[1::2], *then[half:]]


def _forgiven(report: Any) -> bool:
    return hasattr(report, "wasxfail") or str(report.longrepr[2]).startswith(FORGIVEN)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: Any = yield
    if item.config.getoption("--no-skips") and report.skipped and not _forgiven(report):
        report.outcome = "failed"
        report.longrepr = f"A skip is a failure here: {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report: Any = yield
    if collector.config.getoption("--no-skips") and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"A skip is a failure here: {report.longrepr}"
    return report


# --- No network -------------------------------------------------------------------------------


class NetworkReachedError(RuntimeError):
    """A test tried to leave this machine."""


def _refuse_strangers(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        inside = ipaddress.ip_address(str(name)).is_loopback or str(name) == "0.0.0.0"
    except ValueError:
        inside = False
    if not inside:
        raise NetworkReachedError(f"A test tried to reach {name!r}; only the loopback is open.")


_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if isinstance(address, tuple):
        _refuse_strangers(address[0])
    return _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    if isinstance(address, tuple):
        _refuse_strangers(address[0])
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    _refuse_strangers(host)
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = _guarded_connect  # type: ignore[method-assign]
socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign]
socket.getaddrinfo = _guarded_getaddrinfo


# --- Fixtures ---------------------------------------------------------------------------------


class _FixedLuck:
    """Stands where `entropy` takes its bytes from the machine: other bytes for each test."""

    def __init__(self, seed: int) -> None:
        self._luck = random.Random(seed)
        self._lock = threading.Lock()

    def token_bytes(self, size: int) -> bytes:
        with self._lock:  # two threads must not be given the same key
            return self._luck.randbytes(size)


@pytest.fixture(autouse=True)
def _no_luck(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own fixed luck, whatever ran before it and on whichever worker.

    Also for passphrases, folios and codes: one in a thousand papers has the word that a test
    types as a wrong one, and the failure must come back when it is looked for.
    """
    seed = (SEED + zlib.crc32(request.node.nodeid.encode())) % 2**32
    random.seed(seed)
    np.random.seed(seed)
    monkeypatch.setattr(entropy, "secrets", _FixedLuck(seed))


@pytest.fixture(autouse=True)
def _nobody_looks_over_the_wall() -> Iterator[None]:
    """Gate 1 (tests/gates.py), for every request of every test."""
    gates.taken()
    yield
    assert "\n".join(map(str, gates.taken())) == ""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """A database in memory has no file to fight over: the concurrency tests get a real one."""
    if _asked_for(request.config, "sqlite_file"):
        path = tmp_path_factory.mktemp("database") / "tequio.sqlite3"
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture(scope="session")
def proofs() -> Path:
    """Where a long proof keeps its result, so that anybody may read it without running it."""
    PROOFS.mkdir(parents=True, exist_ok=True)
    return PROOFS
