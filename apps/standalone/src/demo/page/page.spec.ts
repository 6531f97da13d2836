import { renderPage, type DemoPage } from './page'

const page: DemoPage = {
  mediaName: '<b>"Tom & Jerry"</b>',
  videoSource: 'video.mp4',
  poster: undefined,
  sections: [
    { title: 'cover by snapshot', fault: 'media.malformed: <no> picture', figures: [] },
    {
      title: 'image sprites',
      figures: [{ path: 'pictures/2/sheet-0.jpg', caption: '1 cell', widthPx: 160, heightPx: 90 }],
      cues: [
        { startMs: 0, endMs: 1500, sheet: 'pictures/2/</script>.jpg', xPx: 0, yPx: 0, widthPx: 160, heightPx: 90 },
      ],
    },
  ],
  event: '{}',
  attribution: undefined,
  playerScript: 'player.js',
}

describe('renderPage', () => {
  it('lets no text of others become markup or script', () => {
    const html = renderPage(page)
    expect(html).toContain('&lt;b&gt;&quot;Tom &amp; Jerry&quot;&lt;/b&gt;')
    expect(html).toContain('media.malformed: &lt;no&gt; picture')
    expect(html.match(/<\/script>/g)).toHaveLength(3)
  })

  it('gives the player its previews without loading a file', () => {
    expect(renderPage(page)).toContain('"start":0,"end":1.5')
    expect(renderPage(page)).not.toContain('<track')
  })
})
