/** How people of the care team are named on the page. */
import type { Alert, Me, Named } from "./wire";
import { say } from "./words";

/** "Joan Keller" is Joan on a crowded page; "Dr. Chidi Okafor" is Dr. Okafor. */
export function shortName(name: string): string {
  const parts = name.trim().split(/\s+/);
  const first = parts[0] ?? name;
  const last = parts[parts.length - 1] ?? name;
  return first === "Dr." ? `${first} ${last}` : first;
}

export function nameOrYou(name: string, me: Me): string {
  return name === me.person.name || name === me.person.given_name
    ? say("person.you", { name: shortName(name) })
    : shortName(name);
}

/** Who has this alert now, or null while nobody has. */
export function ownerOf(alert: Alert): Named | null {
  return alert.assigned_to ?? alert.acknowledged_by;
}

/** Whose turn it is once an alert was passed on and nobody has taken it; null otherwise. */
export function passedOnTo(alert: Alert): string | null {
  const { level, to } = alert.escalation;
  return level > 0 && alert.state === "open" && !ownerOf(alert) ? to : null;
}

/** Who has the alert, or whose turn it is; null while it is nobody's. */
export function ownerWords(alert: Alert, me: Me): string | null {
  const owner = ownerOf(alert);
  if (owner) return owner.id === me.person.id ? you(owner.name) : shortName(owner.name);
  const to = passedOnTo(alert);
  return to && (alert.escalation.to_id === me.person.id ? you(to) : shortName(to));
}

const you = (name: string) => say("person.you", { name: shortName(name) });

/** Acknowledged, and nobody has tried to reach the patient: the clock runs on. */
export function lacksContact(alert: Alert): boolean {
  return alert.state === "acknowledged" && alert.needs_contact;
}

export function isMine(alert: Alert, me: Me): boolean {
  return ownerOf(alert)?.id === me.person.id;
}

/** An administrator reads the worklist; the API refuses what a nurse or prescriber does with it. */
export const administrates = (me: Me): boolean => me.person.role === "administrator";

/** Why a key does nothing to this alert, in words; null when it does something. */
export function whyNot(act: string, alert: Alert, me: Me): string | null {
  if (administrates(me)) return say("said.not_for_administrators");
  if (alert.state === "resolved") return say("said.is_resolved");
  if (!mayAct(alert, me)) return say("said.not_yours", { name: shortName(ownerOf(alert)?.name ?? "") });
  return act === "acknowledge" && alert.state !== "open" ? say("said.yours_already") : null;
}

/** What a colleague has can be taken over: she may be at lunch while its clock runs. */
export function mayTakeOver(alert: Alert, me: Me): boolean {
  return alert.state === "acknowledged" && !isMine(alert, me) && me.person.role !== "administrator";
}

/** An alert taken by a colleague shows its owner and offers no acts; an escalated one is still anybody's. */
export function mayAct(alert: Alert, me: Me): boolean {
  if (administrates(me)) return false;
  return alert.state === "open" || (alert.state === "acknowledged" && isMine(alert, me));
}
