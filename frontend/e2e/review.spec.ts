import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { given, start, type Running } from './program'
import { accessible, open, rowOf, selected, selectedID, shot, walkTo, type Opened } from './window'

// A lawyer reviews the sample day, from opening it to locking it. The stories
// follow one another on one page, against the real program.
describe.skipIf(!given)('the review', () => {
  let running: Running
  let opened: Opened
  let page: Page

  beforeAll(async () => {
    running = await start()
    opened = await open(running.url)
    page = opened.page
    await page.locator('[data-row]').first().waitFor()
  })
  afterAll(async () => {
    await opened?.browser.close()
    await running?.stop()
  })

  const ready = () => page.locator('[data-row].ready')
  const hoursOf = async (id: string) => Number(await rowOf(page, id).locator('.hours button').innerText())
  const grid = () => page.getByRole('treegrid')

  test('the day opens, and its sum adds up as shown', async () => {
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/\w+day \d+ \w+/)
    const shown = await page.locator('.sum').innerText()
    const minutes = [...shown.matchAll(/(\d+)h(\d\d)/g)].map((m) => Number(m[1]) * 60 + Number(m[2]))
    const [observed, ...parts] = minutes
    expect(observed).toBeGreaterThan(0)
    expect(parts.reduce((a, b) => a + b, 0)).toBe(observed)
    expect(shown).toMatch(/0 double-booked/)
    expect(await page.locator('.timeline .block').count()).toBeGreaterThan(3)
  })

  test.each(['light', 'dark'] as const)('it is accessible in the %s theme', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await shot(page, `review-${colorScheme}`)
    await accessible(page)
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test('at twice the size nothing lies outside the window, and everything is reached', async () => {
    await page.setViewportSize({ width: 680, height: 430 })
    const outside = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('main *')]
          .filter((node) => node.getClientRects().length > 0 && !node.closest('.unseen'))
          .filter((node) => node.getBoundingClientRect().right > window.innerWidth + 1)
          .map((node) => node.outerHTML.slice(0, 120)),
      )
    expect(await outside()).toEqual([])
    await shot(page, 'review-twice')
    await accessible(page)
    const id = await selectedID(page)
    await page.keyboard.press('Space')
    await page.locator('#why h2').first().scrollIntoViewIfNeeded()
    expect(await page.locator('#why').evaluate((why) => why === document.activeElement)).toBe(true)
    await page.keyboard.press('Space')
    await expect.poll(() => rowOf(page, id).evaluate((row) => row === document.activeElement)).toBe(true)
    await page.setViewportSize({ width: 1360, height: 860 })
  })

  test('the keyboard walks down every row and back, with why beside it', async () => {
    const total = await page.locator('[data-row]').count()
    const seen = new Set([await selectedID(page)])
    for (let i = 1; i < total; i++) {
      await page.keyboard.press(i % 2 ? 'j' : 'ArrowDown')
      seen.add(await selectedID(page))
    }
    expect(seen.size).toBe(total)
    await expect.poll(() => selected(page).evaluate((row) => row === document.activeElement)).toBe(true)
    for (let i = 1; i < total; i++) await page.keyboard.press('k')
    const id = (await ready().first().getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    const narrative = await rowOf(page, id).locator('.narrative').innerText()
    expect(await page.locator('#why .narrative').innerText()).toBe(narrative)
  })

  test('a draft and what it was made of light up together', async () => {
    const chosen = page.locator('.block.chosen')
    await expect.poll(() => chosen.count()).toBeGreaterThan(0)
    const id = await selectedID(page)
    await page.keyboard.press('j')
    await chosen.first().hover()
    await page.locator('.block.lit').first().waitFor()
    await page.keyboard.press('k')
    await rowOf(page, id).hover()
    expect(await page.locator('.block.lit').count()).toBeGreaterThan(0)
    await page.mouse.move(5, 5)
  })

  test('a narrative is rewritten in place, and Escape leaves it alone', async () => {
    const id = await selectedID(page)
    const before = await rowOf(page, id).locator('.narrative').innerText()
    await page.keyboard.press('e')
    await page.keyboard.type(' nothing of this')
    await page.keyboard.press('Escape')
    expect(await rowOf(page, id).locator('.narrative').innerText()).toBe(before)

    await page.keyboard.press('e')
    await page.keyboard.type(' and x-ray its joints') // letters are text here, not keys
    await page.keyboard.press('Enter')
    await expect.poll(() => rowOf(page, id).locator('.narrative').innerText()).toBe(`${before} and x-ray its joints`)
    await page.reload()
    await rowOf(page, id).waitFor()
    expect(await rowOf(page, id).locator('.narrative').innerText()).toBe(`${before} and x-ray its joints`)
  })

  test('what is being typed survives news from outside', async () => {
    const id = (await ready().first().getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    await page.keyboard.press('e')
    const field = page.getByRole('textbox', { name: 'Narrative' })
    await field.fill('Words not saved yet')
    const other = await opened.browser.newPage()
    await other.goto(opened.url)
    await other.locator('[data-row]').first().waitFor()
    await walkTo(other, (await other.locator('[data-row].ready').nth(1).getAttribute('data-row')) ?? '')
    await other.keyboard.press('+')
    await other.keyboard.press('u')
    await other.waitForTimeout(500)
    await other.close()
    expect(await field.inputValue()).toBe('Words not saved yet')
    await page.keyboard.press('Escape')
  })

  test('a draft without a matter gets one', async () => {
    let lost = page.locator('[data-row].need').filter({ hasText: 'no matter' })
    if ((await lost.count()) === 0) {
      await page.keyboard.press('m')
      await page.keyboard.type('no matter yet')
      await page.keyboard.press('Enter')
      lost = page.locator('[data-row].need').filter({ hasText: 'no matter' })
    }
    const id = (await lost.first().getAttribute('data-row')) ?? ''
    const wanting = await lost.count()
    await walkTo(page, id)
    await page.keyboard.press('m')
    const list = page.getByRole('dialog', { name: 'Choose a matter' })
    await list.waitFor()
    await accessible(page)
    const name = (await list.getByRole('option').first().locator('.cut').first().innerText()).trim()
    await page.keyboard.type(name.toLowerCase().slice(0, 12))
    await shot(page, 'matter')
    const chosen = await list.locator('[role=option][aria-selected=true] .cut').first().innerText()
    await page.keyboard.press('Enter')
    await expect.poll(() => lost.count()).toBe(wanting - 1)
    await expect.poll(() => rowOf(page, id).getAttribute('class')).toContain('ready')
    expect(await grid().innerText()).toContain(chosen)
    expect(await selectedID(page)).not.toBe(id)
  })

  test('a number takes a likely matter', async () => {
    const unsure = page.locator('[data-row].need').filter({ has: page.locator('button.name') })
    expect(await unsure.count(), 'the sample has a draft with likely matters').toBeGreaterThan(0)
    const id = (await unsure.first().getAttribute('data-row')) ?? ''
    const name = (await rowOf(page, id).locator('button.name .cut').first().innerText()).trim()
    await walkTo(page, id)
    await page.keyboard.press('1')
    await expect.poll(() => rowOf(page, id).getAttribute('class')).toContain('ready')
    await walkTo(page, id)
    expect(await page.locator('#why .now .name').innerText()).toContain(name)
  })

  test('a gap becomes a draft of what was typed into it', async () => {
    const gaps = page.locator('[data-row^="gap:"]')
    const before = await gaps.count()
    expect(before, 'the sample has a gap').toBeGreaterThan(0)
    const id = (await gaps.first().getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    await page.keyboard.press('Enter')
    await page.keyboard.type('Lunch talk with the clerk on exhibits')
    await shot(page, 'gap')
    await page.keyboard.press('Enter')
    await expect.poll(() => gaps.count()).toBe(before - 1)
    await expect.poll(() => grid().innerText()).toMatch(/exhibits/i)
  })

  test('time changes by increments and by typing', async () => {
    const id = (await ready().first().getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    const before = await hoursOf(id)
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await page.keyboard.press('-')
    const step = Math.floor(before * 10 + 1e-9) / 10 + 0.1
    await expect.poll(() => hoursOf(id)).toBeCloseTo(step, 5)
    await page.keyboard.press('h')
    await page.keyboard.type('72m')
    await page.keyboard.press('Enter')
    await expect.poll(() => hoursOf(id)).toBe(1.2)
  })

  test('a discarded draft goes, undo brings it back, and so does Restore', async () => {
    const id = (await ready().nth(1).getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    await page.keyboard.press('x')
    await expect.poll(() => rowOf(page, id).count()).toBe(0)
    expect(await selectedID(page)).not.toBe('')
    await page.keyboard.press('u')
    await rowOf(page, id).waitFor()

    await walkTo(page, id)
    await page.keyboard.press('x')
    await expect.poll(() => rowOf(page, id).count()).toBe(0)
    await page.getByRole('button', { name: /^Set aside/ }).click()
    await rowOf(page, id).getByRole('button', { name: 'Restore' }).click()
    await expect.poll(() => rowOf(page, id).getAttribute('class')).toContain('ready')
  })

  test('the palette finds actions and drafts', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('dark')
    await shot(page, 'palette')
    await accessible(page)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.getByRole('button', { name: 'Light theme' }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await accessible(page)
    await page.keyboard.press('Escape')
  })

  test('the other pages open by g and a letter', async () => {
    for (const [key, name] of [
      ['p', 'Posting'],
      ['m', 'Matters'],
      ['s', 'Sources'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await shot(page, name.toLowerCase())
      await accessible(page)
    }
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.locator('[data-row]').first().waitFor()
  })

  test('a program that does not answer is told in plain words', async () => {
    const id = (await ready().first().getAttribute('data-row')) ?? ''
    await walkTo(page, id)
    await page.context().setOffline(true)
    await page.keyboard.press('+')
    await page.getByText('Tenths does not answer').first().waitFor()
    await page.context().setOffline(false)
    opened.complaints.length = 0 // the browser's own words about the lost connection
    await page.keyboard.press('+')
    await page.keyboard.press('-')
  })

  test('approving shows what will be locked, and locks just that', async () => {
    await page.waitForTimeout(300)
    const listed = await ready().count()
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: 'Approve' })
    await dialog.getByText('will be locked').waitFor()
    expect(await dialog.locator('section:not(.behind) li').count()).toBe(listed)
    const left = await page.locator('[data-row].need').count()
    expect(await dialog.locator('.behind li').count()).toBe(left)
    for (const why of await dialog.locator('.behind .why').allInnerTexts()) expect(why).not.toBe('')
    await shot(page, 'approve')
    await accessible(page)

    // Another window changes the list meanwhile: what is locked is only ever what is shown.
    const other = await opened.browser.newPage()
    await other.goto(opened.url)
    await walkTo(other, (await other.locator('[data-row].ready').first().getAttribute('data-row')) ?? '')
    await other.keyboard.press('+')
    await page.waitForTimeout(700)
    await other.close()
    const shown = await dialog.locator('.total').innerText()
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
    await expect.poll(() => dialog.locator('.total').innerText()).not.toBe(shown)
    expect(await page.locator('[data-row].done').count()).toBe(0)
    opened.complaints.length = 0 // the browser logs the refusal

    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => ready().count()).toBe(0)
    const locked = page.locator('[data-row].done')
    await expect.poll(() => locked.count()).toBeGreaterThanOrEqual(listed)
    expect(await locked.first().getByLabel('Locked').count()).toBe(1)

    await walkTo(page, (await locked.first().getAttribute('data-row')) ?? '')
    const was = await selected(page).innerText()
    for (const key of ['e', 'x', '+', 'm']) await page.keyboard.press(key)
    expect(await page.locator('textarea, dialog').count()).toBe(0)
    expect(await selected(page).innerText()).toBe(was)
    await page.waitForTimeout(4_500) // the toast's time
    await shot(page, 'approved')
    await accessible(page)
  })

  test('a day without anything says so', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.waitForTimeout(500)
    await shot(page, 'today')
    await accessible(page)
  })

  test('nothing was asked for elsewhere, and nothing went wrong unseen', () => {
    expect(opened.complaints).toEqual([])
  })
})
