"""`manage.py token EMAIL` prints a bearer token; `--list` shows this person's, `--revoke` ends them all."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone
from psycopg_pool import PoolTimeout

from backend.accounts.models import Person, Token
from backend.accounts.selectors import tokens_of
from backend.accounts.services import end_tokens, make_token

USUAL_DAYS, MOST_DAYS = 90, 366


class Command(BaseCommand):
    """Tokens are stored hashed: what is printed here is shown once."""

    help = "Print a bearer token for another app, list a person's tokens, or end them all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """E-mail address; name and days of a new token; --list and --revoke."""
        parser.add_argument("email")
        parser.add_argument("--name", default="Command line", help='what uses it, such as "Hospital record"')
        parser.add_argument("--days", type=int, default=USUAL_DAYS, help=f"how long it is good, at most {MOST_DAYS}")
        parser.add_argument("--list", action="store_true", help="show this person's tokens")
        parser.add_argument("--revoke", action="store_true", help="end all tokens of this person at once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one token on one line, one line a token, or how many were revoked."""
        person = self._person(options["email"])
        if options["revoke"]:
            self.stderr.write(f"{end_tokens(person=person)} token(s) revoked.")
        elif options["list"]:
            for row in tokens_of(person, now=timezone.now()):
                self.stdout.write(f"{row.id}  made {row.created:%Y-%m-%d}  until {row.expiry:%Y-%m-%d}  {row.name}")
        else:
            self.stdout.write(self._new(person, options["name"].strip(), options["days"]))

    def _person(self, email: str) -> Person:
        try:
            person = Person.objects.filter(email__iexact=email, is_active=True).first()
        except (OperationalError, PoolTimeout) as error:
            raise CommandError("The database does not answer. Start Handhold first: make demo.") from error
        if person is None:
            raise CommandError(f"Nobody active signs in as {email}. Check the address.")
        return person

    def _new(self, person: Person, name: str, days: int) -> str:
        longest = Token._meta.get_field("name").max_length
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"A token lasts 1 to {MOST_DAYS} days. Give --days in this range.")
        if not name or len(name) > (longest or 0):
            raise CommandError(f"A token has a name of 1 to {longest} characters. Say what uses it: --name.")
        _, text = make_token(person=person, name=name, lasts=timedelta(days=days))
        return text
