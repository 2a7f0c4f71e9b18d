"""The roster over the API: what staff read, what an administrator enters, and what is said where it is refused."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.care import shifts
from backend.care.models import Shift
from backend.triage import handover, services
from tests.conftest import NOON, TODAY, client_of
from tests.home import ZONE

MONDAY = "2026-05-11"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """For the API it is noon of 14 May in New York."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def shift_of(person, starts="2026-05-14T07:00", ends="2026-05-14T19:00", place="nurse"):
    return {"place": place, "person": str(person.pk), "starts": starts, "ends": ends}


def put_shift(by, body, pk=None):
    return client_of(by).put(f"/api/v1/roster/shifts/{pk or uuid.uuid4()}", body, format="json")


def roster(who, query=""):
    return client_of(who).get(f"/api/v1/roster{query}").json()


def test_oscar_sees_no_shift_gap_or_holiday_of_riverside(ada, joan, oscar):
    put_shift(ada, shift_of(joan))
    client_of(ada).put("/api/v1/roster/holidays/2026-05-25", {"name": "Memorial Day"}, format="json")
    seen = roster(oscar)
    assert (seen["shifts"], seen["gaps"], seen["holidays"]) == ([], [], [])


def test_a_shift_of_riverside_is_not_there_for_an_administrator_of_hillside(ada, joan, hillside, oscar):
    pk = uuid.uuid4()
    put_shift(ada, shift_of(joan), pk)
    oscar.role = "administrator"
    oscar.save()
    assert put_shift(oscar, shift_of(oscar), pk).status_code in (404, 422)
    theirs = client_of(oscar).delete(f"/api/v1/roster/shifts/{pk}")
    nobodys = client_of(oscar).delete(f"/api/v1/roster/shifts/{uuid.uuid4()}")
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)
    assert Shift.objects.filter(pk=pk).exists()


def test_a_shift_is_entered_by_the_clinics_clock_and_kept_as_a_moment(ada, joan):
    kept = put_shift(ada, shift_of(joan)).json()
    assert (kept["starts_at"], kept["ends_at"]) == ("2026-05-14T11:00:00+00:00", "2026-05-14T23:00:00+00:00")


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [("2026-03-08T02:30", "2026-03-08T10:00", "starts"), ("2026-03-07T19:00", "2026-03-08T02:30", "ends")],
)
def test_a_shift_cannot_start_or_end_in_the_hour_that_clocks_skip(ada, joan, starts, ends, field):
    refused = put_shift(ada, shift_of(joan, starts, ends))
    problem = refused.json()
    assert (refused.status_code, problem["code"], problem["fields"][0]["field"]) == (422, "no_such_time", field)
    assert problem["detail"] == (
        "Clocks go forward in this night: there is no 02:30. Choose a time before or after the change."
    )
    assert not Shift.objects.exists()


def test_a_week_copied_into_a_change_of_clocks_leaves_nobody_out(ada, joan, priya):
    put_shift(ada, shift_of(joan, "2026-02-28T18:00", "2026-03-01T02:30"))
    put_shift(ada, shift_of(priya, "2026-03-01T02:30", "2026-03-01T10:00"))
    copied = client_of(ada).post("/api/v1/roster/copy", {"week": "2026-03-02"}, format="json")
    assert copied.json() == {"copied": 2, "left_out": 0}


@pytest.mark.parametrize(
    ("starts", "ends"), [("2199-12-31T19:00", "2200-01-01T02:00"), ("1899-12-31T19:00", "1900-01-01T01:00")]
)
def test_a_shift_in_a_year_nobody_works_in_is_refused(ada, joan, starts, ends):
    assert put_shift(ada, shift_of(joan, starts, ends)).status_code == 422


def test_the_week_has_what_touches_it_and_who_is_on_until_when(ada, joan, team):
    put_shift(ada, shift_of(joan, "2026-05-10T19:00", "2026-05-11T07:00"))
    put_shift(ada, shift_of(joan))
    seen = roster(joan, f"?week={MONDAY}")
    assert (seen["week"], len(seen["shifts"])) == (MONDAY, 2)
    nurse, _, on_call = seen["on_duty"]
    assert (nurse["person"]["name"], nurse["until"]) == ("Joan", "2026-05-14T23:00:00+00:00")
    assert (on_call["person"]["name"], on_call["until"]) == ("Okafor", None)


def test_an_overlap_says_whose_shift_is_there(ada, joan, priya):
    put_shift(ada, shift_of(joan))
    answer = put_shift(ada, shift_of(priya, "2026-05-14T18:00", "2026-05-14T22:00"))
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("Joan is nurse from Thu 14 May 07:00 to Thu 14 May 19:00.")


@pytest.mark.parametrize(
    ("starts", "ends", "field", "code"),
    [
        ("2026-05-14T19:00", "2026-05-14T07:00", "ends", "ends_before_it_starts"),
        ("2026-05-14T07:00", "2026-05-15T08:00", "ends", "too_long"),
        ("tomorrow", "2026-05-15T08:00", "starts", "invalid"),
        ("2026-05-14T07:00-04:00", "2026-05-15T08:00", "starts", "invalid"),
        ("0001-01-01T07:00", "0001-01-01T08:00", "starts", "invalid"),
        (None, 5, "starts", "invalid"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(ada, joan, starts, ends, field, code):
    answer = put_shift(ada, shift_of(joan, starts, ends))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["fields"][0]["field"] == field


def test_somebody_of_another_clinic_is_refused_at_their_field(ada, oscar):
    answer = put_shift(ada, shift_of(oscar))
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "person")


def test_last_week_is_copied(ada, joan):
    put_shift(ada, shift_of(joan))
    copied = client_of(ada).post("/api/v1/roster/copy", {"week": "2026-05-18"}, format="json")
    assert copied.json() == {"copied": 1, "left_out": 0}


def test_a_week_begins_on_monday(ada):
    answer = client_of(ada).post("/api/v1/roster/copy", {"week": "2026-05-19"}, format="json")
    assert answer.status_code == 422


def test_hours_holidays_and_the_line_are_kept(ada, joan):
    desk = client_of(ada)
    hours = [{"weekday": 3, "opens": "08:00", "closes": "17:00"}]
    desk.put("/api/v1/roster/hours", {"hours": hours}, format="json")
    desk.put("/api/v1/roster/holidays/2026-05-25", {"name": "Memorial Day"}, format="json")
    desk.put("/api/v1/roster/out-of-hours-line", {"out_of_hours_line": "555 0143"}, format="json")
    seen = roster(joan)
    assert (seen["hours"], seen["out_of_hours_line"]) == (hours, "555 0143")
    assert seen["holidays"] == [{"day": "2026-05-25", "name": "Memorial Day"}]


@pytest.mark.parametrize(
    "hours",
    [
        [{"weekday": 7, "opens": "08:00", "closes": "17:00"}],
        [{"weekday": 1, "opens": "8", "closes": "17:00"}],
        [{"weekday": 1, "opens": "25:00", "closes": "17:00"}],
        [{"weekday": 1, "opens": "08:00", "closes": "12:00"}, {"weekday": 1, "opens": "13:00", "closes": "17:00"}],
    ],
)
def test_hours_that_cannot_be_are_refused_and_the_old_ones_stay(ada, riverside, hours):
    shifts.set_hours(clinic=riverside, hours=[(0, time(8), time(17))])
    answer = client_of(ada).put("/api/v1/roster/hours", {"hours": hours}, format="json")
    assert answer.status_code == 422
    assert roster(ada)["hours"] == [{"weekday": 0, "opens": "08:00", "closes": "17:00"}]


def test_a_day_that_is_none_is_refused(ada):
    answer = client_of(ada).put("/api/v1/roster/holidays/soon", {"name": "Easter"}, format="json")
    assert (answer.status_code, client_of(ada).get("/api/v1/roster?week=x").status_code) == (422, 422)


def test_my_page_knows_who_is_on_now(ada, joan, priya, team):
    put_shift(ada, shift_of(priya))
    me = client_of(joan).get("/api/v1/me").json()["team"]
    assert (me["nurse"], me["second_nurse"], me["on_call"]) == ("Priya", "Priya", "Okafor")


def test_a_patients_phone_knows_whether_the_clinic_is_open_and_whom_to_call(maria, riverside):
    shifts.set_hours(clinic=riverside, hours=[(4, time(8), time(17))])
    shifts.set_out_of_hours_line(clinic=riverside, line="555 0143")
    hours = client_of(maria.person).get("/api/v1/me").json()["clinic"]["hours"]
    ahead = hours.pop("lines")
    assert hours == {"open": False, "opens_at": "2026-05-15T12:00:00+00:00", "closes_at": None, "line": "555 0143"}
    assert [one["line"] for one in ahead] == ["555 0143", "555 0142", "555 0143", "555 0142", "555 0143"]


def test_an_administrator_sees_a_weeks_gaps_and_a_nurse_a_days(ada, joan, dr_okafor, riverside):
    shifts.set_hours(clinic=riverside, hours=[(2, time(8), time(9))])  # Wednesdays: no nurse is needed before
    for day in (14, 15, 16, 18, 19, 20, 21):
        put_shift(ada, shift_of(dr_okafor, f"2026-05-{day}T00:00", f"2026-05-{day + 1}T00:00", "on_call"))
    gaps = client_of(ada).get("/api/v1/me").json()["roster_gaps"]
    assert gaps[0] == {
        "place": "on_call",
        "starts_at": "2026-05-17T04:00:00+00:00",
        "ends_at": "2026-05-18T04:00:00+00:00",
    }
    assert client_of(joan).get("/api/v1/me").json()["roster_gaps"] == []


class TestHandingOver:
    @pytest.fixture
    def held(self, alert_of_maria, joan):
        services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
        return alert_of_maria

    @pytest.fixture
    def offered(self, held, joan, priya):
        body = {"to": str(priya.pk), "note": "Busy.", "notes": [{"alert": str(held.pk), "note": "Call at 15:00."}]}
        return client_of(joan).post("/api/v1/handovers", body, format="json").json()

    def test_whoever_it_is_offered_to_reads_it_with_its_notes(self, offered, priya):
        (seen,) = client_of(priya).get("/api/v1/handovers").json()["offered_to_me"]
        assert (seen["offered_by"]["name"], seen["note"]) == ("Joan", "Busy.")
        assert (seen["items"][0]["patient"]["name"], seen["items"][0]["note"]) == ("Maria", "Call at 15:00.")

    def test_the_page_of_whoever_it_is_offered_to_says_that_it_waits(self, offered, priya, dr_okafor):
        assert [one["by"] for one in client_of(priya).get("/api/v1/me").json()["handovers"]] == ["Joan"]
        assert client_of(dr_okafor).get("/api/v1/me").json()["handovers"] == []

    def test_once_accepted_the_alerts_are_theirs(self, offered, held, priya):
        answer = client_of(priya).post(f"/api/v1/handovers/{offered['id']}/accept", {}, format="json")
        held.refresh_from_db()
        assert (answer.json(), held.assigned_to) == ({"passed": 1}, priya)

    def test_accepted_a_second_time_it_says_who_did_and_when(self, offered, priya):
        for _ in range(2):
            answer = client_of(priya).post(f"/api/v1/handovers/{offered['id']}/accept", {}, format="json")
        assert (answer.status_code, answer.json()["detail"]) == (409, "Priya accepted this handover at 12:00.")

    def test_nobody_else_can_accept_it(self, offered, dr_okafor, oscar):
        for person in (dr_okafor, oscar):
            answer = client_of(person).post(f"/api/v1/handovers/{offered['id']}/accept", {}, format="json")
            assert answer.status_code == 404

    def test_nothing_can_be_offered_to_oscar(self, held, joan, oscar):
        answer = client_of(joan).post("/api/v1/handovers", {"to": str(oscar.pk)}, format="json")
        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "to")

    def test_a_second_offer_is_refused_while_the_first_waits(self, offered, joan, dr_okafor):
        answer = client_of(joan).post("/api/v1/handovers", {"to": str(dr_okafor.pk)}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (409, "offered_already")

    def test_reading_a_handover_is_noted_for_each_patient(self, offered, priya, maria):
        from backend.audit.models import AuditEvent

        client_of(priya).get("/api/v1/handovers")
        assert AuditEvent.objects.filter(person_id=priya.pk, patient_id=maria.pk, what="handover").exists()

    @pytest.mark.parametrize(("minutes", "reminded"), [(31, False), (30, True), (1, True)])
    def test_in_the_last_half_hour_of_her_shift_she_is_reminded(self, held, joan, ada, minutes, reminded):
        end = NOON.astimezone(ZoneInfo(ZONE)) + timedelta(minutes=minutes)
        starts = datetime.combine(TODAY, time(7))
        put_shift(ada, shift_of(joan, f"{starts:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}"))
        assert client_of(joan).get("/api/v1/me").json()["duty"]["hand_over_now"] is reminded

    def test_with_nothing_open_she_is_not_reminded(self, team, joan, ada):
        put_shift(ada, shift_of(joan, ends="2026-05-14T12:10"))
        assert client_of(joan).get("/api/v1/me").json()["duty"]["hand_over_now"] is False

    def test_once_she_has_offered_it_she_is_not_reminded_again(self, held, joan, priya, ada):
        put_shift(ada, shift_of(joan, ends="2026-05-14T12:10"))
        handover.offer(by=joan, to=priya, note="", notes={}, now=NOON)
        assert client_of(joan).get("/api/v1/me").json()["duty"]["hand_over_now"] is False


class TestLeaving:
    def test_how_many_alerts_wait_again_is_said(self, alert_of_maria, joan, ada):
        services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
        answer = client_of(ada).post(f"/api/v1/staff/{joan.pk}/leave", {}, format="json").json()
        assert (answer["person"]["name"], answer["opened_again"]) == ("Joan", 1)

    def test_the_last_administrator_is_told_why_not(self, ada):
        answer = client_of(ada).post(f"/api/v1/staff/{ada.pk}/leave", {}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")

    def test_nobody_of_another_clinic_can_be_sent_away(self, ada, oscar):
        assert client_of(ada).post(f"/api/v1/staff/{oscar.pk}/leave", {}, format="json").status_code == 404

    def test_a_patient_is_no_colleague(self, ada, maria):
        assert client_of(ada).post(f"/api/v1/staff/{maria.person_id}/leave", {}, format="json").status_code == 404
