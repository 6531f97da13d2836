import { FileUrls, type NamedFile } from '@libs/workflow'

export class ExampleFileUrls extends FileUrls {
  override urlOf(key: string): string {
    return `http://files.example.com/${key}`
  }

  override fileAt(path: string): NamedFile {
    return { key: path, expiresAtMs: undefined }
  }

  override uploadUrlOf(token: string): string {
    return `http://files.example.com/uploads/${token}`
  }
}
