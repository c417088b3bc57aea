import { make, setText } from './dom.js';
import { bitRate } from './facts.js';
import { reachable } from './publish.js';

/**
 * Fills the part of a card that is folded away: what else is known of the stream, and its addresses for other players.
 * @param {Element} parent
 * @param {object} stream
 */
export function showDetails(parent, stream) {
  fill(parent.querySelector('.details'), knownOf(stream), name => [make('dt', '', name), make('dd', 'value')]);
  fill(parent.querySelector('.copies'), addressesOf(stream.links ?? {}), addressRow);
}

/** Keeps the rows that are there: somebody may be selecting or copying. */
function fill(list, rows, makeRow) {
  const names = rows.map(([name]) => name).join();
  if (list.dataset.rows !== names) {
    list.dataset.rows = names;
    list.replaceChildren(...rows.flatMap(([name]) => makeRow(name)));
  }
  list.querySelectorAll('.value').forEach((value, i) => setText(value, rows[i][1]));
}

function knownOf(stream) {
  const { video, audio, publisher } = stream;
  return [
    ['Live for', duration(stream.uptime_ms ?? Date.now() - Date.parse(stream.start_time))],
    ['Video bit rate', video?.bitrate_kbps > 0 ? bitRate(video.bitrate_kbps) : ''],
    ['Audio bit rate', audio?.bitrate_kbps > 0 ? bitRate(audio.bitrate_kbps) : ''],
    ['Keyframes', video?.keyframe_interval_ms > 0 ? `every ${Number((video.keyframe_interval_ms / 1000).toFixed(2))} s` : ''],
    ['Frames lost', stream.lost_frames > 0 ? String(stream.lost_frames) : ''],
    ['Encoder', publisher?.encoder ?? ''],
    ['Publisher', publisher?.address ?? ''],
  ].filter(([, value]) => value !== '');
}

function addressesOf({ rtmp, hls, flv }) {
  return [
    ['RTMP', rtmp && reachable(rtmp)],
    ['HLS', hls && new URL(hls, location.href).href],
    ['HTTP-FLV', flv && new URL(flv, location.href).href],
  ].filter(([, address]) => address);
}

function addressRow(name) {
  const row = make('dd', '');
  const button = make('button', 'copy', 'Copy');
  button.type = 'button';
  button.setAttribute('aria-label', `Copy the ${name} address`);
  row.append(make('code', 'value'), button);
  return [make('dt', '', name), row];
}

/** Coarse on purpose: a clock that jumps by two seconds draws the eye. */
function duration(millis) {
  const minutes = Math.floor(millis / 60000);
  if (!(minutes >= 0)) {
    return '';
  }
  if (minutes < 1) {
    return 'less than a minute';
  }
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
