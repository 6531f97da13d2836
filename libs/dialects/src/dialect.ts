import type { AppError, SubAppId } from '@libs/kernel'
import type { AccessKey, DomainEvent, EventSigning, FileUrls, KeyScope, SignedEvent } from '@libs/workflow'
import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'

/** A request as far as its headers tell; path and query are raw, as they were signed. */
export interface RequestHead {
  readonly method: string
  readonly path: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
}

/** A request with the very bytes of its body, as they were signed. */
export interface RawRequest extends RequestHead {
  readonly body: Buffer
}

/** A request whose body may not have been read. */
export interface HeardRequest extends RequestHead {
  readonly body?: Buffer
}

export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What an answer has to refer to. */
export interface Exchange {
  readonly request: HeardRequest
  readonly requestId: string
}

/** Who is calling, proved. */
export interface Caller {
  /** The sub-application that the call acts in. */
  readonly subAppId: SubAppId
  readonly secretId: string
  /** The signature of a request in which no nonce tells it from one that is sent again. */
  readonly repeatable?: string
}

/** What stands behind a door: who may come in, when it is, and what was let in once already. */
export interface Gate {
  readonly nowMs: number
  findKey(secretId: string): Promise<AccessKey | undefined>
  /** @returns false when that signature has been let in before */
  admitOnce(signature: string, expiresAtMs: number): Promise<boolean>
}

/** A use case by its class. */
export type UseCaseFinder = <UseCase>(type: new (...parameters: never[]) => UseCase) => UseCase

export interface ActionScope {
  readonly caller: Caller
  readonly urls: FileUrls
  readonly find: UseCaseFinder
}

/** One thing that a vendor's API can be asked to do: parameters → command → use case → response. */
export interface Action {
  /** What it takes, in the vendor's words; the pages about the dialect are held against it. */
  readonly parameters: z.ZodType

  /** Whether it changes nothing that the same call again would change twice; any other is not let in again later. */
  readonly isRead?: true

  /**
   * @param parameters as decoded, not yet checked
   * @returns the members of the vendor's response
   * @throws AppError naming the vendor's field
   */
  perform(parameters: unknown, scope: ActionScope): Promise<object>
}

export interface ScopedAction extends Action {
  /** What a key has to be for to call it. */
  readonly needs: KeyScope
}

/** An action as it was called. */
export interface NamedAction {
  readonly name: string
  readonly action: ScopedAction
}

/** One vendor's way of saying everything. */
export interface Dialect {
  /** What runs remember it by. */
  readonly name: string
  readonly actions: Readonly<Record<string, ScopedAction>>
  readonly maxBodyBytes: number

  /** How often a key may call an action, as the vendor says. */
  callsPerSecond(action: string): number

  /**
   * Whether a request to any path speaks this dialect beyond doubt. A request to `/` that no dialect knows by its head is
   * shown again with its body.
   */
  recognise(request: HeardRequest): boolean

  /**
   * @throws AppError `request.unknownAction`, `request.unsupportedVersion`, `request.missingParameter`,
   *   `request.unsupportedMethod`, `request.tooLarge`
   */
  actionOf(request: RawRequest): NamedAction

  /** @throws AppError `auth.*` */
  authenticate(request: RawRequest, gate: Gate): Promise<Caller>

  /** What the action is asked, not yet checked. @throws AppError `request.malformed` */
  parametersOf(request: RawRequest): unknown

  present(result: object, exchange: Exchange): RawResponse

  presentError(error: AppError, exchange: Exchange): RawResponse

  renderEvent(event: DomainEvent, urls: FileUrls): string

  /** An event with the vendor's own signature, for as long from now as the vendor says. */
  signEvent(body: string, signing: EventSigning): SignedEvent
}
