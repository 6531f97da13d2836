// Jest takes a time limit for all projects alone. Real services on a busy machine need more than pure functions do.
jest.setTimeout(120_000)
