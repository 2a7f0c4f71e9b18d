import { describe, expect, it } from "vitest";
import { bits, indication, timeOf } from "./testing";
import { measurementIn } from "./measurement";
import { byLikelihood, dayInWords, momentOf } from "./moment";

const NUMBERS = [bits(152), bits(96), bits(115)];

describe("a measurement of a cuff", () => {
  it("is read in mmHg", () => {
    expect(measurementIn(indication(0x00, NUMBERS))).toEqual({
      systolic: 152,
      diastolic: 96,
      at: null,
      person: null,
      notices: [],
    });
  });

  it("is made mmHg when the cuff says kilopascal", () => {
    const kilopascals = [bits(203, -1), bits(128, -1), bits(153, -1)];
    expect(measurementIn(indication(0x01, kilopascals))).toMatchObject({ systolic: 152, diastolic: 96 });
  });

  it("sent in kilopascal has the grade that it had in mmHg", () => {
    for (const mmHg of [60, 80, 90, 100, 110, 120, 140, 160, 180]) {
      const tenthsOfKilopascal = Math.round((mmHg / 7.500617) * 10);
      const sent = indication(0x01, [bits(tenthsOfKilopascal, -1), bits(tenthsOfKilopascal, -1), 0]);
      expect(measurementIn(sent)).toMatchObject({ systolic: mmHg, diastolic: mmHg });
    }
    const high = measurementIn(indication(0x01, [bits(213, -1), bits(133, -1), 0]));
    expect(high).toMatchObject({ systolic: 160, diastolic: 100 });
  });

  it("is rounded to whole numbers, as people read them", () => {
    expect(measurementIn(indication(0x00, [bits(1522, -1), bits(957, -1), 0]))).toMatchObject({
      systolic: 152,
      diastolic: 96,
    });
  });

  it("has its time, its person and what the cuff noticed, each behind the one before", () => {
    const pulse = [72, 0];
    const all = indication(0x1e, NUMBERS, [...timeOf(8, 12), ...pulse, 2, 0x27, 0]);
    expect(measurementIn(all)).toMatchObject({
      at: "2026-05-14T08:12:05",
      person: 2,
      notices: ["moved", "too_loose", "uneven_pulse", "wrong_place"],
    });
  });

  it("says when the cuff knows people, and not who this was", () => {
    expect(measurementIn(indication(0x08, NUMBERS, [0xff]))?.person).toBe("unknown");
    expect(measurementIn(indication(0x08, NUMBERS, [2]))?.person).toBe(2);
    expect(measurementIn(indication(0x00, NUMBERS))?.person).toBeNull();
  });

  it("has no time when the year, the month or the day is not known", () => {
    const noYear = [0x02, 0x9e, 0x00, 0x60, 0x00, 0x75, 0x00, 0x00, 0x00, 0x01, 0x01, 0x00, 0x03, 0x00];
    const sent = new DataView(new Uint8Array(noYear).buffer);
    expect(measurementIn(sent)).toMatchObject({ systolic: 158, diastolic: 96, at: null });
    for (const [year, month, day] of [
      [1581, 5, 14],
      [2026, 0, 14],
      [2026, 5, 0],
      [65535, 1, 1],
    ] as const) {
      const time = [year & 0xff, year >> 8, month, day, 8, 12, 5];
      expect(measurementIn(indication(0x02, NUMBERS, time))?.at).toBeNull();
    }
  });

  it("has no time when the cuff's clock was never set, or shows a day that does not exist", () => {
    expect(measurementIn(indication(0x02, NUMBERS, [0, 0, 0, 0, 0, 0, 0]))?.at).toBeNull();
    expect(measurementIn(indication(0x02, NUMBERS, [0xea, 0x07, 2, 30, 8, 0, 0]))?.at).toBeNull();
  });

  it.each([0x07ff, 0x0800, 0x07fe, 0x0802, 0x0801])("with %s in place of a number is none", (special) => {
    expect(measurementIn(indication(0x00, [special, bits(96), 0]))).toBeNull();
    expect(measurementIn(indication(0x00, [bits(152), special, 0]))).toBeNull();
  });

  it("counts without a mean, which many cuffs leave out", () => {
    expect(measurementIn(indication(0x00, [bits(152), bits(96), 0x07ff]))).not.toBeNull();
  });

  it("that was cut off is none", () => {
    expect(measurementIn(indication(0x00, [bits(152), bits(96)]))).toBeNull();
    expect(measurementIn(indication(0x02, NUMBERS, [0xea, 0x07]))).toBeNull();
    expect(measurementIn(new DataView(new ArrayBuffer(0)))).toBeNull();
  });
});

describe("the time of a measurement", () => {
  const now = new Date("2026-05-14T08:14:00");

  it("is the cuff's when that can be true", () => {
    expect(momentOf("2026-05-14T08:12:05", now)).toEqual(new Date("2026-05-14T08:12:05"));
  });
  it("is now when the cuff has no clock, or its clock is ahead", () => {
    expect(momentOf(null, now)).toBe(now);
    expect(momentOf("2026-05-14T09:00:00", now)).toBe(now);
  });
  it("is asked for when the cuff says another day", () => {
    expect(momentOf("2026-05-13T08:12:05", now)).toBeNull();
    expect(momentOf("2010-01-01T00:00:30", now)).toBeNull();
    expect(momentOf("2036-02-07T06:28:16", now)).toBeNull();
  });
});

describe("a day that a cuff says", () => {
  const now = new Date("2026-05-14T08:14:00");

  it("has its year when it is not this year's", () => {
    expect(dayInWords("2025-05-14T08:12:05", now)).toBe("May 14, 2025");
    expect(dayInWords("2036-02-07T06:28:16", now)).toBe("February 7, 2036");
    expect(dayInWords("2026-05-13T08:12:05", now)).toBe("Wed, May 13");
  });
});

describe("what a cuff hands over", () => {
  const now = new Date("2026-05-14T08:14:00");
  const of = (systolic: number, at: string | null, person: number | "unknown" | null = null) => ({
    systolic,
    diastolic: 80,
    at,
    person,
    notices: [],
  });
  const order = (...all: ReturnType<typeof of>[]) =>
    byLikelihood(all, { now, own: 1 }).map((one) => one.systolic);

  it("puts today's before those of another day or of a clock that is wrong, and hides none", () => {
    expect(
      order(
        of(1, "2036-02-07T06:28:16"),
        of(2, "2026-05-14T07:00:00"),
        of(3, "2025-05-14T08:00:00"),
        of(4, null),
      ),
    ).toEqual([4, 2, 1, 3]);
  });

  it("puts this person's before another person's, and those of nobody known between them", () => {
    const at = "2026-05-14T08:00:00";
    expect(order(of(1, at, 2), of(2, at, "unknown"), of(3, at, 1))).toEqual([3, 2, 1]);
  });

  it("has the same measurement once", () => {
    expect(order(of(1, null), of(1, null), of(2, null))).toEqual([2, 1]);
  });
});
