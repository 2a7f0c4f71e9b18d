"""`manage.py token EMAIL` prints a bearer token; `--revoke` ends all of this person's tokens."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from knox.models import AuthToken
from psycopg_pool import PoolTimeout

from backend.accounts.models import Person


class Command(BaseCommand):
    """Tokens are stored hashed: what is printed here is shown once."""

    help = "Print a bearer token for another app, or revoke them all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """E-mail address, and --revoke."""
        parser.add_argument("email")
        parser.add_argument("--revoke", action="store_true", help="end all tokens of this person at once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one token on one line, or say how many were revoked."""
        try:
            person = Person.objects.filter(email__iexact=options["email"], is_active=True).first()
        except (OperationalError, PoolTimeout) as error:
            raise CommandError("The database does not answer. Start Handhold first: make demo.") from error
        if person is None:
            raise CommandError(f"Nobody active signs in as {options['email']}. Check the address.")
        if options["revoke"]:
            ended, _ = AuthToken.objects.filter(user=person).delete()
            self.stderr.write(f"{ended} token(s) revoked.")
            return
        _, token = AuthToken.objects.create(user=person)
        self.stdout.write(token)
