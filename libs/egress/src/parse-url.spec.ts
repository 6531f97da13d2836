import { parseUrl } from './parse-url'

describe('parseUrl', () => {
  it.each([
    'http://example.com/a.mp4?x=1#y',
    'https://example.com:8443/',
    'http://example.com:80/',
    'https://例え.jp/',
    'http://127.0.0.1:45678/', // Where it leads is for the connection to refuse.
  ])('lets %s pass', (url) => {
    expect(() => parseUrl(url)).not.toThrow()
  })

  it.each([
    '',
    'example.com/a.mp4',
    '//example.com/a.mp4',
    'http://',
    'http:// /',
    'http://[fe80::1%25lo]/',
    'http://[::1%lo]/',
    'http://127.0.0.1%00.example.com/',
    'http://1.2.3.4.5/',
    'http://256.256.256.256/',
    'http://0x100000000/',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'blob:http://127.0.0.1/x',
    'ws://example.com/',
    'rtmp://example.com/live',
    'http://exa mple.com/',
    'ftp://example.com/a.mp4',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    'http://user@example.com/',
    'http://user:word@example.com/',
    'http://:word@example.com/',
    'http://example.com:22/',
    'http://example.com:25/',
    'http://example.com:6379/',
    'http://example.com:5432/',
    'http://example.com:2375/',
    'http://example.com:9200/',
    'http://example.com:6667/',
    'http://example.com:8500/',
    'http://example.com:0/',
    'http://example.com:65536/',
    `http://${'a'.repeat(254)}/`,
  ])('refuses %s', (url) => {
    expect(() => parseUrl(url)).toThrow(/URL/)
  })
})
