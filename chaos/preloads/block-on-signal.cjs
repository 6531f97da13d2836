// A process whose event loop stands still for two locks' time when it gets SIGUSR2.
process.on('SIGUSR2', () => {
  for (const until = Date.now() + 30_000; Date.now() < until;);
})
