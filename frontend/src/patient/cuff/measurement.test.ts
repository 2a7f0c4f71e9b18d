import { describe, expect, it } from "vitest";
import { bits, indication, timeOf } from "./testing";
import { measurementIn } from "./measurement";
import { momentOf } from "./moment";

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

  it("says when the cuff does not know the person", () => {
    expect(measurementIn(indication(0x08, NUMBERS, [0xff]))?.person).toBeNull();
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
  });
});
