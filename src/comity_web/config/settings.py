"""Django settings. Everything an instance decides comes from ``COMITY_*`` in the environment.

===========================  ================================================================
``COMITY_VAR``               folder of the instance: database, keys, exports (``var``)
``COMITY_DATABASE_URL``      ``sqlite:///file`` or ``postgresql://…`` (SQLite in the folder)
``COMITY_ORGANISATIONS``     folder of the organisations' data (``organisations``)
``COMITY_LOG_ORIGIN``        name of the log in its checkpoints (``comity.example/register``)
``COMITY_HOSTS``             host names served, separated by commas
``COMITY_HTTPS``             ``1`` where a proxy in front speaks TLS
``COMITY_ADDRESS``           the site's own, such as ``https://register.example`` (as asked for)
``COMITY_PROXIES``           how many proxies of our own stand in front (0)
``COMITY_DEBUG``             ``1`` on a developer's machine
===========================  ================================================================
"""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from comity_web.config.databases import database
from comity_web.register.secret_files import private_file, read_or_create

_SOURCE_TREE = Path(__file__).resolve().parents[3]
_HOME = _SOURCE_TREE if (_SOURCE_TREE / "pyproject.toml").exists() else Path.cwd()

VAR = Path(os.environ.get("COMITY_VAR", _HOME / "var")).resolve()
ORGANISATIONS = Path(os.environ.get("COMITY_ORGANISATIONS", _HOME / "organisations")).resolve()
LOG_ORIGIN = os.environ.get("COMITY_LOG_ORIGIN", "comity.example/register")
LOG_KEY_FILE = VAR / "log-signing.key"

SECRET_KEY = read_or_create(VAR / "secret.key", lambda: token_urlsafe(64).encode()).decode()
DEBUG = os.environ.get("COMITY_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("COMITY_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

# Readers carry no cookie: there is no session, account or message here. The writing applications
# bring their own middleware for their own addresses.
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "comity_web.api",
    "comity_web.public",
    "comity_web.search",
    "comity_web.register",
    "comity_web.ui",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "comity_web.config.middleware.SafetyHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "comity_web.config.middleware.FairShares",
    "comity_web.config.middleware.ShortAddresses",
    "django.middleware.common.CommonMiddleware",
]
# Server time for one reader and process: so many seconds at once, and so many each second after.
WORK_LIMITS = {"burst": 20.0, "rate": 0.25}
PROXIES = int(os.environ.get("COMITY_PROXIES", "0"))
ADDRESS = os.environ.get("COMITY_ADDRESS", "").rstrip("/")
ROOT_URLCONF = "comity_web.config.urls"
WSGI_APPLICATION = "comity_web.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["django.templatetags.i18n", "comity_web.ui.templatetags.ui"]},
    }
]

DATABASES = {
    "default": database(
        os.environ.get("COMITY_DATABASE_URL", f"sqlite:///{VAR / 'comity.sqlite3'}")
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    private_file(Path(DATABASES["default"]["NAME"]))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("zh", "中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "comity_web.ui.bundles.BundleFinder",
]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 3600

_OWN = ["'self'"]
_NONE = ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _NONE,
        "style-src": _OWN,
        "script-src": _OWN,
        "connect-src": _OWN,
        "img-src": _OWN,
        "font-src": _OWN,
        "form-action": _OWN,
        "base-uri": _NONE,
        "frame-ancestors": _NONE,
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if os.environ.get("COMITY_HTTPS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
