"""Patients and staff are found by family name, given name and birth date, and only those of the clinic."""

from datetime import date

import pytest
from django.db import connection

from backend.accounts.models import Person
from backend.care.selectors import found_among, patients_of
from tests.conftest import client_of, make_patient, make_person

PEOPLE = ["José Núñez", "Łukasz Wójcik", "Anna Müller", "Karl Straße", "Nguyễn Thị Ánh", "Sean O’Brien", "王秀英"]
TODAY = date(2026, 5, 14)


@pytest.fixture
def clinic_with_names(team, maria):
    for number, name in enumerate(PEOPLE):
        patient = make_patient(f"p{number}@example.org", team)
        patient.person.name = name
        patient.person.save()
        patient.birth_on = date(1950 + number, 3, 4)
        patient.save()
    return team.clinic


def found(person, typed):
    answer = client_of(person).get("/api/v1/patients", {"q": typed})
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jose", "José Núñez"),
        ("nunez", "José Núñez"),
        ("lukasz", "Łukasz Wójcik"),
        ("muller", "Anna Müller"),
        ("mueller", "Anna Müller"),
        ("strasse", "Karl Straße"),
        ("nguyen", "Nguyễn Thị Ánh"),
        ("obrien", "Sean O’Brien"),
        ("o'brien", "Sean O’Brien"),
        ("wang", "王秀英"),
        ("秀英", "王秀英"),
        ("muller anna", "Anna Müller"),
    ],
)
def test_a_patient_is_found_by_name_as_people_type_it(clinic_with_names, joan, typed, name):
    assert found(joan, typed) == [name]


@pytest.mark.parametrize(
    "typed",
    ["1950-03-04", "1950/3/4", "19500304", "04.03.1950", "4.3.1950", "4.3.50", "3/4/1950", "03-04-50", "04031950",
     "4 March 1950", "4 Mar 1950", "March 4, 1950", "mar 4 1950", "1950年3月4日", "１９５０-０３-０４", "1950",
     "nunez 1950", "4.3.1950 jose", "jose nunez 03/04/1950", "4 marzo 1950", "4 de marzo de 1950"],
)  # fmt: skip
def test_a_patient_is_found_by_birth_date_however_it_is_written(clinic_with_names, joan, typed):
    assert found(joan, typed) == ["José Núñez"]


@pytest.mark.parametrize("typed", ["1950-04-05", "31.02.1950", "32.1.1950", "muller 1950", "1899", "12", "0000-00-00"])
def test_nobody_is_found_by_another_birth_date(clinic_with_names, joan, typed):
    assert found(joan, typed) == []


def test_a_birth_date_that_can_be_read_two_ways_finds_both(clinic_with_names, joan, maria):
    maria.birth_on = date(1950, 4, 3)
    maria.save()
    assert found(joan, "03/04/1950") == ["José Núñez", "Maria"]


def test_an_empty_search_shows_everybody_and_punctuation_alone_nobody(clinic_with_names, joan):
    assert len(found(joan, "")) == len(found(joan, "  ")) == len(PEOPLE) + 1
    assert found(joan, "'") == found(joan, "-") == []


def test_oscar_finds_nobody_of_another_clinic(clinic_with_names, oscar):
    for typed in ("jose", "1950", "4.3.1950", ""):
        assert found(oscar, typed) == []


def test_a_changed_name_is_found_at_once_and_the_old_one_no_more(maria, joan):
    maria.person.name = "María Álvarez"
    maria.person.save(update_fields=["name"])
    assert found(joan, "alvarez") == ["María Álvarez"]


def test_staff_are_found_the_same_way(joan, oscar, riverside):
    make_person("muller@example.org", "nurse", riverside)
    Person.objects.get(email="muller@example.org")
    someone = Person.objects.get(email="muller@example.org")
    someone.name = "Jörg Müller"
    someone.save()
    for typed in ("mueller", "jorg", "MULLER"):
        names = [row["name"] for row in client_of(joan).get("/api/v1/staff", {"q": typed}).json()["results"]]
        assert names == ["Jörg Müller"]
    assert client_of(oscar).get("/api/v1/staff", {"q": "muller"}).json()["results"] == []


def test_searching_reads_an_index_and_never_all_people(clinic_with_names):
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO accounts_person (id, password, email, name, given_name, role, phone, is_active, search)
            SELECT gen_random_uuid(), '', 'n' || n || '@example.org', 'N', 'N', 'caregiver', '', true, md5(n::text)
            FROM generate_series(1, 20000) n"""
        )
        cursor.execute("ANALYZE accounts_person; ANALYZE care_patient")
    rows = found_among(patients_of(clinic_with_names.pk), "muller", today=TODAY)
    plan = rows.explain()
    assert "Seq Scan on accounts_person" not in plan, plan
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    people = Person.objects.filter(search__contains="muller").explain()
    assert "people_by_name" in people, people
