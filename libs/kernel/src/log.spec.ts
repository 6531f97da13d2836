import { errorFacts } from './log'

it('an error is logged without what a library hung on it', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', parameters: ['a secret'] })
  const facts = errorFacts(Object.assign(new Error('failed', { cause }), { headers: { authorization: 'a secret' } }))
  expect(facts).toMatchObject({ type: 'Error', message: 'failed', cause: { code: '23505', message: 'duplicate key' } })
  expect(JSON.stringify(facts)).not.toContain('a secret')
  expect(errorFacts('text')).toEqual({ type: 'string', message: 'text' })
})
