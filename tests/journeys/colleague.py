"""A nurse who joins Riverside: `python -m tests.journeys.colleague noemi@example.org`. Prints her bearer token."""

import sys

import django

if __name__ == "__main__":
    django.setup()

    from knox.models import AuthToken

    from backend.care.models import Clinic
    from backend.demo.people import PASSWORD
    from tests.conftest import make_person

    person = make_person(sys.argv[1], "nurse", Clinic.objects.get(name="Riverside Oncology"))
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    print(AuthToken.objects.create(user=person)[1])
