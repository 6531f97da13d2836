import { z } from 'zod'
import type { RawRequest } from '../../dialect'
import { float, integer, listOf, oneOf, string, unsupported } from './fields'
import { checkParameters } from '../../parameters/check-parameters'
import { parametersOf } from './parameters'

function aPost(body: string | Buffer, contentType = 'application/json'): RawRequest {
  return { method: 'POST', path: '/', query: '', headers: { 'content-type': contentType }, body: Buffer.from(body) }
}

function aForm(body: string): RawRequest {
  return aPost(body, 'application/x-www-form-urlencoded')
}

function withHeader(request: RawRequest): RawRequest {
  return { ...request, headers: { ...request.headers, 'x-tc-action': 'PullEvents' } }
}

function aGet(query: string): RawRequest {
  return { method: 'GET', path: '/', query, headers: {}, body: Buffer.alloc(0) }
}

const schema = z.strictObject({
  Id: integer,
  Ratio: float.optional(),
  Mode: oneOf(['A', 'B']).optional(),
  Name: string(4).optional(),
  Items: listOf(z.strictObject({ N: integer }), 3).optional(),
  Other: unsupported,
})

function outcomeOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

const check = (raw: unknown) => outcomeOf(() => checkParameters(schema, raw))

describe('reading parameters', () => {
  it('drops null members at any depth, and keeps null elements', () => {
    expect(parametersOf(aPost('{"a":null,"b":{"c":null,"d":[null,1]}}'))).toEqual({ b: { d: [null, 1] } })
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('takes %s', (contentType) => {
    expect(parametersOf(aPost('{}', contentType))).toEqual({})
  })

  it.each([
    ['invalid UTF-8', aPost(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]))],
    ['broken JSON', aPost('{"a":')],
    ['a form that a header signs', withHeader(aForm('a=1'))],
    ['a form that is nested deeply', aForm(`${'A.'.repeat(100_000)}A=1`)],
    ['deep nesting', aPost('['.repeat(200_000) + ']'.repeat(200_000))],
  ])('refuses %s', (_what, request) => {
    expect(outcomeOf(() => parametersOf(request))).toMatchObject({ code: 'request.malformed' })
  })

  it('reads a signed form, without what is of the protocol', () => {
    const raw = parametersOf(aForm('Id=10&Name=a+b&Action=X&Version=1&Nonce=1&SecretId=s&Signature=x&Token=t'))
    expect(checkParameters(schema, raw)).toEqual({ Id: 10, Name: 'a b' })
  })

  it('reads a flattened query, its values as the schema has them', () => {
    const raw = parametersOf(aGet('Id=10&Ratio=1.5&Mode=B&Name=a%20b&Items.0.N=1&Items.1.N=2&Other='))
    expect(checkParameters(schema, raw)).toEqual({
      Id: 10,
      Ratio: 1.5,
      Mode: 'B',
      Name: 'a b',
      Items: [{ N: 1 }, { N: 2 }],
    })
  })

  it('does not let a query reach prototypes', () => {
    parametersOf(aGet('__proto__.polluted=1&constructor.prototype.polluted=1'))
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('checking parameters', () => {
  it.each([
    [{}, 'request.missingParameter', 'Id'],
    [{ Id: 1, Items: [{}] }, 'request.missingParameter', 'Items.0.N'],
    [{ Id: 1, Nope: 1 }, 'request.unknownParameter', 'Nope'],
    [{ Id: 1, Items: [{ N: 1, Nope: 1 }] }, 'request.unknownParameter', 'Items.0.Nope'],
    [{ Id: '1' }, 'request.invalidParameter', 'Id'],
    [{ Id: 1.5 }, 'request.invalidParameter', 'Id'],
    [{ Id: 2 ** 60 }, 'request.invalidValue', 'Id'],
    [{ Id: 1, Mode: 5 }, 'request.invalidParameter', 'Mode'],
    [{ Id: 1, Mode: 'C' }, 'request.invalidValue', 'Mode'],
    [{ Id: 1, Name: 'abcde' }, 'request.invalidValue', 'Name'],
    [{ Id: 1, Name: 'a\0' }, 'request.invalidValue', 'Name'],
    [{ Id: 1, Items: [null] }, 'request.invalidParameter', 'Items.0'],
    [{ Id: 1, Other: [{}] }, 'feature.unsupported', 'Other'],
    [[], 'request.invalidParameter', ''],
  ])('answers %j with %s naming %s', (raw, code, field) => {
    expect(check(raw)).toMatchObject({ code, field })
  })

  it.each([undefined, '', [], {}])('takes %j for a parameter that asks for nothing', (Other) => {
    expect(check({ Id: 1, Other })).toMatchObject({ Id: 1 })
  })
})
