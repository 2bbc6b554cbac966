"""Every setting of the project. What differs between machines is a variable; `.env.example` lists them all."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from newsroom import embeds, env

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")  # variables already set win over the file

# --- Where and how it runs ------------------------------------------------------------------------------------------

DEBUG = env.switch("DEBUG", default=False)
SECRET_KEY = env.secret_key(debug=DEBUG)
SITE_URL = env.site_url("SITE_URL", default="http://127.0.0.1:8000")
HTTPS = env.switch("HTTPS", default=not DEBUG)
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", default=sorted({urlsplit(SITE_URL).hostname or "", "127.0.0.1", "localhost", "[::1]"})
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    "newsroom",
    "media",
    "articles",
    "comments",
    "newsroom.admin_app.NewsroomAdminConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_prose_editor",
    "js_asset",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.RefuseBrokenText",
    "newsroom.middleware.PermissionsPolicy",
    "csp.middleware.CSPMiddleware",
    "newsroom.editor_nonce.EditorMediaNonceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.languages.LanguageMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "newsroom.accounts.middleware.SignedInHint",
    "newsroom.accounts.second_step.SecondStepFirst",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "articles.old_address_middleware.OldAddresses",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.frame",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets draw with templates of our apps

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.database(
        "DATABASE_URL", base=BASE_DIR, pool_size=env.whole_number("DATABASE_POOL_SIZE", default=8, least=1, most=200)
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = env.caches("CACHE_URL")
PAGE_STORE_MEGABYTES = env.whole_number("PAGE_STORE_MEGABYTES", default=0 if DEBUG else 64, least=0, most=65536)

UPLOADS_DIR = Path(env.env.str("UPLOADS_DIR", default="") or BASE_DIR / "var" / "uploads").resolve()
ORIGINALS_DIR = Path(env.env.str("ORIGINALS_DIR", default="") or UPLOADS_DIR.parent / "originals").resolve()
UPLOADS_S3_BUCKET = env.env.str("UPLOADS_S3_BUCKET", default="")
MEDIA_ROOT = str(UPLOADS_DIR)
MEDIA_URL = "/uploads/"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

if ORIGINALS_DIR.is_relative_to(UPLOADS_DIR):
    raise ImproperlyConfigured("ORIGINALS_DIR lies inside UPLOADS_DIR, which is public: choose a folder outside it.")


def _s3(folder: str) -> dict[str, object]:
    return {
        "BACKEND": "media.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": UPLOADS_S3_BUCKET,
            "endpoint_url": env.env.str("UPLOADS_S3_ENDPOINT", default="") or None,
            "region_name": env.env.str("UPLOADS_S3_REGION", default="") or None,
            "location": folder,
            "file_overwrite": False,
            "default_acl": None,
        },
    }


_folder = "django.core.files.storage.FileSystemStorage"
STORAGES = {
    "default": _s3("uploads") if UPLOADS_S3_BUCKET else {"BACKEND": _folder},
    "originals": _s3("originals")
    if UPLOADS_S3_BUCKET
    else {"BACKEND": _folder, "OPTIONS": {"location": str(ORIGINALS_DIR), "base_url": None}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.static_files.BundledStaticFilesStorage"
    },
}
TRASH_DAYS = env.whole_number("TRASH_DAYS", default=30, least=1, most=3650)
PHOTO_MAX_BYTES = env.whole_number("PHOTO_MAX_MEGABYTES", default=40, least=1, most=1000) * 1024 * 1024
PHOTO_MAX_PIXELS = env.whole_number("PHOTO_MAX_MEGAPIXELS", default=120, least=1, most=2000) * 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TASKS = {
    "default": {
        "BACKEND": {
            "inline": "django_tasks.backends.immediate.ImmediateBackend",
            "database": "django_tasks_db.DatabaseBackend",
        }[env.one_of("JOBS", default="inline", allowed=("inline", "database"))]
    }
}

# --- Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = env.one_of("LANGUAGE_CODE", default="en", allowed=("en", "es", "ar"))
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", default="UTC")
USE_TZ = True

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "newsroom.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "newsroom.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "newsroom.accounts.passwords.UnlikeTheirName"},
    {"NAME": "newsroom.accounts.passwords.Uncommon"},
    {"NAME": "newsroom.accounts.passwords.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "newsroom.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "newsroom.accounts.forms.LoginForm",
    "signup": "newsroom.accounts.forms.SignupForm",
    "add_email": "newsroom.accounts.forms.AddEmailForm",
    "change_password": "newsroom.accounts.forms.ChangePasswordForm",
    "set_password": "newsroom.accounts.forms.SetPasswordForm",
    "reset_password": "newsroom.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "newsroom.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "newsroom.accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "newsroom.accounts.forms.SecondStepForm",
    "reauthenticate": "newsroom.accounts.forms.SecondStepAgainForm",
    "activate_totp": "newsroom.accounts.forms.ActivateCodesForm",
    "add_webauthn": "newsroom.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "newsroom.accounts.forms.RenamePasskeyForm",
}
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/m/ip,60/h/key"
}  # one person's mistakes are counted by axes, which says what to do
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "newsroom.accounts.second_step.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "newsroom.visitors.line_of"  # an IPv6 line has 2^64 addresses to try from
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "newsroom.accounts.views.locked"

# --- Mail -----------------------------------------------------------------------------------------------------------

vars().update(env.email("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = env.whole_number("EMAIL_TIMEOUT", default=10, least=1, most=60)
DEFAULT_FROM_EMAIL = env.env.str("DEFAULT_FROM_EMAIL", default="") or f"newsroom@{urlsplit(SITE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Topics ---------------------------------------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

# --- Security -------------------------------------------------------------------------------------------------------

HOOK_SECRET = env.env.str("HOOK_SECRET", default="")
EMBED_HOSTS = env.hosts("EMBED_HOSTS", default=embeds.HOSTS)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "https:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "frame-src": embeds.frame_sources(EMBED_HOSTS) or [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
OUTGOING_HOSTS = env.words("OUTGOING_HOSTS", default=[])
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.switch("TRUST_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    MIDDLEWARE.insert(0, "newsroom.proxy.TrustedProxy")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env.one_of("LOG_LEVEL", default="INFO", allowed=("DEBUG", "INFO", "WARNING", "ERROR")),
    },
}
