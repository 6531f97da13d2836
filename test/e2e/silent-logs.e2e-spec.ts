import { makeLumaClock } from '@libs/testing'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { sendRaw } from './product/send-raw'
import { startTestProduct, stopTestProducts } from './product/test-product'
import { waitFor } from './product/wait-for'

const secrets = {
  callbackQuery: 'q7CallbackTokenInTheQuery',
  webhook: `whsec_${Buffer.from('webhooksecretwebhooksecret').toString('base64')}`,
  signKey: 'abcSIGNKEY12345',
  wrongPassword: 'w8WrongPasswordOfSomebody',
  fileUrl: 'f'.repeat(32),
  pullQuery: 'p9SignatureOfAPresignedUrl',
  uploadToken: '',
  secretKey: '',
}

afterAll(stopTestProducts)

it('logs hold no secret, however much is logged', async () => {
  const settings = { LOG_LEVEL: 'trace', FILE_URL_SIGNING: 'on', FILE_URL_KEYS: `a:${secrets.fileUrl}` }
  const product = await startTestProduct({ backend: 'postgres', egressAllow: '127.0.0.0/8', settings })
  const { vendor, rest, accessKey, folder } = product
  secrets.secretKey = accessKey.secretKey
  const config = {
    mode: 'push',
    url: `http://127.0.0.1:9/hook?token=${secrets.callbackQuery}`,
    secret: secrets.webhook,
  }
  const put = await rest.call('/v1/event-config', { method: 'PUT', body: JSON.stringify(config) })
  expect(put.status).toBe(200)
  await vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: config.url, SignKey: secrets.signKey })
  const authorization = `Basic ${btoa(`${accessKey.secretId}:${secrets.wrongPassword}`)}`
  expect((await fetch(`${product.url}/v1/media`, { headers: { authorization } })).status).toBe(401)
  await sendRaw(
    { url: product.url, accessKey: { ...accessKey, secretKey: 'wrong' } },
    { action: 'PullEvents', body: '{}' },
  )
  const { VodSessionKey = '' } = await vendor.ApplyUpload({ MediaType: 'mp4' })
  secrets.uploadToken = VodSessionKey
  await fetch(`${product.url}/uploads/${VodSessionKey}`, { method: 'PUT', body: 'no film' })
  await vendor.PullUpload({ MediaUrl: `http://127.0.0.1:9/a.mp4?X-Amz-Signature=${secrets.pullQuery}` })
  const clip = join(folder, 'clock.mp4')
  await makeLumaClock({ path: clip, seconds: 2 })
  const { mediaId } = await rest.upload(clip)
  const body = JSON.stringify({ mediaId, tasks: [{ kind: 'coverBySnapshot', definition: 10, position: '10%' }] })
  expect((await rest.call('/v1/runs', { method: 'POST', body })).status).toBe(202)
  await waitFor('A failed delivery', 30_000, async () => {
    const listed = await rest.call('/v1/deliveries?state=pending')
    const { items } = z.object({ items: z.array(z.object({ attempts: z.int() })) }).parse(await listed.json())
    return items.find(({ attempts }) => attempts > 0)
  })
  const logs = join(folder, 'data', 'logs')
  const text = readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('\n')
  expect(text).toContain('The API answers.')
  expect(Object.entries(secrets).filter(([, secret]) => secret === '' || text.includes(secret))).toEqual([])
})
