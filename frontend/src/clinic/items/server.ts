/** The requests about work items, and about contacts that no alert asked for. */
import { post } from "../../lib/api";
import { Pages } from "../pages";
import type { Contact, PlainContactInput, WorkItem, WorkItemPage } from "../wire";

const id = encodeURIComponent;
const act = (item: string, verb: string, body: unknown) =>
  post<WorkItem>(`work-items/${id(item)}/${verb}`, body);

/** Every page of work items. */
export const workItems = () => new Pages<WorkItemPage>("work-items", (item) => item.id, Infinity);

export const take = (item: string) => act(item, "take", {});
/** `seen` as for an alert: who had it on this page. */
export const assign = (item: string, to: string, seen: string | null) => act(item, "assign", { to, seen });
export const recordFor = (item: string, contact: PlainContactInput) => act(item, "contacts", contact);
export const finish = (item: string, contact: PlainContactInput) => act(item, "finish", contact);
export const recordWith = (patient: string, contact: PlainContactInput) =>
  post<Contact>(`patients/${id(patient)}/contacts`, contact);
