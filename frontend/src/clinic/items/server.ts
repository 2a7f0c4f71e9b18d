/** The requests about work items, and about contacts that no alert asked for. */
import { ask, get, post } from "../../lib/api";
import type { Contact, PlainContactInput, WorkItem, WorkItemPage } from "../wire";

const id = encodeURIComponent;
const act = (item: string, verb: string, body: unknown) =>
  post<WorkItem>(`work-items/${id(item)}/${verb}`, body);

/** The first page of work items with its tag, or null when nothing changed since `etag`. */
export async function workItems(
  etag: string | null,
): Promise<{ page: WorkItemPage; etag: string | null } | null> {
  const answer = await get<WorkItemPage>("work-items", etag);
  return answer.notModified ? null : { page: answer.data, etag: answer.etag };
}

/** The page after it, whatever host the server wrote into its link. */
export async function moreWorkItems(next: string): Promise<WorkItemPage> {
  const { pathname, search } = new URL(next, location.origin);
  return (await ask<WorkItemPage>(pathname + search)).data;
}

export const take = (item: string) => act(item, "take", {});
/** `seen` as for an alert: who had it on this page. */
export const assign = (item: string, to: string, seen: string | null) => act(item, "assign", { to, seen });
export const recordFor = (item: string, contact: PlainContactInput) => act(item, "contacts", contact);
export const finish = (item: string, contact: PlainContactInput) => act(item, "finish", contact);
export const recordWith = (patient: string, contact: PlainContactInput) =>
  post<Contact>(`patients/${id(patient)}/contacts`, contact);
