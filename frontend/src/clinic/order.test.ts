import { describe, expect, it } from "vitest";
import { actedOn, keepPlace, type Known, lastOfLevel, mostUrgent, newcomers, remember, step } from "./order";
import { isMine, mayAct, nameOrYou, ownerWords, shortName } from "./people";
import { alertOf, joan } from "./testing";

const walter = alertOf({ id: "walter", urgency: "emergency" });
const rosa = alertOf({ id: "rosa" });
const maria = alertOf({ id: "maria" });
const ines = alertOf({ id: "ines", urgency: "contact_24h" });
const list = [walter, rosa, maria, ines];
const EARLIER = Date.parse("2026-05-14T00:00:00Z");
const LATER = Date.parse("2026-05-15T00:00:00Z");

describe("the order of the worklist", () => {
  it("is the server's, with a thick rule where another urgency begins and none at the end", () => {
    expect(lastOfLevel(list.map((leading) => ({ id: leading.id, leading })))).toEqual(
      new Set(["walter", "maria"]),
    );
  });

  it("shows a day by its most urgent alert", () => {
    expect(mostUrgent([ines, walter, rosa])).toBe(walter);
    expect(mostUrgent([])).toBeUndefined();
  });
});

describe("the alert a key acts on", () => {
  it("is the most urgent, also while the focus is in another", () => {
    expect(actedOn(list, "ines", () => true)).toBe(walter);
  });

  it("is the one with the focus among equally urgent ones", () => {
    expect(actedOn(list, "maria", ({ id }) => id !== "walter")).toBe(maria);
  });

  it("is the next one where the key does nothing to the most urgent", () => {
    expect(actedOn(list, "", ({ id }) => id !== "walter")).toBe(rosa);
    expect(actedOn(list, "", () => false)).toBeUndefined();
  });
});

describe("new alerts", () => {
  const known: Known = new Map();
  remember(known, [rosa, ines]);

  it("are those the nurse has not been told of", () => {
    expect(newcomers(known, list, EARLIER)).toEqual([walter, maria]);
  });

  it("are not those that only moved up from a later page", () => {
    expect(newcomers(known, list, LATER)).toEqual([]);
  });

  it("include a known alert that became more urgent", () => {
    expect(newcomers(known, [alertOf({ id: "ines", urgency: "emergency" })], LATER)).toHaveLength(1);
  });

  it("are not those a colleague already has", () => {
    expect(newcomers(known, [alertOf({ id: "new", state: "acknowledged" })], EARLIER)).toEqual([]);
  });
});

describe("the place in the list", () => {
  it("stays on the same alert wherever it moves", () => {
    expect(keepPlace(list, [ines, maria], "maria")).toBe("maria");
  });

  it("stays at the same height when the alert has gone", () => {
    expect(keepPlace(list, [walter, maria, ines], "rosa")).toBe("maria");
    expect(keepPlace(list, [walter], "ines")).toBe("walter");
    expect(keepPlace(list, [], "ines")).toBeNull();
  });

  it("moves one row at a time and stops at both ends", () => {
    expect(step(list, "walter", 1)).toBe("rosa");
    expect(step(list, "walter", -1)).toBe("walter");
    expect(step(list, "ines", 1)).toBe("ines");
    expect(step(list, null, 1)).toBe("walter");
  });
});

describe("who has an alert", () => {
  const priya = { id: "priya", name: "Priya Nair" };
  const taken = alertOf({ state: "acknowledged", acknowledged_by: priya });
  const mine = alertOf({ state: "acknowledged", assigned_to: { id: "joan", name: "Joan Keller" } });

  it("is a colleague by first name, me with (you), or nobody", () => {
    expect(ownerWords(taken, joan)).toBe("Priya");
    expect(ownerWords(mine, joan)).toBe("Joan (you)");
    expect(ownerWords(maria, joan)).toBeNull();
    expect(isMine(taken, joan)).toBe(false);
  });

  it("is the person it was passed on to, wherever it is named, until somebody takes it", () => {
    const escalation = { level: 1, to: "Priya Nair", to_id: "priya", from: "Joan Keller", at: null };
    const passed = alertOf({ escalation });
    expect(ownerWords(passed, joan)).toBe("Priya");
    expect(
      ownerWords({ ...passed, escalation: { ...escalation, to_id: "joan", to: "Joan Keller" } }, joan),
    ).toBe("Joan (you)");
    expect(ownerWords({ ...passed, state: "acknowledged", acknowledged_by: priya }, joan)).toBe("Priya");
    expect(mayAct(passed, joan)).toBe(true);
  });

  it("decides whether acts are offered: mine and open ones, not those of a colleague", () => {
    expect(mayAct(taken, joan)).toBe(false);
    expect(mayAct(mine, joan)).toBe(true);
    expect(mayAct(maria, joan)).toBe(true);
  });

  it("keeps the title of a doctor", () => {
    expect(shortName("Dr. Chidi Okafor")).toBe("Dr. Okafor");
    expect(nameOrYou("Joan Keller", joan)).toBe("Joan (you)");
  });
});
