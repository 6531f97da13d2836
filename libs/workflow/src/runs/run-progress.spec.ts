import { runProgressPercent } from './run-progress'

it.each([
  ['nothing yet', ['waiting 0', 'dispatched 0'], 0],
  ['the mean of what runs, rounded down', ['dispatched 50', 'dispatched 45', 'waiting 0'], 31],
  ['what failed half-way as done', ['failed 50', 'dispatched 50'], 75],
  ['all of it, and only then', ['succeeded 100', 'failed 0'], 100],
  ['a task that is nearly done as not done', ['dispatched 99'], 99],
] as const)('the progress of a run counts %s', (_what, given, expected) => {
  const tasks = given.map((each) => {
    const [state, percent] = each.split(' ')
    return { state: state as 'waiting', progressPercent: Number(percent) }
  })
  expect(runProgressPercent(tasks)).toBe(expected)
})
