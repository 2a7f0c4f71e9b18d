/** What a contact is about: an alert, a work item, or only a patient who rang. */
import type { Alert, Patient, WorkItem } from "../wire";

export type About = {
  /** Under this id a note that was begun is kept. */
  id: string;
  patient: { id: string; name: string; phone: string; time_zone: string | null };
  alert: Alert | null;
  item: WorkItem | null;
  /** Other alerts to tick at first. */
  also?: string[];
  /** What is new about it since it was opened: the panel was filled in while it changed. */
  told?: string;
};

export const aboutAlert = (alert: Alert): About => ({
  id: alert.id,
  patient: alert.patient,
  alert,
  item: null,
});
export const aboutItem = (item: WorkItem): About => ({
  id: item.id,
  patient: item.patient,
  alert: null,
  item,
});
export const aboutPatient = (patient: Patient): About => ({
  id: patient.id,
  patient,
  alert: null,
  item: null,
});
