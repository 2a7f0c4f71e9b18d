/** The form being filled in. Each answer is saved as a draft before the next question is shown. */
import { withOffset } from "../../lib/calendar";
import { draftOf, dropDraft, moveDraft, newestOf, saveDraft, type Change } from "../../lib/drafts";
import type { Draft, Typed } from "../../lib/kept";
import { router } from "../../lib/router.svelte";
import { space } from "../../lib/space.svelte";
import type { Facts } from "../../lib/types";
import { basisOf, cannotBe, type Basis } from "../days";
import { protocolOf } from "../judge";
import { judged } from "../judged";
import { phone } from "../phone.svelte";
import { photosToDay } from "../photos/follow";
import { saveLog, seen } from "../saving";
import { changed, tellOtherTabs } from "../other-tabs";
import { sorted, withOlder } from "./older";
import { onlyDoses } from "./only-doses";
import { after, goesOnAt, type Step } from "./steps";

class Form {
  draft = $state<Draft | null>(null);
  /** A form only looked at is not a draft: it is kept from the first answer on. */
  #kept = false;

  get facts(): Facts {
    return this.draft?.facts ?? {};
  }

  get day(): string {
    return this.draft?.day ?? phone.today;
  }

  /** Opens the form for a day: its draft when there is one, else what is known of the day, else nothing. */
  async open(day: string): Promise<Draft> {
    const held = await draftOf(await phone.store(), day);
    this.#kept = held !== null;
    this.draft = held ? readable(held) : this.#fresh(day, basisOf(day, phone.logs, phone.outbox), "hands");
    return this.draft;
  }

  /** Opens the form with the day's answers, to change them. What it makes is a correction. */
  change(day: string, step: Step, basis: Basis = basisOf(day, phone.logs, phone.outbox)): void {
    this.#kept = false;
    this.draft = this.#fresh(day, basis, step);
  }

  #fresh(day: string, basis: Basis, step: Step): Draft {
    const facts = JSON.parse(JSON.stringify(basis.facts)) as Facts;
    const version = phone.drafts.find((draft) => draft.day === day)?.version ?? 0;
    const fresh = readable({
      day,
      ...basis,
      facts,
      step,
      begun_on: phone.today,
      version,
      saved_at: withOffset(new Date()),
    });
    return cannotBe(day, phone.lastKnownDay) ? { ...fresh, day_unknown: true } : fresh;
  }

  /** Takes an answer. `undefined` takes it back: unanswered is nothing, never zero. */
  async answer(part: Partial<Facts>): Promise<void> {
    await this.#change((draft) => {
      Object.assign(draft.facts, part);
      for (const key of Object.keys(part) as (keyof Facts)[]) {
        if (part[key] === undefined) delete draft.facts[key];
        delete draft.older?.[key];
      }
    });
  }

  /** Keeps numbers that are only half typed, so that a reload does not ask for them again. */
  async typed(typed: Typed | null): Promise<void> {
    await this.#change((draft) => {
      delete draft.typed;
      if (typed?.systolic || typed?.diastolic) draft.typed = typed;
    });
  }

  /** Remembers the question the patient is on. */
  async at(step: Step): Promise<void> {
    if (!this.draft || this.draft.step === step) return;
    this.draft.step = step;
    if (this.#kept) await this.#change(() => {});
  }

  /** The form as it counts: another page of this phone may have gone further with it. */
  async newest(): Promise<Draft | null> {
    return this.draft && newestOf(await phone.store(), $state.snapshot(this.draft) as Draft);
  }

  /** Throws the draft away: it was saved as a log. */
  async forget(day: string): Promise<void> {
    this.#kept = false;
    await dropDraft(await phone.store(), day);
  }

  /** Makes a change, here at once and then in the store. */
  async #change(change: Change): Promise<void> {
    if (!this.draft) return;
    this.#kept = true;
    change(this.draft);
    this.draft.version += 1;
    this.draft.saved_at = withOffset(new Date());
    const mine = $state.snapshot(this.draft) as Draft;
    const newest = await saveDraft(await phone.store(), mine, change);
    if (newest !== mine && this.draft?.day === newest.day) this.draft = newest;
    if (!space.full) phone.begun(newest);
    tellOtherTabs();
  }
}

/** The draft with what this version of the app can read; the rest of it stands apart, to be asked again. */
function readable(draft: Draft): Draft {
  const { facts, older } = sorted(phone.wire, draft.facts);
  if (Object.keys(older).length === 0) return draft;
  return { ...draft, facts, older: { ...draft.older, ...older } };
}

export const form = new Form();

/** Opens the day's log at the first question without an answer. A day that is logged already opens at its review. */
export async function openLog(day: string, asksForDoses: boolean): Promise<void> {
  const given = router.path[2];
  const draft = await form.open(day);
  const { wire } = phone;
  if (wire) setTimeout(() => protocolOf(wire)); // ready before the last answer asks for it
  if (given) return;
  if (draft.corrects === null || onlyDoses(draft.facts))
    return router.replace("log", day, goesOnAt(draft, asksForDoses));
  router.replace("log", day, draft.step === "hands" ? "review" : draft.step);
}

/** Moves on: to the next question, or back to the review when the answer was changed from there. */
export function leaveStep(
  day: string,
  step: Step,
  { fromReview, asksForDoses }: { fromReview: boolean; asksForDoses: boolean },
): void {
  if (fromReview) router.back("log", day, "review");
  else router.go("log", day, after(step, asksForDoses));
}

/** The patient says which day the answers begun before midnight are for. */
export async function settleDay(day: string): Promise<void> {
  if (!form.draft) return;
  const step = form.draft.step;
  const kept = $state.snapshot(form.draft) as Draft;
  form.draft = await moveDraft(await phone.store(), kept, day, phone.today);
  await photosToDay(await phone.store(), phone.me?.patient?.id ?? "", kept.day, day);
  router.replace("log", day, step);
}

/** True when the answers so far are an emergency: the advice comes before the questions that are left. */
export function isEmergency(): boolean {
  return judgedSoFar()?.advice.urgency === "emergency";
}

/** What the protocol says about the answers so far. Asked at the review, its answer is ready when the log is saved. */
export function judgedSoFar(): ReturnType<typeof judged> {
  if (!form.draft) return null;
  const { day, facts, older } = $state.snapshot(form.draft) as Draft;
  return judged(day, withOlder(facts, older ?? {}));
}

/** Saves the log and shows its advice. On a phone without room for it the draft stays until it is sent or kept. */
export async function finish(): Promise<void> {
  if (!form.draft) return;
  const { day, facts: answered, older, corrects, replaces } = $state.snapshot(form.draft) as Draft;
  const facts = withOlder(answered, older ?? {});
  // A button that leaves the page with the focus has the browser lay out the next screen twice.
  (document.activeElement as HTMLElement | null)?.blur();
  const show = (id: string): void => router.replace("advice", id);
  const { kept } = await saveLog({ day, facts, corrects, replaces, show });
  const [there] = await Promise.all([kept, seen()]);
  form.draft = null;
  if (there) await form.forget(day);
  await changed();
}
