"""The people of a bench database: clinics, staff, patients and their tokens, made in the database itself.

Ids and tokens follow from a number, so nobody has to remember them. The data is invented, and the server that holds
it listens on this machine only.
"""

import hashlib
from uuid import UUID

import psycopg

_GIVEN = ["Maria", "Walter", "Rosa", "Tomas", "Ines", "Samuel", "Helen", "Chen"]
_FAMILY = ["Alvarez", "Braun", "Costa", "Dubois", "Endo", "Farah", "Gruber", "Haddad"]

_CLINICS = """
INSERT INTO care_clinic (id, name, time_zone, care_line, emergency_number, region, out_of_hours_line)
SELECT md5('clinic ' || c)::uuid, 'Clinic ' || c, 'UTC', '555 0142', '911', 'US', ''
FROM generate_series(1, %(clinics)s) c
"""
_STAFF = """
INSERT INTO accounts_person (id, email, password, name, given_name, role, phone, is_active, clinic_id)
SELECT md5(role || ' ' || c)::uuid, role || c || '@example.org', '!', initcap(role) || ' ' || c, initcap(role),
    CASE role WHEN 'prescriber' THEN role ELSE 'nurse' END, '', true, md5('clinic ' || c)::uuid
FROM generate_series(1, %(clinics)s) c, unnest(ARRAY['nurse', 'second', 'prescriber']) role
"""
_TEAMS = """
INSERT INTO care_careteam (id, name, clinic_id, nurse_id, second_nurse_id, on_call_id)
SELECT md5('team ' || c)::uuid, 'Team', md5('clinic ' || c)::uuid, md5('nurse ' || c)::uuid,
    md5('second ' || c)::uuid, md5('prescriber ' || c)::uuid
FROM generate_series(1, %(clinics)s) c
"""
_PERSONS = """
INSERT INTO accounts_person (id, email, password, name, given_name, role, phone, is_active, search)
SELECT md5('person ' || p)::uuid, 'patient' || p || '@example.org', '!',
    (%(given)s::text[])[1 + p %% 8] || ' ' || (%(family)s::text[])[1 + p / 8 %% 8] || ' ' || p,
    (%(given)s::text[])[1 + p %% 8], 'patient', '555 0163', true,
    lower((%(given)s::text[])[1 + p %% 8] || (%(family)s::text[])[1 + p / 8 %% 8] || p)
FROM generate_series(1, %(patients)s) p
"""
_PATIENTS = """
INSERT INTO care_patient (id, birth_on, time_zone, language, usual_stools, usual_systolic, usual_diastolic,
    usual_weight, status, care_team_id, clinic_id, person_id)
SELECT md5('patient ' || p)::uuid, date '1940-01-01' + p %% 16000, 'UTC', 'en', 1, 126, 78, 70, 'active',
    md5('team ' || 1 + p %% %(clinics)s)::uuid, md5('clinic ' || 1 + p %% %(clinics)s)::uuid, md5('person ' || p)::uuid
FROM generate_series(1, %(patients)s) p
"""
_TREATMENTS = """
INSERT INTO care_treatment (id, patient_id, drug, use, dose, started_on)
SELECT md5('treatment ' || p)::uuid, md5('patient ' || p)::uuid, 'sorafenib', '', '400 mg twice a day',
    current_date - 600
FROM generate_series(1, %(patients)s) p
"""
_TOKENS = """
INSERT INTO accounts_token (id, name, digest, token_key, created, expiry, user_id)
SELECT gen_random_uuid(), 'bench', encode(sha512(convert_to(token, 'UTF8')), 'hex'), left(token, 15), now(),
    now() + interval '9 days', md5(owner)::uuid
FROM (
    SELECT owner, encode(sha256(convert_to('token of ' || owner, 'UTF8')), 'hex') AS token
    FROM (SELECT 'person ' || p AS owner FROM generate_series(1, %(patients)s) p
          UNION ALL SELECT 'nurse ' || c FROM generate_series(1, %(clinics)s) c) owners
) tokens
"""


def populate(database: psycopg.Connection, *, clinics: int, patients: int) -> None:
    """Make clinics with two nurses and a prescriber each, and patients dealt out to them in turn."""
    numbers = {"clinics": clinics, "patients": patients, "given": _GIVEN, "family": _FAMILY}
    with database.transaction():
        for statement in (_CLINICS, _STAFF, _TEAMS, _PERSONS, _PATIENTS, _TREATMENTS, _TOKENS):
            database.execute(statement, numbers)


def patient(number: int) -> UUID:
    """The id of a patient, counted from 1."""
    return _id(f"patient {number}")


def clinic(number: int) -> UUID:
    """The id of a clinic, counted from 1."""
    return _id(f"clinic {number}")


def token_of_patient(number: int) -> str:
    return _token(f"person {number}")


def token_of_nurse(clinic: int) -> str:
    return _token(f"nurse {clinic}")


def _id(name: str) -> UUID:
    return UUID(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest())


def _token(owner: str) -> str:
    return hashlib.sha256(f"token of {owner}".encode()).hexdigest()
