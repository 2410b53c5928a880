// JavaScript for MDX, which wants each piece as text and as a tree (ESTree, with JSX).

/** An expression. */
export interface Code {
  readonly text: string
  readonly tree: object
}

export const id = (name: string): Code => ({ text: name, tree: { type: 'Identifier', name } })

export const literal = (value: string): Code => ({
  text: JSON.stringify(value),
  tree: { type: 'Literal', value, raw: JSON.stringify(value) },
})

/** A field, or a field of a field. */
export const field = (of: Code, ...names: readonly string[]): Code =>
  names.reduce<Code>(
    (object, name) => ({
      text: `${object.text}.${name}`,
      tree: {
        ...{ type: 'MemberExpression', object: object.tree, property: id(name).tree },
        ...{ computed: false, optional: false },
      },
    }),
    of,
  )

export const call = (callee: Code, ...given: readonly Code[]): Code => ({
  text: `${callee.text}(${given.map(({ text }) => text).join(', ')})`,
  tree: {
    ...{ type: 'CallExpression', callee: callee.tree, arguments: given.map(({ tree }) => tree) },
    optional: false,
  },
})

/** Texts one after another. */
export const joined = (parts: readonly Code[]): Code =>
  parts.reduce((left, right) => ({
    text: `${left.text} + ${right.text}`,
    tree: { type: 'BinaryExpression', operator: '+', left: left.tree, right: right.tree },
  }))

/** `([format, srcSet]) => <source …/>` over what an import has as `sources`. */
export function sourcesOf(picture: Code, sizes: Code | undefined): Code {
  const [format, set] = [id('format'), id('srcSet')]
  const attributes = [
    ['key', format],
    ['type', joined([literal('image/'), format])],
    ['srcSet', set],
    ...(sizes === undefined ? [] : [['sizes', sizes] as const]),
  ] as const
  const element = {
    text: `<source${attributes.map(([name, { text }]) => ` ${name}={${text}}`).join('')} />`,
    tree: {
      type: 'JSXElement',
      openingElement: {
        ...{ type: 'JSXOpeningElement', selfClosing: true, name: jsxName('source') },
        attributes: attributes.map(([name, { tree }]) => ({
          ...{ type: 'JSXAttribute', name: jsxName(name) },
          value: { type: 'JSXExpressionContainer', expression: tree },
        })),
      },
      ...{ closingElement: null, children: [], data: { _mdxExplicitJsx: true } },
    },
  }
  const each: Code = {
    text: `([format, srcSet]) => ${element.text}`,
    tree: {
      ...{ type: 'ArrowFunctionExpression', expression: true, generator: false, async: false, id: null },
      params: [{ type: 'ArrayPattern', elements: [format.tree, set.tree] }],
      body: element.tree,
    },
  }
  return call(field(call(field(id('Object'), 'entries'), field(picture, 'sources')), 'map'), each)
}

/** The style that shows the placeholder of a picture, where it has one, until the picture is there. */
export function placeholderOf(picture: Code): Code {
  const given = field(picture, 'placeholder')
  // A colour stays as it is.
  const pattern = { text: '/^[^#].*/', tree: { type: 'Literal', regex: { pattern: '^[^#].*', flags: '' } } }
  const style = backgroundStyle(call(field(given, 'replace'), pattern, literal('url("$&") center / cover')))
  return {
    text: `${given.text} && ${style.text}`,
    tree: { type: 'LogicalExpression', operator: '&&', left: given.tree, right: style.tree },
  }
}

/** `{ background: … }`, which is one word in every library's styles. */
export function backgroundStyle(shown: Code): Code {
  const property = {
    ...{ type: 'Property', kind: 'init', key: id('background').tree, value: shown.tree },
    ...{ computed: false, method: false, shorthand: false },
  }
  return {
    text: `{ background: ${shown.text} }`,
    tree: { type: 'ObjectExpression', properties: [property] },
  }
}

/** A program of one expression. */
export const programOf = ({ tree }: Code) => program([{ type: 'ExpressionStatement', expression: tree }])

/** `import name from "from"`, for each. */
export function importsOf(imports: readonly (readonly [name: string, from: string])[]): Code {
  return {
    text: imports.map(([name, from]) => `import ${name} from ${literal(from).text}`).join('\n'),
    tree: program(
      imports.map(([name, from]) => ({
        type: 'ImportDeclaration',
        specifiers: [{ type: 'ImportDefaultSpecifier', local: id(name).tree }],
        ...{ source: literal(from).tree, attributes: [] },
      })),
    ),
  }
}

const program = (body: readonly object[]) => ({ type: 'Program', sourceType: 'module', body, comments: [] })
const jsxName = (name: string) => ({ type: 'JSXIdentifier', name })
