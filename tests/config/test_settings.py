"""Settings that guard something, and the log lines."""

import logging
import sys

from django.conf import settings

from backend.config.logs import Plain
from backend.config.web_server import HEALTH_THREADS, LOG_THREADS, ServerSettings


def test_after_an_outage_of_the_database_the_web_is_back_within_seconds():
    """The pool waits longer and longer between tries, unless told when to begin again."""
    assert settings.DATABASES["default"]["OPTIONS"]["pool"]["reconnect_timeout"] <= 5


def test_a_log_line_tells_where_something_broke_and_never_with_which_answers():
    try:
        raise ValueError("Failing row contains (Maria, 8 stools)")
    except ValueError:
        record = logging.LogRecord("handhold", logging.ERROR, __file__, 1, "broken", (), sys.exc_info())
    line = Plain("%(message)s").format(record)
    assert "ValueError" in line
    assert "test_settings.py" in line
    assert "8 stools" not in line.replace('raise ValueError("Failing row contains (Maria, 8 stools)")', "")


def test_every_log_line_goes_through_it():
    assert {type(handler.formatter) for handler in logging.getLogger().handlers if handler.name == "console"} == {Plain}


def test_each_thread_of_a_web_process_can_have_a_connection_of_its_own():
    threads = ServerSettings().threads + LOG_THREADS + HEALTH_THREADS
    assert settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] >= threads
