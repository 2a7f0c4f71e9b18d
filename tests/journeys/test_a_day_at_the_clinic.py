"""Three nurses, forty patients, a day of logs: every alert ends resolved with an outcome, or visibly escalated.

The nurses use the keyboard alone, each before a screen of her own; the logs come in three waves.
"""

import json
import re
import sys
import uuid
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import NO_LIMITS, hands, pressure, stools
from tests.faults.process import wait_until
from tests.faults.site import Site
from tests.faults.web import Person
from tests.journeys.conftest import DESK, Seat
from tests.journeys.lakeside import NURSES, PATIENTS
from tests.journeys.phone import days_ago

Seats = Callable[..., Seat]
LEFT_ALONE = {"Carlos", "Marek", "Sven"}
"""Whom nobody gets round to: their alerts are passed on."""
MOST_TABS = 60
NOBODY = "Nobody yet"

TIRED = {"fatigue": {"present": True, "relieved_by_rest": False, **NO_LIMITS}}
STOPPING = {"adherence": "wants_to_stop", "stopping_reason": "side_effects"}
REPORTS: dict[str, dict[str, Any]] = {
    "Abel": {"warning_signs": ["chest_pain"]},
    "Britta": {**pressure((191, 114), (188, 112)), "warning_signs": ["severe_headache"]},
    **{name: stools(8) for name in ("Carlos", "Dina", "Emil", "Farah")},
    **dict.fromkeys(("Gustav", "Hana"), STOPPING),
    **{name: pressure((174, 105), (172, 104)) for name in ("Ivo", "Jola", "Kofi")},
    **{name: hands("moderate", "mild") for name in ("Lena", "Marek", "Nils", "Olga")},
    **{name: {"adherence": "missed_two_or_more_in_7_days"} for name in ("Petra", "Quirin")},
    **dict.fromkeys(("Rana", "Sven"), TIRED),
    "Thea": {**stools(5), **hands("moderate", "mild")},
}
"""Everybody who is not named reports a quiet day."""


class Waiting(NamedTuple):
    """An alert as its row shows it."""

    patient: str
    why: str


class Row(NamedTuple):
    """One row of the worklist, and who has it."""

    alert: Waiting
    owner: str


class Nurse:
    """A nurse who never touches the mouse."""

    def __init__(self, seat: Seat, email: str) -> None:
        self.name = NURSES[email].split()[0]
        self.desk: Page = seat.sign_in(f"{email}@lakeside.example.org", "clinic")
        expect(self.desk.get_by_role("heading", level=1)).to_have_text("Worklist")
        self.as_owner = f"{self.name} (you)"
        self.handled = 0

    @property
    def rows(self) -> Locator:
        return self.desk.locator("tbody tr:not(.item)")

    def next_alert(self) -> Waiting | None:
        """The first row that is nobody's, or her own; those left alone are left alone."""
        mine_or_nobodys = [row for row in self.rows_now() if row.owner in (NOBODY, self.as_owner)]
        return next((row.alert for row in mine_or_nobodys if row.alert.patient not in LEFT_ALONE), None)

    def rows_now(self) -> list[Row]:
        """All rows of one moment: the page asks for news between two questions of ours."""
        parts = [".person a", ".why b", "td.owner"]
        read = "(rows, parts) => rows.map(row => parts.map(part => row.querySelector(part).innerText.split('\\n')[0]))"
        return [Row(Waiting(patient, why), owner) for patient, why, owner in self.rows.evaluate_all(read, parts)]

    def row_of(self, alert: Waiting) -> Locator:
        """The row of the patient while this alert leads it."""
        of_patient = self.rows.filter(has=self.desk.get_by_role("link", name=alert.patient, exact=True))
        return of_patient.filter(has=self.desk.get_by_text(alert.why, exact=True))

    def go_to(self, alert: Waiting) -> Locator:
        """Walk there by J and K."""
        row, most = self.row_of(alert), self.desk.locator("tbody tr").count() + 1
        for key in "jk":
            for _ in range(most):
                if row.get_attribute("aria-current"):
                    return row
                self.desk.keyboard.press(key)
        raise AssertionError(f"{alert} cannot be reached by the keys")

    def acknowledge(self, alert: Waiting) -> None:
        self.go_to(alert)
        self.desk.keyboard.press("a")

    def has(self, alert: Waiting) -> bool:
        """Whether she has it, once the page says who has."""
        owner = self.row_of(alert).locator("td.owner")
        expect(owner).not_to_have_text(NOBODY)
        return owner.inner_text().split("\n")[0] == self.as_owner

    def resolve(self, alert: Waiting) -> None:
        """Record that she spoke with the patient."""
        self.go_to(alert)
        self.desk.keyboard.press("r")
        panel = self.desk.get_by_role("dialog")
        expect(panel).to_be_visible()
        self.tab_to("input[name=outcome]")
        self.desk.keyboard.press("Space")
        expect(panel.get_by_label("Spoke with the patient")).to_be_checked()
        self.tab_to("textarea")
        self.desk.keyboard.type(f"Spoke with {alert.patient}.")
        self.desk.keyboard.press("Control+Enter")
        expect(panel).to_be_hidden()
        expect(self.row_of(alert)).to_have_count(0)
        self.handled += 1

    def tab_to(self, what: str) -> None:
        """Press Tab until the focus is there."""
        for _ in range(MOST_TABS):
            if self.desk.evaluate("what => document.activeElement.matches(what)", what):
                return
            self.desk.keyboard.press("Tab")
        raise AssertionError(f"{what} cannot be reached by Tab")


@pytest.fixture(scope="module")
def lakeside(clinic: Site) -> dict[str, Person]:
    """The forty patients by name."""
    tokens = json.loads(clinic.run(sys.executable, "-m", "tests.journeys.lakeside"))
    return {name: Person(f"{name.lower()}@lakeside.example.org", token, None) for name, token in tokens.items()}


def live_alerts(clinic: Site) -> list[dict[str, Any]]:
    return clinic.database.rows("""
        SELECT a.*, p.name FROM triage_alert a JOIN care_patient c ON c.id = a.patient_id
        JOIN accounts_person p ON p.id = c.person_id JOIN care_clinic k ON k.id = a.clinic_id
        WHERE k.name = 'Lakeside Oncology' AND a.state <> 'resolved'
    """)


def everybody_logs(clinic: Site, lakeside: dict[str, Person], names: Iterable[str]) -> int:
    """Each of them sends today's log, as the phone does. Return how many patients then have an alert that waits."""
    sent = []
    for name in names:
        body = {"day": days_ago(0), "facts": REPORTS.get(name, stools(1))}
        answer = clinic.web.call("PUT", f"api/v1/logs/{uuid.uuid4()}", lakeside[name], body)
        assert answer.status == 200, answer
        sent.append(answer.body["id"])
    wait_until(lambda: all(clinic.database.is_flagged(log) for log in sent), "all logs are flagged")
    return len({alert["name"] for alert in live_alerts(clinic)})


def test_three_nurses_forty_patients_a_day_of_logs(seat: Seats, clinic: Site, lakeside: dict[str, Person]) -> None:
    nurses = [Nurse(seat(DESK), email) for email in NURSES]

    # Morning: all three reach for the same emergency in one moment, and one of them has it.
    waiting = everybody_logs(clinic, lakeside, PATIENTS[:16])
    for nurse in nurses:
        expect(nurse.rows).to_have_count(waiting)
        expect(nurse.rows.first).to_contain_text("Emergency")
    contested = nurses[0].next_alert()
    assert contested is not None
    assert contested.patient in ("Abel", "Britta")
    for nurse in nurses:
        nurse.go_to(contested)
    for nurse in nurses:
        nurse.desk.keyboard.press("a")
    owners = [nurse for nurse in nurses if nurse.has(contested)]
    assert len(owners) == 1
    for nurse in nurses:
        if nurse not in owners:
            expect(nurse.desk.get_by_text(re.compile(rf"{owners[0].name} took this alert at"))).to_be_visible()
    owners[0].resolve(contested)

    # Noon and evening: more logs come while they work, one alert after the other.
    work_through(nurses, rounds=4)
    everybody_logs(clinic, lakeside, PATIENTS[16:28])
    work_through(nurses, rounds=4)
    everybody_logs(clinic, lakeside, PATIENTS[28:])
    work_through(nurses)

    assert {alert["name"] for alert in live_alerts(clinic)} == LEFT_ALONE
    assert all(nurse.handled for nurse in nurses)

    # Night: what nobody got round to is overdue, and everybody sees who has it now.
    clinic.database.rows(
        "UPDATE triage_alert SET due_at = now() - interval '1 minute', escalate_at = now() WHERE id = ANY(%s)",
        [alert["id"] for alert in live_alerts(clinic)],
    )
    for nurse in nurses:
        sees_what_was_passed_on(nurse)

    # Nothing stayed open by accident.
    for alert in live_alerts(clinic):
        assert (alert["state"], alert["escalation_level"] > 0) == ("open", True)
    without_outcome = clinic.database.value("""
        SELECT count(*) FROM triage_alert a JOIN care_clinic k ON k.id = a.clinic_id
        WHERE k.name = 'Lakeside Oncology' AND a.state = 'resolved'
            AND NOT EXISTS (SELECT FROM triage_contact c WHERE c.alert_id = a.id AND c.resolves)
    """)
    assert without_outcome == 0


def sees_what_was_passed_on(nurse: Nurse) -> None:
    expect(nurse.rows).to_have_count(len(LEFT_ALONE))
    for row in nurse.rows.all():
        expect(row.locator(".late")).to_contain_text("late")
        expect(row.locator("td.due")).to_contain_text("passed on to Milan")


def work_through(nurses: list[Nurse], rounds: int = 20) -> None:
    """In turn each takes the first that is free and resolves it, until nothing is left or the rounds are over."""
    for _ in range(rounds):
        taken = [(nurse, alert) for nurse in nurses if (alert := take_next(nurse)) is not None]
        for nurse, alert in taken:
            nurse.resolve(alert)
        if not taken:
            return


def take_next(nurse: Nurse) -> Waiting | None:
    """Acknowledge the first free row. Where a colleague was faster, the next one is taken."""
    while (alert := nurse.next_alert()) is not None:
        if Row(alert, NOBODY) in nurse.rows_now():
            nurse.acknowledge(alert)
        if nurse.has(alert):
            return alert
    return None
