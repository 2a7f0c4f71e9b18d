/** Which work items stand in the list under the alerts: those of the chosen owner; none while a symptom is looked for. */
import type { Show } from "../filters";
import type { Urgency, WorkItem } from "../wire";

type Chosen = { show: Show; symptom: string; urgency: Urgency | "" };

export function itemsShown(items: WorkItem[], { show, symptom, urgency }: Chosen, me: string): WorkItem[] {
  if (show === "resolved" || show === "passed_on" || symptom || urgency) return [];
  if (show === "mine") return items.filter((item) => item.assigned_to?.id === me);
  return show === "unassigned" ? items.filter((item) => item.assigned_to === null) : items;
}
