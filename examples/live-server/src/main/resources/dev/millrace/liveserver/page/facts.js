/** What is known of a stream, in words. Unknown facts are left out. */

const CODEC_NAMES = {
  avc: 'H.264', hevc: 'HEVC', vvc: 'VVC', av1: 'AV1', vp8: 'VP8', vp9: 'VP9', aac: 'AAC', mp3: 'MP3', opus: 'Opus', flac: 'FLAC', 'ac-3': 'AC-3',
  'ec-3': 'E-AC-3', pcm: 'PCM', adpcm: 'ADPCM', 'g711-alaw': 'G.711 A-law', 'g711-ulaw': 'G.711 µ-law', speex: 'Speex', nellymoser: 'Nellymoser',
};
const SUBSCRIBER_NAMES = { rtmp: 'RTMP', http_flv: 'HTTP-FLV', hls: 'HLS' };
const CHANNEL_NAMES = { 1: 'mono', 2: 'stereo', 6: '5.1', 8: '7.1' };

/**
 * @param {string} codec name the server gives
 * @returns {string} name people know
 */
export function codecName(codec) {
  return Object.hasOwn(CODEC_NAMES, codec) ? CODEC_NAMES[codec] : String(codec ?? '').toUpperCase();
}

/**
 * @param {object} stream
 * @returns {string[]} codec facts, short
 */
export function formatFacts({ video, audio }) {
  const facts = [];
  if (video) {
    facts.push(words(codecName(video.codec), video.profile));
    if (video.width > 0 && video.height > 0) {
      facts.push(`${video.width}×${video.height}`);
    }
    if (video.frame_rate > 0) {
      facts.push(`${Number(video.frame_rate.toFixed(2))} fps`);
    }
  }
  if (audio) {
    const rate = audio.sample_rate > 0 ? `${Number((audio.sample_rate / 1000).toFixed(2))} kHz` : '';
    const channels = audio.channels > 0 ? CHANNEL_NAMES[audio.channels] ?? `${audio.channels} channels` : '';
    facts.push(words(codecName(audio.codec), rate, channels));
  }
  return facts.filter(fact => fact !== '');
}

/**
 * @param {number} kbps
 * @returns {string}
 */
export function bitRate(kbps) {
  return kbps < 1000 ? `${Math.round(kbps)} kbit/s` : `${(kbps / 1000).toFixed(kbps < 10000 ? 2 : 1)} Mbit/s`;
}

/**
 * @param {number} count
 * @returns {string}
 */
export function viewers(count) {
  return count === 1 ? '1 viewer' : `${count > 0 ? count : 'No'} viewers`;
}

/**
 * @param {object} counts viewers by kind
 * @returns {string}
 */
export function viewersByKind(counts) {
  return Object.entries(counts ?? {})
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${Object.hasOwn(SUBSCRIBER_NAMES, kind) ? SUBSCRIBER_NAMES[kind] : kind}`)
    .join(' · ');
}

function words(...parts) {
  return parts.filter(part => part).join(' ');
}
