/** What the examples are about: the test that sends them finds it there, and readers see what such ids look like. */
export const exampleIds = {
  mediaId: '7529766398878917855',
  runId: '01a1fc6a957e86ed89151d95a3cc4e15',
  endedRunId: '01a1fc6a41d98b7e5c30f2a6817d94eb',
  taskId: '01a1fc6a957f06c2f8e4b7a91d3350be',
  failedTaskId: '01a1fc6a41da52f7093eb6c8d41e7a90',
  deliveryId: '01a1fc6a9c0f2d71b58c04e6f7a3921d',
  webhookId: '01a1fc6aa3d4e15f08b27c96f1e04d83',
  handle: '1482039571620395817',
  uploadToken: 'kq7V0yB5mZ3nR8sT1uWxEA',
  growingUpload: '3f0c9e7d3b1a8642c0e9d7f5b3a1826451c6e0aa',
  secretId: 'AKID5f0c9e7d3b1a8642c0e9d7f5b3a18264',
  subAppId: 1,
  /** Of a template of each kind. */
  snapshots: 1000,
  samples: 1001,
  sprites: 1002,
  watermark: 1003,
} as const
