"""`manage.py evaluate FILE` judges cases, one JSON object a line, and writes one result a line. No database."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.protocol import command


class Command(BaseCommand):
    """The server's twin of `npm run evaluate`."""

    help = "Judge cases from FILE, or from standard input when FILE is - or left out."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", nargs="?", default="-")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write results in order; a line that cannot be read gets a result that says so."""
        if options["file"] == "-":
            self._run(sys.stdin)
            return
        try:
            lines = open(options["file"], encoding="utf-8", errors="replace")  # noqa: SIM115 - closed below
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        with lines:
            self._run(lines)

    def _run(self, lines: Any) -> None:
        try:
            for result in command.run(lines):
                sys.stdout.write(result + "\n")
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read the results has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
