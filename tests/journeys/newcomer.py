"""A patient who joins the demonstration, nothing logged yet: `python -m tests.journeys.newcomer nina@example.org`."""

import sys

import django

if __name__ == "__main__":
    django.setup()

    from datetime import timedelta

    from django.utils import timezone
    from knox.models import AuthToken

    from backend.care.models import CareTeam
    from backend.demo.people import PASSWORD
    from tests.conftest import make_patient

    team = CareTeam.objects.get(clinic__name="Riverside Oncology")
    began = timezone.now().date() - timedelta(days=2)  # too recent for a missed log to be raised
    person = make_patient(sys.argv[1], team, started_on=began).person
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    print(AuthToken.objects.create(user=person)[1])
