/**
 * Keeps live words true on a page that the browser translates. A browser puts <font> elements in the place of a text;
 * what is written into that text afterwards is not seen. Such a text is put back, and the browser translates it again.
 * Values that change often have translate="no" instead and are left alone.
 */
export function keepLiveWords(root: Node): MutationObserver {
  const standIns = new WeakMap<Node, ChildNode>();
  const rewritten = new MutationObserver((records) => {
    for (const { target } of records) {
      const standIn = standIns.get(target);
      if (standIn?.isConnected && !target.isConnected) standIn.replaceWith(target);
      standIns.delete(target);
    }
  });
  const isFont = (node: Node | null): node is ChildNode => node?.nodeName === "FONT";
  const watch = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      const [text] = removedNodes;
      const standIn = [...addedNodes, previousSibling, nextSibling].find(isFont);
      if (text?.nodeType !== Node.TEXT_NODE || !standIn) continue;
      standIns.set(text, standIn);
      rewritten.observe(text, { characterData: true });
    }
  });
  watch.observe(root, { childList: true, subtree: true });
  return watch;
}
