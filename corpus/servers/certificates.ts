import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fakeDomain } from './addresses'

const run = promisify(execFile)

/** In PEM. */
export interface Certificate {
  readonly key: Buffer
  readonly cert: Buffer
}

interface Wanted {
  readonly name: string
  /** The host that it is for; by default that of its server. */
  readonly host?: string
  /** When it ends, in days from now. */
  readonly days?: number
  readonly keyBits?: number
  readonly digest?: string
  readonly selfSigned?: boolean
}

/** A certificate authority of the corpus's own, which the product is told to trust. */
export class Authority {
  constructor(private readonly folder: string) {}

  get file(): string {
    return this.path('authority.crt')
  }

  async open(): Promise<void> {
    const subject = ['-subj', '/CN=corpus authority', '-days', '2']
    await openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...this.out('authority'))
  }

  /** @param host by default `<name>.corpus.test` */
  async issue({ name, host = `${name}.${fakeDomain}`, ...wanted }: Wanted): Promise<Certificate> {
    const { days = 2, keyBits = 2048, digest = 'sha256', selfSigned = false } = wanted
    const alternative = `subjectAltName=DNS:${host}`
    const subject = ['-subj', `/CN=${host}`, '-newkey', `rsa:${keyBits}`, '-nodes', `-${digest}`]
    if (selfSigned) {
      const itself = ['-x509', '-days', String(days), '-addext', alternative]
      await openssl('req', ...itself, ...subject, ...this.out(name))
    } else {
      const request = this.path(`${name}.csr`)
      await openssl('req', '-new', ...subject, '-keyout', this.path(`${name}.key`), '-out', request)
      await writeFile(this.path(`${name}.ext`), alternative)
      const signer = ['-CA', this.file, '-CAkey', this.path('authority.key'), '-CAcreateserial']
      const extensions = ['-extfile', this.path(`${name}.ext`), `-${digest}`, '-days', String(days)]
      await openssl('x509', '-req', '-in', request, ...signer, ...extensions, '-out', this.path(`${name}.crt`))
    }
    const [key, cert] = await Promise.all([readFile(this.path(`${name}.key`)), readFile(this.path(`${name}.crt`))])
    return { key, cert }
  }

  private out(name: string): readonly string[] {
    return ['-keyout', this.path(`${name}.key`), '-out', this.path(`${name}.crt`)]
  }

  private path(name: string): string {
    return join(this.folder, name)
  }
}

async function openssl(...args: readonly string[]): Promise<void> {
  await run('openssl', [...args])
}
