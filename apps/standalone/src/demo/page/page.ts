import { pageStyle } from './page-style'
import type { SpriteCue } from '../results/sprite-cues'

export interface PageFigure {
  /** Relative to the page, with slashes. */
  readonly path: string
  readonly caption: string
  readonly widthPx: number
  readonly heightPx: number
}

export interface PageSection {
  readonly title: string
  /** Why the task failed; absent when it did not. */
  readonly fault?: string
  readonly figures: readonly PageFigure[]
  /** Present for sprites: the cells, their sheets relative to the page. */
  readonly cues?: readonly SpriteCue[]
}

export interface DemoPage {
  readonly mediaName: string
  /** What the player plays, relative to the page; absent when there is nothing to play. */
  readonly videoSource: string | undefined
  readonly poster: string | undefined
  readonly sections: readonly PageSection[]
  readonly event: string
  readonly attribution: string | undefined
  readonly playerScript: string
}

/** The page that shows a run's pictures; it needs no server and works when it is opened from disk. */
export function renderPage(page: DemoPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stillflow: ${escape(page.mediaName)}</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>${escape(page.mediaName)}</h1>
<p class="soft">Made by Stillflow.</p>
${page.attribution === undefined ? '' : `<p class="soft">${escape(page.attribution)}</p>`}
${page.videoSource === undefined ? '' : renderPlayer(page, page.videoSource)}
${page.sections.map(renderSection).join('\n')}
<h2>The event, as it was delivered</h2>
<pre>${escape(page.event)}</pre>
</body>
</html>
`
}

function renderPlayer(page: DemoPage, videoSource: string): string {
  const cues = page.sections.find((section) => section.cues !== undefined)?.cues ?? []
  return `<media-controller>
<video slot="media" src="${escape(videoSource)}" preload="metadata" playsinline${poster(page)}></video>
<media-control-bar>
<media-play-button></media-play-button>
<media-mute-button></media-mute-button>
<media-time-range></media-time-range>
<media-time-display showduration></media-time-display>
<media-fullscreen-button></media-fullscreen-button>
</media-control-bar>
</media-controller>
<p class="soft">Move the pointer along the seek bar: the previews come from the sprite.</p>
<script>${previewScript(cues)}</script>
<script src="${escape(page.playerScript)}"></script>
<script>${unlockPreviews}</script>`
}

/**
 * Gives the player its previews as cues of a track made by script: a track loaded from a VTT file beside the page is
 * refused by browsers when the page itself comes from disk.
 */
function previewScript(cues: readonly SpriteCue[]): string {
  const data = cues.map(({ startMs, endMs, sheet, xPx, yPx, widthPx, heightPx }) => ({
    start: startMs / 1000,
    end: endMs / 1000,
    picture: `${sheet}#xywh=${[xPx, yPx, widthPx, heightPx].join(',')}`,
  }))
  return `
  const track = document.querySelector('video').addTextTrack('metadata', 'thumbnails')
  track.mode = 'hidden'
  for (const { start, end, picture } of ${JSON.stringify(data).replaceAll('<', '\\u003c')}) {
    track.addCue(new VTTCue(start, end, new URL(picture, document.baseURI).href))
  }
`
}

/** The player asks for preview pictures with CORS, which no browser grants to files. */
const unlockPreviews = `
  const previews = document.querySelector('media-time-range').shadowRoot.querySelector('media-preview-thumbnail')
  previews.shadowRoot.querySelector('img').removeAttribute('crossorigin')
`

function renderSection({ title, fault, figures, cues }: PageSection): string {
  const body = fault === undefined ? figures.map(renderFigure).join('\n') : `<p class="fault">${escape(fault)}</p>`
  return `<section>
<h2>${escape(title)}</h2>
<div class="${cues === undefined ? 'grid' : 'sheets'}">
${body}
</div>
</section>`
}

function renderFigure({ path, caption, widthPx, heightPx }: PageFigure): string {
  const source = escape(path)
  return `<figure>
<a href="${source}"><img src="${source}" alt="${escape(caption)}" width="${widthPx}" height="${heightPx}" loading="lazy"></a>
<figcaption>${escape(caption)}</figcaption>
</figure>`
}

function poster({ poster: path }: DemoPage): string {
  return path === undefined ? '' : ` poster="${escape(path)}"`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
