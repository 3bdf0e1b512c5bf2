"""The installation's settings, with the page that does nothing."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.hello"
