import { signEvent } from './sign-event'

it('signs the address, the time and the key, and leaves the body alone', () => {
  const url = 'https://www.example.com/your/callback'
  const signing = { key: 'test123', url, nowMs: 1_519_375_990_999 }
  expect(signEvent('VOD', '{}', signing)).toEqual({
    body: '{}',
    headers: { 'X-VOD-TIMESTAMP': '1519375990', 'X-VOD-SIGNATURE': 'c72b60894140fa98920f1279219b7ed4' },
  })
})
