import { vendorFaultOf } from './errors'

it('says of an offset beyond the end which one it is, in the words of the vendor', () => {
  const detail = 'The offset 10.041s is beyond the end of the media, which lasts 10s.'
  expect(vendorFaultOf({ code: 'task.invalidOffset', detail })).toEqual({
    ErrCode: 40000,
    ErrCodeExt: 'InvalidInput.InvalidTimeOffset',
    Message: detail,
  })
})
