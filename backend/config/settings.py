"""All settings, from the environment only. docs/operations.md lists the variables.

Nothing here may fail when a variable is missing: `manage.py evaluate` runs on a bare machine. What the web
process cannot do without is checked where it starts (`backend.config.wsgi`).
"""

import secrets
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import Env

from backend.config import inline_hashes

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Env()
env.read_env(str(BASE_DIR / "var" / "demo.env"), recurse=False)

# Where we are
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
DEMO = env.bool("DEMO", False)
DEBUG = False
SECRET_KEY_IS_SET = bool(env.str("SECRET_KEY", ""))
SECRET_KEY = env.str("SECRET_KEY", "") or secrets.token_urlsafe(48)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname or "localhost", "localhost", "127.0.0.1"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "csp",
    "knox",
    "rest_framework",
    "django.contrib.staticfiles",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "backend.ticks",
    "backend.audit",
    "backend.accounts",
    "backend.care",
    "backend.diary",
    "backend.messaging",
    "backend.triage",
    "backend.api",
    "backend.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "backend.api.middleware.kept_nowhere",
    "backend.api.middleware.sound_json",
]

ROOT_URLCONF = "backend.config.urls"
WSGI_APPLICATION = "backend.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# PostgreSQL is the truth
DATABASES = {"default": env.dj_db_url("DATABASE_URL", "postgresql://handhold@127.0.0.1:5432/handhold")}
DATABASES["default"]["ENGINE"] = "backend.config.postgresql"
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"] = {
    "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", 10), "timeout": 5, "reconnect_timeout": 2},
    "connect_timeout": 5,
    # PostgreSQL plans a query that comes again and again once. Django switches this off unless told otherwise.
    "server_side_binding": True,
    "prepare_threshold": 5,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits are counted in PostgreSQL, so that they hold while Redis is away.
# None is thrown away while it counts: what is over is removed each hour (accounts.remove_what_is_over).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_limits",
        "OPTIONS": {"MAX_ENTRIES": sys.maxsize},
    },
    # Requests to the API are counted in each web process: a statement for each request would cost more than it saves.
    "requests": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "requests",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
# How many requests to the API a person, or an app with a token, may send in a minute to one web process. Logs, and what
# a patient says about them, are counted apart from everything else.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 600)

# Redis only carries nudges; each wait is a fraction of a second
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
REDIS_TIMEOUT_SECONDS = 0.2

# Who may come in
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "backend.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": None, "reset_password": "20/m/ip"}
# Wrong passwords. Only `known_device` counts for a device on which the account has signed in before.
SIGN_IN_LIMITS = {
    "account_and_network": "5/5m/key",
    "account": "50/h/key",
    "network": "100/15m/key",
    "known_device": "10/5m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=4).total_seconds())  # the mail says so
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
STAFF_SESSION = timedelta(hours=12)
PATIENT_SESSION = timedelta(days=60)
SESSION_COOKIE_AGE = int(STAFF_SESSION.total_seconds())
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = False  # the page reads it and sends it back as X-CSRFToken
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "backend.api.errors.csrf_failure"

# The pages, built by frontend/
PAGES_FOLDER = BASE_DIR / "frontend" / "dist"

SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF, *inline_hashes.hashes(PAGES_FOLDER / "index.html", "style")],
        "script-src": [SELF, *inline_hashes.hashes(PAGES_FOLDER / "index.html", "script")],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Photos of hands and feet: a private folder, never below the pages. Web processes and worker share it.
PHOTOS_FOLDER = Path(env.str("PHOTOS_FOLDER", str(BASE_DIR / "var" / "photos")))
LARGEST_PHOTO = 5 * 1024 * 1024
# No request is larger than a whole photo. deploy/Caddyfile has the same number.
LARGEST_REQUEST = LARGEST_PHOTO
PHOTOS_A_LOG = 4

# A nurse whose shift ends within this time, and who has open alerts, is reminded to hand over.
HANDOVER_REMINDER = timedelta(minutes=env.int("HANDOVER_REMINDER_MINUTES", 30))

# REST API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "backend.api.authentication.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["backend.api.permissions.OnlyTheseRoles"],
    "DEFAULT_PARSER_CLASSES": ["backend.api.formats.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["backend.api.formats.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["backend.api.throttles.ByPerson"],
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "backend.api.errors.answer",
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_METADATA_CLASS": None,
    "COERCE_DECIMAL_TO_STRING": False,
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "rest_framework.negotiation.DefaultContentNegotiation",
}
KNOX_TOKEN_MODEL = "accounts.Token"  # noqa: S105 - the name of a model
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_TTL": timedelta(days=90), "AUTO_REFRESH": False}
LARGEST_BODY = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY
SPECTACULAR_SETTINGS = {
    "TITLE": "Handhold",
    "DESCRIPTION": "Daily logs, advice and alerts of people on kinase inhibitors.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["backend.api.permissions.Anybody"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "backend.api.openapi.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AlertStateEnum": "backend.triage.models.Alert.State",
        "AnswerStateEnum": "backend.api.shapes.logs.ANSWER_STATES",
        "EventKindEnum": "backend.triage.models.AlertEvent.Kind",
        "DecisionKindEnum": "backend.care.models.DoseDecision.Kind",
        "WorkItemKindEnum": "backend.triage.models.WorkItem.Kind",
        "PlaceEnum": "backend.care.models.Shift.Place",
        "HandoverStateEnum": "backend.triage.models.Handover.State",
        "NewDecisionKindEnum": "backend.api.treatments.KINDS",
        "PainEnum": "backend.api.shapes.logs.PAIN",
        "UrgencyEnum": "backend.triage.models.Urgency",
    },
}

# Celery: tasks take ids only, nothing keeps results
CELERY_BROKER_URL = REDIS_URL

# E-mail is the first channel
MAIL_FOLDER = env.str("MAIL_FOLDER", "")
MAIL_IS_SET = bool(MAIL_FOLDER or env.str("EMAIL_URL", ""))
if MAIL_FOLDER:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_FOLDER
elif MAIL_IS_SET:
    email = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = email["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = email["EMAIL_HOST"], email["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = email["EMAIL_HOST_USER"], email["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = email.get("EMAIL_USE_TLS", False), email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Handhold <no-reply@localhost>")

STATIC_URL = "/static/"
WHITENOISE_ROOT = PAGES_FOLDER if PAGES_FOLDER.is_dir() else None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

# No health data in log lines: requests are logged by method, route and status only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "backend.config.logs.Plain", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
