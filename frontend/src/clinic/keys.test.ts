import { describe, expect, it } from "vitest";
import { actOf, focusKind, isTyping, meantInPanel, type Where } from "./keys";

const row: Where = { page: "worklist", focus: "row", dialogOpen: false, letters: true };
const act = (key: string, where: Partial<Where> = {}, held = {}) =>
  actOf({ key, ...held }, { ...row, ...where });

describe("keys on the worklist", () => {
  it("move with J, K and the arrows", () => {
    expect(["j", "ArrowDown", "k", "ArrowUp"].map((key) => act(key))).toEqual([
      "next",
      "next",
      "previous",
      "previous",
    ]);
  });

  it("acknowledge, call, record, open, find, and show all keys", () => {
    expect(["a", "C", "R", "Enter", "/", "?"].map((key) => act(key))).toEqual([
      "acknowledge",
      "call",
      "record",
      "open",
      "find",
      "keys",
    ]);
  });

  it("list one's own with M, nobody's with U, and what is done with D", () => {
    expect(["m", "u", "D"].map((key) => act(key))).toEqual(["mine", "unassigned", "resolved"]);
    expect(act("d", { page: "patient" })).toBeNull();
  });

  it("take over what a colleague has with O, and find, help and go back on every page", () => {
    expect(act("o")).toBe("take_over");
    const pages = ["patient", "patients", "threads", "thread", "roster", "treatment"] as const;
    for (const page of pages)
      expect(["w", "/", "?"].map((key) => act(key, { page, focus: "page" }))).toEqual([
        "worklist",
        "find",
        "keys",
      ]);
  });

  it("leave typed words alone", () => expect(act("a", { focus: "text" })).toBeNull());
  it("leave Enter and the arrows to a focused button", () => {
    expect(act("Enter", { focus: "control" })).toBeNull();
    expect(act("ArrowDown", { focus: "control" })).toBeNull();
    expect(act("a", { focus: "control" })).toBe("acknowledge");
  });
  it("are silent while a dialog is open", () => expect(act("a", { dialogOpen: true })).toBeNull());
  it("leave the browser's own shortcuts alone", () => {
    expect(act("a", {}, { ctrlKey: true })).toBeNull();
    expect(act("c", {}, { metaKey: true })).toBeNull();
  });
  it("can be switched off for people who dictate, except arrows and Enter", () => {
    expect(act("a", { letters: false })).toBeNull();
    expect(act("ArrowDown", { letters: false })).toBe("next");
  });
});

describe("keys on other pages", () => {
  it("turn a patient's chart into a table and back", () =>
    expect(act("t", { page: "patient" })).toBe("table"));
  it("do not move where there is no list", () => expect(act("j", { page: "patient" })).toBeNull());
});

describe("where the focus is", () => {
  it("is told from the focused element", () => {
    document.body.innerHTML = "<input><button></button><table><tr><td></td></tr></table>";
    const kinds = ["input", "button", "tr"].map((name) => focusKind(document.querySelector(name)));
    expect(kinds).toEqual(["text", "control", "row"]);
    expect(focusKind(document.body)).toBe("page");
  });
});

describe("keys in the panel, while the focus stands in no field", () => {
  const free = { typing: false, letters: true };

  it("digits choose, letters of any language begin the note, and nothing else means anything", () => {
    const keys = ["1", "9", "0", "d", "é", "Enter", " ", "Tab", "-"];
    expect(keys.map((key) => meantInPanel({ key }, free))).toEqual([
      "digit",
      "digit",
      null,
      "note",
      "note",
      null,
      null,
      null,
      null,
    ]);
  });

  it("are typed in a field, mean nothing with Ctrl, and nothing once letters are off", () => {
    for (const key of ["1", "d"]) {
      expect(meantInPanel({ key }, { ...free, typing: true })).toBeNull();
      expect(meantInPanel({ key }, { ...free, letters: false })).toBeNull();
      expect(meantInPanel({ key, ctrlKey: true }, free)).toBeNull();
    }
  });

  it("know fields to type in from choices to make", () => {
    const made = (html: string) => {
      const place = document.createElement("div");
      place.innerHTML = html;
      return isTyping(place.firstElementChild);
    };
    expect(["<textarea></textarea>", '<input type="date">', "<input>"].map(made)).toEqual([true, true, true]);
    expect(['<input type="radio">', '<input type="checkbox">', "<button></button>"].map(made)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("with Shift", () => {
  const row = { page: "worklist", focus: "row", dialogOpen: false, letters: true } as const;

  it("A and R mean all alerts of the patient", () => {
    expect(actOf({ key: "A", shiftKey: true }, row)).toBe("acknowledge_all");
    expect(actOf({ key: "R", shiftKey: true }, row)).toBe("record_all");
    expect(actOf({ key: "A", shiftKey: true }, { ...row, page: "patient" })).toBe("acknowledge_all");
  });

  it("no other letter means anything, and with Caps Lock a letter means what it means without", () => {
    expect(actOf({ key: "J", shiftKey: true }, row)).toBeNull();
    expect(actOf({ key: "A" }, row)).toBe("acknowledge");
    expect(actOf({ key: "?", shiftKey: true }, row)).toBe("keys");
  });
});
