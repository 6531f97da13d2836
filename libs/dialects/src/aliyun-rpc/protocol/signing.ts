/** A value of a request, with the name that it has there. */
export interface Named {
  readonly value: string
  readonly field: string
}

/** How a request says that it is signed, whichever version the signature is of. */
export interface Signing {
  readonly accessKeyId: string
  readonly signature: string
  readonly nonce: Named
  readonly time: Named
  /** @returns the signature that the request should carry */
  sign(secretKey: string): string
}
