import { vendorWords } from './errors'

it('has one word for what is not there for a while, in the vendor’s spelling', () => {
  const unavailable = Object.values(vendorWords).filter(({ status }) => status === 503)
  expect(new Set(unavailable.map(({ code }) => code))).toEqual(new Set(['ServiceUnAvailable']))
})
