/** Whether single-letter keys act. Kept on this computer: it is about the person's hands and holds nothing else. */
const PLACE = "handhold.letter-keys";

class Letters {
  on = $state(localStorage.getItem(PLACE) !== "off");
  turn(on: boolean): void {
    this.on = on;
    localStorage.setItem(PLACE, on ? "on" : "off");
  }
}

export const letters = new Letters();
