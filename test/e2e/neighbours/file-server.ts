import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { basename, join } from 'node:path'
import { close, listen } from './listen'

/** What is asked for there is never answered. */
const neverPath = '/never.mp4'

/** Somebody's web server, with the files of one folder. */
export class FileServer {
  requests = 0
  private baseUrl = ''
  private readonly server

  constructor(folder: string) {
    this.server = createServer((request, response) => {
      this.requests += 1
      if (request.url === neverPath) return
      const file = createReadStream(join(folder, basename(request.url ?? '')))
      file.on('error', () => response.writeHead(404).end())
      file.pipe(response)
    })
  }

  async open(): Promise<void> {
    this.baseUrl = await listen(this.server)
  }

  /** A file that does not come. */
  get neverUrl(): string {
    return `${this.baseUrl}${neverPath}`
  }

  urlOf(name: string): string {
    return `${this.baseUrl}/${name}`
  }

  close(): Promise<void> {
    return close(this.server)
  }
}
