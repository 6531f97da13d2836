import { openAsBlob } from 'node:fs'
import sharp from 'sharp'
import { z } from 'zod'
import type { Trial } from '../case'
import type { Lab, Offsets } from '../lab'
import { problem } from '../product/rest'
import type { RunEnd } from '../product/run-report'

/** What a run has to come to. @returns the answer in the product's words @throws Error when it is another */
export type Expectation = (end: RunEnd, lab: Lab) => Promise<string> | string

const usual: Offsets = ['0s', '50%', '100%']

export interface UploadOptions {
  readonly offsets?: Offsets
  /** As the owner calls it. */
  readonly named?: string
}

/** A file is uploaded with a procedure of all four kinds. @param make writes the file, whose path it is given */
export function upload(
  fileName: string,
  make: (path: string, lab: Lab) => Promise<unknown>,
  expectation: Expectation,
  { offsets = usual, named = fileName }: UploadOptions = {},
): Trial {
  return {
    name: fileName,
    async run(lab) {
      const path = await lab.once(fileName, (written) => make(written, lab))
      const procedure = await lab.procedure(offsets)
      const { runId, mediaId } = await lab.rest.upload({ bytes: await openAsBlob(path), name: named }, procedure)
      return expectation(await lab.endOf(runId, mediaId), lab)
    },
  }
}

/** A URL is pulled with a procedure of all four kinds. */
export function pull(name: string, urlIn: (lab: Lab) => string | Promise<string>, expectation: Expectation): Trial {
  return {
    name,
    async run(lab) {
      const { runId, mediaId } = await lab.rest.pull(await urlIn(lab), await lab.procedure(usual))
      return expectation(await lab.endOf(runId, mediaId), lab)
    },
  }
}

/** A call is refused by the API at once. */
export function refusal(
  name: string,
  ask: (lab: Lab) => Promise<Response>,
  status: number,
  code: string | RegExp,
): Trial {
  return {
    name,
    async run(lab) {
      const response = await ask(lab)
      const text = await response.text()
      const told = problem.safeParse(text.startsWith('{') ? JSON.parse(text) : {})
      const wrong = new Error(
        `expected ${status} ${String(code)}, was answered ${response.status} ${text.slice(0, 300)}`,
      )
      if (!told.success || response.status !== status) throw wrong
      if (typeof code === 'string' ? told.data.code !== code : !code.test(told.data.code)) throw wrong
      lab.details.push(told.data.detail)
      return `refused: ${status} ${told.data.code}`
    },
  }
}

const urlRefusals = /^(url\.refused|request\.\w+)$/

const askToPull = async (url: string, lab: Lab): Promise<Response> =>
  lab.rest.post('/v1/media', { url, procedure: await lab.procedure(usual) })

/** A URL is refused when it is asked to be pulled. */
export function refusedUrl(url: string): Trial {
  return refusal(JSON.stringify(url), (lab) => askToPull(url, lab), 422, urlRefusals)
}

const taken = z.object({ mediaId: z.string(), runId: z.string() })

/** A URL is refused either at once or before anybody connects to where it leads. */
export function blockedUrl(name: string, urlIn: (lab: Lab) => string, codes = ['url.refused']): Trial {
  return {
    name,
    async run(lab) {
      const response = await askToPull(urlIn(lab), lab)
      if (!response.ok) return refusal(name, () => Promise.resolve(response), 422, urlRefusals).run(lab)
      const { mediaId, runId } = taken.parse(await response.json())
      const { tasks } = await lab.endOf(runId, mediaId)
      const found = [...new Set(tasks.map(({ fault, state }) => fault?.code ?? state))].join()
      if (!codes.includes(found)) throw new Error(`expected ${codes.join(' or ')}, was ${found}`)
      return `fails: ${found}`
    },
  }
}

/** An image is offered as a watermark. */
export function refusedImage(
  name: string,
  make: () => Promise<Buffer> | Buffer,
  status = 422,
  code = 'request.invalidValue',
): Trial {
  const ask = async (lab: Lab): Promise<Response> => {
    const image = (await make()).toString('base64')
    return lab.rest.post('/v1/templates/watermark', { image, width: '40px' })
  }
  return refusal(name, ask, status, code)
}

interface ImageSize {
  readonly widthPx: number
  readonly heightPx: number
}

const createdMark = z.object({ definition: z.int(), imageUrl: z.url() })

/** An image is taken as a watermark, and kept as a PNG of its upright size. */
export function acceptedImage(name: string, make: () => Promise<Buffer> | Buffer, size: ImageSize): Trial {
  return {
    name,
    async run({ rest }) {
      const image = (await make()).toString('base64')
      const { definition, imageUrl } = createdMark.parse(
        await rest.ask('/v1/templates/watermark', { image, width: '40px' }),
      )
      await rest.call(`/v1/templates/watermark/${definition}`, { method: 'DELETE' })
      const kept = Buffer.from(await (await fetch(imageUrl)).arrayBuffer())
      const { format, width, height } = await sharp(kept).metadata()
      const found = `${format} ${width}x${height}`
      if (found !== `png ${size.widthPx}x${size.heightPx}`) throw new Error(`was kept as ${found}`)
      return 'accepted'
    },
  }
}

const described = z.object({ url: z.url() })

/** What was uploaded comes back as something that no browser runs. */
export function servedSafely(name: string, bytes: Buffer<ArrayBuffer>): Trial {
  return {
    name,
    async run({ rest }) {
      const { mediaId } = await rest.upload({ bytes: new Blob([bytes], { type: 'text/html' }), name })
      const { url } = described.parse(await rest.ask(`/v1/media/${mediaId}`))
      const { headers } = await fetch(url)
      const type = headers.get('content-type') ?? ''
      const guards = [headers.get('x-content-type-options'), headers.get('content-disposition')].join(' ')
      if (!guards.includes('nosniff') || (/html|svg|xml|script/.test(type) && !guards.includes('attachment'))) {
        throw new Error(`is served as ${type}, ${guards}`)
      }
      return `served as ${type.split(';')[0] ?? ''}, nosniff`
    },
  }
}
