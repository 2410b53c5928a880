/** Where a key leads to from a place in a grid of so many columns; `undefined` where it means nothing there. */
export function move(
  {
    key,
    ctrlKey,
    metaKey,
    altKey,
    shiftKey,
  }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  { at, count, columns }: { at: number; count: number; columns: number },
): number | undefined {
  if (at < 0 || ctrlKey || metaKey || altKey || shiftKey) return undefined
  const last = count - 1
  const to = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    // From the row before the last, a column that the last row lacks leads to its end.
    ArrowDown:
      at + columns > last && Math.floor(at / columns) < Math.floor(last / columns) ? last : at + columns,
    ArrowUp: at - columns,
    PageDown: Math.min(at + 4 * columns, last),
    PageUp: Math.max(at - 4 * columns, 0),
    Home: 0,
    End: last,
  }[key]
  return to === undefined || to < 0 || to > last || to === at ? undefined : to
}
