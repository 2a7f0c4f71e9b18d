import { describe, expect, it } from "vitest";
import {
  beganWith,
  counted,
  decidedBy,
  decidedWords,
  gapWords,
  intentionWords,
  mayBeTakenBack,
  percent,
} from "./sentences";
import { courseOf, decisionOf } from "./testing";
import type { Intention, Share } from "./wire";

const share = (change: Partial<Share> = {}): Share => ({
  ...{ share: 0.934, taken_mg: 10460, planned_mg: 11200, days: 14, days_not_known: 0, ...change },
});
const intention = (change: Partial<Intention> = {}): Intention => ({
  day: "2026-05-04",
  rule: "wants_to_stop",
  reason: "side_effects",
  alert: "alert",
  state: "resolved",
  outcome: "spoke_with_patient",
  contact_by: "Joan Keller",
  contact_at: "2026-05-04T13:40:00Z",
  decision: "reduction",
  decision_on: "2026-05-05",
  still_on_drug: [],
  ...change,
});

describe("the sentences of a treatment", () => {
  it("say a share with what was counted and what is not known", () => {
    expect(percent(share())).toBe("93 %");
    expect(counted(share())).toBe("10,460 of 11,200 mg in 14 days.");
    expect(counted(share({ days_not_known: 1 }))).toContain("1 day is not known and not counted.");
    expect(percent(share({ share: null }))).toBe("Not known");
  });

  it("say what was decided, who decided and who recorded it", () => {
    const reduction = decisionOf({ kind: "reduction", dose: "400 mg once a day" });
    expect(decidedWords(reduction)).toBe("Reduction to 400 mg once a day from Mon, May 4");
    expect(decidedWords(decisionOf())).toBe("Hold from Mon, May 4");
    expect(decidedWords(decisionOf({ kind: "switch", drug: "regorafenib", dose: "160 mg once a day" }))).toBe(
      "Switch to regorafenib, 160 mg once a day, from Mon, May 4",
    );
    expect(decidedBy(reduction)).toBe("Dr. Okafor decided, Joan recorded it");
  });

  it("say of a gap from when to when, how long, and how much of it is not answered", () => {
    const gap = { kind: "reported_stop" as const, first: "2026-05-05", last: "2026-05-07", days: 3, why: "" };
    expect(gapWords({ ...gap, unanswered: 1 })).toBe(
      "The patient reported having stopped: May 5 to May 7, 3 days. 1 of them not answered.",
    );
    expect(gapWords({ ...gap, last: null, days: 1, unanswered: 0 })).toContain("since May 5, 1 day.");
  });

  it("say what a patient said, what the team did, and what was decided", () => {
    expect(intentionWords(intention())).toEqual([
      "Mon, May 4: thought of stopping. Reason given: side effects.",
      "Joan called, reached.",
      "Then: reduction, from May 5.",
    ]);
    const open = intention({ reason: null, state: "open", outcome: null, decision: null, decision_on: null });
    expect(intentionWords(open)).toEqual([
      "Mon, May 4: thought of stopping. No reason given.",
      "Nobody has answered yet.",
      "No dose decision followed.",
    ]);
  });

  it("find the switch a course began with, and not one taken back", () => {
    const decision = decisionOf({ kind: "switch", drug: "regorafenib", effective_on: "2026-05-10" });
    const old = courseOf({ decisions: [decision] });
    const course = courseOf({ id: "new", drug: "regorafenib", started_on: "2026-05-10" });
    expect(beganWith(course, [course, old])?.from).toBe(old);
    const withdrawn = { by: "Joan", at: "2026-05-10T10:00:00Z", why: "x" };
    expect(beganWith(course, [courseOf({ decisions: [{ ...decision, withdrawn }] })])).toBeNull();
  });

  it("offer to take back the newest decision, and one that changed nothing", () => {
    const [newest, older, same] = [
      decisionOf({ id: "newest", kind: "resumption" }),
      decisionOf({ id: "older" }),
      decisionOf({ id: "same", kind: "no_change" }),
    ];
    const course = courseOf({ decisions: [same, newest, older] });
    expect([newest, older, same].map((one) => mayBeTakenBack(one, course))).toEqual([true, false, true]);
  });
});
