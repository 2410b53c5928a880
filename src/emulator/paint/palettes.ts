import type { Hex } from './color.ts'

/** The colours of one mood. */
export interface Palette {
  /** Words of a prompt that ask for this mood. */
  readonly words: readonly string[]
  /** From the zenith to the horizon. */
  readonly sky: readonly [Hex, Hex, Hex]
  /** The sun, the moon, and what they light. */
  readonly glow: Hex
  /** The land from the horizon to the viewer. */
  readonly far: Hex
  readonly mid: Hex
  readonly near: Hex
  readonly deep: Hex
  /** Three that stand out: a strong one, a warm one, a pale one. */
  readonly accents: readonly [Hex, Hex, Hex]
  readonly night?: true
}

/** All moods. */
export const PALETTES: readonly Palette[] = [
  {
    words: ['dawn', 'sunrise', 'morning', 'soft', 'calm', 'pastel', 'muted'],
    sky: ['#4a6a94', '#d9a5a0', '#ffe2bd'],
    glow: '#fff3d9',
    far: '#b7a2b6',
    mid: '#77789f',
    near: '#3c4a70',
    deep: '#20294a',
    accents: ['#e4694c', '#f4a865', '#fff2e2'],
  },
  {
    words: ['dusk', 'sunset', 'evening', 'golden', 'warm', 'twilight', 'dramatic'],
    sky: ['#2a2c60', '#a94d7c', '#f9a66c'],
    glow: '#ffe0a8',
    far: '#a05c88',
    mid: '#613f7a',
    near: '#36295e',
    deep: '#1a163a',
    accents: ['#ff7a66', '#ffc46e', '#ffeadb'],
  },
  {
    words: ['noon', 'day', 'summer', 'sunny', 'bright', 'blue', 'clear', 'holiday'],
    sky: ['#3f8fc9', '#94cbe3', '#eaf5ee'],
    glow: '#fffbe4',
    far: '#93c0c6',
    mid: '#4f929b',
    near: '#26686f',
    deep: '#123f48',
    accents: ['#f0655f', '#f5b739', '#fffaf0'],
  },
  {
    words: ['night', 'midnight', 'moon', 'moonlight', 'dark', 'star', 'neon', 'dream'],
    sky: ['#090e2b', '#1c2a60', '#51629f'],
    glow: '#f6f0d6',
    far: '#43528a',
    mid: '#293668',
    near: '#172046',
    deep: '#0a0f29',
    accents: ['#86ceff', '#ffce6e', '#f3f0ff'],
    night: true,
  },
  {
    words: ['spring', 'meadow', 'green', 'fresh', 'nature', 'organic', 'eco'],
    sky: ['#8fc4bd', '#d3e8cf', '#fdf5db'],
    glow: '#fff7cf',
    far: '#a7c79f',
    mid: '#6aa074',
    near: '#3a7453',
    deep: '#1b4838',
    accents: ['#e8623f', '#f4b83c', '#fff6e6'],
  },
  {
    words: ['autumn', 'fall', 'rustic', 'harvest', 'vintage', 'cosy', 'cozy', 'wooden', 'retro'],
    sky: ['#d79a6a', '#f0cf9d', '#fff0d0'],
    glow: '#fff6dc',
    far: '#d1a06e',
    mid: '#ad6b3c',
    near: '#774224',
    deep: '#3f2013',
    accents: ['#c4412b', '#e99b2a', '#fbeacb'],
  },
  {
    words: ['rose', 'pink', 'romantic', 'love', 'gentle', 'delicate', 'peach'],
    sky: ['#d98fa0', '#f5c9c3', '#fff0e4'],
    glow: '#fffaf2',
    far: '#d6a1ae',
    mid: '#ad6c87',
    near: '#724162',
    deep: '#3f233d',
    accents: ['#df4d6b', '#f39a7b', '#fff6f2'],
  },
  {
    words: ['winter', 'snow', 'ice', 'frost', 'cold', 'arctic', 'nordic', 'quiet'],
    sky: ['#6f93b8', '#b5ccdf', '#f2f5f4'],
    glow: '#ffffff',
    far: '#a6bdd3',
    mid: '#698bad',
    near: '#3a5c7f',
    deep: '#1b324d',
    accents: ['#d8564f', '#f1c078', '#ffffff'],
  },
]
