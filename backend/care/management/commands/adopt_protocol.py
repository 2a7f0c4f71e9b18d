"""`manage.py adopt_protocol DRUG VERSION --by EMAIL` lets an administrator's clinic use a protocol version."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.accounts.models import Person
from backend.care.adoption import AdoptionRefused, adopt
from backend.protocol.load import ProtocolError


class Command(BaseCommand):
    """Run it once the version's rules were read and signed at the clinic."""

    help = "Let a clinic judge the logs of a drug by a protocol version from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Drug, version, and the administrator whose clinic adopts it."""
        parser.add_argument("drug")
        parser.add_argument("version", type=int)
        parser.add_argument("--by", required=True, metavar="EMAIL", help="an administrator of the clinic")

    def handle(self, *args: Any, **options: Any) -> None:
        """Adopt it, or say why not."""
        person = Person.objects.filter(email__iexact=options["by"], is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody active signs in as {options['by']}. Check the address.")
        try:
            adopted = adopt(drug=options["drug"], version=options["version"], by=person, now=timezone.now())
        except (AdoptionRefused, ProtocolError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{adopted.clinic.name} uses {adopted.drug} {adopted.version}.")
