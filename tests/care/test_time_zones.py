"""One owner turns moments into days and clock times and back: Python, by the pinned tzdata package."""

import ast
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from zoneinfo import TZPATH, ZoneInfo

import pytest
from django.db import connection

from backend.api import health
from backend.care.hours import moment
from backend.care.tasks import compare_time_zones
from backend.care.time_zones import differing_zones, local_days, offsets, problems, unknown_zones
from backend.config.celery import app
from tests.conftest import NOON, client_of, make_patient
from tests.faults.process import ROOT

KEPT_SUMMER_TIME = ["America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Havana"]


def test_the_rules_of_time_zones_come_from_the_pinned_package_and_not_from_the_machine():
    assert TZPATH == ()
    assert f"tzdata=={version('tzdata')} " in (ROOT / "deploy" / "requirements.txt").read_text()


@pytest.mark.parametrize("zone", KEPT_SUMMER_TIME)
def test_where_summer_time_stayed_in_november_2026_the_clocks_of_the_clinic_know_it(zone):
    winter, summer = (datetime(2026, month, 1, 12, tzinfo=ZoneInfo(zone)) for month in (12, 7))
    assert winter.utcoffset() == summer.utcoffset()


def test_eight_in_the_morning_in_vancouver_in_december_2026_is_three_in_the_afternoon_in_greenwich():
    at_eight = moment(date(2026, 12, 1), time(8), ZoneInfo("America/Vancouver"))
    assert at_eight == datetime(2026, 12, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "clock", "in_utc"),
    [
        ("America/Nuuk", "2026-03-28 23:30", "2026-03-29 01:30"),  # skipped: an hour later, on the next day
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),  # comes twice: the first of the two
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),  # comes twice, half an hour apart
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45"),  # skipped: half an hour later
    ],
)
def test_a_skipped_time_is_later_and_a_repeated_time_is_the_first_of_the_two(zone, clock, in_utc):
    wanted = datetime.fromisoformat(clock)
    assert moment(wanted.date(), wanted.time(), ZoneInfo(zone)) == datetime.fromisoformat(in_utc).replace(tzinfo=UTC)


def test_the_local_day_of_each_patient_begins_at_their_own_midnight(maria, team):
    make_patient("hana@example.org", team, time_zone="Asia/Tokyo")
    days = {day.time_zone: day for day in local_days(now=NOON, from_hour=0)}
    assert days["Asia/Tokyo"].day == date(2026, 5, 15)
    assert days["Asia/Tokyo"].begins_at == datetime(2026, 5, 14, 15, tzinfo=UTC)
    assert days["America/New_York"].day == date(2026, 5, 14)
    assert days["America/New_York"].begins_at == datetime(2026, 5, 14, 4, tzinfo=UTC)


def test_nobody_is_due_before_the_hour_has_come_where_they_live(maria, team):
    make_patient("hana@example.org", team, time_zone="Asia/Tokyo")  # one o'clock at night there
    assert [day.time_zone for day in local_days(now=NOON, from_hour=9)] == ["America/New_York"]


def test_a_zone_nobody_knows_takes_no_one_else_off_the_list(maria, team):
    make_patient("nemo@example.org", team, time_zone="Atlantis/Capital")
    assert [day.time_zone for day in local_days(now=NOON, from_hour=9)] == ["America/New_York"]
    assert unknown_zones() == ["Atlantis/Capital"]


def test_python_and_postgresql_are_compared_and_differing_zones_are_named(db):
    assert differing_zones(["America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"], now=NOON) == []


def test_a_zone_whose_rules_postgresql_has_otherwise_is_named(db, monkeypatch):
    """Python reads an older copy, in which Vancouver goes back to winter time: the two no longer agree."""
    older = {"America/Vancouver": ZoneInfo("America/Los_Angeles")}
    found = differing_zones(["America/Vancouver"], now=NOON, zone_of=lambda name: older.get(name, ZoneInfo(name)))
    assert found == ["America/Vancouver"]


def test_a_zone_postgresql_lacks_is_named(db):
    found = differing_zones(["Atlantis/Capital"], now=NOON, zone_of=lambda _: ZoneInfo("UTC"))
    assert found == ["Atlantis/Capital"]


def test_the_offsets_of_a_zone_are_given_to_the_minute_of_each_change():
    assert offsets("America/New_York", NOON, NOON + timedelta(days=365)) == [
        (NOON, -240),
        (datetime(2026, 11, 1, 6, tzinfo=UTC), -300),
        (datetime(2027, 3, 14, 7, tzinfo=UTC), -240),
    ]
    assert offsets("Asia/Tokyo", NOON, NOON + timedelta(days=365)) == [(NOON, 540)]


def test_postgresql_never_turns_a_moment_into_a_day_or_back():
    """But to compare its rules with Python's."""
    for path in (ROOT / "backend").rglob("*.py"):
        if path.name == "time_zones.py" or path.parent.name == "migrations":
            continue
        source = path.read_text()
        texts = [
            n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)
        ]
        assert not [text for text in texts if "AT TIME ZONE" in text.upper()], path
        assert not {"TruncDate", "TruncDay", "ExtractHour", "_at__date", "_at__hour"} & set(source.split()), path


def test_the_database_session_is_in_utc(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW TimeZone")
        assert cursor.fetchone() == ("UTC",)


def test_a_zone_nobody_knows_is_named_with_what_to_do(team):
    make_patient("nemo@example.org", team, time_zone="Atlantis/Capital")
    assert problems(now=NOON) == [
        "time zone Atlantis/Capital: not known; name one of the IANA list for the clinic or patient"
    ]


def test_the_site_state_says_whether_both_copies_agree(maria, client):
    health._time_zone_problems.cache_clear()
    assert client.get("/readyz").json()["time_zones"] == "agree"


def test_the_worker_warns_of_it_when_it_starts_and_every_hour(team, caplog):
    make_patient("nemo@example.org", team, time_zone="Atlantis/Capital")
    compare_time_zones()
    assert "Atlantis/Capital" in caplog.text
    assert "care.compare_time_zones" in {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_a_page_is_given_the_rules_of_its_clocks(joan, maria):
    for person in (joan, maria.person):
        zone = client_of(person).get("/api/v1/me").json()["time_zone"]
        assert zone["name"] == "America/New_York"
        assert {one["minutes"] for one in zone["offsets"]} == {-240, -300}
