/** What the nurse chose to list, as the query of GET alerts. */
import type { Urgency } from "./wire";

export type Show = "all" | "mine" | "unassigned" | "passed_on" | "resolved";
export type Filters = { show: Show; symptom: string; urgency: Urgency | "" };

const OWNER: Partial<Record<Show, string>> = {
  mine: "me",
  unassigned: "nobody",
  passed_on: "passed_on",
};

export function queryOf({ show, symptom, urgency }: Filters): string {
  const query = new URLSearchParams({ state: show === "resolved" ? "resolved" : "open,acknowledged" });
  if (show !== "resolved") query.set("group", "patient");
  const owner = OWNER[show];
  if (owner) query.set("owner", owner);
  if (symptom) query.set("symptom", symptom);
  if (urgency) query.set("urgency", urgency);
  return query.toString();
}
