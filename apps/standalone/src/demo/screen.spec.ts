import { Screen } from './screen'

function aScreen(terminal: { readonly isTTY: boolean; readonly columns?: number }) {
  const written: string[] = []
  const screen = new Screen({ ...terminal, write: (text) => written.push(text) })
  return { screen, written }
}

describe('Screen', () => {
  it('draws in place on a terminal, and says things above', () => {
    const { screen, written } = aScreen({ isTTY: true, columns: 5 })
    screen.say('hello')
    screen.draw(['a 1', 'b too long'])
    screen.draw(['a 2', 'b 2'])
    screen.say('so')
    screen.settle()
    screen.say('end')
    expect(written).toEqual([
      'hello\n',
      'a 1\nb to\n',
      '\x1b[2A\r\x1b[0Ja 2\nb 2\n',
      '\x1b[2A\r\x1b[0Jso\na 2\nb 2\n',
      'end\n',
    ])
  })

  it('draws nothing elsewhere', () => {
    const { screen, written } = aScreen({ isTTY: false })
    screen.draw(['a'])
    screen.say('b')
    expect([screen.isTerminal, written]).toEqual([false, ['b\n']])
  })
})
