import { signEvent } from './sign-event'

it('signs a notification so that the documented check passes', () => {
  const signed = signEvent('{"EventType":"ProcedureStateChanged"}', {
    key: 'abcDEF123',
    url: 'http://127.0.0.1/',
    nowMs: 1_700_000_000_999,
  })
  expect(JSON.parse(signed.body)).toEqual({
    EventType: 'ProcedureStateChanged',
    Sign: '7cd17d9dfcb270b39198ccf87844d9fb',
    T: 1_700_000_600,
  })
})
