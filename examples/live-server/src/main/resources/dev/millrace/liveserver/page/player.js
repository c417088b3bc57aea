/* global Hls */

/** How long a playlist that is not there is taken for one that is not there yet. */
const WARM_UP_MILLIS = 60000;
const WARM_UP_RETRY_MILLIS = 1000;
const MAX_FAILURES = 6;
const MAX_BACK_OFF_MILLIS = 8000;
/** Media failures this far apart have nothing to do with each other. */
const MEDIA_FAILURE_MILLIS = 30000;
/** A viewer who paused longer goes on at the live edge. */
const MAX_BEHIND_SECONDS = 15;
const NATIVE_TYPE = 'application/vnd.apple.mpegurl';
const NOT_THERE_YET = [404, 503, 504];
const WRONG_CODEC = ['manifestIncompatibleCodecsError', 'bufferAddCodecError', 'bufferIncompatibleCodecsError'];

/**
 * Plays a live HLS playlist in a video element, with hls.js or with the browser's own HLS, and gets over what can be got over.
 * A player is used once: it ends with {@link Player#stop} or {@link Player#freeze}.
 */
export class Player {
  #video;
  #url;
  #report;
  #listeners = new AbortController();
  #hls = null;
  #timer = 0;
  #startedAt = 0;
  #hasPlayed = false;
  #failures = 0;
  #mediaFailures = 0;
  #mediaFailedAt = 0;

  /**
   * @param {HTMLVideoElement} video
   * @param {string} url of the playlist
   * @param {(news: {text?: string, failed?: boolean, mutedByBrowser?: boolean}) => void} report gets what changed of what the viewer should
   *     know; the text is empty while all is well
   */
  constructor(video, url, report) {
    this.#video = video;
    this.#url = url;
    this.#report = report;
    const on = (event, listener) => video.addEventListener(event, listener, { signal: this.#listeners.signal });
    on('playing', () => this.#playing());
    on('waiting', () => this.#say(this.#hasPlayed ? 'Buffering…' : 'Starting…'));
    on('loadeddata', () => this.#play());
    on('play', () => this.#catchUp());
    on('volumechange', () => video.muted || this.#report({ mutedByBrowser: false }));
    on('error', () => this.#hls || this.#nativeFailure());
  }

  /** Starts, or starts over: after a failure, or because the stream is a new one. */
  start() {
    this.#startedAt = performance.now();
    this.#hasPlayed = false;
    this.#failures = 0;
    this.#mediaFailures = 0;
    this.#say('Starting…');
    this.#load();
    this.#play();
  }

  /** Stops at the picture it shows. */
  freeze() {
    clearTimeout(this.#timer);
    this.#listeners.abort();
    this.#hls?.stopLoad();
    this.#video.pause();
  }

  /** Stops and lets everything go. */
  stop() {
    this.freeze();
    this.#unload();
  }

  #load() {
    this.#unload();
    if (window.Hls?.isSupported()) {
      this.#hls = new Hls({ backBufferLength: 30, liveDurationInfinity: true });
      this.#hls.on(Hls.Events.ERROR, (event, data) => data.fatal && this.#hlsFailure(data));
      this.#hls.on(Hls.Events.FRAG_BUFFERED, () => { this.#failures = 0; });
      this.#hls.loadSource(this.#url);
      this.#hls.attachMedia(this.#video);
    } else if (this.#video.canPlayType(NATIVE_TYPE)) {
      this.#video.src = this.#url;
    } else {
      this.#fail('This browser plays no HLS.');
    }
  }

  #unload() {
    clearTimeout(this.#timer);
    this.#hls?.destroy();
    this.#hls = null;
    if (this.#video.hasAttribute('src')) {
      this.#video.removeAttribute('src');
      this.#video.load();
    }
  }

  async #play() {
    try {
      await this.#video.play();
    } catch (refusal) {
      if (refusal.name === 'NotAllowedError' && !this.#video.muted) {
        this.#video.muted = true;
        this.#report({ mutedByBrowser: true });
        this.#play();
      }
    }
  }

  #playing() {
    this.#hasPlayed = true;
    this.#say('');
  }

  #catchUp() {
    const edge = this.#hls ? this.#hls.liveSyncPosition : this.#nativeEdge();
    if (edge && edge - this.#video.currentTime > MAX_BEHIND_SECONDS) {
      this.#video.currentTime = edge;
    }
  }

  #nativeEdge() {
    const { seekable } = this.#video;
    return seekable.length > 0 ? seekable.end(seekable.length - 1) - 3 : 0;
  }

  #hlsFailure({ type, details, response }) {
    if (WRONG_CODEC.includes(details)) {
      this.#fail('This browser cannot play the codecs of this stream.');
    } else if (type === Hls.ErrorTypes.NETWORK_ERROR) {
      this.#networkFailure(NOT_THERE_YET.includes(response?.code) || details === Hls.ErrorDetails.MANIFEST_LOAD_TIMEOUT);
    } else if (type === Hls.ErrorTypes.MEDIA_ERROR) {
      this.#mediaFailure();
    } else {
      this.#fail('The player failed.');
    }
  }

  /** The browser's own HLS does not say what went wrong. */
  #nativeFailure() {
    if (this.#video.error?.code === MediaError.MEDIA_ERR_DECODE) {
      this.#fail('This browser cannot play this stream.');
    } else {
      this.#networkFailure(true);
    }
  }

  #networkFailure(mayBeEarly) {
    if (mayBeEarly && !this.#hasPlayed && performance.now() - this.#startedAt < WARM_UP_MILLIS) {
      this.#say('Starting… waiting for the first segment');
      this.#later(WARM_UP_RETRY_MILLIS, () => this.#load());
      return;
    }
    this.#failures++;
    if (this.#failures > MAX_FAILURES) {
      this.#fail('The stream could not be loaded.');
      return;
    }
    this.#say('Connecting again…');
    const again = this.#failures === 1 && this.#hasPlayed && this.#hls ? () => this.#hls.startLoad() : () => this.#load();
    this.#later(Math.min(1000 * 2 ** (this.#failures - 1), MAX_BACK_OFF_MILLIS), again);
  }

  #mediaFailure() {
    const now = performance.now();
    this.#mediaFailures = now - this.#mediaFailedAt > MEDIA_FAILURE_MILLIS ? 1 : this.#mediaFailures + 1;
    this.#mediaFailedAt = now;
    if (this.#mediaFailures > 3) {
      this.#fail('This browser cannot play this stream.');
      return;
    }
    if (this.#mediaFailures === 2) {
      this.#hls.swapAudioCodec();
    }
    this.#hls.recoverMediaError();
  }

  #later(millis, task) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(task, millis);
  }

  #fail(text) {
    this.#unload();
    this.#report({ text, failed: true });
  }

  #say(text) {
    this.#report({ text, failed: false });
  }
}
