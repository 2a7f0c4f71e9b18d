/** A tone and a notification for a new emergency, once the nurse has turned them on. They never say who or what, and are
    never the only sign: the row, the announcement and the page's title say it too. */
import { onForget } from "./forget";
import { say } from "./words";

const TONE = { hertz: 660, seconds: 0.4, volume: 0.25 };

class Alarm {
  /** Off until turned on: a browser plays nothing before somebody has pressed something on the page. */
  on = $state(false);
  #audio: AudioContext | null = null;

  /** Turned on, it sounds once, so that the nurse knows the tone, and asks the browser to allow notifications. */
  turn(on: boolean): void {
    this.on = on;
    if (!on) return;
    this.#tone();
    if ("Notification" in window && Notification.permission === "default")
      void Notification.requestPermission();
  }

  ring(): void {
    if (!this.on) return;
    this.#tone();
    if (document.hidden) this.#notify();
  }

  #tone(): void {
    try {
      this.#audio ??= new AudioContext();
      if (this.#audio.state === "suspended") void this.#audio.resume(); // a browser stops it while nothing sounds
      const { currentTime, destination } = this.#audio;
      const volume = new GainNode(this.#audio, { gain: TONE.volume });
      const tone = new OscillatorNode(this.#audio, { frequency: TONE.hertz });
      volume.gain.setTargetAtTime(0, currentTime + TONE.seconds / 2, TONE.seconds / 8);
      tone.connect(volume).connect(destination);
      tone.start();
      tone.stop(currentTime + TONE.seconds);
    } catch {
      this.on = false; // this browser plays nothing: the switch must not say that it does
    }
  }

  #notify(): void {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    try {
      const notice = new Notification(say("alarm.notice"), { tag: "handhold-emergency" });
      notice.onclick = () => window.focus();
    } catch {
      // Some browsers allow notifications from a service worker only; the tone and the title are there all the same.
    }
  }
}

export const alarm = new Alarm();
onForget(() => alarm.turn(false));

/** "(! 5) Worklist - Handhold clinic": an emergency is open, and five patients have an alert that nobody has. */
export function titleWith(title: string, emergencies: number, nobodys: number): string {
  const count = [emergencies ? "!" : "", nobodys || ""].filter(Boolean).join(" ");
  return count ? `(${count}) ${title}` : title;
}
