import { readEnv, SettingsError } from '@libs/kernel'
import { limitsEnv } from './limits.env'

const rules = (RATE_LIMITS?: string) => readEnv(limitsEnv, { RATE_LIMITS }).RATE_LIMITS

describe('RATE_LIMITS', () => {
  it.each([
    [undefined, { factor: 1, perSecond: {} }],
    ['off', 'off'],
    ['0.5', { factor: 0.5, perSecond: {} }],
    ['2, ProcessMedia=500,ManageTask=5', { factor: 2, perSecond: { ProcessMedia: 500, ManageTask: 5 } }],
  ])('reads %j', (text, expected) => {
    expect(rules(text)).toEqual(expected)
  })

  it.each(['on', '0', '-1', 'ProcessMedia=', 'ProcessMedia=0', '1,,2', 'a b=1'])('refuses %j', (text) => {
    expect(() => rules(text)).toThrow(SettingsError)
  })
})
