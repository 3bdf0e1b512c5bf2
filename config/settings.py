"""Settings of one installation. Environment variables are listed in docs/operating.md."""

from __future__ import annotations

from django.utils.csp import CSP

from config.env import ROOT, VAR, env, mailer, secret_key, vault_keys

DEBUG = env.bool("DANVAN_DEBUG", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list("DANVAN_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("DANVAN_ORIGINS", default=[])
HTTPS = env.bool("DANVAN_HTTPS", default=False)

# The order is the map of docs/map.md, bottom up.
CONTEXTS = [
    "danvan.kernel",
    "danvan.ui",
    "danvan.accounts",
    "danvan.organisations",
    "danvan.documents",
    "danvan.programmes",
    "danvan.assignments",
    "danvan.vault",
    "danvan.study",
    "danvan.registers",
    "danvan.democracy",
    "danvan.petitions",
    "danvan.chasing",
    "danvan.indices",
    "danvan.scoring",
    "danvan.emulation",
    "danvan.reports",
    "danvan.oversight",
    "danvan.portal",
    "danvan.desk",
    "danvan.demo",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "heroicons",
    *CONTEXTS,
    "config.wiring.Wiring",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "danvan.accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "danvan.organisations.middleware.ActorMiddleware",
    "danvan.ui.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "danvan.ui.context.shell",
            ],
            "builtins": ["danvan.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'danvan.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a verb takes the write lock when it begins, so two writers queue, never deadlock.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what a person was told is kept survives the power going, not only the process.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # The server keeps the plan of what is asked again and again instead of making it anew.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        server_side_binding=True, prepare_threshold=5
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["danvan.accounts.backends.Backend"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["danvan.ui.formats"]
LOCALE_PATHS = [ROOT / "src" / "danvan" / "ui" / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a missing folder
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "DANVAN_STATIC_BACKEND",
            default="django.contrib.staticfiles.storage.StaticFilesStorage",
        )
    },
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_AGE = 60 * 60 * 10  # one working day, in seconds

# One file a person sends, in bytes. Larger ones are refused with a sentence, nothing is kept.
MAX_FILE_BYTES = env.int("DANVAN_MAX_FILE_BYTES", default=20_000_000)
# Certificates (PEM or DER) whose holders vouch for the signers of PDF files; none: nobody does.
PDF_TRUST_ROOTS = env.list("DANVAN_PDF_TRUST_ROOTS", default=[])
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a whole score sheet is one form: 60 criteria × 6 fields
FILE_UPLOAD_HANDLERS = ["danvan.kernel.files.BoundedUploadHandler"]

# Mail goes out only where a server is named (smtp://user:password@host:port); else notices
# stay inside the product. ADDRESS is how links in mails and calendars begin.
MAILERS = {"default": mailer(env.str("DANVAN_SMTP", default=""))}
MAIL_ENABLED = "OPTIONS" in MAILERS["default"]
DEFAULT_FROM_EMAIL = env.str("DANVAN_MAIL_FROM", default="danvan@localhost")
ADDRESS = env.str("DANVAN_ADDRESS", default="http://127.0.0.1:8000").rstrip("/")

# What the timer (``chase``) runs once a day besides reminding; each is safe to run again.
NIGHTLY = ["reorganise", "recount_petitions", "scan_proof", "forget_study", "sweep_files"]

# The demonstration plays in 2023: "today" may be set (YYYY-MM-DD); the clock runs on from there.
CLOCK_STARTS_AT = env.str("DANVAN_TODAY", default="")
DEMONSTRATION = env.bool("DANVAN_DEMONSTRATION", default=False)

# Keys of the vault of sealed identities, the current one first; never in the database.
VAULT_KEYS = vault_keys(DEMONSTRATION)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("DANVAN_LOG_LEVEL", default="WARNING")},
}
