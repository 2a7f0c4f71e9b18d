import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { alarm, titleWith } from "./alarm.svelte";

const sounded = vi.fn();
const notices: unknown[][] = [];
const gain = { setTargetAtTime: () => undefined };
/** The browser's own parts, which a test page lacks. */
const browser = {
  AudioContext: class {
    currentTime = 0;
  },
  GainNode: class {
    gain = gain;
    connect = () => undefined;
  },
  OscillatorNode: class {
    connect = () => new browser.GainNode();
    start = sounded;
    stop = () => undefined;
  },
  Notification: class {
    static permission = "granted";
    constructor(...told: unknown[]) {
      notices.push(told);
    }
  },
};

describe("an emergency is heard", () => {
  beforeEach(() => {
    for (const [name, part] of Object.entries(browser)) vi.stubGlobal(name, part);
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    sounded.mockClear();
    notices.length = 0;
  });
  afterEach(() => {
    alarm.turn(false);
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("only once the nurse has turned it on", () => {
    alarm.ring();
    expect(sounded).not.toHaveBeenCalled();
    expect(notices).toEqual([]);
  });

  it("by one tone, and by a notification that says neither who nor what", () => {
    alarm.turn(true);
    sounded.mockClear();
    alarm.ring();
    expect(sounded).toHaveBeenCalledTimes(1);
    expect(notices).toEqual([["Handhold: the worklist needs you now", { tag: "handhold-emergency" }]]);
  });

  it("without a notification while she looks at the page", () => {
    vi.spyOn(document, "hidden", "get").mockReturnValue(false);
    alarm.turn(true);
    alarm.ring();
    expect(notices).toEqual([]);
  });

  it("is off again where the browser plays nothing", () => {
    vi.stubGlobal(
      "OscillatorNode",
      class {
        constructor() {
          throw new Error("no audio");
        }
      },
    );
    vi.stubGlobal("AudioContext", undefined);
    alarm.turn(true);
    expect(alarm.on).toBe(false);
  });
});

describe("the page's title", () => {
  it("counts patients with nobody, marks an emergency, and names nobody", () => {
    expect(titleWith("Worklist", 1, 5)).toBe("(! 5) Worklist");
    expect(titleWith("Worklist", 0, 5)).toBe("(5) Worklist");
    expect(titleWith("Worklist", 2, 0)).toBe("(!) Worklist");
    expect(titleWith("Worklist", 0, 0)).toBe("Worklist");
  });
});
