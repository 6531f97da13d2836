import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './source-tree'

const secret = /(PASSWORD|PASSWD|SECRET|TOKEN|MASTER_KEY|SECRET_ACCESS_KEY)\w*$/i
/** Nothing, the environment's without a default, or a place where one is kept. */
const harmless = /^(|\{\}|\$\{\w+:-\}|\/secrets\/[\w-]+|\$\$\(cat \/secrets\/[\w-]+\) .*)$/

/** Settings with a secret's name, and passwords within URLs, that are given a value. */
function literalSecrets(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'))
  return lines.filter((line) => {
    const [, name = '', value = ''] = /^\s*(?:- |ENV |ARG )?["']?(\w+)["']?\s*[:=]\s*(.*?)\s*\\?$/.exec(line) ?? []
    const password = /\w+:\/\/[^:/@\s]*:((?:\$\{[^}]*\}|[^@\s])*)@/.exec(line)?.[1]
    return (secret.test(name) && !harmless.test(value)) || (password !== undefined && !harmless.test(password))
  })
}

describe('no secret has a default', () => {
  it.each(['docker-compose.yml', 'Dockerfile', '.env.example'])('in %s', (file) => {
    expect(literalSecrets(readFileSync(join(repository, file), 'utf8'))).toEqual([])
  })

  it('and none has to be set before the first start', () => {
    expect(readFileSync(join(repository, 'docker-compose.yml'), 'utf8')).not.toMatch(/\$\{\w+:?\?/)
  })

  it.each([
    '      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-stillflow}',
    '  DATABASE_URL: postgres://stillflow:${POSTGRES_PASSWORD:-stillflow}@postgres:5432/stillflow',
    '  DATABASE_URL: postgres://stillflow:stillflow@postgres:5432/stillflow',
    '  - POSTGRES_PASSWORD=stillflow',
    'ENV MASTER_KEY=AAAA \\',
    'STILLFLOW_SECRET_KEY=changeme',
  ])('which is noticed in %s', (line) => {
    expect(literalSecrets(line)).toEqual([line])
  })
})
