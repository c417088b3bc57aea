const REFRESH_MILLIS = 5000;
/** Until the first picture: a stream has none before its first keyframe. */
const FIRST_MILLIS = 2000;
const TIMEOUT_MILLIS = 8000;
/** Few widths, so that the server scales a keyframe few times. */
const NARROW_WIDTH = 640;
const WIDE_WIDTH = 1280;

/** The still picture of a stream: asked for again and again while it can be seen, and swapped in only when it is decoded. */
export class Snapshot {
  #stage;
  #onRefused;
  #url = '';
  #image = null;
  #visible = false;
  #paused = false;
  #refused = false;
  #loading = false;
  #loadedAt = -REFRESH_MILLIS;
  #timer = 0;
  #observer = new IntersectionObserver(entries => this.#see(entries.at(-1).isIntersecting), { rootMargin: '100px' });

  /**
   * @param {Element} stage gets the picture
   * @param {() => void} onRefused called when the server cannot decode the codec (501)
   */
  constructor(stage, onRefused) {
    this.#stage = stage;
    this.#onRefused = onRefused;
    this.#observer.observe(stage);
  }

  /**
   * Takes pictures from here, from now on.
   * @param {string} url empty for none
   */
  from(url) {
    if (url !== this.#url) {
      this.#url = url;
      this.reset();
    }
  }

  /** Asks again, even after a refusal: the stream is another one. */
  reset() {
    this.#refused = false;
    this.#next(0);
  }

  /** @param {boolean} paused true while something covers the picture */
  pause(paused) {
    if (paused !== this.#paused) {
      this.#paused = paused;
      this.#next(0);
    }
  }

  /** Lets everything go. */
  dispose() {
    this.#observer.disconnect();
    this.#paused = true;
    clearTimeout(this.#timer);
    this.#swap(null);
  }

  #see(visible) {
    this.#visible = visible;
    this.#next(this.#loadedAt + REFRESH_MILLIS - performance.now());
  }

  #next(millis) {
    clearTimeout(this.#timer);
    if (this.#visible && !this.#paused && !this.#refused && this.#url !== '') {
      this.#timer = setTimeout(() => this.#refresh(), millis);
    }
  }

  async #refresh() {
    if (!this.#loading && !document.hidden) {
      this.#loading = true;
      await this.#load().catch(() => { /* the next one may come */ });
      this.#loading = false;
    }
    this.#next(this.#image ? REFRESH_MILLIS : FIRST_MILLIS);
  }

  async #load() {
    const from = this.#url;
    const width = this.#stage.clientWidth * window.devicePixelRatio > NARROW_WIDTH ? WIDE_WIDTH : NARROW_WIDTH;
    const response = await fetch(`${from}?width=${width}`, { cache: 'no-cache', signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
    if (response.status === 501) {
      this.#refused = true;
      this.#swap(null);
      this.#onRefused();
    }
    if (!response.ok) {
      return;
    }
    const image = new Image();
    image.className = 'snapshot';
    image.alt = '';
    image.src = URL.createObjectURL(await response.blob());
    await image.decode().catch(failure => {
      URL.revokeObjectURL(image.src);
      throw failure;
    });
    if (from === this.#url) {
      this.#swap(image);
      this.#loadedAt = performance.now();
    }
  }

  #swap(image) {
    const old = this.#image;
    this.#image = image;
    if (old && image) {
      old.replaceWith(image);
    } else if (image) {
      this.#stage.querySelector('.placeholder').after(image);
    } else {
      old?.remove();
    }
    if (old) {
      URL.revokeObjectURL(old.src);
    }
  }
}
