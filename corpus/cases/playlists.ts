import { readFile, writeFile } from 'node:fs/promises'
import { caseOf } from '../case'
import { bytes, clock, made, quickH264 } from '../inputs/make'
import { inside } from '../inputs/mp4-surgery'
import { fails, succeedsOr } from '../judging/expectations'
import { upload } from '../judging/trials'
import type { Lab } from '../lab'

const notMedia = fails(['media.notMedia', 'media.unsupported'])

/** A text that names other places. @param text is told the address of the trap */
const text = (fileName: string, write: (trap: string) => string) =>
  upload(fileName, (path, lab) => bytes(write(trapIn(lab)))(path), notMedia)

const trapIn = ({ world }: Lab): string => `127.0.0.1:${world.trap.port}`
const playlist = (...lines: readonly string[]): string =>
  ['#EXTM3U', '#EXT-X-VERSION:3', ...lines, '#EXT-X-ENDLIST', ''].join('\n')
const segment = (url: string): string => playlist('#EXT-X-TARGETDURATION:5', '#EXTINF:5,', url)
const manifest = (url: string): string =>
  `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT5S"><Period>` +
  `<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${url}</BaseURL></Representation>` +
  '</AdaptationSet></Period></MPD>'

/** Files that have others opened: 52 to 62. */
export const playlists = [
  caseOf({
    ...{ number: 52, title: 'HLS playlist to file:', made: 'a text named .mp4', quick: true },
    trials: () => [
      text('52-file.mp4', () => segment('file:///etc/passwd')),
      text('52-file.m3u8', () => segment('/etc/passwd')),
    ],
  }),
  caseOf({
    ...{ number: 53, title: 'HLS playlist to an address inside', made: 'a text named .mp4', quick: true },
    trials: () => [text('53-http.mp4', (trap) => segment(`http://${trap}/segment.ts`))],
  }),
  caseOf({
    ...{ number: 54, title: 'HLS master playlist to a child (CVE-2026-107697)', made: 'a text', quick: true },
    trials: () => [
      text('54-master.mp4', (trap) => playlist('#EXT-X-STREAM-INF:BANDWIDTH=1', `http://${trap}/child.m3u8`)),
      text('54-master.ts', (trap) => playlist('#EXT-X-STREAM-INF:BANDWIDTH=1', `http://${trap}/child.m3u8`)),
    ],
  }),
  caseOf({
    ...{ number: 55, title: 'HLS with the URL of a key', made: 'a text', quick: true },
    trials: () => [
      text('55-key.mp4', (trap) =>
        playlist(`#EXT-X-KEY:METHOD=AES-128,URI="http://${trap}/key"`, '#EXTINF:5,', 'x.ts'),
      ),
    ],
  }),
  caseOf({
    ...{ number: 56, title: 'HLS segments concat:, subfile: and data:', made: 'texts', quick: true },
    trials: () => [
      text('56-concat.mp4', (trap) => segment(`concat:http://${trap}/a|file:///etc/passwd`)),
      text('56-subfile.mp4', () => segment('subfile,,start,0,end,64,,:/etc/passwd')),
      text('56-data.mp4', () => segment('data:text/plain;base64,AAAA')),
    ],
  }),
  caseOf({
    ...{ number: 57, title: 'ffconcat: absolute, relative, http', made: 'texts', quick: true },
    trials: () => [
      text('57-absolute.mp4', () => "ffconcat version 1.0\nfile '/etc/passwd'\n"),
      text('57-relative.mp4', () => 'ffconcat version 1.0\nfile clip.mp4\n'),
      text('57-http.mp4', (trap) => `ffconcat version 1.0\nfile 'http://${trap}/x.mp4'\n`),
    ],
  }),
  caseOf({
    ...{ number: 58, title: 'MPD manifest', made: 'a text', quick: true },
    trials: () => [
      text('58-dash.mp4', (trap) => manifest(`http://${trap}/x.mp4`)),
      text('58-dash.mpd', (trap) => manifest(`http://${trap}/`)),
    ],
  }),
  caseOf({
    ...{ number: 59, title: 'SDP file', made: 'a text', quick: true },
    trials: () => [
      text(
        '59-session.mp4',
        () =>
          'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
      ),
      text(
        '59-session.sdp',
        () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n',
      ),
    ],
  }),
  caseOf({
    ...{ number: 60, title: 'AVI whose subtitle carries a playlist (GAB2)', made: 'a chunk put into an AVI' },
    decision: 'The film is taken, its subtitles are never looked at.',
    trials: () => [upload('60-gab2.avi', gab2, succeedsOr(['media.malformed'], { detail: 8 }))],
  }),
  caseOf({
    ...{ number: 61, title: 'MOV that refers to another file', made: 'url and alis entries in dref', quick: true },
    trials: () => [
      upload(
        '61-url.mov',
        clock((mov) => elsewhere(mov, 'url ')),
        foreign,
      ),
      upload(
        '61-alias.mov',
        clock((mov) => elsewhere(mov, 'alis')),
        foreign,
      ),
    ],
  }),
  caseOf({
    ...{ number: 62, title: '.txt and .nfo', made: 'texts, which ffmpeg would draw', quick: true },
    trials: () => [
      text('62-letter.txt', () => 'Dear friend,\n'.repeat(200)),
      text('62-letter.nfo', () => '\u2588\u2588 release \u2588\u2588\n'.repeat(200)),
    ],
  }),
]

const foreign = succeedsOr(['media.malformed', 'media.truncated'], {})

/** The one entry of the data references says another file instead of this one. */
function elsewhere(mov: Buffer, type: string): Buffer {
  const entry = inside(mov, 'dref') + 8
  mov.write(type, entry + 4, 'latin1')
  // The flag "in this file" goes.
  mov.writeUInt32BE(0, entry + 8)
  return mov
}

/** A film with a stream of text whose one chunk is a playlist. */
async function gab2(path: string, { world }: Lab): Promise<void> {
  await made('-f', 'lavfi', '-i', 'testsrc2=s=160x90:d=2:r=10', ...quickH264)(path)
  const list = Buffer.from(segment(`http://127.0.0.1:${world.trap.port}/subtitle`))
  const chunk = Buffer.concat([Buffer.from('GAB2\0\u0002\0\0\0\0\0\0\u0004\0', 'latin1'), list])
  const avi = await readFile(path)
  const movi = avi.indexOf('movi', 0, 'latin1') + 4
  const text = Buffer.concat([Buffer.from('02tx'), Buffer.alloc(4), chunk, Buffer.alloc(chunk.length % 2)])
  text.writeUInt32LE(chunk.length, 4)
  await writeFile(path, Buffer.concat([avi.subarray(0, movi), text, avi.subarray(movi)]))
}
