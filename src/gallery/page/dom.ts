// Elements without markup: texts are set as texts, so nothing that a person or an API wrote is ever read as HTML.

/** What may stand inside an element; `undefined`, `false` and `null` leave nothing. */
export type Child = Node | string | undefined | false | null

/** Attributes, and listeners by `onclick` and so on. `true` sets an empty attribute, `false` and `undefined` none. */
export type Attributes = Readonly<
  Record<string, string | number | boolean | undefined | ((event: never) => unknown)>
>

/** Makes an element. */
export function el<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener)
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...present(children))
  return element
}

/** Puts other children into an element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...present(children))
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`the page has no #${id}`)
  return element as T
}

const present = (children: readonly Child[]) =>
  children.filter((child) => child !== undefined && child !== false && child !== null)
