import type {
  EditableField,
  EditableFields,
  EditBody,
  Editing,
  Listing,
  PictureDetails,
} from '../protocol.ts'
import { el, fill } from './dom.ts'
import { type Inputs, inputsOf } from './edit-inputs.ts'
import { placeLink, refusalBox } from './problem.ts'
import { say } from './say.ts'
import { call, readPicture } from './server.ts'

/** The form that writes fields back to where the picture is asked for. */
export interface EditPart {
  readonly name: string
  readonly element: HTMLElement
  /** Whether the person has changed something that is not saved. */
  dirty(): boolean
}

/** Makes the form of a picture. It is closed until it is asked for. */
export function createEditPart(
  picture: PictureDetails,
  { took }: { took: (picture: PictureDetails) => void; listing: Listing },
): EditPart {
  const { name, cannotEdit } = picture
  const element = el('section')
  if (picture.editing === null) {
    if (cannotEdit !== null) element.append(el('h3', {}, 'Edit'), el('p', { class: 'soft' }, cannotEdit))
    else element.hidden = true
    return { name, element, dirty: () => false }
  }
  let editing = picture.editing
  let inputs: Inputs | undefined
  const told = el('div')

  const changed = (): EditBody['fields'] =>
    inputs === undefined ? {} : differences(editing, inputs.values())
  const dirty = () => Object.keys(changed()).length > 0
  const close = (sentence?: string) => {
    inputs = undefined
    fill(told)
    const edit = el(
      'button',
      { type: 'button', class: 'button small', 'data-focus': 'edit', onclick: open },
      'Edit…',
    )
    fill(
      element,
      el('div', { class: 'head' }, el('h3', {}, 'Where it is asked for'), edit),
      placeLink(editing.at),
    )
    if (sentence !== undefined) {
      say(sentence)
      edit.focus()
    }
  }
  const save = async (event: Event) => {
    event.preventDefault()
    const fields = changed()
    if (Object.keys(fields).length === 0) return close('Nothing was changed')
    const answer = await call('edit', { name, stamp: editing.stamp, fields })
    if ('value' in answer) {
      close('Saved')
      return took(answer.value)
    }
    fill(told, refusalBox(answer.refusal))
    if (answer.refusal.problem.code !== 'FILE_CHANGED') return
    // What the person wrote stays; the next save goes against the file as it is.
    const fresh = await readPicture(name)
    if ('value' in fresh && fresh.value.editing !== null) {
      const written = Object.fromEntries(Object.entries(fields)) as Partial<EditableFields>
      editing = fresh.value.editing
      draw({ ...editing, fields: { ...editing.fields, ...written } })
    }
  }
  const draw = (shown: Editing) => {
    inputs = inputsOf(shown)
    const buttons = el(
      'div',
      { class: 'row' },
      el('button', { class: 'button primary small' }, 'Save'),
      el('button', { type: 'button', class: 'button small', onclick: () => close('Not changed') }, 'Cancel'),
    )
    const form = el('form', { class: 'form', onsubmit: save }, ...inputs.elements, told, buttons)
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
      if (event.key !== 'Escape') return
      // Escape leaves the form first, and the picture the next time.
      event.preventDefault()
      event.stopPropagation()
      if (!dirty()) close('Not changed')
    })
    fill(element, el('h3', {}, 'Edit'), placeLink(shown.at), form)
  }
  const open = () => {
    draw(editing)
    element.querySelector('textarea')?.focus()
  }
  close()
  return { name, element, dirty }
}

// Only what was changed is written: a field that is emptied is taken out, one that only inherits its value stays out.
function differences({ fields }: Editing, values: EditableFields): EditBody['fields'] {
  const out: { [F in EditableField]?: EditableFields[F] | null } = {}
  const compare = <F extends EditableField>(field: F) => {
    const value = values[field]
    const empty = value === '' || value === false || (Array.isArray(value) && value.length === 0)
    const next = empty ? null : value
    if (
      JSON.stringify(next) !== JSON.stringify(fields[field] ?? null) &&
      !(next === null && fields[field] === false)
    )
      out[field] = next
  }
  for (const field of Object.keys(values) as EditableField[]) compare(field)
  return out
}
