// A process that dies between its commit and its answer: three of a hundred accepted calls.
const { ServerResponse } = require('node:http')

const end = ServerResponse.prototype.end
ServerResponse.prototype.end = function (...args) {
  const isAccepted = this.statusCode === 202 && this.req?.url === '/v1/runs'
  if (isAccepted && Math.random() < 0.03) process.kill(process.pid, 'SIGKILL')
  return end.apply(this, args)
}
