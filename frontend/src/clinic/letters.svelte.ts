/** Whether single-letter keys act. Kept on this computer: it is about the person's hands and holds nothing else. */
import { recall, remember } from "../lib/remembered";
const PLACE = "handhold.letter-keys";

class Letters {
  on = $state(recall(PLACE) !== "off");
  turn(on: boolean): void {
    this.on = on;
    remember(PLACE, on ? "on" : "off");
  }
}

export const letters = new Letters();
