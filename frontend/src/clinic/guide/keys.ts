/** Which answer a key means inside one question, and what it does. Pure: the list moves the focus. */

export type Meant = "yes" | "no" | "take_back" | "next" | "previous" | null;
type Press = { key: string; ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean };

/** `letters`: single-letter keys may be switched off by people who dictate. Up and down go from question to
    question; the other arrows and Space are the browser's own. */
export function meantBy(press: Press, letters: boolean): Meant {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === "ArrowDown") return "next";
  if (press.key === "ArrowUp") return "previous";
  if (press.key === "Backspace" || press.key === "Delete") return "take_back";
  if (!letters) return null;
  const key = press.key.toLowerCase();
  return key === "y" ? "yes" : key === "n" ? "no" : null;
}
