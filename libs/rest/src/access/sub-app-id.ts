import { AppError, type SubAppId } from '@libs/kernel'

/** @throws AppError `subApp.notFound` for a text that numbers none */
export function parseSubAppId(text: string): SubAppId {
  if (/^\d{1,9}$/.test(text)) return Number(text) as SubAppId
  throw new AppError('subApp.notFound', 'There is no such sub-application.', { field: 'subApp' })
}
