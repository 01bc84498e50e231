import { beforeEach, describe, expect, test } from 'vitest'
import { enabled } from '../../actions/action'
import { Toasts } from '../../ui/toasts.svelte'
import { dayActions } from './actions'
import { Day } from './day.svelte'
import { FOLDED } from './gathered'
import { DAYS, HERE, Program, settled, strikeOn } from './program.fake'

let program: Program
let day: Day

const strike = async (...keys: string[]) => {
  for (const key of keys) {
    strikeOn(day, key)
    await settled()
  }
}
const ids = () => day.rows.map((row) => row.id)
const likely = [{ matter: 'M1', name: 'Rivera v. Acme', confidence: 0.4, reasons: [] }]

beforeEach(async () => {
  program = new Program()
  program.draft('before', { matter: '' })
  program.row('r', { a: 'ann', b: 'ben', c: 'ann', d: 'dee' }, { candidates: likely })
  program.draft('after', { matter: '' })
  program.draft('ready')
  program.message('n1', 'news', 'sent to many')
  program.message('n2', 'news', 'sent to many')
  program.message('n3', 'shop', 'from an address that nobody reads')
  day = new Day(program.backend(), new Toasts())
  await day.show('')
  day.select('r')
})

describe('a row of mail', () => {
  test.each(['o', 'ArrowRight'])('%s opens it, the newest message first, and is still on it', async (key) => {
    await strike(key)
    expect(ids()).toEqual(['before', 'r', 'mail:d', 'mail:c', 'mail:b', 'mail:a', 'after', 'ready', FOLDED])
    expect(day.selected).toBe('r')
    await strike('ArrowRight')
    expect(day.selected, 'an open row is gone into').toBe('mail:d')
  })

  test.each(['o', 'ArrowLeft', 'Escape'])('%s closes it from within, and is on it then', async (key) => {
    await strike('o', 'j', 'j', key)
    expect([day.selected, ids().length]).toEqual(['r', 5])
  })

  test('the arrows stay on the day while a row has them, and brackets leave it', async () => {
    await strike('ArrowLeft', 'o', 'j', 'ArrowRight', 'ArrowRight')
    expect(day.view?.day).toBe(HERE)
    await strike('[')
    expect(day.view?.day).toBe(DAYS[0])
  })

  test.each([
    ['x', 'set aside as no work'],
    ['p', 'kept as your own time'],
    ['1', 'put under M1'],
  ])(
    '%s decides about the message that one is on; the next is selected, and the toast says what happened',
    async (key, says) => {
      await strike('o', 'j', 'j', key)
      expect(program.decided).toEqual([['TakeOut', 'c']])
      expect(day.selected).toBe('mail:b')
      expect(day.toasts.shown.at(-1)?.text).toBe(`1 message ${says}. U takes it back.`)
      expect(ids().slice(1, 5)).toEqual(["r'", 'mail:d', 'mail:b', 'mail:a'])
      await strike('u')
      expect([day.selected, ...ids().slice(1, 6)]).toEqual(['mail:b', 'r', 'mail:d', 'mail:c', 'mail:b', 'mail:a'])
    },
  )

  test('after the last message it is the one above, and at the end the next draft', async () => {
    await strike('o', 'j', 'j', 'j', 'j', 'x')
    expect(day.selected).toBe('mail:b')
    await strike('x', 'x')
    expect(day.selected, 'one alone is a draft like any other').toBe("r'''")
    await strike('x')
    expect(day.selected).toBe('after')
    expect(program.decided.at(-1)).toEqual(['Discard', "r'''"])
  })

  test('what is chosen is decided about together, wherever in the row one is', async () => {
    await strike('o', 'j', 'Space', 'j', 'j', 'Space', 'j')
    expect([...day.mail.chosen]).toEqual(['d', 'b'])
    await strike('x')
    expect(program.decided).toEqual([['TakeOut', 'b d']])
    expect([day.selected, day.mail.chosen.size]).toEqual(['mail:a', 0])
  })

  test('on the row itself too, and Escape lets go of it before it closes', async () => {
    await strike('o', 'j', 'Space', 'k', 'p')
    expect(program.decided).toEqual([['TakeOut', 'd']])
    expect(day.selected).toBe("r'")
    await strike('j', 'Space', 'Escape')
    expect([day.mail.chosen.size, day.selected]).toEqual([0, 'mail:c'])
    await strike('k', 'x')
    expect(program.decided.at(-1), 'with none chosen it is all of the row').toEqual(['Discard', "r'"])
  })

  test('Shift with an arrow chooses a range, which shrinks on the way back', async () => {
    await strike('o', 'j', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+j')
    expect([...day.mail.chosen]).toEqual(['d', 'c', 'b', 'a'])
    await strike('Shift+ArrowUp', 'Shift+ArrowUp')
    expect([[...day.mail.chosen], day.selected]).toEqual([['d', 'c'], 'mail:c'])
  })

  test('A chooses all that are with the same person', async () => {
    await strike('o', 'j', 'Space', 'j', 'a')
    expect([...day.mail.chosen].toSorted()).toEqual(['a', 'c', 'd'])
  })

  test('M asks for a matter of those that were chosen then, and of no others', async () => {
    await strike('o', 'j', 'Space', 'j', 'Space', 'm')
    expect([day.choosing, day.mail.asked?.ids]).toEqual(['mail:c', ['c', 'd']])
    day.setMatter(day.choosing, 'M7')
    await settled()
    expect(program.drafts.find((d) => d.matter === 'M7')?.evidence).toEqual(['c', 'd'])

    await strike('j', 'Space', 'm')
    day.mail.choose([]) // as news does that takes the chosen ones away
    day.setMatter(day.choosing, 'M8')
    await settled()
    expect(program.decided).toHaveLength(day.selected === 'mail:a' ? 1 : 2)
  })

  test('a refusal moves nothing and keeps what is chosen', async () => {
    program.refuses = 'TakeOut'
    await strike('o', 'j', 'Space', 'j', 'x')
    expect([day.selected, [...day.mail.chosen]]).toEqual(['mail:c', ['d']])
    expect(day.toasts.shown.at(-1)?.text).toBe('The disk is full')
  })

  test('keys struck faster than answers come go down the messages, each once, and a number takes no other message', async () => {
    program.hold('TakeOut')
    await strike('o', 'j', 'x', 'x', '1')
    while (program.waiting > 0) {
      await program.release()
      await settled()
    }
    expect(program.decided).toEqual([
      ['TakeOut', 'd'],
      ['TakeOut', 'c'],
    ])
  })
})

describe('folded mail', () => {
  beforeEach(async () => {
    day.select(FOLDED)
    await strike('o', 'j')
  })

  test('opens by sender, and W makes work of all of one, until undo', async () => {
    const [news, shop] = day.rows.filter((row) => row.fold).map((row) => row.id)
    expect(day.selected).toBe(news)
    await strike('w')
    expect([program.decided, day.selected]).toEqual([[['Unfold', 'n1 n2']], shop])
    await strike('u')
    expect(ids().slice(-3)).toEqual([FOLDED, news, shop])
    expect(day.selected).toBe(shop)
  })

  test('W on a message makes work of it alone, and stays in the row', async () => {
    await strike('ArrowRight', 'j', 'w')
    expect([program.decided, day.selected]).toEqual([[['Unfold', 'n2']], 'mail:n1'])
    expect(day.toasts.shown.at(-1)?.text).toBe('1 message drafted as work. U folds it again.')
  })

  test('nothing else decides about it', async () => {
    await strike('x', 'p', '1', 'm', 'Enter', 'e', '+', 's', 'g')
    expect([program.decided, day.covered, day.editing]).toEqual([[], false, null])
  })

  test('what is shown on the timeline leads to its row', () => {
    day.select('before')
    day.mail.opened = new Set()
    day.inspect(day.observations.get('n3')!)
    expect(day.selected).toBe('mail:n3')
    expect(day.row?.of).toMatch(/^fold:shop/)
  })
})

// Whatever is struck, and in whatever order the answers come: no message is decided about that was neither chosen nor
// under the cursor, none twice, what is chosen is to be seen, a row is selected, and no key does two things.
test.each(Array.from({ length: 60 }, (_, i) => i + 1))('keys and late answers in any order, %i', async (seed) => {
  let state = seed
  const pick = (n: number) => (state = (state * 48271) % 2147483647) % n
  for (const d of DAYS) program.draft(`of ${d}`, { day: d })
  const keys = [
    'j',
    'j',
    'k',
    'o',
    'o',
    'Space',
    'Shift+j',
    'a',
    'x',
    '1',
    'p',
    'w',
    'u',
    'Escape',
    'news',
    'ArrowRight',
  ]
  for (let i = 0; i < 30; i++) {
    const key = keys[pick(keys.length)] ?? 'j'
    const meant = new Set([...day.mail.chosen, ...day.evidence])
    const decided = program.decided.length
    if (pick(3) === 0) program.hold('Day')
    if (key === 'news') void day.refresh()
    else if (key !== 'Space' || day.row?.message) strikeOn(day, key)
    await settled()
    const n = program.waiting
    await program.release(pick(2) === 0 ? (at) => n - 1 - at : undefined)
    await settled()
    for (const [method, of] of program.decided.slice(decided))
      if (method === 'TakeOut' || method === 'Unfold')
        for (const id of of.split(' ')) expect(meant, `${key} decided about ${id}`).toContain(id)
    const messages = day.rows.flatMap((row) => row.message?.id ?? [])
    expect(new Set(messages).size, 'each message in one place').toBe(messages.length)
    for (const id of day.mail.chosen) expect(messages).toContain(id)
    if (day.rows.length > 0) expect(day.row, `after ${key}`).toBeDefined()
    for (const each of ['1', '2', 'x', 'p', 'm', 'w', 'Space', 'o', 'ArrowLeft', 'ArrowRight', 'Enter']) {
      const does = dayActions(day).filter((a) => a.keys.includes(each) && enabled(a))
      expect(does.length, `${each} on ${day.selected}: ${does.map((a) => a.id).join(' ')}`).toBeLessThan(2)
    }
  }
})
