import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page, Route } from 'playwright-core'
import { start, startable, type Running } from './program'
import { open, rowOf, walkTo, type Opened } from './window'

// Answers that come late: the page shows what was asked last, whatever comes after.
describe.skipIf(!startable)('a slow answer', () => {
  let running: Running
  let opened: Opened
  let page: Page

  beforeAll(async () => {
    running = await start('sample')
    opened = await open(running.url)
    page = opened.page
    await page.locator('[data-row]').first().waitFor()
  })
  afterAll(async () => {
    await opened?.browser.close()
    await running?.stop()
  })

  /** Holds the first answer to a method until it is let go, with other words in it than the program gave. */
  async function holdFirst(method: string, body: string): Promise<{ asked: () => number; letGo: () => Promise<void> }> {
    let held: Route | undefined
    let asked = 0
    await page.route(`**/call/${method}`, async (route) => {
      asked++
      if (asked === 1) held = route
      else await route.continue()
    })
    return {
      asked: () => asked,
      async letGo() {
        const answered = page.waitForResponse(`**/call/${method}`)
        await held?.fulfill({ contentType: 'application/json', body })
        await answered
        await page.unroute(`**/call/${method}`)
        await page.waitForTimeout(200)
      },
    }
  }

  const rows: Record<string, string> = { Matters: 'main li', Sources: 'main li', Posting: 'main h2, main table' }
  test.each([
    ['m', 'Matters', '[]'],
    ['s', 'Sources', '[]'],
    ['p', 'Posting', '{"connector":"Somewhere else","rows":[]}'],
  ])('g %s: the older answer never takes the place of the newer on %s', async (key, name, stale) => {
    const { asked, letGo } = await holdFirst(name, stale)
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await page.getByRole('heading', { level: 1, name }).waitFor()
    for (let i = 0; i < 2; i++) {
      await page.keyboard.press('g') // pausing and resuming is news
      await page.keyboard.press('h')
    }
    await expect.poll(asked).toBeGreaterThan(1)
    await page
      .locator(rows[name] ?? '')
      .first()
      .waitFor()
    const shown = await page.locator('main .body').innerText()
    await letGo()
    expect(await page.locator('main .body').innerText()).toBe(shown)
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.locator('[data-row]').first().waitFor()
  })

  test('to what was approved does not close what was opened since', async () => {
    const release: (() => Promise<void>)[] = []
    await page.route('**/call/Approve', (route) => void release.push(() => route.continue()))
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: 'Approve' })
    await dialog.getByText('will be locked').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => release.length).toBe(1)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+Enter')
    await dialog.getByText('will be locked').waitFor()
    await release[0]?.()
    await page.getByText(/approved and locked/).waitFor()
    expect(await dialog.count()).toBe(1)
    await page.unroute('**/call/Approve')

    // What it shows was locked meanwhile: nothing is approved that was not looked at.
    opened.complaints.length = 0
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
    await dialog.getByText('Nothing can be approved yet').waitFor()
    opened.complaints.length = 0 // the browser logs the refusal
    await page.keyboard.press('Escape')
  })

  test('to a day asked for before leaves the day gone to', async () => {
    const id = (await page.locator('[data-row].need').first().getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    const title = page.getByRole('heading', { level: 1 })
    const here = await title.innerText()
    const held: Route[] = []
    let holding = true
    await page.route('**/call/Day', async (route) => {
      if (holding) held.push(route)
      else await route.continue()
    })
    await page.keyboard.press('p') // reads the day again
    await expect.poll(() => held.length).toBeGreaterThan(0)
    holding = false
    await page.getByRole('button', { name: 'Today', exact: true }).click()
    await expect.poll(() => title.innerText()).not.toBe(here)
    const there = await title.innerText()
    for (const route of held) await route.continue()
    await page.waitForTimeout(400)
    expect(await title.innerText()).toBe(there)
    expect(await rowOf(page, id).count()).toBe(0)
    expect(opened.complaints).toEqual([])
  })
})
