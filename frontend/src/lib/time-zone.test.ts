import { expect, test } from "vitest";
import { clocksDiffer, minutesAhead } from "./time-zone";

const NEW_YORK = {
  name: "America/New_York",
  offsets: [
    { at: "2026-05-14T00:00:00Z", minutes: -240 },
    { at: "2026-11-01T06:00:00Z", minutes: -300 },
  ],
};

test("the browser's offset is read to the minute, east and west of Greenwich", () => {
  const at = Date.parse("2026-05-14T12:00:00Z");
  expect(minutesAhead(at, "America/New_York")).toBe(-240);
  expect(minutesAhead(at, "Asia/Kathmandu")).toBe(345);
  expect(minutesAhead(at, "UTC")).toBe(0);
  expect(minutesAhead(Date.parse("2026-12-14T12:00:00Z"), "Australia/Lord_Howe")).toBe(660);
});

test("a browser with the same rules as the server has nothing to tell", () => {
  expect(clocksDiffer(NEW_YORK)).toBe(false);
  expect(clocksDiffer(null)).toBe(false);
});

test("a browser that goes back to winter time where the server does not is an hour off", () => {
  const stayed = [...NEW_YORK.offsets.slice(0, 1), { at: "2026-11-01T06:00:00Z", minutes: -240 }];
  expect(clocksDiffer({ name: "America/New_York", offsets: stayed })).toBe(true);
});

test("a browser that does not know the zone differs", () => {
  expect(
    clocksDiffer({ name: "Atlantis/Capital", offsets: [{ at: "2026-05-14T00:00:00Z", minutes: 0 }] }),
  ).toBe(true);
});
