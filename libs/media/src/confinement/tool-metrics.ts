import { Histogram } from 'prom-client'

const took = new Histogram({
  name: 'stillflow_tool_seconds',
  help: 'Wall time of processes of ffmpeg and ffprobe.',
  labelNames: ['tool'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
})

/** @returns what is to be called when the tool has ended */
export function timeTool(tool: 'ffmpeg' | 'ffprobe'): () => void {
  return took.startTimer({ tool })
}
