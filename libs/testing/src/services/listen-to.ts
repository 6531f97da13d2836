import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream'

export interface HeardEvent {
  readonly event: string | undefined
  readonly id: string | undefined
  readonly data: unknown
}

/** Hears an answer of Server-Sent Events. @returns what takes one event after the other; undefined: that was all */
export function listenTo(response: Response): () => Promise<HeardEvent | undefined> {
  const events = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  const reader = events?.getReader() as ReadableStreamDefaultReader<EventSourceMessage>
  return async () => {
    const { value } = await reader.read()
    return value && { event: value.event, id: value.id, data: JSON.parse(value.data) as unknown }
  }
}
