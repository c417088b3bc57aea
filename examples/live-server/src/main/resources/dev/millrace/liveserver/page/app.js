import { StreamCard } from './card.js';
import { enableCopyButtons } from './copy.js';
import { announce, setText } from './dom.js';
import { viewers } from './facts.js';
import { showPublishHelp } from './publish.js';
import { StreamWatch, USUAL_SERVER, fetchServer } from './streams.js';

/** How long a card that played stays after the end of its stream. */
const ENDED_MILLIS = 10000;

const byId = id => document.getElementById(id);
const list = byId('streams');
/** @type {Map<string, {card: StreamCard, goesAt: number}>} by stream, in the order of the page; the number is a timer, 0 while it is live */
const shown = new Map();
let wanted = '';
let isFirstList = true;
let isLost = false;

const watch = new StreamWatch(showStreams, showLost);

function showStreams(streams) {
  showFound();
  const live = new Map(streams.map(stream => [stream.stream_id, stream]));
  const news = [...endMissing(live), ...showLive(live)];
  if (!isFirstList && news.length > 0) {
    announce(news.length > 3 ? `${live.size} streams are live` : news.join('. '));
  }
  isFirstList = false;
  playWanted();
  showSummary();
}

function showLive(live) {
  const news = [];
  let previous = null;
  for (const stream of live.values()) {
    let entry = shown.get(stream.stream_id);
    if (entry) {
      clearTimeout(entry.goesAt);
      entry.goesAt = 0;
      entry.card.update(stream);
    } else {
      entry = { card: new StreamCard(stream, play, stop), goesAt: 0 };
      shown.set(stream.stream_id, entry);
      news.push(`${entry.card.name} is live`);
      // An existing card never moves in the document: that would pause its video.
      previous ? previous.after(entry.card.element) : list.prepend(entry.card.element);
    }
    previous = entry.card.element;
  }
  return news;
}

function endMissing(live) {
  const news = [];
  for (const [id, entry] of shown) {
    if (!live.has(id) && !entry.card.hasEnded) {
      news.push(`${entry.card.name} has ended`);
      if (entry.card.isPlaying) {
        entry.card.end();
        entry.goesAt = setTimeout(() => remove(id), ENDED_MILLIS);
      } else {
        remove(id);
      }
    }
  }
  return news;
}

function remove(id) {
  const { card } = shown.get(id);
  const hadFocus = card.element.contains(document.activeElement);
  if (card.isPlaying) {
    setHash('');
  }
  card.dispose();
  shown.delete(id);
  if (hadFocus) {
    byId('streams-title').focus();
  }
  showSummary();
}

function play(card) {
  start(card);
  card.focus();
}

function start(card) {
  for (const other of shown.values()) {
    if (other.card.isPlaying && other.card !== card) {
      other.card.stop();
    }
  }
  setWanted('');
  setHash(card.id);
  card.play();
}

function stop(card) {
  setHash('');
  card.stop();
  card.focus();
  if (card.hasEnded) {
    clearTimeout(shown.get(card.id).goesAt);
    remove(card.id);
  }
}

/** A link to a stream plays it, now or when it is live. */
function followHash() {
  const id = hashId();
  if (id !== '' && !document.getElementById(id)) {
    setWanted(id);
    playWanted();
  }
}

function playWanted() {
  const card = shown.get(wanted)?.card;
  if (card && !card.hasEnded && card.isPlayable) {
    if (card.isPlaying) {
      setWanted('');
    } else {
      start(card);
    }
    card.element.scrollIntoView({ block: 'nearest' });
  }
  byId('waiting').hidden = wanted === '' || isFirstList || shown.has(wanted);
}

function setWanted(id) {
  wanted = id;
  setText(byId('waiting-name'), id);
  byId('waiting').hidden = id === '' || isFirstList || shown.has(id);
}

function hashId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

function setHash(id) {
  const hash = id.split('/').map(encodeURIComponent).join('/');
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}

function showSummary() {
  const live = [...shown.values()].map(entry => entry.card).filter(card => !card.hasEnded);
  const watching = live.reduce((sum, card) => sum + card.viewers, 0);
  const streams = live.length === 1 ? '1 stream' : `${live.length} streams`;
  setText(byId('summary'), live.length > 0 ? `${streams}, ${viewers(watching).toLowerCase()}` : '');
  byId('empty').hidden = shown.size > 0;
  document.title = live.length > 0 ? `(${live.length}) Millrace LiveServer` : 'Millrace LiveServer';
}

function showLost() {
  isLost = true;
  document.body.classList.add('is-lost');
  setText(byId('connection'), 'Connection to the server lost. Trying again…');
}

function showFound() {
  if (isLost) {
    isLost = false;
    document.body.classList.remove('is-lost');
    setText(byId('connection'), '');
    shown.forEach(({ card }) => card.retry());
    fetchServer().then(showServer);
  }
}

function showServer(server) {
  setText(byId('version'), server.version);
  showPublishHelp(server);
}

enableCopyButtons();
byId('waiting-dismiss').addEventListener('click', () => {
  setWanted('');
  setHash('');
});
window.addEventListener('hashchange', followHash);
followHash();
watch.start();
showServer(USUAL_SERVER);
fetchServer().then(showServer);
