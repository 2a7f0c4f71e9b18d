/** Which act a key means, and when it means nothing. Pure: the page says where the focus is. */

export type Act =
  | "next"
  | "previous"
  | "acknowledge"
  | "acknowledge_all"
  | "record_all"
  | "why"
  | "sound"
  | "call"
  | "record"
  | "open"
  | "find"
  | "keys"
  | "table"
  | "grade"
  | "take_over"
  | "mine"
  | "unassigned"
  | "resolved"
  | "worklist";
export type Page = "worklist" | "patients" | "patient" | "treatment" | "threads" | "thread" | "roster";

/** Names of keys that act on alerts and patients: not shown to who may only look. */
export const ACT_KEYS: ReadonlySet<string> = new Set(
  [
    "acknowledge",
    "acknowledge_all",
    "call",
    "record",
    "record_all",
    "take_over",
    "grade",
    "grade_long",
    "resolve",
  ].map((name) => `keys.${name}`),
);

export interface Where {
  page: Page;
  /** text: the key is being typed; control: a button or link has the focus; row, page: nothing else wants the key. */
  focus: "text" | "control" | "row" | "page";
  dialogOpen: boolean;
  /** Single-letter keys can be switched off by people who dictate. */
  letters: boolean;
}

export interface Press {
  key: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  shiftKey?: boolean;
}

const EVERYWHERE: Record<string, Act> = { w: "worklist", "/": "find", "?": "keys" };
const LETTERS: Record<Page, Record<string, Act>> = {
  worklist: {
    j: "next",
    k: "previous",
    a: "acknowledge",
    c: "call",
    r: "record",
    o: "take_over",
    m: "mine",
    u: "unassigned",
    x: "why",
    s: "sound",
    d: "resolved",
    "/": "find",
    "?": "keys",
  },
  patients: EVERYWHERE,
  patient: {
    ...EVERYWHERE,
    a: "acknowledge",
    c: "call",
    r: "record",
    o: "take_over",
    g: "grade",
    t: "table",
  },
  roster: EVERYWHERE,
  threads: EVERYWHERE,
  thread: EVERYWHERE,
  treatment: EVERYWHERE,
};
/** With Shift, the same for all alerts of the patient. No other letter means anything with Shift. */
const WITH_SHIFT: Partial<Record<Act, Act>> = { acknowledge: "acknowledge_all", record: "record_all" };
const MOVES: Record<string, Act> = { ArrowDown: "next", ArrowUp: "previous", Enter: "open" };

export function actOf(press: Press, where: Where): Act | null {
  if (where.dialogOpen || where.focus === "text" || press.ctrlKey || press.metaKey || press.altKey)
    return null;
  if (where.page === "worklist" && where.focus !== "control") {
    const move = MOVES[press.key];
    if (move) return move;
  }
  if (!where.letters) return null;
  const act = LETTERS[where.page][press.key.toLowerCase()] ?? null;
  if (!press.shiftKey || act === "keys" || act === "find") return act;
  return (act && WITH_SHIFT[act]) ?? null;
}

/** What a digit chooses, or that a letter is meant for the note, in a panel whose focus stands in no field. */
export function meantInPanel(
  press: Press,
  where: { typing: boolean; letters: boolean },
): "digit" | "note" | null {
  if (where.typing || !where.letters || press.ctrlKey || press.metaKey || press.altKey) return null;
  if (/^[1-9]$/.test(press.key)) return "digit";
  return /^\p{L}$/u.test(press.key) ? "note" : null;
}

/** Whether a key pressed here writes something. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")
  );
}

/** Where the focus is, as far as keys are concerned. */
export function focusKind(element: Element | null): Where["focus"] {
  if (!element || element === document.body) return "page";
  if (element.matches("input, textarea, select, [contenteditable]")) return "text";
  if (element.matches("tr")) return "row";
  return element.matches("button, a, summary") ? "control" : "page";
}
