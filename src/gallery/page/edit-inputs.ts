import type { EditableField, EditableFields, Editing } from '../protocol.ts'
import { el } from './dom.ts'

/** The inputs of an edit, and what stands in them. */
export interface Inputs {
  readonly elements: readonly HTMLElement[]
  values(): EditableFields
}

/** One input for each field that a picture may have. */
export function inputsOf({ fields, inherited, styles, qualities, allowed }: Editing): Inputs {
  const prompt = el('textarea', { rows: 4, id: 'edit-prompt' })
  prompt.value = fields.prompt ?? ''
  const alt = el('textarea', { rows: 2, id: 'edit-alt', class: 'short' })
  alt.value = fields.alt ?? ''
  const size = el('input', { id: 'edit-size', value: fields.size ?? '', placeholder: inherited.size })
  const quality = choice('edit-quality', qualities, fields.quality, inherited.quality)
  const decorative = el('input', {
    type: 'checkbox',
    id: 'edit-decorative',
    checked: fields.decorative === true,
  })
  const written = fields.style ?? []
  const boxes = [...new Set([...styles, ...written])].map((style) => {
    return { style, box: el('input', { type: 'checkbox', checked: written.includes(style) }) }
  })
  const field = (name: EditableField, label: string, input: HTMLElement) => {
    const help = `${input.id}-help`
    input.setAttribute('aria-describedby', help)
    const note = el('small', { id: help }, allowed[name])
    return el('div', { class: 'field' }, el('label', { for: input.id }, label), input, note)
  }
  const style = el(
    'fieldset',
    { class: 'field' },
    el('legend', {}, 'Style'),
    el(
      'div',
      { class: 'row' },
      ...boxes.map(({ style: of, box }) => el('label', { class: 'check' }, box, of)),
    ),
    inherited.style !== undefined &&
      inherited.style.length > 0 &&
      el('small', {}, `None chosen: ${inherited.style.join(', ')}, as the manifest says for all.`),
  )
  return {
    elements: [
      field('prompt', 'Prompt', prompt),
      ...(boxes.length === 0 ? [] : [style]),
      el('div', { class: 'pair' }, field('size', 'Size', size), field('quality', 'Quality', quality)),
      field('alt', 'Text alternative', alt),
      el('label', { class: 'check' }, decorative, 'Decorative: it says nothing'),
    ],
    values: () => ({
      prompt: prompt.value,
      style: boxes.filter(({ box }) => box.checked).map(({ style: of }) => of),
      size: size.value.trim(),
      quality: quality.value.trim(),
      alt: alt.value.trim(),
      decorative: decorative.checked,
    }),
  }
}

function choice(
  id: string,
  allowed: readonly string[],
  value = '',
  inherited = '',
): HTMLSelectElement | HTMLInputElement {
  if (allowed.length === 0) return el('input', { id, value, placeholder: inherited })
  const words = ['', ...new Set([...allowed, ...(value === '' ? [] : [value])])]
  const option = (word: string) =>
    el(
      'option',
      { value: word, selected: word === value },
      word || `${inherited || 'unset'} (not written here)`,
    )
  return el('select', { id }, ...words.map(option))
}
