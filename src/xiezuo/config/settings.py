"""Django settings of one house. What differs between houses comes from `config.house`."""

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from xiezuo.common.keys import Keys, KeysMissing, read_keys
from xiezuo.config.house import database_settings, read_house
from xiezuo.config.logs import PROCESS, log_settings

XIEZUO_HOUSE = read_house()
try:
    XIEZUO_KEYS: Keys | None = read_keys(XIEZUO_HOUSE.folder)
except KeysMissing:
    XIEZUO_KEYS = None  # only `init` and the checks may run so; serving refuses

SECRET_KEY = XIEZUO_KEYS.secret if XIEZUO_KEYS else secrets.token_urlsafe(48)
# After `xiezuo keys rotate` whoever was logged in stays so for a day.
SECRET_KEY_FALLBACKS = XIEZUO_KEYS.believed_secrets(datetime.now(UTC)) if XIEZUO_KEYS else []
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *XIEZUO_HOUSE.hosts]
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in XIEZUO_HOUSE.hosts if host != "*"]

# Ours first: where Django and we translate the same word, ours is said.
INSTALLED_APPS = [
    "xiezuo.common",
    "xiezuo.orgs",
    "xiezuo.forms",
    "xiezuo.people",
    "xiezuo.service",
    "xiezuo.insight",
    "xiezuo.exchange",
    "xiezuo.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "xiezuo.web.base.middleware.only_our_own",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xiezuo.web.base.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xiezuo.web.base.sitting.nobody_else_keeps_it",
    "xiezuo.web.base.sitting.sessions_end",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xiezuo.web.base.middleware.refusals_in_words",
    "xiezuo.web.base.middleware.reading_writes_nothing",
]

ROOT_URLCONF = "xiezuo.config.urls"
WSGI_APPLICATION = "xiezuo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["xiezuo.web.base.templatetags.house"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "xiezuo.web.base.context.house",
            ],
        },
    }
]

DATABASES = {"default": database_settings(XIEZUO_HOUSE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "xiezuo.web.base.passwords.NotTheHousesOwnWords"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "xiezuo.orgs.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12  # when it ends by itself earlier stands in pack login-default
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = XIEZUO_HOUSE.https
# A name that browsers take from this very host over HTTPS alone.
SESSION_COOKIE_NAME = "__Host-sessionid" if XIEZUO_HOUSE.https else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if XIEZUO_HOUSE.https else "csrftoken"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if XIEZUO_HOUSE.https else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if XIEZUO_HOUSE.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = XIEZUO_HOUSE.https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "xiezuo.web.base.errors.csrf_failure"

LANGUAGE_CODE = XIEZUO_HOUSE.language
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_TZ = True
TIME_ZONE = XIEZUO_HOUSE.zone

STATIC_URL = "/static/"
CARRIERS = XIEZUO_HOUSE.carriers
MEDIA_ROOT = XIEZUO_HOUSE.folder / "files"
# A serving house has its static files collected, compressed and named by their content; tests and commands do not.
SERVING = os.environ.get(PROCESS) == "web"
STATIC_ROOT = XIEZUO_HOUSE.folder / "static" if SERVING else None
WHITENOISE_USE_FINDERS = not SERVING
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MANIFEST_STRICT = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SERVING
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = log_settings(XIEZUO_HOUSE.folder)
