// The stand-in for a picture that is not there: an SVG drawn from its name and prompt. Pure text, without sharp.
import { createHash } from 'node:crypto'
import { escapeXml, widthOf, wrap } from './draft-text.ts'

/** What a draft stands for. Width and height are pixels. */
export interface Draft {
  readonly width: number
  readonly height: number
  readonly name: string
  readonly prompt: string
  /** `missing`: not made yet. `broken`: made, but its file and its record disagree. */
  readonly state: 'missing' | 'broken'
}

/** How a state shows itself. */
const STATES = {
  missing: { caption: 'not made yet', saturation: 45, frame: 'hsl(0, 0%, 0%)', opacity: 0.25, dashed: false },
  broken: {
    caption: 'broken: see the terminal',
    saturation: 8,
    frame: '#b3261e',
    opacity: 0.9,
    dashed: true,
  },
} as const
/** No letter is smaller, in pixels; boxes without room for them stay without text. */
const SMALLEST = 7
/** Letters are as large where there is room: pages show many a large file small, 1440 pixels in 200. */
const [USUAL, USUAL_SHARE] = [13, 1 / 20]
/** Characters; more of a name or a prompt fits into no box. */
const [NAME_MAX, PROMPT_MAX] = [400, 1500]
const LINE = 1.35
/** How much wider bold letters are. */
const BOLD = 1.15

/**
 * Draws a stand-in as an SVG document of exactly that size: soft hills in a hue that is the name's own, the name, as
 * much of the prompt as fits, and the size. The same for the same input; refers to nothing outside and runs nothing.
 */
export function drawDraft(draft: Draft): string {
  const { width, height, name, state } = draft
  const { saturation, frame, opacity, dashed } = STATES[state]
  const hue = createHash('sha256').update(name).digest().readUInt16BE(0) % 360
  const tone = (turn: number, lightness: number) =>
    `hsl(${(hue + turn) % 360}, ${saturation}%, ${lightness}%)`
  const short = Math.min(width, height)
  const inset = round(Math.min(short * 0.05, 24))
  const line = round(Math.max(short / 400, 0.5))
  const dashes = dashed ? ` stroke-dasharray="${round(line * 6)} ${round(line * 4)}"` : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    '<defs><linearGradient id="sky" x1="0" y1="0" x2="0.3" y2="1">',
    `<stop offset="0" stop-color="${tone(0, 94)}"/><stop offset="1" stop-color="${tone(40, 84)}"/>`,
    `</linearGradient></defs><rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    hill(width, height, 0.72, 0.6, 0.82, tone(40, 81)),
    hill(width, height, 0.86, 0.94, 0.74, tone(60, 78)),
    `<rect x="${inset}" y="${inset}" width="${round(width - 2 * inset)}" height="${round(height - 2 * inset)}" ` +
      `fill="none" stroke="${frame}" stroke-width="${line}" opacity="${opacity}"${dashes}/>`,
    ...words(draft, `hsl(${hue}, 40%, 20%)`, 2 * inset),
    '</svg>',
  ].join('')
}

/** A soft ridge from edge to edge; the heights at the left, the middle and the right are shares of the picture's. */
function hill(
  width: number,
  height: number,
  left: number,
  middle: number,
  right: number,
  fill: string,
): string {
  const [x1, x2] = [round(width / 3), round((2 * width) / 3)]
  const [y1, y2, y3] = [left, middle, right].map((share) => round(share * height))
  return `<path d="M0 ${y1}C${x1} ${y2} ${x2} ${y2} ${width} ${y3}V${height}H0Z" fill="${fill}"/>`
}

function words({ width, height, name, prompt, state }: Draft, ink: string, margin: number): string[] {
  const [roomX, roomY] = [width - 2 * margin, height - 2 * margin]
  const body = Math.min(roomX / 14, roomY / 7, Math.max(USUAL, roomX * USUAL_SHARE))
  if (body < SMALLEST) return []
  const [title, small] = [body * 1.25, Math.max(body * 0.75, SMALLEST)]
  const out: string[] = []
  let y = margin
  const put = (text: string, size: number, more: string) => {
    y += size * LINE
    out.push(write(text, margin, y - size * 0.35, size, ink, more))
  }
  const room = roomX / title / BOLD
  const whole = name.slice(-NAME_MAX)
  const shown = widthOf(whole) <= room ? whole : whole.split('/').at(-1)!
  for (const row of wrap(shown, room, 2)) put(row, title, 'font-weight="600"')
  put(STATES[state].caption, small, 'opacity=".75"')
  y += body * 0.5
  // The last line belongs to the size.
  const rows = Math.floor((height - margin - small * LINE - y) / (body * LINE))
  for (const row of wrap(prompt.slice(0, PROMPT_MAX), roomX / body, rows)) put(row, body, 'opacity=".9"')
  const size = `${width} × ${height}`
  return [...out, write(size, width - margin, height - margin, small, ink, 'text-anchor="end" opacity=".75"')]
}

function write(text: string, x: number, y: number, size: number, ink: string, more: string): string {
  return (
    `<text x="${round(x)}" y="${round(y)}" font-family="system-ui, sans-serif" font-size="${round(size)}" ` +
    `fill="${ink}" ${more}>${escapeXml(text)}</text>`
  )
}

const round = (value: number) => Math.round(value * 100) / 100
