import { type FrozenWatermark, mostWatermarks, type WatermarkRequest } from '@libs/tasks'
import { z } from 'zod'
import { definition, float, listOf, string } from '../../protocol/fields'

const input = z.strictObject({
  Definition: definition,
  TextContent: string(100).optional(),
  SvgContent: string(2_000_000).optional(),
  StartTimeOffset: float.optional(),
  EndTimeOffset: float.optional(),
})
type WatermarkInput = z.output<typeof input>

/** Member of the task inputs that take watermarks. */
export const watermarkShape = { WatermarkSet: listOf(input, mostWatermarks).default([]) }

interface AskedWatermarks {
  readonly watermarks?: WatermarkRequest[] | undefined
}

/** SvgContent is checked and let go: it may have megabytes, and nothing is drawn of it. */
export function decodeWatermarks(set: readonly WatermarkInput[]): AskedWatermarks {
  if (set.length === 0) return {}
  return {
    watermarks: set.map(({ Definition, TextContent, StartTimeOffset, EndTimeOffset }) => ({
      definition: Definition,
      ...(TextContent !== undefined && { text: TextContent }),
      ...(StartTimeOffset !== undefined && { fromS: StartTimeOffset }),
      ...(EndTimeOffset !== undefined && { toS: EndTimeOffset }),
    })),
  }
}

/** Nothing where nothing was given, so that echoes say what the caller said. */
export function encodeWatermarks({ watermarks }: AskedWatermarks): { readonly WatermarkSet?: readonly object[] } {
  if (watermarks === undefined) return {}
  return {
    WatermarkSet: watermarks.map(({ definition: Definition, text, fromS, toS }) => ({
      Definition,
      ...(text !== undefined && { TextContent: text }),
      ...(fromS !== undefined && { StartTimeOffset: fromS }),
      ...(toS !== undefined && { EndTimeOffset: toS }),
    })),
  }
}

/** WaterMarkDefinition: the watermarks that are in the pictures. */
export function drawnDefinitions(settings: { readonly watermarks?: readonly FrozenWatermark[] | undefined }): number[] {
  return (settings.watermarks ?? []).map(({ definition: drawn }) => drawn)
}
