/** The server's order is kept; these helpers only say where a level ends and what is new. */
import type { PatientRow } from "./rows";
import type { Alert, Urgency } from "./wire";

const RANK: Record<Urgency, number> = { emergency: 0, contact_today: 1, contact_24h: 2, self_care: 3 };

/** The ids of the rows after which another urgency begins: there a thick rule is drawn. */
export function lastOfLevel(rows: readonly Pick<PatientRow, "id" | "leading">[]): Set<string> {
  const last = new Set<string>();
  rows.forEach(({ id, leading }, i) => {
    const following = rows[i + 1]?.leading;
    if (following && following.urgency !== leading.urgency) last.add(id);
  });
  return last;
}

/** What the page has already told the nurse: each alert with the urgency she knows. */
export type Known = Map<string, Urgency>;

/** Open alerts that are new, or more urgent than she knows. `since` keeps older alerts, moved up from a later page, silent. */
export function newcomers(known: Known, alerts: readonly Alert[], since: number): Alert[] {
  return alerts.filter((alert) => {
    if (alert.state !== "open") return false;
    const before = known.get(alert.id);
    if (before) return RANK[alert.urgency] < RANK[before];
    return Date.parse(alert.raised_at) > since;
  });
}

export function remember(known: Known, alerts: readonly Alert[]): void {
  for (const alert of alerts) known.set(alert.id, alert.urgency);
}

/** A row of the worklist, of a patient or of a work item. */
type Row = { id: string };

/** The row to stand on after the list changed: the same row, else the same place, else the last. */
export function keepPlace(
  before: readonly Row[],
  after: readonly Row[],
  selected: string | null,
): string | null {
  if (after.some((row) => row.id === selected)) return selected;
  const place = Math.max(
    0,
    before.findIndex((row) => row.id === selected),
  );
  return after[Math.min(place, after.length - 1)]?.id ?? null;
}

/** One step down (1) or up (-1); stays at the ends. */
export function step(rows: readonly Row[], selected: string | null, by: 1 | -1): string | null {
  const place = rows.findIndex((row) => row.id === selected);
  const next = place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + by));
  return rows[next]?.id ?? null;
}

export function mostUrgent(alerts: readonly Alert[]): Alert | undefined {
  return [...alerts].sort((a, b) => RANK[a.urgency] - RANK[b.urgency])[0];
}

/** The alert a key acts on: the most urgent of those it does something to. Of equally urgent ones, the one with the
    focus. `alerts` are in the worklist's order. */
export function actedOn(
  alerts: readonly Alert[],
  focused: string,
  does: (alert: Alert) => boolean,
): Alert | undefined {
  const able = alerts.filter(does);
  return able.find(({ id, urgency }) => id === focused && urgency === able[0]!.urgency) ?? able[0];
}
