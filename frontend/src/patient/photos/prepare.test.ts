import { afterEach, describe, expect, it, vi } from "vitest";
import { fitted, isHeic, MOST_BYTES, prepared } from "./prepare";

const opensAs = (width: number, height: number) => {
  const bitmap = { width, height, close: vi.fn() };
  vi.stubGlobal("createImageBitmap", vi.fn().mockResolvedValue(bitmap));
  return bitmap;
};
const doesNotOpen = () =>
  vi.stubGlobal("createImageBitmap", vi.fn().mockRejectedValue(new Error("no image")));

afterEach(() => vi.unstubAllGlobals());

describe("preparing a photo", () => {
  it("makes the longer side 1600 pixels and keeps smaller photos as they are", () => {
    expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 });
    expect(fitted(3000, 4000)).toEqual({ width: 1200, height: 1600 });
    expect(fitted(800, 600)).toEqual({ width: 800, height: 600 });
    expect(fitted(16000, 2)).toEqual({ width: 1600, height: 1 });
  });

  it("refuses a photo of 40 MB before it is opened", async () => {
    opensAs(1, 1);
    const huge = Object.defineProperty(new Blob(["x"]), "size", { value: 40_000_000 });
    await expect(prepared(huge)).rejects.toMatchObject({ why: "too_large" });
    expect(createImageBitmap).not.toHaveBeenCalled();
    expect(MOST_BYTES).toBeLessThan(40_000_000);
  });

  it("says that a file is no photo when it does not open", async () => {
    doesNotOpen();
    await expect(prepared(new Blob(["I am a photo"]))).rejects.toMatchObject({ why: "did_not_open" });
  });

  it("knows an iPhone's HEIC by its first bytes and names it", async () => {
    doesNotOpen();
    const heic = new Blob([new Uint8Array([0, 0, 0, 24]), "ftypheic", "the rest"]);
    expect(await isHeic(heic)).toBe(true);
    await expect(prepared(heic)).rejects.toMatchObject({ why: "heic" });
  });

  it("lets go of the opened picture, also when it cannot be drawn", async () => {
    const bitmap = opensAs(10, 10);
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
    await expect(prepared(new Blob(["x"]))).rejects.toMatchObject({ why: "did_not_open" });
    expect(bitmap.close).toHaveBeenCalledOnce();
  });
});
