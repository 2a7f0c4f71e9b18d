/** One function per request of this page, on top of the shared client: Problem when refused, NoConnection when unanswered. */
import { ask, get, NoConnection, post, Problem } from "../lib/api";
import type {
  Alert,
  AlertPage,
  ContactInput,
  DayLogs,
  Label,
  Patient,
  PatientPage,
  Snooze,
  StaffMember,
} from "./wire";

const read = async <T>(path: string): Promise<T> => (await get<T>(path)).data;
const id = encodeURIComponent;

/** The next page, whatever host the server wrote into its link. */
async function following<T>(link: string): Promise<T> {
  const url = new URL(link, location.origin);
  return (await ask<T>(url.pathname + url.search)).data;
}

/** A page of alerts with its tag, or null when nothing changed since `etag`. */
export async function alerts(
  query: string,
  etag: string | null,
): Promise<{ page: AlertPage; etag: string | null } | null> {
  const answer = await get<AlertPage>(`alerts?${query}`, etag);
  return answer.notModified ? null : { page: answer.data, etag: answer.etag };
}

export const moreAlerts = (next: string) => following<AlertPage>(next);
export const staff = async () => (await read<{ results: StaffMember[] }>("staff")).results;
export const patient = (of: string) => read<Patient>(`patients/${id(of)}`);
export const dayLogs = (of: string, days: number) => read<DayLogs>(`patients/${id(of)}/logs?days=${days}`);
export const protocol = (drug: string) => read<unknown>(`protocol?${new URLSearchParams({ drug })}`);
export const label = (drug: string) => read<Label>(`labels/${id(drug)}`);
export const patients = (q: string) =>
  read<PatientPage>(q ? `patients?${new URLSearchParams({ q })}` : "patients");
export const morePatients = (next: string) => following<PatientPage>(next);

const act = (alert: string, verb: string, body: unknown) => post<Alert>(`alerts/${id(alert)}/${verb}`, body);
export const acknowledge = (alert: string) => act(alert, "acknowledge", {});
/** `seen`: who had it on this page, null for nobody. Refused with 409 when that has changed. */
export const assign = (alert: string, to: string, seen: string | null) => act(alert, "assign", { to, seen });
export const recordContact = (alert: string, contact: ContactInput) => act(alert, "contacts", contact);
export const resolve = (alert: string, contact: ContactInput) => act(alert, "resolve", contact);
export const reopen = (alert: string, note: string) => act(alert, "reopen", { note });
export const endSnooze = (snooze: string) => post<Snooze>(`snoozes/${id(snooze)}/end`, {});

export const isConflict = (trouble: unknown): trouble is Problem =>
  trouble instanceof Problem && trouble.status === 409;
export const isGone = (trouble: unknown): boolean =>
  trouble instanceof Problem && [403, 404].includes(trouble.status);
export const isUnanswered = (trouble: unknown): boolean =>
  trouble instanceof NoConnection || (trouble instanceof Problem && trouble.status >= 500);
