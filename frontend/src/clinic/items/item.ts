/** What a work item says: why it is there, until when it may wait, and who may act on it. */
import { clockTime, daysBetween, fullDay, monthDay, weekday, type Zone, zoneFor } from "../calendar";
import { administrates, shortName } from "../people";
import { hrefOf, threadOf } from "../route.svelte";
import type { Me, WorkItem } from "../wire";
import { count, say, wordFor } from "../words";

/** "Call in week 2 of treatment.", "Follow-up at 09:30: Joan looks at the feet.", by the clinic's clock. */
export function whyWords(item: WorkItem, clinic: string): string {
  const { next_step = null, next_at = null } = item.promise ?? {};
  return why({ ...item, next_step, next_at }, zoneFor(clinic, item.patient.time_zone));
}

type Why = Pick<WorkItem, "kind" | "week"> & {
  patient: { name: string };
  next_step: string | null;
  next_at: string | null;
};

export function why({ kind, week, patient, next_step, next_at }: Why, zone: Zone): string {
  if (kind === "proactive_call") return say("work.why.proactive_call", { week: week ?? "" });
  const step = (next_step ?? "").replace(/[.\s]+$/, "");
  if (kind === "follow_up" && next_at)
    return say("work.why.follow_up_at", { step, time: clockTime(Date.parse(next_at), zone) });
  if (kind === "follow_up") return say("work.why.follow_up", { step });
  return say(`work.why.${kind}`, { name: patient.name.split(" ")[0] ?? patient.name });
}

/** The line under it: who promised it and about what, or what to do. */
export function underWords(item: WorkItem, zoned: (at: string) => string): string {
  const { promise } = item;
  if (item.kind !== "follow_up" || !promise) return say(`work.under.${item.kind}` as "work.under.follow_up");
  const about = promise.symptom ? `${wordFor("symptom", promise.symptom)}. ` : "";
  return (
    about + say("work.under.follow_up", { name: shortName(promise.by), day: monthDay(zoned(promise.at)) })
  );
}

export type DayWords = { words: string; late: boolean; under: string };

/** Until when it may wait, in days: a work item has no clock. */
export function dueDay(item: WorkItem, today: string): DayWords {
  const left = daysBetween(today, item.due_on);
  if (left < 0)
    return {
      words: count("work.late", -left),
      late: true,
      under: say("work.was", { day: monthDay(item.due_on) }),
    };
  if (left === 0) return { words: say("work.today"), late: false, under: "" };
  const day = left < 7 ? weekday(item.due_on) : fullDay(item.due_on);
  return { words: say("work.by", { day }), late: false, under: "" };
}

/** Nobody's may be taken by anybody; a colleague's shows her name, and may be taken over. */
export function mayWorkOn(item: WorkItem, me: Me): boolean {
  if (administrates(me)) return false;
  return item.done_at === null && (item.assigned_to === null || item.assigned_to.id === me.person.id);
}

/** What a colleague has can be taken over: she may be away. What is not to be done yet is on no list. */
export function mayTakeOverItem(item: WorkItem, me: Me): boolean {
  return item.done_at === null && !mayWorkOn(item, me) && me.person.role !== "administrator";
}

/** Where a work item is worked on: messages in their thread, the rest at the patient. */
export function placeOf({ kind, patient }: WorkItem): string {
  return kind === "unread_messages" ? threadOf(patient.id) : hrefOf(patient.id);
}

/** Why a key does nothing to this work item, or null when it does something. */
export function whyNotOn(act: string, item: WorkItem, me: Me): string | null {
  if (administrates(me)) return say("said.not_for_administrators");
  if (!mayWorkOn(item, me)) return say("work.not_yours", { name: shortName(item.assigned_to?.name ?? "") });
  return act === "acknowledge" && item.assigned_to ? say("work.yours_already") : null;
}

export function itemOwner(item: WorkItem, me: Me): string | null {
  if (!item.assigned_to) return null;
  const name = shortName(item.assigned_to.name);
  return item.assigned_to.id === me.person.id ? say("person.you", { name }) : name;
}
