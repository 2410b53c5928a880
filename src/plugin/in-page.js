// Stands at the end of Vite's own client in a page, and puts what changed in the place of what is shown: addresses in
// attributes and styles, and the sizes and texts beside them. Nothing is loaded again, and no script of the page is run.
;((hot) => {
  const ADDRESS = /(__generate-images\/files\/)([^\s"'(),?#]+)(?:\?v=\w+)?/g
  const plain = (text) => text.replace(ADDRESS, '$1$2')
  const mentions = (text) => text.includes('__generate-images/files/')

  /** A text with its addresses as they are now; a whole one (a srcset) where its parts changed. */
  const renew = (text, { files, texts }) =>
    texts.find(([before]) => before === plain(text))?.[1] ??
    text.replace(ADDRESS, (all, start, path) => (Object.hasOwn(files, path) ? start + files[path] : all))

  const renewAttributes = (element, update) => {
    const own = [...element.attributes].filter(({ value }) => mentions(value))
    for (const { name, value } of own) {
      const now = renew(value, update)
      if (name !== 'style' && now !== value) element.setAttribute(name, now)
    }
    for (const { spot, name, before, after } of update.attributes) {
      const isIts = own.some(({ value }) => value.includes(`/${spot}/`))
      if (isIts && element.getAttribute(name) === before) element.setAttribute(name, after)
    }
  }
  const renewStyle = (style, update) => {
    if (style === undefined || !mentions(style.cssText)) return
    const now = renew(style.cssText, update)
    if (now !== style.cssText) style.cssText = now
  }
  const renewSheet = (sheet, update) => {
    let rules
    try {
      rules = sheet.cssRules
    } catch {
      return // Of another origin: none of ours.
    }
    for (const rule of rules) renewRule(rule, update)
  }
  const renewRule = (rule, update) => {
    renewStyle(rule.style, update)
    if (rule.styleSheet) renewSheet(rule.styleSheet, update)
    for (const inner of rule.cssRules ?? []) renewRule(inner, update)
  }
  const renewTree = (root, update) => {
    for (const sheet of [...root.styleSheets, ...(root.adoptedStyleSheets ?? [])]) renewSheet(sheet, update)
    for (const element of root.querySelectorAll('*')) {
      renewAttributes(element, update)
      renewStyle(element.style, update)
      if (element.shadowRoot) renewTree(element.shadowRoot, update)
    }
  }
  hot.on('generate-images:changed', (updates) => {
    for (const update of updates) {
      const texts = update.texts.map(([before, after]) => [plain(before), after])
      renewTree(document, { ...update, texts })
    }
  })
  hot.on('generate-images:mended', () => {
    for (const overlay of document.querySelectorAll('vite-error-overlay'))
      if (overlay.shadowRoot?.textContent.includes('unplugin-generate-images')) overlay.close()
  })
})(createHotContext('/__generate-images/'))
