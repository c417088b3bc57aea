import { make } from './dom.js';

const APP = 'live';
const USUAL_NAME = 'test123';

/**
 * Shows how to publish to this server, with the name that is typed in.
 * @param {{rtmp_port: number, publish_key: boolean}} server
 */
export function showPublishHelp(server) {
  const input = document.getElementById('publish-name');
  const show = () => fill(nameOf(input.value), server);
  document.getElementById('publish-key-note').hidden = !server.publish_key;
  input.oninput = show;
  show();
}

/**
 * The address of a stream as other machines reach it: the server may know itself by a name only it can use.
 * @param {string} address
 * @returns {string}
 */
export function reachable(address) {
  return address.replace(/^(rtmp:\/\/)(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?=[:/])/, `$1${hostName()}`);
}

function fill(name, server) {
  const key = server.publish_key ? `${name}?key=PUBLISH_KEY` : name;
  const address = `rtmp://${hostName()}:${server.rtmp_port}/${APP}`;
  const target = server.publish_key ? `"${address}/${key}"` : `${address}/${key}`;
  show('obs-server', address);
  show('obs-key', key);
  show('ffmpeg-test', 'ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -f lavfi -i sine -c:v libx264 -preset veryfast -tune zerolatency '
    + `-g 60 -pix_fmt yuv420p -c:a aac -f flv ${target}`);
  show('ffmpeg-file', `ffmpeg -re -stream_loop -1 -i video.mp4 -c:v libx264 -preset veryfast -g 60 -pix_fmt yuv420p -c:a aac -f flv ${target}`);
}

/** A long word breaks, an option like -c:v does not break at its hyphen. */
function show(id, command) {
  const words = command.split(' ').flatMap(word => [' ', make('span', '', word)]);
  document.getElementById(id).replaceChildren(...words.slice(1));
}

function hostName() {
  return location.hostname || 'localhost';
}

/** Only what no shell and no address gives a meaning of its own. */
function nameOf(typed) {
  return typed.replace(/[^\p{L}\p{N}._-]/gu, '') || USUAL_NAME;
}
