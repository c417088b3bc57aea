/** Asks the server for its streams, again and again. */

const STREAMS_URL = '/api/v1/rtmp/streams';
const SERVER_URL = '/api/v1/server';
const POLL_MILLIS = 2000;
const FAST_POLL_MILLIS = 1000;
/** Changes come in groups: a stream starts, its codecs become known, viewers arrive. */
const FAST_POLLS = 5;
const MAX_BACK_OFF_MILLIS = 15000;
const TIMEOUT_MILLIS = 8000;

/** A server as most are, until it says what it is. */
export const USUAL_SERVER = { version: '', rtmp_port: 1935, publish_key: false };

/**
 * What the server says about itself, or what is most likely if it does not.
 * @returns {Promise<{version: string, rtmp_port: number, publish_key: boolean}>}
 */
export async function fetchServer() {
  try {
    return { ...USUAL_SERVER, ...await fetchJson(SERVER_URL, AbortSignal.timeout(TIMEOUT_MILLIS)) };
  } catch {
    return USUAL_SERVER;
  }
}

/**
 * Polls while the page is visible: every 2 s, every second just after a change, less often while the server is away.
 */
export class StreamWatch {
  #onStreams;
  #onLost;
  #timer = 0;
  #request = null;
  #signature = '';
  #fastPolls = 0;
  #failures = 0;

  /**
   * @param {(streams: object[]) => void} onStreams gets each list
   * @param {() => void} onLost called when the server does not answer
   */
  constructor(onStreams, onLost) {
    this.#onStreams = onStreams;
    this.#onLost = onLost;
  }

  /** Polls from now on. */
  start() {
    document.addEventListener('visibilitychange', () => document.hidden ? this.#pause() : this.poll());
    window.addEventListener('online', () => this.poll());
    this.poll();
  }

  /** Asks now instead of later. */
  async poll() {
    clearTimeout(this.#timer);
    if (this.#request || document.hidden) {
      return;
    }
    const request = new AbortController();
    this.#request = request;
    const streams = await this.#ask(request);
    if (this.#request !== request) {
      return;
    }
    this.#request = null;
    this.#timer = setTimeout(() => this.poll(), streams ? this.#intervalAfter(streams) : this.#backOff());
    if (streams) {
      this.#onStreams(streams);
    } else {
      this.#onLost();
    }
  }

  #pause() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#request = null;
  }

  async #ask(request) {
    const timeout = setTimeout(() => request.abort(), TIMEOUT_MILLIS);
    try {
      const { streams } = await fetchJson(STREAMS_URL, request.signal);
      return streams.filter(stream => typeof stream?.stream_id === 'string');
    } catch {
      return undefined;
    } finally {
      clearTimeout(timeout);
    }
  }

  #intervalAfter(streams) {
    const signature = JSON.stringify(streams.map(s => [s.stream_id, s.start_time, s.video?.codec, s.video?.width, s.audio?.codec, s.subscribers]));
    this.#failures = 0;
    this.#fastPolls = signature === this.#signature ? this.#fastPolls - 1 : FAST_POLLS;
    this.#signature = signature;
    return this.#fastPolls > 0 ? FAST_POLL_MILLIS : POLL_MILLIS;
  }

  #backOff() {
    this.#failures++;
    return Math.min(FAST_POLL_MILLIS * 2 ** (this.#failures - 1), MAX_BACK_OFF_MILLIS);
  }
}

async function fetchJson(url, signal) {
  const response = await fetch(url, { signal, cache: 'no-store', headers: { Accept: 'application/json' } });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return response.json();
}
