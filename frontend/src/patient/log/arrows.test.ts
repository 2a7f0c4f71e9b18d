import { beforeEach, describe, expect, it } from "vitest";
import { followArrows } from "./arrows";

let question: HTMLElement;
beforeEach(() => {
  document.body.innerHTML = `<main><h1 tabindex="-1">How?</h1><button class="same">Same</button>
    <button class="answer">Good</button><button class="answer">Bad</button><input /></main>`;
  question = document.querySelector("main")!;
  question.onkeydown = (event) => followArrows(event, question);
  question.querySelector("h1")!.focus();
});

const press = (key: string): string | null => {
  document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return document.activeElement!.textContent;
};

describe("arrow keys in a question", () => {
  it("go from the heading through its answers and stop at the last", () => {
    expect(["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"].map(press)).toEqual([
      "Same",
      "Good",
      "Bad",
      "Bad",
    ]);
    expect(press("ArrowUp")).toBe("Good");
  });

  it("leave a field that is being typed in, and every other key, alone", () => {
    expect(press("Tab")).toBe("How?");
    question.querySelector("input")!.focus();
    press("ArrowDown");
    expect(document.activeElement).toBe(question.querySelector("input"));
  });
});
