/** What the nurse chose to list, as the query of GET alerts. */
import type { Urgency } from "./wire";

export type Show = "all" | "mine" | "unassigned" | "resolved";
export type Filters = { show: Show; symptom: string; urgency: Urgency | "" };

const OWNER: Partial<Record<Show, string>> = { mine: "me", unassigned: "nobody" };

export function queryOf({ show, symptom, urgency }: Filters): string {
  const query = new URLSearchParams({ state: show === "resolved" ? "resolved" : "open,acknowledged" });
  const owner = OWNER[show];
  if (owner) query.set("owner", owner);
  if (symptom) query.set("symptom", symptom);
  if (urgency) query.set("urgency", urgency);
  return query.toString();
}
