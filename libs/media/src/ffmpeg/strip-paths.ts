/** Local folders are nobody's business but ours: a fault's text keeps file names alone. */
export function stripPaths(text: string): string {
  return text.replace(/(?:file:)?(?:\/[^\s/:'"]+)+\/([^\s/:'"]*)/g, '$1')
}
