"""The cast of the site, made once in its own database: `python -m tests.faults.cast` prints who they are as JSON."""

import json

import django

NURSES, PATIENTS = 20, 24

if __name__ == "__main__":
    django.setup()

    from django.utils import timezone

    from backend.accounts.models import Person, Token
    from backend.care.models import CareTeam, Clinic
    from tests.conftest import make_patient, make_person

    riverside = Clinic.objects.create(
        name="Riverside Oncology", time_zone="UTC", care_line="555 0142", emergency_number="911"
    )
    roles = {"joan": "nurse", "priya": "nurse", "okafor": "prescriber", "ada": "administrator"}
    staff = {name: make_person(f"{name}@example.org", role, riverside) for name, role in roles.items()}
    nurses = [make_person(f"nurse{number}@example.org", "nurse", riverside) for number in range(NURSES)]
    team = CareTeam.objects.create(
        clinic=riverside, name="Team A", nurse=staff["joan"], second_nurse=staff["priya"], on_call=staff["okafor"]
    )
    names = ["maria", "walter", *(f"patient{number}" for number in range(PATIENTS))]
    today = timezone.now().date()  # treatment begins today, so that no log is missed
    patients = [make_patient(f"{name}@example.org", team, started_on=today, time_zone="UTC") for name in names]

    def told(person: Person, patient: object = None) -> dict[str, str | None]:
        token = Token.objects.create(user=person, name="tests")[1]
        return {"email": person.email, "token": token, "patient": patient and str(patient)}

    people = [told(person) for person in [*staff.values(), *nurses]]
    people += [told(patient.person, patient.pk) for patient in patients]
    print(json.dumps(people))
