/** What this phone's protocol says about answers, asked once: at the review already, so that the advice is ready. */
import { addDays } from "../lib/calendar";
import type { Facts } from "../lib/types";
import { cannotBe } from "./days";
import { judge } from "./judge";
import { phone } from "./phone.svelte";

type Judged = ReturnType<typeof judge>;

let asked: unknown[] = [];
let said: Judged | null = null;

/** The day to judge by: one that cannot be counts as the first day after what this phone knows. */
function dayToJudge(day: string): string {
  const { lastKnownDay } = phone;
  if (!cannotBe(day, lastKnownDay)) return day;
  return phone.factsOf(lastKnownDay) ? addDays(lastKnownDay, 1) : lastKnownDay;
}

/** The protocol's answer to the day's facts with all this phone knows; null while it has no protocol. */
export function judged(day: string, facts: Facts): Judged | null {
  const { me, wire, logs, outbox } = phone;
  if (!me || !wire) return null;
  const past = day < phone.today;
  const asks = [me, wire, logs, outbox, day, past, JSON.stringify(facts)];
  if (asks.every((part, place) => part === asked[place])) return said;
  said = judge({ wire, me, day: dayToJudge(day), facts, factsOf: phone.factsOf, past });
  asked = asks;
  return said;
}
