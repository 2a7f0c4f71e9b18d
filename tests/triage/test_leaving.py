"""Somebody leaves the clinic. Nothing may wait for them."""

import uuid
from datetime import datetime, time, timedelta

import pytest

from backend.accounts.adapter import AccountAdapter
from backend.accounts.models import Person
from backend.accounts.services import AlreadyClosed
from backend.care.models import Shift
from backend.care.shifts import NewShift, ShiftRefused, put_shift
from backend.triage import handover, leaving, recording, services, work_items
from backend.triage.escalation import escalate_overdue_alerts
from backend.triage.models import Alert, Handover, WorkItem
from tests.at_once import first_and_second
from tests.conftest import NOON, TODAY, client_of, make_person

DUE = NOON + timedelta(hours=4)


@pytest.fixture
def held(alert_of_maria, joan):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    return alert_of_maria


def leaves(person, ada, now=NOON):
    return leaving.end_work(person=person, by=ada, now=now)


def test_what_she_had_acknowledged_is_open_again_with_its_clock(held, joan, ada):
    assert leaves(joan, ada) == [held.patient_id]
    held.refresh_from_db()
    assert (held.state, held.acknowledged_by, held.assigned_to, held.escalate_at) == ("open", None, None, DUE)


def test_what_is_overdue_is_due_now_and_goes_on_at_once(held, joan, ada):
    leaves(joan, ada, now=DUE + timedelta(hours=2))
    assert Alert.objects.get().due_at == DUE + timedelta(hours=2)
    assert escalate_overdue_alerts(now=DUE + timedelta(hours=2)) == 1


def test_the_alert_says_why_it_is_open_again(held, joan, ada):
    leaves(joan, ada)
    event = held.events.get(kind="reopened")
    assert (event.by, event.detail) == (ada, "Joan has left.")


def test_what_was_assigned_to_her_is_nobodys_again(alert_of_maria, joan, priya, ada):
    services.assign(alert=alert_of_maria, to=joan, by=priya, now=NOON)
    leaves(joan, ada)
    alert_of_maria.refresh_from_db()
    assert (alert_of_maria.state, alert_of_maria.assigned_to) == ("open", None)


def test_what_a_colleague_has_taken_over_stays_theirs(held, joan, priya, ada):
    services.assign(alert=held, to=priya, by=joan, now=NOON)
    assert leaves(joan, ada) == []
    held.refresh_from_db()
    assert (held.state, held.assigned_to) == ("acknowledged", priya)


def test_what_she_resolved_stays_resolved(held, joan, ada):
    recording.resolve(alert=held, outcome=recording.Outcome(code="spoke_with_patient"), nurse=joan, now=NOON)
    leaves(joan, ada)
    held.refresh_from_db()
    assert (held.state, held.resolved_by) == ("resolved", joan)


def test_her_token_is_refused_at_the_next_request_even_if_her_account_is_opened_again(joan, ada):
    client = client_of(joan)
    leaves(joan, ada)
    assert client.get("/api/v1/me").status_code == 401
    joan.is_active = True
    joan.save()
    assert client.get("/api/v1/me").status_code == 401


def test_her_session_stays_ended_even_if_her_account_is_opened_again(client, joan, ada):
    joan.set_password("a good long one")
    joan.save()
    client.force_login(joan)
    assert client.get("/api/v1/me").status_code == 200
    leaves(joan, ada)
    joan.is_active = True
    joan.save()
    assert client.get("/api/v1/me").status_code in (401, 403)


def test_her_shifts_are_free_and_the_one_that_runs_ends_now(riverside, joan, ada):
    for days in (0, 1):
        start = datetime.combine(TODAY + timedelta(days=days), time(7))
        new = NewShift("nurse", joan.pk, start, start + timedelta(hours=12))
        put_shift(shift_id=make_person(f"n{days}@x.org", "nurse", riverside).pk, clinic=riverside, new=new)
    leaves(joan, ada)
    assert [shift.ends_at for shift in Shift.objects.all()] == [NOON]


def test_what_she_offered_or_was_offered_is_withdrawn(held, joan, priya, dr_okafor, ada):
    handover.offer(by=joan, to=priya, note="", notes={}, now=NOON)
    handover.offer(by=dr_okafor, to=joan, note="Nothing open.", notes={}, now=NOON)
    leaves(joan, ada)
    assert set(Handover.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_the_last_administrator_stays(ada, joan):
    with pytest.raises(leaving.LastAdministrator):
        leaves(ada, ada)


def test_an_administrator_may_go_when_there_is_another(ada, riverside):
    make_person("nia@example.org", "administrator", riverside)
    leaves(ada, ada)
    ada.refresh_from_db()
    assert not ada.is_active


def test_nobody_leaves_twice(joan, ada):
    leaves(joan, ada)
    with pytest.raises(AlreadyClosed):
        leaves(joan, ada)


def test_the_net_opens_again_what_somebody_who_left_still_holds(held, joan):
    joan.is_active = False
    joan.save()
    assert leaving.release_what_nobody_holds(now=NOON) == 1
    held.refresh_from_db()
    assert held.state == "open"


def test_the_net_run_twice_opens_it_once(held, joan):
    joan.is_active = False
    joan.save()
    leaving.release_what_nobody_holds(now=NOON)
    assert leaving.release_what_nobody_holds(now=NOON) == 0
    assert held.events.filter(kind="reopened").count() == 1


def test_the_net_leaves_alone_what_somebody_has(held):
    assert leaving.release_what_nobody_holds(now=NOON) == 0


@pytest.mark.parametrize("ended_by_ada", [True, False])
def test_her_work_items_are_nobodys_again(maria, joan, ada, ended_by_ada):
    work_items.find_proactive_calls(now=NOON)
    work_items.take(item=WorkItem.objects.get(), nurse=joan, now=NOON)
    if ended_by_ada:
        leaves(joan, ada)
    else:
        joan.is_active = False
        joan.save()
        leaving.release_what_nobody_holds(now=NOON)
    assert (WorkItem.objects.get().assigned_to, WorkItem.objects.get().done_at) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_no_shift_is_put_for_somebody_who_leaves_at_that_moment(joan, ada, riverside):
    start = (NOON + timedelta(days=1)).replace(tzinfo=None)
    new = NewShift("nurse", joan.pk, start, start + timedelta(hours=8))
    refused = first_and_second(
        lambda: leaves(joan, ada),
        lambda: put_shift(shift_id=uuid.uuid4(), clinic=riverside, new=new),
        (ShiftRefused,),
    )
    assert isinstance(refused, ShiftRefused)
    assert not Shift.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_her_password_while_her_work_is_ended_cannot_sign_in_with_it(joan, ada):
    read_before = Person.objects.get(pk=joan.pk)
    first_and_second(
        lambda: leaves(joan, ada), lambda: AccountAdapter().set_password(read_before, "quite-another-word")
    )
    joan.refresh_from_db()
    assert (joan.is_active, joan.has_usable_password()) == (False, False)


def test_the_net_ends_an_offer_to_somebody_who_left(held, joan, priya):
    handover.offer(by=joan, to=priya, note="", notes={}, now=NOON)
    priya.is_active = False
    priya.save()
    leaving.release_what_nobody_holds(now=NOON)
    assert Handover.objects.get().state == "withdrawn"
