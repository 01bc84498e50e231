import type { GapView, ObservationView } from '../../backend'
import { count } from '../../format/duration'
import { clock, millis } from '../../format/time'
import { subjectOf } from './words'

const HOUR = 3_600_000
const LEAST = 17 // px: a moment is drawn this high
const TIGHT = 13 // px: or this high, when work follows at once
const MOST = 44 // px: a pile of moments grows no higher than this
const SIGN = 36 // px: how wide a mark is beside work
const BAR = 11 // px: how wide what is no time is beside anything else

/** What a block stands for; each has its colour. */
export type Tint = 'meeting' | 'document' | 'mail' | 'call' | 'note' | 'gap'

/** One rectangle on the timeline. */
export interface Block {
  key: string
  tint: Tint
  label: string
  observations: ObservationView[]
  gap?: GapView
  top: number // px
  bottom: number // px, where its time ends: a moment is drawn longer than it was
  height: number // px
  left: number // px
  width: number // px
  mark: boolean // a moment, or a pile of them
  dim: boolean
  struck: boolean
}

/** How time becomes pixels. */
export interface Scale {
  from: number // ms
  to: number
  perHour: number // px
  width: number // px
}

const TINTS: Record<string, Tint> = {
  meeting: 'meeting',
  mail_sent: 'mail',
  mail_received: 'mail',
  edit: 'document',
  review: 'document',
  export: 'document',
  timer: 'call',
  note: 'note',
}

export function tintOf(kind: string): Tint {
  return TINTS[kind] ?? 'note'
}

/** The scale that fits the day's activity into a height, in whole hours, never squeezing an hour under `least` px. */
export function scaleFor(
  observed: readonly ObservationView[],
  gaps: readonly GapView[],
  height: number,
  width = 100,
  least = 56,
): Scale | null {
  const timed = [...observed.filter((o) => !o.all_day), ...gaps]
  const first = timed.reduce((a, b) => (millis(a.start) <= millis(b.start) ? a : b), timed[0]!)
  if (!first) return null
  const last = Math.max(...timed.map((t) => Math.max(millis(t.end), millis(t.start) + 1)))
  const into = Number(clock(first.start).slice(3)) * 60_000 + (millis(first.start) % 60_000)
  const from = millis(first.start) - into
  const hours = Math.max(Math.ceil((last - from) / HOUR), 3)
  return { from, to: from + hours * HOUR, perHour: Math.max(least, height / hours), width }
}

/** The whole hours of a scale with their labels, as clocks of the zone show them. */
export function hoursOf(scale: Scale, zone: string): { top: number; label: string }[] {
  const hour = hourIn(zone)
  const count = Math.round((scale.to - scale.from) / HOUR)
  return Array.from({ length: count + 1 }, (_, i) => ({ top: i * scale.perHour, label: hour(scale.from + i * HOUR) }))
}

function hourIn(zone: string): (at: number) => string {
  const options = { hour: '2-digit', hourCycle: 'h23' } as const
  try {
    const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
    return (at) => format.format(at)
  } catch {
    const format = new Intl.DateTimeFormat('en-GB', options) // a zone that this machine does not know
    return (at) => format.format(at)
  }
}

/** Places observations and gaps: moments that would touch become one pile, what overlaps goes side by side. */
export function layout(observed: readonly ObservationView[], gaps: readonly GapView[], scale: Scale): Block[] {
  const y = (at: number) => ((at - scale.from) / HOUR) * scale.perHour
  const blocks: Block[] = []
  const piles = new Map<string, Block>()
  for (const o of observed) {
    if (o.all_day) continue
    const top = y(millis(o.start))
    const block = blockOf(o, top, y(millis(o.end)))
    const kind = `${block.tint} ${block.dim}`
    const pile = piles.get(kind)
    if (pile && pilesUp(pile, block)) {
      add(pile, block)
      continue
    }
    if (isMark(block)) piles.set(kind, block)
    blocks.push(block)
  }
  for (const block of blocks) block.width = scale.width
  for (const gap of gaps)
    blocks.push({ ...gapBlock(gap, y(millis(gap.start)), y(millis(gap.end))), width: scale.width })
  return sideBySide(blocks, scale.width)
}

function blockOf(o: ObservationView, top: number, bottom: number): Block {
  const struck = o.status === 'cancelled' || o.status === 'declined' || /cancel|declin/.test(o.ignored ?? '')
  return {
    key: o.id,
    tint: tintOf(o.kind),
    label: subjectOf(o),
    observations: [o],
    top,
    bottom,
    height: Math.max(bottom - top - 1, LEAST),
    left: 0,
    width: 0,
    mark: tintOf(o.kind) === 'mail' || o.start === o.end,
    dim: Boolean(o.ignored || o.folded),
    struck,
  }
}

function gapBlock(gap: GapView, top: number, bottom: number): Block {
  return {
    key: `gap:${gap.start}`,
    tint: 'gap',
    label: `${Math.round(gap.seconds / 60)} min unexplained`,
    observations: [],
    gap,
    top,
    bottom,
    height: Math.max(bottom - top - 1, LEAST),
    left: 0,
    width: 0,
    mark: false,
    dim: false,
    struck: false,
  }
}

function isMark(block: Block): boolean {
  return block.tint === 'mail' && block.height <= LEAST * 1.5
}

function pilesUp(pile: Block, block: Block): boolean {
  return isMark(block) && block.top < pile.top + Math.max(pile.height, LEAST) + 2 && block.bottom - pile.top <= MOST
}

function add(pile: Block, block: Block): void {
  pile.observations.push(...block.observations)
  pile.bottom = Math.max(pile.bottom, block.bottom)
  pile.height = Math.max(pile.height, pile.bottom - pile.top)
  pile.label = count(pile.observations.length, 'message')
  pile.struck &&= block.struck
}

/** Keeps what was drawn longer than it was from pushing aside the work that came right after it. */
function trim(blocks: readonly Block[]): void {
  const work = blocks.filter((b) => !b.mark && !b.dim)
  for (const block of work) {
    if (block.top + block.height <= block.bottom) continue
    const next = Math.min(...work.filter((b) => b !== block && b.top >= block.bottom - 1).map((b) => b.top))
    block.height = Math.min(block.height, Math.max(next - block.top - 1, TIGHT))
  }
}

/** Puts overlapping blocks side by side. */
function sideBySide(blocks: Block[], width: number): Block[] {
  blocks.sort((a, b) => a.top - b.top || b.height - a.height)
  trim(blocks)
  let run: Block[] = []
  let bottom = -Infinity
  for (const block of blocks) {
    if (run.length > 0 && block.top >= bottom) {
      spread(run, width)
      run = []
    }
    run.push(block)
    bottom = run.length > 1 ? Math.max(bottom, block.top + block.height) : block.top + block.height
  }
  spread(run, width)
  return blocks
}

/**
 * Shares the width among a run of blocks, each of which touches another: work in lanes on the left, marks beside it as
 * small as a sign, what is no time as thin bars at the right edge.
 */
function spread(run: Block[], width: number): void {
  if (run.length < 2) return
  const bars = lanesOf(run.filter((b) => b.dim))
  const marks = lanesOf(run.filter((b) => b.mark && !b.dim))
  const work = lanesOf(run.filter((b) => !b.mark && !b.dim))
  const others = marks.count + work.count
  const bar = others > 0 ? Math.min(BAR, (width * 0.25) / bars.count) : width / bars.count
  const sign = work.count > 0 ? Math.min(SIGN, (width * 0.45) / marks.count) : (width - bars.count * bar) / marks.count
  const rest = (width - bars.count * bar - marks.count * sign) / work.count
  for (const [block, lane] of bars.of) place(block, width - (lane + 1) * bar, bar)
  for (const [block, lane] of marks.of) place(block, width - bars.count * bar - (lane + 1) * sign, sign)
  for (const [block, lane] of work.of) place(block, lane * rest, rest)
  for (const block of run) widen(block, run, width)
}

function place(block: Block, left: number, width: number): void {
  block.left = left
  block.width = width
}

/** What has nothing to its left begins at the left, and what has nothing to its right ends at the right. */
function widen(block: Block, run: readonly Block[], width: number): void {
  const beside = run.filter((b) => b !== block && touches(b, block))
  const small = block.dim ? beside.length > 0 : block.mark && beside.some((b) => !b.mark && !b.dim)
  if (small) return
  const left = Math.max(0, ...beside.filter((b) => b.left < block.left).map((b) => b.left + b.width))
  block.left = left
  block.width = Math.min(width, ...beside.filter((b) => b.left > left).map((b) => b.left)) - left
}

/** Gives each block the first lane that is free where it starts. */
function lanesOf(blocks: readonly Block[]): { of: Map<Block, number>; count: number } {
  const of = new Map<Block, number>()
  for (const block of blocks) {
    const taken = new Set([...of].filter(([b]) => touches(b, block)).map(([, lane]) => lane))
    let lane = 0
    while (taken.has(lane)) lane++
    of.set(block, lane)
  }
  return { of, count: blocks.length === 0 ? 0 : Math.max(...of.values()) + 1 }
}

function touches(a: Block, b: Block): boolean {
  return a.top < b.top + b.height && b.top < a.top + a.height
}
