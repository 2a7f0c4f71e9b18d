import { beforeEach, describe, expect, it, vi } from "vitest";
import { NoConnection } from "../../lib/api";
import { forget } from "../forget";
import { session } from "../session.svelte";
import { HandoverDesk } from "./handover.svelte";
import * as requests from "./requests";
import type { Handover, Handovers } from "./wire";

vi.mock("./requests");

const held = [{ id: "marias-diarrhea" }, { id: "walters-rash" }];

/** The roster page is opened. */
async function opened(): Promise<HandoverDesk> {
  const desk = new HandoverDesk();
  await desk.read();
  return desk;
}

const written = ({ to, note, notes }: HandoverDesk) => ({ to, note, notes });
const OFFER = { to: "priya", note: "Quiet night", notes: { "marias-diarrhea": "Ring her before nine" } };
const EMPTY = { to: "", note: "", notes: {} };

describe("a handover being written", () => {
  let desk: HandoverDesk;

  beforeEach(async () => {
    vi.resetAllMocks();
    sessionStorage.clear();
    vi.spyOn(session, "refresh").mockResolvedValue();
    vi.mocked(requests.handovers).mockResolvedValue({ held } as unknown as Handovers);
    desk = await opened();
    Object.assign(desk, OFFER);
    desk.typed();
  });

  it("is there when Joan comes back from the patient beside it", async () => {
    expect(written(await opened())).toEqual(OFFER);
  });

  it("is not there for the next person at the desk", async () => {
    forget();
    expect(written(await opened())).toEqual(EMPTY);
  });

  it("stays while nobody answered the offer, and is gone once it is made", async () => {
    vi.mocked(requests.offer).mockRejectedValueOnce(new NoConnection("no network"));
    expect(await desk.offer()).toBe(false);
    expect(written(await opened())).toEqual(OFFER);
    vi.mocked(requests.offer).mockResolvedValueOnce({ offered_to: { name: "Priya Shah" } } as Handover);
    expect(await desk.offer()).toBe(true);
    expect([written(desk), written(await opened())]).toEqual([EMPTY, EMPTY]);
  });
});
