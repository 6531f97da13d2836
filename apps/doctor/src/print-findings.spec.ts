import { examine } from './finding'
import { printFindings } from './print-findings'

it('prints a line for each finding, what to do, and a sum', () => {
  const text = printFindings([
    { about: 'machine', verdict: 'well', text: 'Node 24' },
    { about: 'queue', verdict: 'broken', text: 'no answer', advice: 'start it' },
    { about: 'ffmpeg', verdict: 'look', text: 'it is old', advice: 'take another' },
    { about: 'disk', verdict: 'look', text: 'it is small', advice: 'take another' },
  ])
  expect(text.split('\n')).toEqual([
    '  ok    machine  Node 24',
    '  bad   queue    no answer',
    '                 -> start it',
    '  look  ffmpeg   it is old',
    '                 -> take another',
    '  look  disk     it is small',
    '                 -> take another',
    '',
    '1 thing does not work, 2 want a look.',
    '',
  ])
  expect(printFindings([{ about: 'disk', verdict: 'well', text: 'roomy' }])).toContain('All is well.')
  expect(printFindings([{ about: 'disk', verdict: 'look', text: 'small' }])).toContain('\n1 wants a look.')
})

it('takes what an examination throws for what it found, with all of its causes', async () => {
  const refused = new Error('it said no', {
    cause: new AggregateError([new Error('over IPv4'), new Error('over IPv6')]),
  })
  const look = () => Promise.reject(refused)
  expect(await examine({ about: 'store', advice: 'ask again', look })).toEqual([
    { about: 'store', verdict: 'broken', text: 'it said no (over IPv4; over IPv6)', advice: 'ask again' },
  ])
})
