import { defineTaskKind } from '../define-task-kind'
import { executeImageSprites } from './image-sprites.execute'
import { imageSpritesRequest, imageSpritesSettings } from './image-sprites.input'
import { imageSpritesOutput } from './image-sprites.output'
import { planImageSprites } from './image-sprites.plan'

export const imageSprites = defineTaskKind({
  name: 'imageSprites',
  template: 'imageSprite',
  settings: imageSpritesSettings,
  request: imageSpritesRequest,
  output: imageSpritesOutput,
  plan: planImageSprites,
  execute: executeImageSprites,
})
