/** Brings what has just appeared into view, clear of what stays at the edges of the screen. */
export function reveal(node: HTMLElement): void {
  // After the frame in which the screen has measured its foot.
  requestAnimationFrame(() => setTimeout(() => node.scrollIntoView({ block: "nearest" })));
}
