"""One file of settings, read from the environment; docs/reference/settings.md lists every name."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from zhenxing.config.database import database
from zhenxing.config.environment import close_to_others, flag, folder, one_of, text, whole

ROOT = Path(__file__).resolve().parents[3]
DATA = folder("ZHENXING_DATA", ROOT / "data" / "demo")
# Sessions, password hashes and what was handed in lie there: nobody else's business.
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
close_to_others(DATA)

# Keys, uploaded files and the ledger's heads lie outside the database, each movable elsewhere.
KEY_DIR = folder("ZHENXING_KEYS", DATA / "keys")
FILE_DIR = folder("ZHENXING_FILES", DATA / "files")
HEADS_FILE = folder("ZHENXING_HEADS", DATA / "heads.log")
PACK_DIR = folder("ZHENXING_PACKS", ROOT / "packs")
GUIDE_DIR = folder("ZHENXING_GUIDE", ROOT / "docs" / "guide")
LEDGER_HASH = text("ZHENXING_LEDGER_HASH", "sha256")

UPLOAD_MEMORY = 512 * 1024 * 1024
UPLOAD_SECONDS = 10
UPLOAD_BYTES = 10 * 1024 * 1024


def _secret_key() -> str:
    """Give the site's secret, made once and readable by its owner only."""
    given = text("ZHENXING_SECRET_KEY", "")
    if given:
        return given
    KEY_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = KEY_DIR / "secret"
    if not path.exists():
        # Written beside and linked in place: of two processes that start at once, one wins whole.
        beside = KEY_DIR / f"secret.{secrets.token_hex(8)}"
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(50), encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(beside)
        beside.unlink()
    return path.read_text(encoding="ascii")


DEBUG = flag("ZHENXING_DEBUG", default=False)
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = text("ZHENXING_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = flag("ZHENXING_HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "zhenxing.store",
    "zhenxing.web",
    "zhenxing.audit",
    "zhenxing.jobs",
    "zhenxing.accounts",
    "zhenxing.organisation",
    "zhenxing.documents",
    "zhenxing.indicators",
    "zhenxing.targets",
    "zhenxing.reporting",
    "zhenxing.burden",
    "zhenxing.reuse",
    "zhenxing.assessment",
    "zhenxing.adoption",
    "zhenxing.papers",
    "zhenxing.packs",
    "zhenxing.cockpit",
    "zhenxing.operations",
    "zhenxing.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhenxing.web.gate.GateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhenxing.accounts.middleware.SessionRulesMiddleware",
    "zhenxing.organisation.middleware.ScopeMiddleware",
    "zhenxing.web.policy.PolicyMiddleware",
    "zhenxing.operations.middleware.LossMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "zhenxing.config.urls"
WSGI_APPLICATION = "zhenxing.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhenxing.organisation.context.site",
                "zhenxing.operations.context.banner",
            ],
            "builtins": ["zhenxing.web.templatetags.wording"],
        },
    }
]

DATABASES = {"default": database(text("ZHENXING_DATABASE", "sqlite:zhenxing.sqlite3"), DATA)}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# The way around; who sees a word is who may call its route.
_DAILY, _SYSTEM = {"group": "日常"}, {"group": "系统"}
NAVIGATION: list[dict[str, Any]] = [
    {
        "key": "cockpit",
        "label": "驾驶舱",
        "route": "cockpit:home",
        "letter": "c",
        "roles": "KDLGFCSX",
        **_DAILY,
    },
    {
        "key": "indicators",
        "label": "指标",
        "route": "indicators:list",
        "letter": "i",
        "by_town": True,
        **_DAILY,
    },
    {"key": "targets", "label": "目标", "route": "targets:home", "letter": "t", **_DAILY},
    {"key": "returns", "label": "填报", "route": "reporting:list", "letter": "r", **_DAILY},
    {
        "key": "calls",
        "label": "填报任务",
        "route": "reporting:calls",
        "letter": "m",
        "roles": "KDLCSX",
        **_DAILY,
    },
    {
        "key": "confirmations",
        "label": "核定",
        "route": "reporting:confirmations",
        "letter": "v",
        **_DAILY,
    },
    {"key": "corrections", "label": "更正单", "route": "reporting:slips", "letter": "g", **_DAILY},
    {
        "key": "burden",
        "label": "填报负担",
        "route": "burden:overview",
        "letter": "b",
        "roles": "KLCSX",
        **_DAILY,
    },
    {
        "key": "assessment",
        "label": "考核",
        "route": "assessment:home",
        "letter": "k",
        "roles": "KDLGFVCSX",
        **_DAILY,
    },
    {
        "key": "reading",
        "label": "读文",
        "route": "adoption:papers",
        "letter": "n",
        "roles": "KDLGFCSX",
        **_DAILY,
    },
    {"key": "reuse", "label": "外表", "route": "reuse:list", "letter": "w", **_DAILY},
    {"key": "units", "label": "单位", "route": "organisation:units", "letter": "u", **_SYSTEM},
    {"key": "people", "label": "人员", "route": "organisation:people", "letter": "p", **_SYSTEM},
    {
        "key": "calendar",
        "label": "工作日历",
        "route": "organisation:calendar",
        "letter": "d",
        **_SYSTEM,
    },
    {"key": "help", "label": "帮助", "route": "accounts:guide", "letter": "h", **_SYSTEM},
    {"key": "ledger", "label": "账本", "route": "audit:ledger", "letter": "l", **_SYSTEM},
    {"key": "system", "label": "系统", "route": "operations:health", "letter": "s", **_SYSTEM},
]

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # the file server looks here first, then into the parts
WHITENOISE_USE_FINDERS = True
# Only this folder of the documents is served, by the file server, under static/guide/.
GUIDE_PICTURES = GUIDE_DIR.parent / "pictures"
STATICFILES_DIRS = [("guide", GUIDE_PICTURES)] if GUIDE_PICTURES.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["zhenxing.accounts.hashers.OwaspArgon2"]
PASSWORD_PROFILE = one_of("ZHENXING_PASSWORD_PROFILE", "dengbao", "asvs")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "zhenxing.accounts.passwords.LengthValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "zhenxing.accounts.passwords.ThreeKindsValidator"},
    {"NAME": "zhenxing.accounts.passwords.LocalWordsValidator"},
    {"NAME": "zhenxing.accounts.passwords.FormerPasswordValidator"},
]
# An office sits behind one address and an enemy knows a rival's name: only both together lock.
# A browser that has let its owner in before is counted by itself: docs/decisions/sign-in.md.
AXES_LOCKOUT_PARAMETERS = "zhenxing.accounts.attempts.lock_by"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "zhenxing.accounts.views.locked_out"
AXES_USERNAME_CALLABLE = "zhenxing.accounts.attempts.counted_name"
AXES_CLIENT_IP_CALLABLE = "zhenxing.accounts.addresses.client_address"
# Who goes on trying while locked does not push the end of the lock away.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the ledger keeps the sign-ins
AXES_VERBOSE = False
# How many proxies of our own stand before the site and each add an address to X-Forwarded-For.
PROXIES = whole("ZHENXING_PROXIES", 0)

SESSION_IDLE = timedelta(minutes=30)
SESSION_LIMIT = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LIMIT.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zhenxing.web.errors.stale_form"
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Entering the browsers' preload list is up to whoever owns the domain, not to this site.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a scheme of sixty items in the table editor posts over 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_BYTES

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
