/** How a message is told: who, when, and whether the other side has read it. Pure. */
import { clockTime, dayOf, fullDay, type Zone } from "../calendar";
import { nameOrYou, shortName } from "../people";
import type { Me, Message } from "../wire";
import { say } from "../words";

const LATE = 5 * 60_000;
const SHORT = 90;

/** "10:40" today, "Thu, May 14, 10:40" on another day. */
export function at(moment: string, now: number, zone: Zone): string {
  const ms = Date.parse(moment);
  const day = dayOf(ms, zone);
  const time = clockTime(ms, zone);
  return day === dayOf(now, zone) ? time : say("called.day_and_time", { day: fullDay(day), time });
}

/** "Joan (you)" for who reads this page, "Maria Alvarez" for the patient, "Priya" for a colleague. */
export function writer(message: Message, me: Me): string {
  return message.origin === "patient" ? message.by : nameOrYou(message.by, me);
}

/** What became of it: "Read by Joan at 10:52.", or that nobody has read it yet. */
export function fate(message: Message, now: number, zone: Zone): string {
  if (!message.read_at) return say(message.origin === "team" ? "messages.not_read" : "messages.unread");
  const name = shortName(message.read_by ?? "");
  return say("messages.read_by", { name, time: at(message.read_at, now, zone) });
}

/** "Written at 10:02, without signal." when it came much later than it was written; else nothing. */
export function writtenEarlier(message: Message, now: number, zone: Zone): string {
  const late = Date.parse(message.received_at) - Date.parse(message.written_at) >= LATE;
  return late ? say("messages.written", { time: at(message.written_at, now, zone) }) : "";
}

/** The first words of a message, for a list. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const signs = [...line];
  if (signs.length <= SHORT) return line;
  const cut = signs.slice(0, SHORT).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), SHORT / 2))}…`;
}
