/** The requests about messages: Problem when refused, NoConnection when unanswered. */
import { ask, get, NoConnection, post, put } from "../../lib/api";
import type { Message, Thread, ThreadPage } from "../wire";

const id = encodeURIComponent;
const of = (patient: string): string => `patients/${id(patient)}/messages`;

export type Fresh<T> = { page: T; etag: string | null };

/** What is there, or null when nothing changed since `etag`. */
async function fresh<T>(path: string, etag: string | null): Promise<Fresh<T> | null> {
  const answer = await get<T>(path, etag);
  return answer.notModified ? null : { page: answer.data, etag: answer.etag };
}

/** The next page, whatever host the server wrote into its link. */
export async function following<T>(link: string): Promise<T> {
  const url = new URL(link, location.origin);
  return (await ask<T>(url.pathname + url.search)).data;
}

export const threads = (etag: string | null) => fresh<ThreadPage>("threads", etag);
export const thread = (patient: string, etag: string | null) => fresh<Thread>(of(patient), etag);
export const read = (patient: string, up_to: string) =>
  post<{ read: number }>(`${of(patient)}/read`, { up_to });

/** Writes to the patient. Sent again under the same id it is kept once. */
export async function write(patient: string, message: string, text: string): Promise<Message> {
  const kept = await put<Message>(`${of(patient)}/${id(message)}`, { text });
  if (kept?.id !== message) throw new NoConnection("answered for another message", true, 200);
  return kept;
}
