import { register } from 'prom-client'
import { countCapture } from './capture-metrics'

it('keeps what was predicted beside what it took, by kind and strategy', async () => {
  const account = { strategy: 'excerpt', reason: '', pictures: 20, frames: 420, predictedMs: 400, tookMs: 600 }
  countCapture('sampleSnapshot', account)
  countCapture('sampleSnapshot', { ...account, predictedMs: 100, tookMs: 200 })
  const lines = (await register.metrics()).split('\n')
  const labels = '{kind="sampleSnapshot",strategy="excerpt"}'
  expect(lines).toContain(`stillflow_capture_predicted_seconds_sum${labels} 0.5`)
  expect(lines).toContain(`stillflow_capture_seconds_sum${labels} 0.8`)
  expect(lines).toContain(`stillflow_capture_pictures_total${labels} 40`)
  expect(lines).toContain(`stillflow_capture_frames_total${labels} 840`)
})
