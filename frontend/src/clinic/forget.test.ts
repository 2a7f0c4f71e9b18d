import { beforeEach, describe, expect, it, vi } from "vitest";
import * as auth from "../lib/session";
import { Problem } from "../lib/api";
import { acts } from "./acts.svelte";
import { openDays } from "./open-days.svelte";
import { protocolOf } from "./protocol";
import * as requests from "./roster/requests";
import { page as rosterPage } from "./roster/roster.svelte";
import type { Roster } from "./roster/wire";
import { said } from "./said.svelte";
import * as server from "./server";
import { session } from "./session.svelte";
import { alertOf, joan } from "./testing";
import type { Me } from "./wire";

vi.mock("../lib/session");
vi.mock("./server", { spy: true });
vi.mock("./roster/requests");

const oscar: Me = { ...joan, person: { ...joan.person, id: "oscar", name: "Oscar Lind" } };
const riversides = {
  hours: [],
  holidays: [{ day: "2026-11-26", name: "Riverside day" }],
} as unknown as Roster;

/** The next minute's look at the session finds this person, or nobody. */
async function finds(me: Me | null): Promise<void> {
  const found = vi.mocked(auth.whoAmI);
  if (me) found.mockResolvedValue(me);
  else found.mockRejectedValue(new Problem(401, "not_signed_in", "Sign in."));
  await session.refresh();
}

async function joanWorks(): Promise<void> {
  await finds(joan);
  vi.mocked(requests.roster).mockResolvedValue(riversides);
  vi.mocked(server.staff).mockResolvedValue([{ id: "priya", name: "Priya Shah", role: "nurse" }]);
  acts.record(alertOf(), true);
  acts.reopening = alertOf();
  acts.last = "maria-diarrhea";
  said.show("Recorded and resolved: Maria Alvarez, Diarrhea.");
  said.announce("Emergency: Maria Alvarez.", true);
  said.announce("New: Maria Alvarez.", false);
  await Promise.all([session.loadStaff(), rosterPage.read(), openDays.read()]);
}

const onThePage = () => ({
  panel: acts.recording?.patient.name,
  reopening: acts.reopening?.patient.name,
  last: acts.last,
  snoozing: acts.snoozing,
  said: said.line + said.polite + said.assertive,
  colleagues: session.staff.map((one) => one.name),
  roster: rosterPage.roster,
  closed: openDays.known,
});

const NOTHING: ReturnType<typeof onThePage> = {
  panel: undefined,
  reopening: undefined,
  last: null,
  snoozing: false,
  said: "",
  colleagues: [],
  roster: null,
  closed: null,
};

describe("what Joan had open at a desk", () => {
  beforeEach(async () => {
    vi.resetAllMocks();
    sessionStorage.clear();
    await joanWorks();
    expect(onThePage()).toMatchObject({
      panel: "Maria Alvarez",
      colleagues: ["Priya Shah"],
      closed: riversides,
    });
  });

  it("is not there for Oscar, who signs in after her session ended by itself", async () => {
    await finds(null);
    await finds(oscar);
    expect(onThePage()).toEqual(NOTHING);
  });

  it("is there for Joan when she signs in again", async () => {
    await finds(null);
    await finds(joan);
    expect(onThePage()).toMatchObject({ panel: "Maria Alvarez", snoozing: true, closed: riversides });
  });

  it("is gone once she signs out", async () => {
    await session.signOut();
    expect(onThePage()).toEqual(NOTHING);
  });

  it("does not come with an answer that was on its way when she signed out", async () => {
    await session.signOut();
    await finds(joan);
    let answer: (roster: Roster) => void = () => {};
    vi.mocked(requests.roster).mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const late = [rosterPage.read(), openDays.read(), session.loadStaff()];
    await session.signOut();
    answer(riversides);
    await Promise.all(late);
    expect(onThePage()).toEqual(NOTHING);
  });

  it("does not decide by which version Oscar's clinic reads its protocol", async () => {
    const asked = vi.mocked(server.protocol).mockResolvedValue({ protocol: { id: "sorafenib", version: 1 } });
    await protocolOf("sorafenib");
    await finds(oscar);
    await protocolOf("sorafenib");
    expect(asked).toHaveBeenCalledTimes(2);
  });
});
