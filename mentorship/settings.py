"""All settings, driven by the environment; `.env.example` names every variable.

With DEBUG off the program refuses to start while something it cannot do without is missing, and says what.
"""

import sys
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django_guid.integrations import CeleryIntegration
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)
DATA_DIR = Path(env.str("DATA_DIR", "") or BASE_DIR / ".data").resolve()  # of `make run`: database, mail, uploads

DEBUG = env.bool("DEBUG", False)
TESTING = "pytest" in sys.modules

REQUIRED = {
    "SECRET_KEY": "a long random text: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
    "ALLOWED_HOSTS": "the host names that this site answers to, with commas",
    "BASE_URL": "where people reach the site, for links in mails: https://mentorship.example",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "REDIS_URL": "redis://host:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the sender of all mail: Mentorship <hello@mentorship.example>",
}
if not DEBUG:
    missing = [f"  {name}: {hint}" for name, hint in REQUIRED.items() if not env.str(name, "")]
    if missing:
        raise ImproperlyConfigured(
            "The environment lacks what production needs (or set DEBUG=true to develop):\n" + "\n".join(missing)
        )

SECRET_KEY = env.str("SECRET_KEY", "only-for-development-" + "x" * 40)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [BASE_URL])
SECURE = BASE_URL.startswith("https://")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# A provider that is not configured is not installed: its addresses do not exist.
SOCIAL_PROVIDERS = {
    provider: origin
    for provider, origin in {"github": "https://github.com", "google": "https://accounts.google.com"}.items()
    if env.str(f"{provider.upper()}_CLIENT_ID", "")
}

INSTALLED_APPS = [
    "mentorship.common",
    "mentorship.people",
    "mentorship.notifications",
    "streams",
    "mentorship.study",
    "mentorship.cohorts",
    "projects",
    "blog",
    "mentorship.home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "mentorship.home.apps.LookingConfig",  # Django's admin, for looking
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *[f"allauth.socialaccount.providers.{provider}" for provider in SOCIAL_PROVIDERS],
    "csp",
    "django_guid",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django_guid.middleware.guid_middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "mentorship.common.middleware.HeadersMiddleware",
    "mentorship.common.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mentorship.people.middleware.SessionAgeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "mentorship.people.middleware.RefusedFormMiddleware",
    "mentorship.people.middleware.TimezoneMiddleware",
    "mentorship.cohorts.as_of.AsOfMiddleware",
    "mentorship.people.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mentorship.home.audit.tries.RefusedTriesMiddleware",
    "mentorship.common.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "mentorship.urls"
WSGI_APPLICATION = "mentorship.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "mentorship.home.context.page",
            ],
            "builtins": [
                "mentorship.common.templatetags.house",
                "mentorship.common.templatetags.frame",
                "django.templatetags.static",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ]
            if not DEBUG or TESTING
            else [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
        },
    }
]

# --- Postgres and Redis ---------------------------------------------------------------------------------------
# Connections stay open and are checked before use: reopening costs a page more than half of its throughput.
DATABASES: dict[str, Any] = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        "postgres://postgres@127.0.0.1:5432/mentorship",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).update({"connect_timeout": 5, "application_name": "mentorship"})
# A statement that a connection has run five times is planned once: for a page whose one statement asks all, planning
# costs more than running. Switch it off behind a pooler that cannot pass prepared statements on.
if env.bool("DATABASE_PREPARED", True):
    DATABASES["default"]["OPTIONS"].update({"server_side_binding": True, "prepare_threshold": 5})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_LOCK_TIMEOUT = "3s"  # a migration that waits longer for a table gives up and changes nothing

REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "mentorship.common.cache.RedisOrDatabaseCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "m",
        "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 1},
    },
    "fallback": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_fallback"},
}

# --- People ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique without regard to case, by a constraint
AUTHENTICATION_BACKENDS = ["mentorship.people.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_FAILURE_VIEW = "mentorship.home.errors.csrf_failure"

ACCOUNT_ADAPTER = "mentorship.notifications.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "mentorship.people.forms.SignupForm"
ACCOUNT_FORMS = {
    "signup": "mentorship.people.entrance.SignupForm",
    "login": "mentorship.people.entrance.LoginForm",
    "add_email": "mentorship.people.entrance.AddEmailForm",
    "change_password": "mentorship.people.entrance.ChangePasswordForm",
    "set_password": "mentorship.people.entrance.SetPasswordForm",
    "reset_password": "mentorship.people.entrance.ResetPasswordForm",
    "reset_password_from_key": "mentorship.people.entrance.ResetPasswordKeyForm",
    "reauthenticate": "mentorship.people.entrance.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "mentorship.people.entrance.AuthenticateForm",
    "reauthenticate": "mentorship.people.entrance.ReauthenticateCodeForm",
    "activate_totp": "mentorship.people.entrance.ActivateTOTPForm",
    "deactivate_totp": "mentorship.people.entrance.DeactivateTOTPForm",
    "generate_recovery_codes": "mentorship.people.entrance.GenerateRecoveryCodesForm",
    "add_webauthn": "mentorship.people.entrance.AddPasskeyForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_TIMEOUT = 3600  # who confirms the address within the hour, in the same browser, is signed in
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "5/5m/key,30/m/ip",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
USERSESSIONS_TRACK_ACTIVITY = False
MFA_ADAPTER = "mentorship.people.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody is signed in unverified, and who has a second factor may move house too
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "ML Mentorship"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
# Admins and editors need a second factor; the demo people of `make run` go without.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", not DEBUG)

SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_ADAPTER = "mentorship.people.adapter.SocialAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    provider: {
        "APPS": [
            {
                "client_id": env.str(f"{provider.upper()}_CLIENT_ID"),
                "secret": env.str(f"{provider.upper()}_CLIENT_SECRET"),
                "key": "",
            }
        ]
    }
    for provider in SOCIAL_PROVIDERS
}

# --- Mail -----------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "ML Mentorship <hello@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
if env.str("EMAIL_URL", ""):
    mail = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"], mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]
else:
    EMAIL_BACKEND = "mentorship.common.mail.FileBackend"

# --- Files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("MEDIA_ROOT", str(DATA_DIR / "uploads"))
MEDIA_URL = "/media/"  # never served: files leave through views that check who asks
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "mentorship.common.staticfiles.Storage"
    },
}
if env.str("S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT", None),
            "region_name": env.str("S3_REGION", None),
            "access_key": env.str("S3_ACCESS_KEY", None),
            "secret_key": env.str("S3_SECRET_KEY", None),
            "default_acl": "private",
            "file_overwrite": False,
        },
    }
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_FILES = 5
UPLOAD_QUOTA_BYTES = env.int("UPLOAD_QUOTA_BYTES", 1024**3)  # what one person may store in all
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # a review has 200 comments, of six fields each
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Headers --------------------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31536000 if SECURE else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^live$", r"^ready$"]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *SOCIAL_PROVIDERS.values()],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Time and language ----------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["mentorship.common.formats"]

# --- Work outside the request ---------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_ALWAYS_EAGER = False

# host:port of servers inside one's own network that may be fetched from; all else has to be on the public internet.
FETCH_TRUSTED: list[str] = env.list("FETCH_TRUSTED", [])

# Who is asked what a paper is called (mentorship/study/papers/asking.py).
PAPERS_ARXIV = env.str("PAPERS_ARXIV", "https://export.arxiv.org/api/query")
PAPERS_DOI = env.str("PAPERS_DOI", "https://doi.org/")

# --- Cross-posting (docs/decisions.md) ------------------------------------------------------------------------
CROSSPOST_JEKYLL_URL = env.str("CROSSPOST_JEKYLL_URL", "")  # the repository, as git clones it
CROSSPOST_GITHUB_REPOSITORY = env.str("CROSSPOST_GITHUB_REPOSITORY", "")  # owner/name
CROSSPOST_GITHUB_API = env.str("CROSSPOST_GITHUB_API", "https://api.github.com").rstrip("/")
CROSSPOST_GITHUB_TOKEN = env.str("CROSSPOST_GITHUB_TOKEN", "")
CROSSPOST_GITHUB_APP_ID = env.str("CROSSPOST_GITHUB_APP_ID", "")
CROSSPOST_GITHUB_APP_INSTALLATION = env.str("CROSSPOST_GITHUB_APP_INSTALLATION", "")
CROSSPOST_GITHUB_APP_KEY = env.str("CROSSPOST_GITHUB_APP_KEY", "").replace("\\n", "\n")
CROSSPOST_WEBHOOK_SECRETS: list[str] = env.list("CROSSPOST_WEBHOOK_SECRETS", [])  # the new one and the old one
CROSSPOST_DEVTO_API = env.str("CROSSPOST_DEVTO_API", "https://dev.to/api").rstrip("/")
CROSSPOST_HASHNODE_API = env.str("CROSSPOST_HASHNODE_API", "https://gql-beta.hashnode.com")

# --- API ------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "mentorship.people.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "mentorship.common.parsers.BoundedJSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "mentorship.common.api.Pagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["mentorship.people.authentication.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": env.str("API_RATE", "600/hour")},
    "EXCEPTION_HANDLER": "mentorship.common.api.exception_handler",
    "NUM_PROXIES": TRUSTED_PROXIES,
    "PAGE_SIZE": 20,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ML Mentorship API",
    "DESCRIPTION": "The same objects, rules and verbs as the pages. Send `Authorization: Token <your token>`.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    # What is a state of what: without names of ours the description numbers them.
    "ENUM_NAME_OVERRIDES": {
        "ApplicationQuestionKind": "mentorship.cohorts.models.ApplicationQuestion.Kind",
        "ApplicationState": "mentorship.cohorts.models.Application.State",
        "ApplicationVerb": "mentorship.cohorts.api_triage.VERBS",
        "AttemptRating": "mentorship.study.questions.models.attempt.Rating",
        "CriterionLevel": "projects.models.rubric.Level",
        "FeedbackRating": "projects.models.Feedback.Rating",
        "ChangeRequestState": "projects.models.ChangeRequest.State",
        "ClubPaperState": "mentorship.cohorts.models.ClubPaper.State",
        "CoauthorState": "blog.models.Coauthor.State",
        "CohortState": "mentorship.cohorts.models.Cohort.State",
        "CrossPostState": "blog.models.CrossPost.State",
        "CrossPostWay": "blog.models.CrossPost.Way",
        "CrossPostDestination": "blog.models.CrossPost.Destination",
        "DepartureKind": "mentorship.cohorts.models.Departure.Kind",
        "ExchangeState": "mentorship.cohorts.models.Exchange.State",
        "ExtensionState": "mentorship.cohorts.models.Extension.State",
        "FetchState": "blog.models.fetch.Fetch.State",
        "FirstPostState": "blog.goal.STANDINGS",
        "GroupKind": "mentorship.cohorts.models.Group.Kind",
        "CardState": "mentorship.study.models.Card.State",
        "InterviewLevel": "mentorship.study.questions.models.question.Level",
        "InterviewQuestionRound": "mentorship.study.questions.models.question.Round",
        "ItemKind": "streams.models.Item.Kind",
        "LinkState": "mentorship.study.library.models.LinkCheck.State",
        "ListEntryState": "mentorship.study.library.models.ListEntry.State",
        "ResourceCost": "mentorship.study.library.choices.Cost",
        "ResourceKind": "mentorship.study.library.choices.Kind",
        "ResourceState": "mentorship.study.library.models.Resource.State",
        "ResourceTopic": "mentorship.study.library.choices.Topic",
        "DifferenceState": "projects.models.Difference.State",
        "JobFit": "mentorship.study.models.Job.Fit",
        "JobStage": "mentorship.study.models.Job.Stage",
        "PaperKind": "mentorship.study.models.Paper.Kind",
        "NoteImportState": "mentorship.study.models.NoteImport.State",
        "NoteImportFileState": "mentorship.study.models.NoteImportFile.State",
        "NoteShared": "mentorship.study.models.Note.Shared",
        "PostState": "blog.models.Post.State",
        "ProgressState": "streams.models.Progress.State",
        "ScoreTable": "projects.api.portfolio.TABLES",
        "ReaderCommentState": "blog.models.ReaderComment.State",
        "ReadingShares": "mentorship.cohorts.club_page.SHARES",
        "ReadingState": "mentorship.study.models.Reading.State",
        "ReviewState": "projects.models.Review.State",
        "RoundState": "projects.models.Round.State",
        "SlotKind": "mentorship.cohorts.models.Slot.Kind",
        "SubmissionState": "projects.models.Submission.State",
        "SuggestionState": "blog.models.Suggestion.State",
        "SwapState": "mentorship.cohorts.models.Swap.State",
        "TalkVisibility": "mentorship.cohorts.models.Talk.Visibility",
        "ItemReportKind": "mentorship.study.reports.models.ItemReport.Kind",
        "ItemReportState": "mentorship.study.reports.models.ItemReport.State",
        "PlannedFor": "mentorship.study.plan.slots.What",
        "TimerOutcome": "mentorship.study.timer.models.Timer.Outcome",
        "TokenState": "mentorship.people.models.Token.STATES",
        "TransferKind": "mentorship.cohorts.models.Transfer.Kind",
        "TransferState": "mentorship.cohorts.models.Transfer.State",
        "TransferWay": "mentorship.cohorts.models.Transfer.Way",
        "VisitState": "mentorship.cohorts.models.Visit.State",
        "ProfileVisibility": "mentorship.people.models.User.Visibility",
    },
}

# --- Logs -----------------------------------------------------------------------------------------------------
DJANGO_GUID = {
    "GUID_HEADER_NAME": "X-Request-ID",
    "VALIDATE_GUID": True,
    "RETURN_HEADER": True,
    "EXPOSE_HEADER": False,
    "INTEGRATIONS": [CeleryIntegration(use_django_logging=False, log_parent=False)],
}
LOG_FORMAT = env.str("LOG_FORMAT", "text" if DEBUG else "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "django_guid.log_filters.CorrelationId"}},
    "formatters": {
        "text": {
            "()": "mentorship.common.logs.TextFormatter",
            "fmt": "%(levelname)s %(name)s [%(correlation_id)s] %(message)s",
        },
        "json": {
            "()": "mentorship.common.logs.JsonLineFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(correlation_id)s %(message)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "correlation_id": "request_id"},
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request_id"]},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django_guid": {"level": "WARNING"},
    },
}
