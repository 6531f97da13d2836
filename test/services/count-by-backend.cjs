const { appendFileSync } = require('node:fs')

/**
 * Counts results, in all and by the queue backend that a test's full name carries ("on postgres", "on redis").
 * Prints the counts, and appends them as one line of JSON to the file that TEST_COUNTS_FILE names.
 */
module.exports = class CountByBackend {
  onRunComplete(_contexts, results) {
    const assertions = results.testResults.flatMap((file) => file.testResults)
    const on = (backend) => {
      const tests = assertions.filter(({ fullName }) => new RegExp(`\\bon ${backend}\\b`).test(fullName))
      return { passed: count(tests, 'passed'), failed: count(tests, 'failed') }
    }
    const counts = {
      postgres: on('postgres'),
      redis: on('redis'),
      all: {
        passed: results.numPassedTests,
        // A file that does not even load has no failed test of its own.
        failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      },
    }
    for (const backend of ['postgres', 'redis']) {
      console.log(`Queue on ${backend}: ${counts[backend].passed} passed, ${counts[backend].failed} failed`)
    }
    const file = process.env.TEST_COUNTS_FILE
    if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`)
  }
}

function count(tests, status) {
  return tests.filter((test) => test.status === status).length
}
