import { t } from "../../lib/texts";

/** The link that calls a number, "555 0142" gives "tel:5550142". */
export function telephone(number: string): string {
  return `tel:${number.replace(/[^\d+*#]/g, "")}`;
}

/** The number as it is shown: never broken over two lines. */
export function unbroken(number: string): string {
  return number.replaceAll(" ", "\u00a0");
}

/** "24 h: 555 0142" for the care line, which is answered at all hours; "Now: 555 0143" for the line of these hours. */
export function lineWords(line: string, careLine: string): string {
  return t(line === careLine ? "grab.line" : "grab.line_now", { number: unbroken(line) });
}
