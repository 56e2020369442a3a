/** Elements from words: what a cell holds becomes text and never markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element. Strings and numbers among the children become text nodes; null and false are
 * left out. `on` holds listeners; a property that is false or null is no attribute.
 */
export function h(tag, props, ...children) {
  return filled(document.createElement(tag), props, children);
}

/** Make an SVG element, as `h`. */
export function svg(tag, props, ...children) {
  return filled(document.createElementNS(SVG, tag), props, children);
}

/** Replace what an element holds. */
export function put(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

function filled(element, props, children) {
  for (const [key, value] of Object.entries(props || {})) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (key === "value" || key === "checked" || key === "indeterminate") {
      element[key] = value;
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Say something to a screen reader, without moving the focus. */
export function say(text) {
  const place = document.getElementById("say");
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = text; });
}

/**
 * Draw anew without losing the reader's place: the element that had the focus has it again, told
 * by its `data-key`, and what was typed into it stands.
 */
export function keepingFocus(draw) {
  const held = document.activeElement;
  const key = held?.dataset?.key;
  const range = key && "selectionStart" in held ? [held.selectionStart, held.selectionEnd] : null;
  draw();
  if (!key) return;
  const again = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (!again || again === document.activeElement) return;
  again.focus({preventScroll: true});
  try { if (range && range[0] !== null) again.setSelectionRange(...range); } catch { /* no text field */ }
}
