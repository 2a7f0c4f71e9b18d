import { beforeEach, describe, expect, it, vi } from "vitest";
import { missingWasRead, noteThatItIsGone, noteWhatIsHere, whatIsMissing } from "./marker";

const MARIAS = { patient: "maria", unsent: ["2026-05-14"], begun: [] };

beforeEach(() => localStorage.clear());

describe("a store that the browser has cleared", () => {
  it("is told with the days that were not sent, until the patient has read it", () => {
    noteWhatIsHere(MARIAS);
    noteThatItIsGone();
    noteWhatIsHere({ ...MARIAS, unsent: [] });
    expect(whatIsMissing("maria")).toEqual(MARIAS);
    missingWasRead();
    expect(whatIsMissing("maria")).toBeNull();
  });

  it("is nobody else's news", () => {
    noteWhatIsHere(MARIAS);
    noteThatItIsGone();
    expect(whatIsMissing("walter")).toBeNull();
  });

  it("is no news on a phone that was never used", () => {
    noteThatItIsGone();
    expect(whatIsMissing("maria")).toBeNull();
  });

  it("does not stop the page when there is no room for the note", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("no room", "QuotaExceededError");
    });
    expect(() => noteWhatIsHere(MARIAS)).not.toThrow();
  });
});
