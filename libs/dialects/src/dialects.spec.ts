import { dialectNamed, dialects } from './dialects'

it('every dialect is in the list under the name that runs remember it by', () => {
  for (const [name, dialect] of Object.entries(dialects)) {
    expect(dialect.name).toBe(name)
    expect(dialectNamed(name)).toBe(dialect)
  }
})
