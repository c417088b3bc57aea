import { bitRate } from './facts.js';
import { setText } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const MAX_SAMPLES = 60;
const MIN_WINDOW_MILLIS = 30000;
const MAX_WINDOW_MILLIS = 120000;
/** Bursts at keyframes even out over this many polls. */
const SMOOTHED_SAMPLES = 4;
const WIDTH = 240;
const HEIGHT = 44;

/** Bit rates between polls, and their graph. */
export class BitRateGraph {
  #label;
  #svg = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', class: 'graph' });
  #area = svg('path', { class: 'graph-area' });
  #line = svg('path', { class: 'graph-line' });
  #last = null;
  #samples = [];

  /**
   * @param {Element} parent gets the graph
   * @param {Element} label says the bit rate of now
   */
  constructor(parent, label) {
    this.#label = label;
    this.#svg.append(this.#area, this.#line);
    parent.append(this.#svg);
    this.#draw();
  }

  /**
   * Takes the count of a poll.
   * @param {number} bytes received since the stream started
   * @param {number} nowMillis on a clock that never jumps
   */
  add(bytes, nowMillis) {
    if (!(bytes >= 0)) {
      return;
    }
    if (this.#last && bytes < this.#last.bytes) {
      this.reset();
    }
    const millis = this.#last ? nowMillis - this.#last.nowMillis : 0;
    if (this.#last && millis < 300) {
      return;
    }
    if (this.#last) {
      this.#samples.push({ nowMillis, millis, kilobits: (bytes - this.#last.bytes) * 8 / 1000 });
      this.#samples = this.#samples.slice(-MAX_SAMPLES).filter(sample => nowMillis - sample.nowMillis < MAX_WINDOW_MILLIS);
    }
    this.#last = { bytes, nowMillis };
    this.#draw();
  }

  /** Forgets all: the count starts anew. */
  reset() {
    this.#last = null;
    this.#samples = [];
  }

  #draw() {
    if (this.#samples.length === 0) {
      setText(this.#label, 'Measuring…');
      this.#svg.setAttribute('aria-label', 'Bit rate: not measured yet');
      this.#line.setAttribute('d', '');
      this.#area.setAttribute('d', '');
      return;
    }
    const rates = this.#samples.map(rateOf);
    const recent = this.#samples.slice(-SMOOTHED_SAMPLES);
    const now = bitRate(1000 * sum(recent, 'kilobits') / sum(recent, 'millis'));
    setText(this.#label, now);
    this.#svg.setAttribute('aria-label', `Bit rate lately: from ${bitRate(Math.min(...rates))} to ${bitRate(Math.max(...rates))}, now ${now}`);
    this.#drawLine(Math.max(...rates, 1) * 1.15);
  }

  #drawLine(top) {
    const [first] = this.#samples;
    const end = this.#samples.at(-1).nowMillis;
    const window = Math.max(end - first.nowMillis, MIN_WINDOW_MILLIS);
    const x = sample => (WIDTH - WIDTH * (end - sample.nowMillis) / window).toFixed(1);
    const y = sample => (HEIGHT - (HEIGHT - 2) * rateOf(sample) / top).toFixed(1);
    const line = this.#samples.map(sample => `${x(sample)} ${y(sample)}`).join('L');
    this.#line.setAttribute('d', `M${line}`);
    this.#area.setAttribute('d', `M${x(first)} ${HEIGHT}L${line}L${WIDTH} ${HEIGHT}Z`);
  }
}

function rateOf(sample) {
  return 1000 * sample.kilobits / sample.millis;
}

function sum(samples, field) {
  return samples.reduce((total, sample) => total + sample[field], 0);
}

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}
