/** The requests about messages: Problem when refused, NoConnection when unanswered. */
import { NoConnection, post, put } from "../../lib/api";
import { Pages } from "../pages";
import type { Message, Thread, ThreadPage } from "../wire";

const id = encodeURIComponent;
const of = (patient: string): string => `patients/${id(patient)}/messages`;

/** The list of threads, and the thread with one patient. */
export const threads = () => new Pages<ThreadPage>("threads", (row) => row.patient.id);
export const thread = (patient: string) => new Pages<Thread>(of(patient), (message) => message.id);
export const read = (patient: string, up_to: string) =>
  post<{ read: number }>(`${of(patient)}/read`, { up_to });

/** Writes to the patient. Sent again under the same id it is kept once. */
export async function write(patient: string, message: string, text: string): Promise<Message> {
  const kept = await put<Message>(`${of(patient)}/${id(message)}`, { text });
  if (kept?.id !== message) throw new NoConnection("answered for another message", true, 200);
  return kept;
}
