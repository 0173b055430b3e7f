"""Django's settings. Values an operator may change come from `environment`; the rest are decisions."""

from pathlib import Path

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cotrace.config import environment
from cotrace.config.permission_map import PERMISSION_MAP
from cotrace.config.uploads import UPLOAD_BYTES

PACKAGE = Path(__file__).resolve().parents[1]

# Looked for at first use: a command that only reads a file must not leave a key behind.
SECRET_KEY = environment.text("COTRACE_SECRET_KEY") or SimpleLazyObject(environment.secret_key)
SECRET_KEY_FALLBACKS = environment.several("COTRACE_SECRET_KEY_FALLBACKS")
DEBUG = environment.yes("COTRACE_DEBUG")
ALLOWED_HOSTS = [host.strip() for host in environment.text("COTRACE_HOSTS").split(",")]

COTRACE_HOME = environment.home()
COTRACE_INSTALLATION = environment.text("COTRACE_INSTALLATION")
COTRACE_DEMO = environment.yes("COTRACE_DEMO")
COTRACE_PERMISSION_MAP = PERMISSION_MAP
COTRACE_UPLOAD_BYTES = UPLOAD_BYTES
COTRACE_SESSION_PRINCIPAL = "cotrace.agencies.selectors.principal_of_session"
COTRACE_TOKEN_PRINCIPAL = "cotrace.agencies.services.token_use"  # noqa: S105 - a dotted name
COTRACE_REFUSAL_RECORDER = "cotrace.audit.services.record_refusal"
COTRACE_NAVIGATION = "cotrace.config.navigation.navigation"
COTRACE_IDLE_MINUTES = 30
COTRACE_LEASE_SECONDS = environment.number("COTRACE_LEASE_SECONDS")
COTRACE_HEADS_HOURS = environment.number("COTRACE_HEADS_HOURS")
COTRACE_IMPORT_ROWS_DAYS = environment.number("COTRACE_IMPORT_ROWS_DAYS")
COTRACE_OUTBOX_DAYS = environment.number("COTRACE_OUTBOX_DAYS")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

DATABASES = {"default": environment.database(environment.text("COTRACE_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SUBJECTS = ["foundation", "doors", "audit", "reference", "agencies", "sharing", "files", "notices", "firearms", "seizures", "tracing", "exchange"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    *(f"cotrace.{subject}" for subject in SUBJECTS),
    "cotrace.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cotrace.doors.gate.RequestIdMiddleware",
    "cotrace.agencies.views.session_cookie.SignedSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cotrace.agencies.views.steps.StepsMiddleware",
    "cotrace.doors.form_size.FormSizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cotrace.doors.gate.GateMiddleware",
]

ROOT_URLCONF = "cotrace.config.urls"
WSGI_APPLICATION = "cotrace.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "cotrace.doors.surroundings.surroundings",
            ],
        },
    }
]

AUTH_USER_MODEL = "agencies.Member"
AUTHENTICATION_BACKENDS = ["cotrace.agencies.selectors.backend.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Signing in: django-allauth runs the steps, cotrace.agencies decides (docs/sign-in.md).
ACCOUNT_ADAPTER = "cotrace.agencies.views.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "cotrace.agencies.forms.PasswordSignInForm",
    "reauthenticate": "cotrace.agencies.forms.PasswordAgainForm",
}
MFA_ADAPTER = "cotrace.agencies.views.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "cotrace.agencies.forms.SecondFactorForm",
    "reauthenticate": "cotrace.agencies.forms.CodeAgainForm",
    "login_webauthn": "cotrace.agencies.forms.PasskeySignInForm",
    "authenticate_webauthn": "cotrace.agencies.forms.PasskeySecondForm",
    "reauthenticate_webauthn": "cotrace.agencies.forms.PasskeyAgainForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("COTRACE_PROXIES")
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

COTRACE_OIDC_ISSUER = environment.text("COTRACE_OIDC_ISSUER")
COTRACE_OIDC_ID = "provider"
COTRACE_OIDC_NAME = environment.text("COTRACE_OIDC_NAME") if COTRACE_OIDC_ISSUER else ""
SOCIALACCOUNT_ADAPTER = "cotrace.agencies.views.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": COTRACE_OIDC_ID,
                "name": COTRACE_OIDC_NAME,
                "client_id": environment.text("COTRACE_OIDC_CLIENT_ID"),
                "secret": environment.text("COTRACE_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": COTRACE_OIDC_ISSUER, "uid_field": "sub"},
            }
        ],
    }
}

LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "cotrace_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "demo" / "locale"]
"""Of rooms that are no installed app: the demo has no tables."""
FORMAT_MODULE_PATH = ["cotrace.config.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = COTRACE_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MANIFEST_STRICT = False

SESSION_ENGINE = "cotrace.agencies.selectors.session_store"
SESSION_COOKIE_NAME = "cotrace_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "cotrace_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cotrace.config.refusals.forged"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.yes("COTRACE_HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": _SELF,
        "font-src": _SELF,
        "connect-src": _SELF,
        "form-action": [*_SELF, *([environment.origin(COTRACE_OIDC_ISSUER)] if COTRACE_OIDC_ISSUER else [])],
        "manifest-src": _SELF,
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "cotrace.config.log_lines.LineFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
