/** Made-up rows for the tests of this page. */
import type { Alert, ConfirmedGrade, Contact, DayLog, Me, Patient, WorkItem } from "./wire";

export function alertOf(change: Partial<Alert> = {}): Alert {
  return {
    id: "maria-diarrhea",
    patient: {
      id: "maria",
      name: "Maria Alvarez",
      age: 63,
      drug: "sorafenib",
      treatment_day: 23,
      phone: "555 0101",
      time_zone: "America/New_York",
    },
    symptom: "diarrhea",
    urgency: "contact_today",
    state: "open",
    raised_at: "2026-05-14T08:12:00-04:00",
    due_at: "2026-05-14T12:12:00-04:00",
    due_minutes: 240,
    day: "2026-05-14",
    reason: "Diarrhea, estimated grade 3: 8 stools, usual 1.",
    detail: "Day before: 2 stools.",
    grade: 3,
    change: "new",
    rule: { id: "diarrhea_3", explained: "Diarrhea of grade 3.", source: "ESMO", protocol: "sorafenib 1" },
    tags: [],
    acknowledged_by: null,
    acknowledged_at: null,
    assigned_to: null,
    escalation: { level: 0, to: null, to_id: null, from: null, at: null },
    needs_contact: true,
    changed: "Day before: 2 stools.",
    grade_before: null,
    last_contact: null,
    resolved_by: null,
    resolved_at: null,
    called_at: null,
    reached_at: null,
    can_wait: null,
    reopened: null,
    corrected: null,
    ...change,
  };
}

export function itemOf(change: Partial<WorkItem> = {}): WorkItem {
  return {
    id: "chen-call",
    patient: { ...alertOf().patient, id: "chen", name: "Chen Wei", treatment_day: 4 },
    kind: "proactive_call",
    week: 1,
    promise: null,
    begins_on: "2026-05-11",
    due_on: "2026-05-17",
    created_at: "2026-05-11T09:00:00-04:00",
    assigned_to: null,
    last_contact: null,
    done_at: null,
    done_by: null,
    ...change,
  };
}

export const joan: Me = {
  person: { id: "joan", name: "Joan Keller", given_name: "Joan", email: "joan@example.org", role: "nurse" },
  clinic: {
    id: "c",
    name: "Riverside",
    time_zone: "America/New_York",
    care_line: "555 0142",
    emergency_number: "911",
    hours: { open: true, opens_at: null, closes_at: null, line: "555 0142", lines: [] },
  },
  team: null,
  patient: null,
  time_zone: null,
  languages: ["en"],
  now: "2026-05-14T13:31:00Z",
  late_ticks: [],
  roster_gaps: [],
  handovers: [],
  duty: null,
  demonstration: true,
};

export function logOf(change: Partial<DayLog> = {}): DayLog {
  return {
    id: "log",
    day: "2026-05-14",
    received_at: "2026-05-14T12:12:00Z",
    facts: {},
    urgency: "self_care",
    grades_ctcae5: {},
    grades_ctcae6: {},
    rules: [],
    photos: [],
    ...change,
  };
}

export function gradeOf(change: Partial<ConfirmedGrade> = {}): ConfirmedGrade {
  return {
    id: "grade",
    symptom: "diarrhea",
    day: "2026-05-14",
    grade: 2,
    estimate: 3,
    note: "",
    by: "Joan Keller",
    at: "2026-05-14T13:35:00Z",
    superseded_at: null,
    ...change,
  };
}

export function contactOf(change: Partial<Contact> = {}): Contact {
  return {
    id: "contact",
    at: "2026-05-14T13:33:00Z",
    by: "Joan Keller",
    outcome: "spoke_with_patient",
    note: "",
    next_code: null,
    next_step: "",
    next_on: null,
    next_at: null,
    grade: null,
    asked: [],
    set_aside: "",
    symptom: "diarrhea",
    alert: "a",
    work_item: null,
    snooze: null,
    part_of: null,
    ...change,
  };
}

export function patientOf(change: Partial<Patient> = {}): Patient {
  return {
    id: "maria",
    name: "Maria Alvarez",
    birth_on: "1962-09-03",
    age: 63,
    phone: "555 0101",
    time_zone: "America/New_York",
    language: "en",
    status: "active",
    baseline: { stools_per_day: 1, systolic: 126, diastolic: 78, weight: null },
    treatment: {
      drug: "sorafenib",
      dose: "400 mg twice a day",
      started_on: "2026-04-22",
      ended_on: null,
      held_since: null,
    },
    consent: null,
    treatment_day: 23,
    dose_decisions: [],
    alerts: [],
    contacts: [],
    snoozes: [],
    grades: [],
    protocol: { id: "sorafenib", version: 1, signature: null },
    ...change,
  };
}
