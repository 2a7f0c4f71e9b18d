import { describe, expect, it } from "vitest";
import { lineOf } from "./line";
import { courseOf, LADDER, spanOf } from "./testing";

const TODAY = "2026-05-28";
const HELD = [
  spanOf({ last: "2026-05-10" }),
  spanOf({ first: "2026-05-11", last: "2026-05-14", held: true }),
  spanOf({ first: "2026-05-15", dose: "400 mg once a day", level: -1, mg_a_day: 400 }),
];

describe("the line of a course", () => {
  it("has a row for each dose, highest first", () => {
    const { rows } = lineOf(courseOf({ spans: [...HELD].reverse() }), TODAY);
    expect(rows.map(({ words }) => words)).toEqual(["400 mg twice a day", "400 mg once a day"]);
  });

  it("is solid at a dose and dashed on hold, one stretch beginning where the last ended", () => {
    const { stretches, today } = lineOf(courseOf({ spans: HELD }), TODAY);
    expect(stretches.map(({ dashed, word }) => [dashed, word])).toEqual([
      [false, ""],
      [true, "on hold"],
      [false, ""],
    ]);
    expect(stretches[1]?.from).toBe(stretches[0]?.to);
    expect(stretches[2]?.to).toBe(today);
  });

  it("is dashed after today, where a decision is planned", () => {
    const planned = spanOf({ first: "2026-06-02", dose: "400 mg once a day", mg_a_day: 400 });
    const { stretches, today } = lineOf(
      courseOf({ spans: [spanOf({ last: "2026-06-01" }), planned] }),
      TODAY,
    );
    expect(stretches.map(({ dashed }) => dashed)).toEqual([false, true, true]);
    expect(stretches[0]?.to).toBe(today);
  });

  it("ends with the treatment", () => {
    const ended = courseOf({ ended_on: "2026-05-20", spans: [spanOf({ last: "2026-05-20" })] });
    const { stretches, today } = lineOf(ended, TODAY);
    expect(stretches).toHaveLength(1);
    expect(stretches[0]!.to).toBeLessThan(today);
  });

  it("is thin on planned days off, counted from the first day whatever was held", () => {
    const use = { ...LADDER, days_on: 21, days_off: 7 };
    const { off } = lineOf(courseOf({ use }), TODAY);
    expect(off).toHaveLength(1);
    const { off: held } = lineOf(courseOf({ use, spans: [spanOf({ held: true })] }), TODAY);
    expect(held).toHaveLength(0);
  });
});
