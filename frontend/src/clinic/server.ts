/** One function per request of this page, on top of the shared client: Problem when refused, NoConnection when unanswered. */
import { get, NoConnection, post, Problem } from "../lib/api";
import type { Alert, ContactInput, DayLogs, Label, Patient, PatientPage, Snooze, StaffMember } from "./wire";

const read = async <T>(path: string): Promise<T> => (await get<T>(path)).data;
const id = encodeURIComponent;

export const staff = async () => (await read<{ results: StaffMember[] }>("staff")).results;
export const patient = (of: string) => read<Patient>(`patients/${id(of)}`);
export const dayLogs = (of: string, days: number) => read<DayLogs>(`patients/${id(of)}/logs?days=${days}`);
export const protocol = (drug: string) => read<unknown>(`protocol?${new URLSearchParams({ drug })}`);
export const label = (drug: string) => read<Label>(`labels/${id(drug)}`);
/** Where the patients are whose name has the words. */
export const patientsNamed = (q: string) => (q ? `patients?${new URLSearchParams({ q })}` : "patients");
export const patients = (q: string) => read<PatientPage>(patientsNamed(q));

const act = (alert: string, verb: string, body: unknown) => post<Alert>(`alerts/${id(alert)}/${verb}`, body);
export const acknowledge = (alert: string) => act(alert, "acknowledge", {});
/** `seen`: who had it on this page, null for nobody. Refused with 409 when that has changed. */
export const assign = (alert: string, to: string, seen: string | null) => act(alert, "assign", { to, seen });
export const recordContact = (alert: string, contact: ContactInput) => act(alert, "contacts", contact);
export const resolve = (alert: string, contact: ContactInput) => act(alert, "resolve", contact);
export const reopen = (alert: string, note: string) => act(alert, "reopen", { note });
/** Within a minute after it was resolved: the alert is as before. `contact` is what resolved it. */
export const undo = (alert: string, contact: string) => act(alert, "undo", { contact });
export const endSnooze = (snooze: string) => post<Snooze>(`snoozes/${id(snooze)}/end`, {});

export const isConflict = (trouble: unknown): trouble is Problem =>
  trouble instanceof Problem && trouble.status === 409;
export const isGone = (trouble: unknown): boolean =>
  trouble instanceof Problem && [403, 404].includes(trouble.status);
export const isUnanswered = (trouble: unknown): boolean =>
  trouble instanceof NoConnection || (trouble instanceof Problem && trouble.status >= 500);
