/** A shift as it is typed. Nothing typed is lost when it is refused; each sentence stands at its field. */
import { Problem } from "../../lib/api";
import { troubleWords } from "../acts.svelte";
import { addDays, clockTime, dayOf } from "../calendar";
import { session } from "../session.svelte";
import { say } from "../words";
import * as requests from "./requests";
import { page } from "./roster.svelte";
import { clockOf, stretch } from "./times";
import type { Gap, Place, Shift } from "./wire";

type Field = "place" | "person" | "day" | "from" | "until" | "";
const FIELDS: Record<string, Field> = { place: "place", person: "person", starts: "from", ends: "until" };

export class ShiftForm {
  /** The shift that is changed; null for a new one. */
  editing = $state<string | null>(null);
  place = $state<Place>("nurse");
  person = $state("");
  day = $state("");
  from = $state("");
  until = $state("");
  mends = $state.raw<Partial<Record<Field, string>>>({});
  sending = $state(false);
  /** The id of the next new shift: sent again after a lost answer, it is the same shift. */
  #next = crypto.randomUUID();

  change(shift: Shift, zone: string): void {
    this.#fill(shift.place, shift.starts_at, shift.ends_at, zone);
    this.editing = shift.id;
    this.person = shift.person.id;
  }

  fillGap(gap: Gap, day: string, from: string, until: string): void {
    this.new();
    Object.assign(this, { place: gap.place, day, from, until, person: "" });
  }

  new(): void {
    this.editing = null;
    this.mends = {};
  }

  #fill(place: Place, starts: string, ends: string, zone: string): void {
    this.mends = {};
    this.place = place;
    this.day = dayOf(Date.parse(starts), zone);
    this.from = clockTime(Date.parse(starts), zone);
    this.until = clockTime(Date.parse(ends), zone);
  }

  /** From and until as the server reads them; null while one of them is not there yet. */
  readonly stretch = $derived.by(() => {
    const [from, until] = [clockOf(this.from), clockOf(this.until)];
    return this.day && from && until ? stretch(this.day, from, until) : null;
  });

  #check(): boolean {
    const mends: Partial<Record<Field, string>> = {};
    if (!this.person) mends.person = say("shift.need_person");
    if (!this.day) mends.day = say("shift.need_day");
    if (!clockOf(this.from)) mends.from = say("shift.need_time");
    if (!clockOf(this.until)) mends.until = say("shift.need_time");
    this.mends = mends;
    return Object.keys(mends).length === 0;
  }

  /** True when it is kept. The next one is then proposed for the day after. */
  async send(): Promise<boolean> {
    if (this.sending || !this.#check() || !this.stretch) return false;
    this.sending = true;
    try {
      const body = { place: this.place, person: this.person, ...this.stretch };
      const kept = await requests.putShift(this.editing ?? this.#next, body);
      if (!this.editing) {
        this.#next = crypto.randomUUID();
        this.day = addDays(this.day, 1);
      }
      this.new();
      await page.changed(say("roster.saved", { name: kept.person.name }));
      return true;
    } catch (trouble) {
      this.#refused(trouble);
      session.trouble(trouble);
      return false;
    } finally {
      this.sending = false;
    }
  }

  #refused(trouble: unknown): void {
    const fields = trouble instanceof Problem ? trouble.fields : [];
    if (!fields.length) {
      this.mends = { "": troubleWords(trouble) };
      return;
    }
    this.mends = Object.fromEntries(
      fields.map(({ field, reason, mend }) => [FIELDS[field] ?? "", say("record.mend", { reason, mend })]),
    );
  }

  async remove(): Promise<void> {
    if (this.editing && (await page.removeShift(this.editing))) this.new();
  }
}
