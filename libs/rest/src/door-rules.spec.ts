import { errandOf } from './door-rules'

const form = { 'content-type': 'multipart/form-data; boundary=x' }

it.each([
  ['call', '/v1/runs', {}],
  ['call', '/v1/runs/1', {}],
  ['call', '/v1/events/pull', {}],
  ['call', '/v1/runs/1/events/2', {}],
  ['stream', '/v1/runs/1/events', {}],
  ['stream', '/V1/Runs/1/Events/', {}],
  ['transfer', '/v1/media', form],
  ['transfer', '/files/1', {}],
  ['transfer', '/uploads/1', {}],
] as const)('a request is a %s at %s', (errand, path, headers) => {
  expect(errandOf(path, headers)).toBe(errand)
})
