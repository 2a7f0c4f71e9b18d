"""Somebody who joins the demonstration: reads "patient nina@example.org" or "nurse noemi@example.org" a line, and
answers each with a bearer token. A patient has nothing logged yet.

One process serves all tests: starting Python and Django takes longer than everything it does.
"""

import sys

import django

if __name__ == "__main__":
    django.setup()

    from datetime import timedelta

    from backend.accounts.models import Person, Token
    from backend.care.models import CareTeam, Clinic
    from backend.demo.people import PASSWORD
    from tests.conftest import make_patient, make_person
    from tests.home import home_today

    def patient(email: str) -> Person:
        """Began the day before yesterday: too recently for a missed log to be raised."""
        began = home_today() - timedelta(days=2)
        return make_patient(email, CareTeam.objects.get(clinic__name="Riverside Oncology"), started_on=began).person

    def nurse(email: str) -> Person:
        return make_person(email, "nurse", Clinic.objects.get(name="Riverside Oncology"))

    for line in sys.stdin:
        kind, email = line.split()
        person = {"patient": patient, "nurse": nurse}[kind](email)
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        print(Token.objects.create(user=person, name="tests")[1], flush=True)
