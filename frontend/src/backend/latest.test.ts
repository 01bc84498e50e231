import { expect, test, vi } from 'vitest'
import { Latest } from './latest'

interface Question {
  answer: (text: string) => void
  refuse: (cause: string) => void
  promise: Promise<string>
}
const ask = (): Question => {
  let answer!: (text: string) => void
  let refuse!: (cause: string) => void
  const promise = new Promise<string>((resolve, reject) => {
    answer = resolve
    refuse = reject
  })
  return { answer, refuse, promise }
}

/** All orders of the numbers below n. */
function orders(n: number): number[][] {
  if (n === 0) return [[]]
  return orders(n - 1).flatMap((order) => order.concat(n - 1).map((_, i) => order.toSpliced(i, 0, n - 1)))
}

// Each question is answered or refused, in every order: what the place shows in the end is what was asked last.
test.each(orders(4).map((order) => [order.join(''), order] as const))('answers in the order %s', async (_, order) => {
  for (let refusals = 0; refusals < 16; refusals++) {
    const place = new Latest()
    const shown: string[] = []
    const used: boolean[] = []
    const questions = order.map(ask)
    const refused = (i: number) => (refusals & (1 << i)) !== 0
    const asking = questions.map(async (q, i) => {
      used[i] = await place.ask(
        () => q.promise,
        (text) => shown.push(text),
        (cause) => shown.push(`no ${String(cause)}`),
      )
    })
    for (const i of order) {
      if (refused(i)) questions[i]?.refuse(String(i))
      else questions[i]?.answer(String(i))
      await Promise.resolve()
    }
    await Promise.all(asking)
    expect([shown, used]).toEqual([[refused(3) ? 'no 3' : '3'], [false, false, false, !refused(3)]])
  }
})

test('a place that was let go takes no answer, and the next question is its own', async () => {
  const place = new Latest()
  const [take, refused] = [vi.fn(), vi.fn()]
  const [late, wrong, next] = [ask(), ask(), ask()]
  const first = place.ask(() => late.promise, take, refused)
  place.drop()
  late.answer('late')
  await first
  const second = place.ask(() => wrong.promise, take, refused)
  place.drop()
  wrong.refuse('late')
  await second
  expect([take.mock.calls, refused.mock.calls]).toEqual([[], []])
  const third = place.ask(() => next.promise, take, refused)
  next.answer('now')
  expect([await third, take.mock.calls]).toEqual([true, [['now']]])
})

test('a question that fails before it is sent is refused like any other', async () => {
  const refused = vi.fn()
  const place = new Latest()
  await place.ask(() => Promise.reject(new Error('no')), vi.fn(), refused)
  expect(refused).toHaveBeenCalledOnce()
})
