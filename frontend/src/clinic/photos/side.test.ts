import { describe, expect, it } from "vitest";
import { logOf } from "../testing";
import { photosOf, usualPair } from "./side";

const logs = [
  logOf({ day: "2026-05-14", photos: [{ id: "c", part: "hands" }] }),
  logOf({
    day: "2026-05-10",
    photos: [
      { id: "a", part: "hands" },
      { id: "b", part: "feet" },
    ],
  }),
  logOf({ day: "2026-05-12", photos: [{ id: "d", part: "hands" }] }),
];

describe("photos side by side", () => {
  it("puts hands with hands and feet with feet, oldest day first", () => {
    expect(photosOf("hands", logs).map((one) => one.id)).toEqual(["a", "d", "c"]);
    expect(photosOf("feet", logs).map((one) => one.id)).toEqual(["b"]);
  });

  it("begins with the newest day beside the one before it", () => {
    expect(usualPair(photosOf("hands", logs)).map((one) => one?.id)).toEqual(["d", "c"]);
  });

  it("has nothing to stand beside a single photo", () => {
    expect(usualPair(photosOf("feet", logs)).map((one) => one?.id)).toEqual([undefined, "b"]);
  });
});
