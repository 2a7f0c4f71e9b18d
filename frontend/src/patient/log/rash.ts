/** What is asked further about a rash belongs to it: without a rash there is nothing to feel. */
import type { Facts, Limits } from "../../lib/types";

const FURTHER = ["rash_symptoms", "rash_limits_daily_activities", "rash_limits_self_care"] as const;

/** The answer "so much of my skin". With none, and with the question left out, the further answers are taken back. */
export function rashWith(rash: string | undefined): Partial<Facts> {
  if (rash !== undefined && rash !== "none") return { rash };
  return { rash, ...Object.fromEntries(FURTHER.map((name) => [name, undefined])) } as Partial<Facts>;
}

/** What the rash makes hard, as the question about limits reads it. */
export function rashLimits(facts: Facts): Limits {
  const { rash_limits_daily_activities: daily, rash_limits_self_care: self } = facts;
  const limits: Limits = {};
  if (daily !== undefined) limits.limits_daily_activities = daily;
  if (self !== undefined) limits.limits_self_care = self;
  return limits;
}
