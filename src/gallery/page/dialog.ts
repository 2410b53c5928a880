import { el } from './dom.ts'

/** Opens a small dialog over the page, with its title; it goes away when it is closed, and the focus returns. */
export function openDialog(title: string, className = 'ask'): HTMLDialogElement {
  const before = document.activeElement as HTMLElement | null
  const dialog = el('dialog', { class: className, 'aria-labelledby': `${className}-title` })
  dialog.append(el('h2', { id: `${className}-title` }, title))
  dialog.addEventListener('close', () => {
    dialog.remove()
    if (before?.isConnected) before.focus()
  })
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}
