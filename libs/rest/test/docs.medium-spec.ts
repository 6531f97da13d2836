import type { OpenAPIObject } from '@nestjs/swagger'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OpenRest, openRest } from './open-rest'

const kept = JSON.parse(
  readFileSync(join(__dirname, '..', '..', '..', 'docs', 'openapi.json'), 'utf8'),
) as OpenAPIObject

describe('/docs', () => {
  let rest: OpenRest

  beforeAll(async () => {
    rest = await openRest()
  })

  afterAll(() => rest.close())

  const get = (path: string) => fetch(rest.url + path)

  it('gives the document to whoever asks, without a key', async () => {
    const answer = await get('/openapi.json')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(await answer.json()).toEqual(kept)
  })

  it.each(['/docs', '/docs/'])('shows a page at %s whose parts all come from here', async (page) => {
    const answer = await get(page)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'; style-src 'self' 'unsafe-inline'")
    expect(policy).not.toContain('upgrade-insecure-requests')
    const html = await answer.text()
    // What the policy would refuse: a script beside the elements.
    expect(html).not.toMatch(/<script>|<script type/)
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part = '']) => new URL(part, rest.url + page))
    expect(parts.length).toBeGreaterThan(4)
    for (const part of parts) {
      expect(part.origin).toBe(rest.url)
      expect([part.pathname, (await fetch(part)).status]).toEqual([part.pathname, 200])
    }
  })

  it('says that there is nothing where there is nothing', async () => {
    const answer = await get('/docs/nothing')
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'request.unknownAction' }])
  })
})
