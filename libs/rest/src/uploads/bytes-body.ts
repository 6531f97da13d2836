import { z } from 'zod'

/** Bytes as the document shows them: they are not checked, they are streamed. */
export const bytesBody = z.file().meta({ id: 'Bytes' })
