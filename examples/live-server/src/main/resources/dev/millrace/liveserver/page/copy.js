import { announce, setText } from './dom.js';

const COPIED_MILLIS = 2000;

/** Makes every copy button, of now and of later, copy the text before it. */
export function enableCopyButtons() {
  document.addEventListener('click', event => {
    const button = event.target.closest?.('button.copy');
    if (button) {
      copy(button);
    }
  });
}

async function copy(button) {
  const source = button.previousElementSibling;
  const copied = await write(source.textContent);
  if (!copied) {
    select(source);
  }
  setText(button, copied ? 'Copied' : 'Press Ctrl+C');
  announce(copied ? 'Copied' : 'The text is selected, press Control C to copy it');
  button.classList.add('is-done');
  setTimeout(() => {
    setText(button, 'Copy');
    button.classList.remove('is-done');
  }, COPIED_MILLIS);
}

/** Browsers give the clipboard to pages of https and of localhost only; the old way works on others. */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeBySelection(text);
  }
}

function writeBySelection(text) {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.className = 'unseen';
  area.value = text;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus({ preventScroll: true });
  }
}

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}
