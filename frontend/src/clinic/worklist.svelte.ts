/** The nurse's alerts, asked for every 7 seconds and at once when the page is looked at again. */
import { alarm } from "./alarm.svelte";
import { Feed } from "./feed.svelte";
import { queryOf, type Show } from "./filters";
import { onForget } from "./forget";
import { clock } from "./now.svelte";
import { keepPlace, type Known, newcomers, remember, step } from "./order";
import { said } from "./said.svelte";
import { session } from "./session.svelte";
import { patientRows, resolvedRows } from "./rows";
import type { Alert, AlertPage, Counts, Urgency, WorkItem } from "./wire";
import { say, wordFor } from "./words";
import { itemsShown } from "./items/shown";
import { Items } from "./items/items.svelte";

const EVERY = 7_000;
const EVERYTHING = { show: "all", symptom: "", urgency: "" } as const;

class Worklist {
  show = $state<Show>("all");
  symptom = $state("");
  urgency = $state<Urgency | "">("");
  selected = $state<string | null>(null);
  liveAt = $state<number | null>(null);
  brokenSince = $state<number | null>(null);
  /** Grows whenever anything changed, so that a patient's page knows when to read again. */
  changes = $state(0);

  /** Every open alert, whatever is filtered: so that no emergency is missed while looking at something else. */
  #watch = new Feed(queryOf(EVERYTHING));
  list = $state.raw<Feed>(this.#watch);
  #items = $state.raw(new Items());
  #known: Known = new Map();
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  readonly counts = $derived(added(this.#watch.counts, this.#items.counts));
  /** Patients with an emergency that is not resolved. */
  readonly emergencies = $derived(this.#watch.counts?.emergencies ?? 0);
  /** Patients with an alert that nobody has yet. */
  readonly nobodys = $derived(this.#watch.counts?.patients.unassigned ?? 0);
  readonly alerts = $derived(this.list.alerts);
  readonly patients = $derived(
    this.show === "resolved" ? resolvedRows(this.alerts) : patientRows(this.alerts),
  );
  /** After the alerts: what is to be done that no log asked for. */
  readonly items = $derived(itemsShown(this.#items.all, this, session.me?.person.id ?? ""));
  readonly rows = $derived<{ id: string }[]>([...this.patients, ...this.items]);
  readonly current = $derived(this.patients.find((row) => row.id === this.selected) ?? null);
  readonly currentItem = $derived(this.items.find((item) => item.id === this.selected) ?? null);
  readonly filtered = $derived(this.show !== "all" || this.symptom !== "" || this.urgency !== "");

  /** Everything that is to be done for a patient beside alerts, whatever is listed. */
  itemsOf(patient: string): WorkItem[] {
    return this.#items.all.filter((item) => item.patient.id === patient);
  }

  /** The open alerts of a patient, most urgent first, whatever is listed. */
  alertsOf(patient: string): Alert[] {
    return this.#watch.alerts.filter((alert) => alert.patient.id === patient);
  }

  start(): void {
    this.#since = clock.ms;
    this.#running = true;
    document.addEventListener("visibilitychange", this.#seen);
    void this.poll();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#seen);
    this.forget();
  }

  forget(): void {
    this.#watch = new Feed(queryOf(EVERYTHING));
    this.#items = new Items();
    this.#known = new Map();
    this.showAll();
  }

  #seen = (): void => {
    if (document.visibilityState === "visible") void this.poll();
  };

  async poll(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.#refresh();
      this.liveAt = clock.ms;
      this.brokenSince = null;
    } catch (trouble) {
      this.brokenSince ??= this.liveAt ?? clock.ms;
      session.trouble(trouble);
    }
    if (this.#running) this.#timer = setTimeout(() => void this.poll(), EVERY);
  }

  async #refresh(): Promise<void> {
    const before = this.rows;
    const [alertsChanged, itemsChanged] = await Promise.all([this.#watch.refresh(), this.#items.refresh()]);
    if (alertsChanged) this.#tell(this.#watch.alerts);
    let changed = alertsChanged || itemsChanged;
    if (this.list !== this.#watch) changed = (await this.list.refresh()) || changed;
    if (!changed) return;
    this.selected = keepPlace(before, this.rows, this.selected);
    this.changes += 1;
  }

  #tell(alerts: Alert[]): void {
    const fresh = this.#known.size || this.#watch.loaded ? newcomers(this.#known, alerts, this.#since) : [];
    remember(this.#known, alerts);
    const first = fresh[0];
    if (!first) return;
    const values = { n: fresh.length, urgency: wordFor("urgency", first.urgency), reason: first.reason };
    const words = say(fresh.length === 1 ? "worklist.announce" : "worklist.announce_many", values);
    const emergency = fresh.some((alert) => alert.urgency === "emergency");
    said.announce(words, emergency);
    if (emergency) alarm.ring();
  }

  /** Choose what to list. Symptom and urgency narrow whatever is shown. */
  choose(change: { show?: Show; symptom?: string; urgency?: Urgency | "" }): void {
    this.show = change.show ?? this.show;
    this.symptom = change.symptom ?? this.symptom;
    this.urgency = change.urgency ?? this.urgency;
    this.list = this.filtered ? new Feed(this.#query()) : this.#watch;
    this.selected = this.list.loaded ? (this.rows[0]?.id ?? null) : null; // else the first, once they are here
    if (this.#running) void this.poll();
  }

  showAll(): void {
    this.choose({ show: "all", symptom: "", urgency: "" });
  }

  #query(): string {
    return queryOf({ show: this.show, symptom: this.symptom, urgency: this.urgency });
  }

  async more(): Promise<void> {
    try {
      await this.list.more();
    } catch (trouble) {
      session.trouble(trouble);
      said.show(say("said.not_sent"));
    }
  }

  move(by: 1 | -1): void {
    this.selected = step(this.rows, this.selected, by);
  }

  /** An act of this page changed an alert: show it at once, then ask the server for the whole truth. */
  changed(alert: Alert): void {
    const before = this.rows;
    this.#watch.put(alert);
    if (this.list !== this.#watch) this.list.put(alert);
    this.selected = keepPlace(before, this.rows, this.selected);
    void this.poll();
  }

  /** An act of this page changed a work item. The row it leaves gives its place to the next. */
  itemChanged(item: WorkItem): void {
    const before = this.rows;
    this.#items.put(item);
    this.selected = keepPlace(before, this.rows, this.selected);
    void this.poll();
  }

  /** A contact was recorded that changes no row: a patient's page reads again. */
  recordedWith(): void {
    this.changes += 1;
    void this.poll();
  }
}

const added = (alerts: AlertPage["counts"] | null, items: Counts) =>
  alerts && {
    all: alerts.patients.all + items.all,
    mine: alerts.patients.mine + items.mine,
    unassigned: alerts.patients.unassigned + items.unassigned,
    passed_on: alerts.patients.passed_on,
    patients: alerts.patients.all,
    symptoms: alerts.all,
    items: items.all,
  };

export const worklist = new Worklist();
onForget(() => worklist.forget());
