import { FileUrls } from '@libs/workflow'

export class ExampleFileUrls extends FileUrls {
  override urlOf(key: string): string {
    return `http://files.example.com/${key}`
  }

  override uploadUrlOf(token: string): string {
    return `http://files.example.com/uploads/${token}`
  }
}
