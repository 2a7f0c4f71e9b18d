import { afterEach, describe, expect, it } from "vitest";
import { parts, router } from "./router.svelte";

afterEach(() => router.replace());

describe("an address", () => {
  it("names a screen and what it is about", () => {
    expect(parts("#/log/2026-05-14/signs")).toEqual(["log", "2026-05-14", "signs"]);
    expect(["", "#", "#/"].map(parts)).toEqual([[], [], []]);
  });

  it("that cannot be read names no screen, and breaks nothing", () => {
    expect(parts("#/%")).toEqual(["%"]);
    expect(parts("#/log/%E0%A4%A")).toEqual(["log", "%E0%A4%A"]);
  });
});

describe("who is lost", () => {
  it("is led to today, and told why until the next page", () => {
    router.replace("log", "2020-01-01");
    router.lose("day");
    expect([router.screen, router.lost]).toEqual(["today", "day"]);
    router.go("days");
    expect(router.lost).toBeNull();
  });
});
