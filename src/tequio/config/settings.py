"""Django's settings: wiring only. A room's own defaults live in the room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from tequio.config import boot, databases, environment, installation

MODE = environment.mode()
DATA = environment.data_folder()
ROOT = environment.ROOT

DEBUG = MODE == "development"
SECRET_KEY = "only-for-tests" if MODE == "test" else environment.secret("django")
ALLOWED_HOSTS = environment.hosts()
DEMONSTRATION = MODE == "demo"
# Plain HTTP is for this machine alone; every other way to serve is HTTPS.
_SET_UP = installation.read(DATA)
PLAIN_HTTP = MODE in {"demo", "development", "test"} or bool(_SET_UP and _SET_UP.plain_http)
# None where nobody ran set-up: then HTTPS is expected and the doctor says what is missing.
WAY = _SET_UP.way if _SET_UP else None
ONE_WRITER = not boot.sqlite_is_safe()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "tequio.core",
    "tequio.ui",
    "tequio.audit",
    "tequio.access",
    "tequio.jobs",
    "tequio.territory",
    "tequio.letters",
    "tequio.instruments",
    "tequio.network",
    "tequio.people",
    "tequio.survivors",
    "tequio.programmes",
    "tequio.circles",
    "tequio.care",
    "tequio.outreach",
    "tequio.costs",
    "tequio.studies",
    "tequio.reports",
    "tequio.desk",
]

MIDDLEWARE = [
    "tequio.config.middleware.OneAtATime",
    "tequio.config.troubles.CountRequests",
    "tequio.config.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "tequio.access.middleware.SignedIn",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tequio.config.middleware.LogRequests",
    "tequio.config.middleware.DomainErrors",
]

ROOT_URLCONF = "tequio.config.urls"
WSGI_APPLICATION = "tequio.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tequio.desk.navigation.context",
            ],
        },
    }
]
FORM_RENDERER = "tequio.ui.forms.Renderer"

DATABASES: dict[str, dict[str, Any]] = {"default": databases.from_environment(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who signs in -------------------------------------------------------------------------
AUTH_USER_MODEL = "access.User"
PASSWORD_HASHERS = ["tequio.access.hashers.Argon2id"]
SIGN_IN_URL = "access:sign-in"
SESSION_ENGINE = "tequio.access.session_store"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_NAME = "tequio" if PLAIN_HTTP else "__Host-tequio"
CSRF_COOKIE_NAME = "tequio-csrf" if PLAIN_HTTP else "__Host-tequio-csrf"
CSRF_FAILURE_VIEW = "tequio.access.views.stale.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- The browser --------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = ["^salud$"]  # asked from this machine, by who watches over it
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else int(timedelta(days=365).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_HSTS_PRELOAD = not PLAIN_HTTP
# Only a proxy of ours may say how a request came; where there is none, nobody is believed.
SECURE_PROXY_SSL_HEADER = None if WAY == "house" else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Where a quick exit ends. It says nothing, and anybody might have been reading it.
NEUTRAL_PAGE = environment.neutral_page()
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- Files --------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = MODE in {"development", "test"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE in {"development", "test"}
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA / "media"
KEY_FOLDER = DATA / "keys"

# --- Language, time -----------------------------------------------------------------------
LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", _("Español")), ("en", _("Inglés"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_TZ = True
TIME_ZONE = "America/Mexico_City"
USE_THOUSAND_SEPARATOR = False

# --- Background work ----------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if MODE == "test"
        else "django_tasks_db.DatabaseBackend",
    }
}

# --- Logs: structured, by allow-list (tequio.config.logs) -----------------------------------
LOGGING_CONFIG = "tequio.config.logs.configure"
LOGGING = {"folder": str(DATA / "log") if MODE == "production" else "", "mode": MODE}
