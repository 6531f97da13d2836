import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { AddressInfo, Server } from 'node:net'

@Controller()
class BareController {
  @Post()
  @HttpCode(200)
  answer(@Body() body: { readonly FileId?: string }): object {
    return { Response: { TaskId: body.FileId, RequestId: '00000000-0000-4000-8000-000000000000' } }
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

/** The peer: a Nest endpoint that parses the same body, and does nothing. */
async function main(): Promise<void> {
  const app = await NestFactory.create(BareModule, { logger: false })
  const server = (await app.listen(0, '127.0.0.1')) as Server
  process.send?.((server.address() as AddressInfo).port)
  process.on('disconnect', () => process.exit(0))
}

void main()
