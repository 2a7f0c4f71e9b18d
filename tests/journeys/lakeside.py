"""A clinic with three nurses and forty patients, made beside the demonstration: `python -m tests.journeys.lakeside`.

It prints as JSON who the nurses are, and the patients' tokens by name.
"""

import json

import django

NURSES = {"nora": "Nora Quist", "milan": "Milan Weber", "tess": "Tess Okada"}
PATIENTS = [
    "Abel", "Britta", "Carlos", "Dina", "Emil", "Farah", "Gustav", "Hana", "Ivo", "Jola", "Kofi", "Lena", "Marek",
    "Nils", "Olga", "Petra", "Quirin", "Rana", "Sven", "Thea", "Ulla", "Vito", "Wanda", "Xenia", "Yusra", "Zoran",
    "Alma", "Bruno", "Clara", "Dario", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Katya", "Lars", "Mona",
    "Noah",
]  # fmt: skip

if __name__ == "__main__":
    django.setup()

    from backend.accounts.models import Person, Token
    from backend.care.models import CareTeam, Clinic
    from backend.demo.people import PASSWORD
    from tests.conftest import make_patient
    from tests.home import home_today

    lakeside = Clinic.objects.create(
        name="Lakeside Oncology", time_zone="America/New_York", care_line="555 0177", emergency_number="911"
    )

    def member(email: str, name: str, role: str) -> Person:
        return Person.objects.create_user(
            f"{email}@lakeside.example.org", PASSWORD, name=name, given_name=name.split()[0], role=role, clinic=lakeside
        )

    nurses = [member(email, name, "nurse") for email, name in NURSES.items()]
    prescriber = member("iyer", "Dr. Asha Iyer", "prescriber")
    member("lotte", "Lotte Martin", "administrator")
    team = CareTeam.objects.create(
        clinic=lakeside, name="Team L", nurse=nurses[0], second_nurse=nurses[1], on_call=prescriber
    )
    began = home_today()  # so that no log is missed yet
    tokens = {}
    for name in PATIENTS:
        person = make_patient(f"{name.lower()}@lakeside.example.org", team, started_on=began).person
        Person.objects.filter(pk=person.pk).update(name=name, given_name=name)
        tokens[name] = Token.objects.create(user=person, name="tests")[1]
    print(json.dumps(tokens))
