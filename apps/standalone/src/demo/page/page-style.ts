/** The look of the demo's page: one style sheet, no fonts or files from elsewhere. */
export const pageStyle = `
  :root { color-scheme: light dark; --line: light-dark(#d8dbe0, #34383f); --soft: light-dark(#5b6270, #a3aab6); }
  * { box-sizing: border-box; }
  body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem 4rem; font: 16px/1.5 system-ui, sans-serif;
    background: light-dark(#fff, #14161a); color: light-dark(#1a1d23, #e8eaee); }
  h1 { font-size: 1.6rem; margin: 0; }
  h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
  p { margin: .35rem 0; } .soft, figcaption { color: var(--soft); }
  media-controller { display: block; width: 100%; aspect-ratio: 16 / 9; margin-top: 1.25rem; border-radius: .5rem; overflow: hidden;
    --media-preview-thumbnail-max-width: 240px; --media-preview-thumbnail-min-width: 160px; }
  .grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
  .sheets { display: grid; gap: 1rem; }
  figure { margin: 0; } figcaption { font-size: .85rem; font-variant-numeric: tabular-nums; }
  figure img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: .35rem; }
  a:focus-visible { outline: 2px solid; outline-offset: 2px; }
  pre { overflow: auto; max-height: 28rem; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; font-size: .8rem; }
  .fault { grid-column: 1 / -1; color: light-dark(#b3261e, #ff8a80); }
`
