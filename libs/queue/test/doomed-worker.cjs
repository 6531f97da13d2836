// Takes one job and never ends it: `doomed-worker.cjs <settings as JSON> <policy as JSON>`, forked by a test.
const { transformFileSync } = require('@swc/core')

require.extensions['.ts'] = (module, file) => {
  module._compile(transformFileSync(file, { sourceMaps: 'inline' }).code, file)
}

const { connectQueue, TaskWorkerHost } = require('../src/index.ts')

const [settings, policy] = process.argv.slice(2).map((text) => JSON.parse(text))
const host = new TaskWorkerHost(connectQueue(settings), {
  kind: 'imageSprites',
  policy,
  onError: () => undefined,
  process: (envelope, { attempt }) => {
    process.send({ taskId: envelope.taskId, attempt })
    return new Promise(() => undefined)
  },
})
void host.start()
process.on('disconnect', () => process.exit(1))
