"""`manage.py load_demo` makes the demonstration clinic once and prints who can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.demo.people import PASSWORD, RIVERSIDE, WHO_IS_WHO
from backend.demo.services import load_demo


class Command(BaseCommand):
    """Refuses outside a demonstration: its passwords are printed."""

    help = "Make the demonstration clinic once and print the sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then print."""
        if not settings.DEMO:
            raise CommandError("This is not a demonstration. Set DEMO=1 only where no real patient is.")
        made = load_demo(now=timezone.now())
        self.stdout.write("The demonstration clinic was made." if made else "The demonstration clinic is there.")
        people = [(demo.email, f"patient, at /: {why}") for demo, why in WHO_IS_WHO]
        people += [(member.email, f"{member.role}, at /clinic") for member in RIVERSIDE]
        for email, where in people:
            self.stdout.write(f"  {email:22} {PASSWORD}   {where}")
        self.stdout.write("  Mail that would have been sent: /demo/mail")
