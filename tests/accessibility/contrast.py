"""Text that axe-core leaves unjudged ("incomplete"), judged by its computed colors: single digits and signs, text on
gradients, placeholders, and what ::before and ::after write."""

from playwright.sync_api import Page

ENOUGH, ENOUGH_FOR_LARGE = 4.5, 3.0
"""Contrast ratios of WCAG 2.2, 1.4.3. Large is 24 px, or 18.66 px and bold."""

_JUDGE = r"""([selectors, enough, enoughForLarge]) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  /** Any CSS color as red, green, blue (0 to 255) and alpha (0 to 1). */
  const rgba = color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) =>
    [r, g, b].map((part, place) => part * a + under[place] * (1 - a)).concat(1);
  const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  /** Small pictures that do not repeat, such as a select's arrow: they fill nothing behind the text. */
  const isMark = ({ backgroundRepeat, backgroundSize, fontSize }) =>
    backgroundRepeat.split(", ").every(one => one === "no-repeat") && backgroundSize.split(/,? /)
      .every(side => side.endsWith("px") && parseFloat(side) <= parseFloat(fontSize));
  /** The colors that may be behind this element: one, or one for each stop of a gradient. */
  const behind = element => {
    if (!element) return [rgba(getComputedStyle(document.documentElement).backgroundColor)
      .map((part, place) => place === 3 ? 1 : part)];
    const style = getComputedStyle(element);
    const color = rgba(style.backgroundColor);
    const image = isMark(style) ? "" : style.backgroundImage;
    const stops = image.match(/(?:rgba?|hsla?|oklch|oklab|color)\([^()]*\)/g) ?? [];
    const own = stops.length ? stops.map(rgba) : [color];
    if (own.every(([, , , alpha]) => alpha === 1)) return own;
    return behind(element.parentElement).flatMap(under => own.map(one => over(one, over(color, under))));
  };
  const opacity = element => element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
  const judged = [];
  const judge = (element, pseudo, name) => {
    const style = getComputedStyle(element, pseudo);
    const [r, g, b, a] = rgba(style.color);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const under = pseudo && rgba(style.backgroundColor)[3] === 1 ? [rgba(style.backgroundColor)] : behind(element);
    const worst = Math.min(...under.map(one => ratio(over([r, g, b, a * opacity(element)], one), one)));
    if (worst < (large ? enoughForLarge : enough)) judged.push(`${name}: contrast ${worst.toFixed(2)}`);
  };
  const written = (element, pseudo) => !['none', 'normal', '""'].includes(getComputedStyle(element, pseudo).content);
  for (const selector of selectors) {
    const element = document.querySelector(selector);
    if (!element || !element.checkVisibility()) continue;
    judge(element, null, selector);
  }
  for (const element of document.querySelectorAll("input, textarea"))
    if (element.placeholder.trim() && element.checkVisibility()) judge(element, "::placeholder", element.id);
  for (const element of document.querySelectorAll("body *"))
    for (const pseudo of ["::before", "::after"])
      if (element.checkVisibility() && !element.closest(".away") && written(element, pseudo)
          && /[\p{L}\p{N}]/u.test(getComputedStyle(element, pseudo).content))
        judge(element, pseudo, `${element.localName}.${element.className}${pseudo}`);
  return judged;
}"""


def low_contrast(page: Page, unjudged: list[str]) -> list[str]:
    """What has too little contrast by its computed colors: of these elements, placeholders and generated words."""
    found: list[str] = page.evaluate(_JUDGE, [unjudged, ENOUGH, ENOUGH_FOR_LARGE])
    return found
