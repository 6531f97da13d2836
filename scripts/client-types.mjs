// The API as TypeScript types. Run by itself, it prints those of docs/openapi.json.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const heading = '// Written by `npm run openapi`, out of docs/openapi.json: a change by hand is lost.\n\n'

const blob = ts.factory.createTypeReferenceNode('Blob')

/** @param document OpenAPI 3.1 as JSON @returns the text of a module */
export async function writeTypes(document) {
  const nodes = await openapiTS(document, {
    // What has a default may be left out of a request, and of what was stored.
    defaultNonNullable: false,
    transform: ({ format }) => (format === 'binary' ? blob : undefined),
  })
  return heading + astToString(nodes)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const document = readFileSync(join(import.meta.dirname, '..', 'docs', 'openapi.json'), 'utf8')
  process.stdout.write(await writeTypes(document))
}
