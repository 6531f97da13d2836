interface WithImage {
  readonly ImageContent?: string | undefined
}

/** The image in the parameters, if there is one. */
export function imageBytes(template: WithImage | undefined): Buffer | undefined {
  return template?.ImageContent === undefined ? undefined : Buffer.from(template.ImageContent, 'base64')
}

export function imageField(field: string): string | undefined {
  return field === 'image' ? 'ImageTemplate.ImageContent' : undefined
}
