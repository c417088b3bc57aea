import { BitRateGraph } from './bitrate.js';
import { showDetails } from './details.js';
import { make, setText, setTexts } from './dom.js';
import { codecName, formatFacts, viewers, viewersByKind } from './facts.js';
import { Player } from './player.js';
import { Snapshot } from './snapshot.js';

/**
 * One stream in the list, from its start to its end. Updates change what is in the card; the card itself and a video in it stay the same.
 */
export class StreamCard {
  /** @type {HTMLElement} */
  element = document.getElementById('stream-card').content.firstElementChild.cloneNode(true);
  #stream;
  #onPlay;
  #onStop;
  #graph;
  #snapshot;
  #player = null;
  #failed = false;
  #ended = null;

  /**
   * @param {object} stream as the server lists it
   * @param {(card: StreamCard) => void} onPlay called when the viewer wants to play
   * @param {(card: StreamCard) => void} onStop called when the viewer wants no more
   */
  constructor(stream, onPlay, onStop) {
    this.#onPlay = onPlay;
    this.#onStop = onStop;
    this.element.dataset.streamId = stream.stream_id;
    this.#graph = new BitRateGraph(this.#find('.bitrate'), this.#find('.bitrate-now'));
    this.#snapshot = new Snapshot(this.#find('.stage'), () => setText(this.#find('.placeholder-text'), 'No preview for this codec'));
    this.#find('.play').addEventListener('click', () => this.#onPlay(this));
    this.#find('.close').addEventListener('click', () => this.#onStop(this));
    this.#find('.retry').addEventListener('click', () => this.retry());
    this.#find('.unmute').addEventListener('click', () => this.#unmute());
    this.#stream = stream;
    this.update(stream);
  }

  get id() {
    return this.#stream.stream_id;
  }

  /** The name people say. */
  get name() {
    const { app, key, stream_id: id } = this.#stream;
    return app && key ? `${app}/${key}` : id;
  }

  get isPlaying() {
    return this.#player !== null;
  }

  get isPlayable() {
    return Boolean(this.#stream.links?.hls);
  }

  get hasEnded() {
    return this.#ended !== null;
  }

  get viewers() {
    return this.hasEnded ? 0 : this.#stream.subscribers ?? 0;
  }

  /**
   * Shows what the server says now.
   * @param {object} stream
   */
  update(stream) {
    const restarted = stream.start_time !== this.#stream.start_time;
    const codecChanged = stream.video?.codec !== this.#stream.video?.codec;
    this.#stream = stream;
    if (restarted) {
      this.#graph.reset();
    }
    this.#graph.add(stream.bytes_received, performance.now());
    this.#show();
    this.#showPicture(restarted || codecChanged);
    if (this.hasEnded) {
      this.#revive();
    } else if (restarted && this.isPlaying) {
      this.#startOver();
    }
  }

  /** Plays in the place of the snapshot. */
  play() {
    const video = make('video', '');
    video.tabIndex = 0;
    video.playsInline = true;
    video.setAttribute('aria-label', `Live video of ${this.name}`);
    this.#find('.badge').before(video);
    this.#player = new Player(video, this.#stream.links.hls, news => this.#tell(news));
    this.#setPlaying(true);
    this.#player.start();
  }

  /** Goes back to the snapshot. */
  stop() {
    this.#player?.stop();
    this.#player = null;
    this.#find('video')?.remove();
    this.#setPlaying(false);
    this.#tell({ text: '', failed: false, mutedByBrowser: false });
  }

  /** Starts the player over if it has given up. */
  retry() {
    if (this.#failed && !this.hasEnded) {
      this.#startOver();
    }
  }

  /** Says that the stream has ended, and stops at the last picture. */
  end() {
    this.#player?.freeze();
    this.#tell({ text: '', failed: false, mutedByBrowser: false });
    this.#find('video').controls = false;
    this.#snapshot.pause(true);
    setText(this.#find('.close'), 'Close');
    this.#ended = make('p', 'ended', 'Stream ended');
    this.#find('.stage').append(this.#ended);
    this.element.classList.add('is-over');
  }

  /** Puts the keyboard's focus where a viewer goes on. */
  focus() {
    this.#find(this.isPlaying ? 'video' : '.play').focus({ preventScroll: true });
  }

  /** Takes the card away. */
  dispose() {
    this.#player?.stop();
    this.#snapshot.dispose();
    this.element.remove();
  }

  #startOver() {
    this.element.classList.remove('has-picture');
    this.#find('video').controls = false;
    this.#player.start();
  }

  #revive() {
    const wasPlaying = this.isPlaying;
    this.#ended.remove();
    this.#ended = null;
    this.element.classList.remove('is-over');
    this.stop();
    if (wasPlaying && this.isPlayable) {
      this.play();
    }
  }

  #show() {
    const stream = this.#stream;
    const { app, key } = stream;
    setText(this.#find('.app'), app && key ? `${app}/` : '');
    setText(this.#find('.key'), app && key ? key : stream.stream_id);
    this.#find('h3').title = this.name;
    this.element.setAttribute('aria-label', this.name);
    this.#find('.play').setAttribute('aria-label', `Play ${this.name}`);
    this.#find('.close').setAttribute('aria-label', `Stop playing ${this.name}`);
    setTexts(this.#find('.facts'), 'li', formatFacts(stream));
    setText(this.#find('.viewers-total'), viewers(stream.subscribers ?? 0));
    setText(this.#find('.viewers-kinds'), viewersByKind(stream.subscribers_by_kind));
    this.#find('.play').hidden = this.isPlaying || !this.isPlayable;
    this.#find('.unplayable').hidden = this.isPlayable;
    showDetails(this.#find('.more'), stream);
  }

  #showPicture(isNew) {
    const { video, audio, links } = this.#stream;
    setText(this.#find('.placeholder-codec'), codecName(video?.codec ?? audio?.codec));
    if (isNew || !video) {
      setText(this.#find('.placeholder-text'), video ? '' : audio ? 'Audio only' : 'Waiting for the first frame');
    }
    this.#snapshot.from(video ? links?.snapshot ?? '' : '');
    if (isNew) {
      this.#snapshot.reset();
    }
  }

  #setPlaying(playing) {
    this.element.classList.toggle('is-playing', playing);
    this.#find('.play').hidden = playing || !this.isPlayable;
    this.#find('.close').hidden = !playing;
    setText(this.#find('.close'), 'Stop');
    this.#snapshot.pause(playing || this.hasEnded);
  }

  #tell({ text, failed, mutedByBrowser }) {
    if (text !== undefined) {
      this.#failed = failed;
      setText(this.#find('.player-status p'), text);
      this.#find('.player-status').hidden = text === '';
      this.#find('.player-status').classList.toggle('is-failed', failed);
      this.#find('.retry').hidden = !failed;
      this.#showVideo(text === '' && this.isPlaying);
    }
    if (mutedByBrowser !== undefined) {
      this.#find('.unmute').hidden = !mutedByBrowser;
    }
  }

  /** The snapshot stands in until the video has a picture; controls without one are grey in some browsers. */
  #showVideo(plays) {
    if (plays) {
      this.element.classList.add('has-picture');
      this.#find('video').controls = true;
    } else if (!this.isPlaying) {
      this.element.classList.remove('has-picture');
    }
  }

  #unmute() {
    this.#find('video').muted = false;
    this.focus();
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }
}
