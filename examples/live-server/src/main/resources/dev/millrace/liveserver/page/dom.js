/** Small helpers for the document. All text goes in by textContent: it comes from encoders nobody knows. */

/**
 * Makes an element.
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 * @returns {HTMLElement}
 */
export function make(tag, className, text = '') {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/**
 * Sets a text unless it is there already, so that a selection and a screen reader's place survive an update.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Makes the children say these texts, keeping those that do already.
 * @param {Element} parent
 * @param {string} tag of a child
 * @param {string[]} texts
 */
export function setTexts(parent, tag, texts) {
  while (parent.children.length > texts.length) {
    parent.lastElementChild.remove();
  }
  texts.forEach((text, i) => {
    if (parent.children[i]) {
      setText(parent.children[i], text);
    } else {
      parent.append(make(tag, '', text));
    }
  });
}

/**
 * Says something to users of screen readers.
 * @param {string} text
 */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
