import { describe, expect, it } from "vitest";
import { itemOf, joan } from "../testing";
import { dueDay, itemOwner, mayTakeOverItem, mayWorkOn, underWords, whyNotOn, whyWords } from "./item";
import { itemsShown } from "./shown";

const TODAY = "2026-05-14";
const ZONE = "America/New_York";
const day = (at: string) => at.slice(0, 10);
const promise = {
  next_code: null,
  next_at: null,
  next_step: "Joan looks at the feet. ",
  at: "2026-05-11T09:33:00",
  by: "Joan Keller",
  symptom: "hand_foot",
};
const mine = { id: "joan", name: "Joan Keller" };
const priyas = { id: "priya", name: "Priya Nair" };

describe("what a work item says", () => {
  it("names the week of a proactive call", () => {
    expect(whyWords(itemOf(), ZONE)).toBe("Call in week 1 of treatment.");
  });

  it("says what was promised, by whom, when and about what", () => {
    const item = itemOf({ kind: "follow_up", promise });
    expect(whyWords(item, ZONE)).toBe("Follow-up: Joan looks at the feet.");
    expect(underWords(item, day)).toBe("Hand-foot. Joan set this on May 11.");
  });

  it("says the hour that was promised, and whose clock it is where the patient's is another", () => {
    const at = { ...promise, next_at: "2026-05-14T13:30:00Z" };
    expect(whyWords(itemOf({ kind: "follow_up", promise: at }), ZONE)).toBe(
      "Follow-up at 09:30: Joan looks at the feet.",
    );
    const patient = { ...itemOf().patient, time_zone: "America/Los_Angeles" };
    expect(whyWords(itemOf({ kind: "follow_up", promise: at, patient }), ZONE)).toBe(
      "Follow-up at 09:30 EDT: Joan looks at the feet.",
    );
  });

  it("says who is not reached by their first name", () => {
    expect(whyWords(itemOf({ kind: "patient_not_reached" }), ZONE)).toBe("No message reaches Chen.");
    expect(whyWords(itemOf({ kind: "team_not_reached" }), ZONE)).toBe("An alert of Chen reached nobody.");
  });

  it("has a word for every kind there is", () => {
    const kinds = ["unread_messages", "patient_not_reached", "team_not_reached", "proactive_call"] as const;
    for (const kind of kinds) {
      expect(whyWords(itemOf({ kind }), ZONE)).toMatch(/^\S.*\.$/);
      expect(underWords(itemOf({ kind }), day)).toMatch(/^\S.*\.$/);
    }
  });
});

describe("until when it may wait", () => {
  const due = (due_on: string) => dueDay(itemOf({ due_on }), TODAY);

  it("counts in days and not in hours", () => {
    expect(due(TODAY)).toEqual({ words: "Today", late: false, under: "" });
    expect(due("2026-05-17").words).toBe("by Sun");
    expect(due("2026-05-21").words).toBe("by Thu, May 21");
  });

  it("is late from the day after", () => {
    expect(due("2026-05-13")).toEqual({ words: "1 day late", late: true, under: "was due May 13" });
    expect(due("2026-05-11").words).toBe("3 days late");
  });
});

describe("who may act on it", () => {
  it("is anybody while nobody has it, then its owner alone, and nobody once it is done", () => {
    expect(mayWorkOn(itemOf(), joan)).toBe(true);
    expect(mayWorkOn(itemOf({ assigned_to: mine }), joan)).toBe(true);
    expect(mayWorkOn(itemOf({ assigned_to: priyas }), joan)).toBe(false);
    expect(mayWorkOn(itemOf({ done_at: "2026-05-14T09:00:00Z" }), joan)).toBe(false);
  });

  it("is told to whoever presses a key that does nothing", () => {
    const why = (act: string, change: object) => whyNotOn(act, itemOf(change), joan);
    for (const act of ["record", "acknowledge"])
      expect(why(act, { assigned_to: priyas })).toMatch(/^Priya has this work item.*press O\.$/);
    expect(why("acknowledge", { assigned_to: mine })).toContain("You have this already.");
    expect(why("acknowledge", {})).toBeNull();
    expect(why("record", { assigned_to: mine })).toBeNull();
  });

  it("is named in the row", () => {
    expect(itemOwner(itemOf(), joan)).toBeNull();
    expect(itemOwner(itemOf({ assigned_to: mine }), joan)).toBe("Joan (you)");
    expect(itemOwner(itemOf({ assigned_to: priyas }), joan)).toBe("Priya");
  });
});

describe("taking over", () => {
  const may = (change: object, me = joan) => mayTakeOverItem(itemOf({ assigned_to: priyas, ...change }), me);

  it("is offered for what a colleague has: she may be away", () => {
    expect(may({})).toBe(true);
  });

  it("is not offered for her own, for nobody's, or once it is done", () => {
    expect(may({ assigned_to: mine })).toBe(false);
    expect(may({ assigned_to: null })).toBe(false);
    expect(may({ done_at: "2026-05-14T09:00:00Z" })).toBe(false);
  });

  it("is offered to a prescriber and not to an administrator", () => {
    const as = (role: "prescriber" | "administrator") => ({ ...joan, person: { ...joan.person, role } });
    expect(may({}, as("prescriber"))).toBe(true);
    expect(may({}, as("administrator"))).toBe(false);
  });
});

describe("which of them are in the list", () => {
  const items = [itemOf(), itemOf({ id: "m", assigned_to: mine }), itemOf({ id: "p", assigned_to: priyas })];
  const shown = (change: object) =>
    itemsShown(items, { show: "all", symptom: "", urgency: "", ...change }, "joan").map((item) => item.id);

  it("follows the choice of owner", () => {
    expect(shown({})).toEqual(["chen-call", "m", "p"]);
    expect(shown({ show: "mine" })).toEqual(["m"]);
    expect(shown({ show: "unassigned" })).toEqual(["chen-call"]);
  });

  it("has none of them where alerts of one symptom, one urgency, or resolved ones are looked for", () => {
    for (const change of [{ symptom: "diarrhea" }, { urgency: "emergency" }, { show: "resolved" }])
      expect(shown(change)).toEqual([]);
  });
});
