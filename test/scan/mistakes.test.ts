// Every kind of mistake that a person can make in a manifest or an import, with the whole message that they read.
import { expect, test } from 'vitest'
import { parseManifestFile } from '../../src/scan/index.ts'
import { messages, scanProject } from './support.ts'

const inManifest = (text: string) => messages(parseManifestFile(text, 'src/images.prompts.json').errors)

async function inImport(written: string): Promise<string> {
  const { errors } = await scanProject({
    'src/images.prompts.json': { images: { cat: 'A cat.', 'blog/hero': 'A harbour.' } },
    'src/main.ts': `import picture from '${written}'`,
  })
  return messages(errors)
}

test('manifest: no pictures at all', () => {
  expect(inManifest('{}')).toMatchInlineSnapshot(`
    "
    "images" is not given. [BAD_VALUE]
      at src/images.prompts.json:1:1
      → Allowed: an object of pictures by name.
    "
  `)
})

test('manifest: images as a list', () => {
  expect(inManifest('{ "images": ["A cat."] }')).toMatchInlineSnapshot(`
    "
    "images" is ["A cat."]. [BAD_VALUE]
      at src/images.prompts.json:1:13
      → Allowed: an object of pictures by name.
    "
  `)
})

test('manifest: a field at the top that does not exist', () => {
  expect(inManifest('{ "image": {}, "images": {} }')).toMatchInlineSnapshot(`
    "
    "image" is not a known name here. Did you mean "images"? [UNKNOWN_FIELD]
      at src/images.prompts.json:1:3
      → Known here: $schema, defaults, styles, images.
    "
  `)
})

test('manifest: a field that does not exist', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "qualty": "high" } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.qualty" is not a known name here. Did you mean "quality"? [UNKNOWN_FIELD]
      at src/images.prompts.json:1:44
      → Known here: prompt, style, model, size, quality, background, output_format, output_compression, moderation, extra, alt, decorative, widths, formats, aspect, fit, position, encode, placeholder, as, each, where.
    "
  `)
})

test('manifest: a field with the name of another tool', () => {
  expect(inManifest('{ "images": { "cat": { "prompt": "A cat.", "n": 4 } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.n" is not a known name here. [UNKNOWN_FIELD]
      at src/images.prompts.json:1:44
      → Known here: prompt, style, model, size, quality, background, output_format, output_compression, moderation, extra, alt, decorative, widths, formats, aspect, fit, position, encode, placeholder, as, each, where.
    "
  `)
})

test('manifest: no prompt', () => {
  expect(inManifest('{ "images": { "cat": { "size": "16:9" } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.prompt" is not given. [BAD_VALUE]
      at src/images.prompts.json:1:15
      → Allowed: a text, or a list of lines.
    "
  `)
})

test('manifest: an empty prompt', () => {
  expect(inManifest('{ "images": { "cat": "" } }')).toMatchInlineSnapshot(`
    "
    "images.cat" is an empty text. [BAD_VALUE]
      at src/images.prompts.json:1:15
      → Allowed: a prompt, or an object with a prompt.
    "
  `)
})

test('manifest: a prompt of white space', () => {
  expect(inManifest('{ "images": { "cat": { "prompt": "  " } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.prompt" is "  ". [BAD_VALUE]
      at src/images.prompts.json:1:34
      → Allowed: a text, or a list of lines.
    "
  `)
})

test('manifest: an empty list of lines', () => {
  expect(inManifest('{ "images": { "cat": { "prompt": [] } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.prompt" is an empty list. [BAD_VALUE]
      at src/images.prompts.json:1:34
      → Allowed: a text, or a list of lines.
    "
  `)
})

test('manifest: a line that is no text', () => {
  expect(inManifest('{ "images": { "cat": { "prompt": ["A cat.", 5] } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.prompt" is ["A cat.",5]. [BAD_VALUE]
      at src/images.prompts.json:1:34
      → Allowed: a text, or a list of lines.
    "
  `)
})

test('manifest: a picture that is a number', () => {
  expect(inManifest('{ "images": { "cat": 5 } }')).toMatchInlineSnapshot(`
    "
    "images.cat" is 5. [BAD_VALUE]
      at src/images.prompts.json:1:15
      → Allowed: a prompt, or an object with a prompt.
    "
  `)
})

test('manifest: a picture that is null', () => {
  expect(inManifest('{ "images": { "cat": null } }')).toMatchInlineSnapshot(`
    "
    "images.cat" is null. [BAD_VALUE]
      at src/images.prompts.json:1:15
      → Allowed: a prompt, or an object with a prompt.
    "
  `)
})

test('manifest: a size without a height', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "size": "1024" } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.size" is "1024". [BAD_VALUE]
      at src/images.prompts.json:1:52
      → Allowed: WIDTHxHEIGHT in pixels up to 8192 (1200x630), a ratio (16:9), or auto.
    "
  `)
})

test('manifest: a size of nothing', () => {
  expect(inManifest('{ "images": { "cat": { "prompt": "A cat.", "size": "0x0" } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.size" is "0x0". [BAD_VALUE]
      at src/images.prompts.json:1:52
      → Allowed: WIDTHxHEIGHT in pixels up to 8192 (1200x630), a ratio (16:9), or auto.
    "
  `)
})

test('manifest: a size that is a number', () => {
  expect(inManifest('{ "images": { "cat": { "prompt": "A cat.", "size": 1024 } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.size" is 1024. [BAD_VALUE]
      at src/images.prompts.json:1:52
      → Allowed: WIDTHxHEIGHT in pixels up to 8192 (1200x630), a ratio (16:9), or auto.
    "
  `)
})

test('manifest: a ratio that is none', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "aspect": "16/9" } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.aspect" is "16/9". [BAD_VALUE]
      at src/images.prompts.json:1:54
      → Allowed: a ratio such as 16:9.
    "
  `)
})

test('manifest: widths as one number', () => {
  expect(inManifest('{ "images": { "cat": { "prompt": "A cat.", "widths": 480 } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.widths" is 480. [BAD_VALUE]
      at src/images.prompts.json:1:54
      → Allowed: a list of whole numbers from 1 to 8192.
    "
  `)
})

test('manifest: a width that is a fraction', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "widths": [480.5] } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.widths.0" is 480.5. [BAD_VALUE]
      at src/images.prompts.json:1:55
      → Allowed: a list of whole numbers from 1 to 8192.
    "
  `)
})

test('manifest: a format that does not exist', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "formats": ["avif", "gif"] } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.formats.1" is "gif". [BAD_VALUE]
      at src/images.prompts.json:1:64
      → Allowed: a list of avif, webp, jpeg, png.
    "
  `)
})

test('manifest: a compression above 100', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "output_compression": 101 } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.output_compression" is 101. [BAD_VALUE]
      at src/images.prompts.json:1:66
      → Allowed: a whole number from 0 to 100, with output_format jpeg or webp.
    "
  `)
})

test('manifest: an encoder that does not exist', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "encode": { "jpg": { "quality": 80 } } } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.encode.jpg" is not a known name here. Did you mean "jpeg" or "png"? [UNKNOWN_FIELD]
      at src/images.prompts.json:1:56
      → Known here: avif, webp, jpeg, png.
    "
  `)
})

test('manifest: an encoder with a wrong quality', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "encode": { "webp": { "quality": 0 } } } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.encode.webp.quality" is 0. [BAD_VALUE]
      at src/images.prompts.json:1:77
      → Allowed: an object by format, each { "quality", "effort" }: quality 1 to 100, effort 0 to 9 (avif), 6 (webp), 9 (jpeg), 9 (png).
    "
  `)
})

test('manifest: a boolean as a text', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "decorative": "yes" } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.decorative" is "yes". [BAD_VALUE]
      at src/images.prompts.json:1:58
      → Allowed: true or false.
    "
  `)
})

test('manifest: a shape that does not exist', () => {
  expect(inManifest('{ "images": { "cat": { "prompt": "A cat.", "as": "html" } } }')).toMatchInlineSnapshot(`
    "
    "images.cat.as" is "html". [BAD_VALUE]
      at src/images.prompts.json:1:50
      → Allowed: url, srcset, img, picture, image-set, metadata, original.
    "
  `)
})

test('manifest: extra that is no object', () => {
  expect(
    inManifest('{ "images": { "cat": { "prompt": "A cat.", "extra": "seed=1" } } }'),
  ).toMatchInlineSnapshot(`
    "
    "images.cat.extra" is "seed=1". [BAD_VALUE]
      at src/images.prompts.json:1:53
      → Allowed: an object of fields that have no name of their own here.
    "
  `)
})

test('manifest: a prompt in the defaults', () => {
  expect(inManifest('{ "defaults": { "prompt": "A cat." }, "images": {} }')).toMatchInlineSnapshot(`
    "
    "defaults.prompt" is not a known name here. [UNKNOWN_FIELD]
      at src/images.prompts.json:1:17
      → Known here: style, model, size, quality, background, output_format, output_compression, moderation, extra, widths, formats, aspect, fit, position, encode, placeholder, as.
    "
  `)
})

test('manifest: a style that is no text', () => {
  expect(inManifest('{ "styles": { "paper": ["Cut paper."] }, "images": {} }')).toMatchInlineSnapshot(`
    "
    "styles.paper" is ["Cut paper."]. [BAD_VALUE]
      at src/images.prompts.json:1:24
      → Allowed: an object of texts by name.
    "
  `)
})

test('manifest: a name with an extension', () => {
  expect(inManifest('{ "images": { "cat.png": "A cat." } }')).toMatchInlineSnapshot(`
    "
    "cat.png" can't be a picture's name: it ends with an extension, which names leave out. [BAD_NAME]
      at src/images.prompts.json:1:15
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('manifest: a name that leaves the folder', () => {
  expect(inManifest('{ "images": { "../cat": "A cat." } }')).toMatchInlineSnapshot(`
    "
    "../cat" can't be a picture's name: it has the part "..". [BAD_NAME]
      at src/images.prompts.json:1:15
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('manifest: an absolute name', () => {
  expect(inManifest('{ "images": { "/cat": "A cat." } }')).toMatchInlineSnapshot(`
    "
    "/cat" can't be a picture's name: it is an absolute path. [BAD_NAME]
      at src/images.prompts.json:1:15
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('manifest: an empty name', () => {
  expect(inManifest('{ "images": { "": "A cat." } }')).toMatchInlineSnapshot(`
    "
    "" can't be a picture's name: it is empty. [BAD_NAME]
      at src/images.prompts.json:1:15
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('manifest: a name that is a device on Windows', () => {
  expect(inManifest('{ "images": { "blog/aux": "A cat." } }')).toMatchInlineSnapshot(`
    "
    "blog/aux" can't be a picture's name: its part "aux" is a device on Windows. [BAD_NAME]
      at src/images.prompts.json:1:15
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('manifest: a name with a character that Windows refuses', () => {
  expect(inManifest('{ "images": { "a:b": "A cat." } }')).toMatchInlineSnapshot(`
    "
    "a:b" can't be a picture's name: it has the character :. [BAD_NAME]
      at src/images.prompts.json:1:15
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('manifest: a name that ends with a dot', () => {
  expect(inManifest('{ "images": { "cat.": "A cat." } }')).toMatchInlineSnapshot(`
    "
    "cat." can't be a picture's name: its part "cat." begins or ends with a dot or a space. [BAD_NAME]
      at src/images.prompts.json:1:15
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('manifest: a name in letters that are not composed', () => {
  expect(inManifest('{ "images": { "cafe\\u0301": "A cat." } }')).toMatchInlineSnapshot(`
    "
    "café" can't be a picture's name: its letters are not in composed form (Unicode NFC). [BAD_NAME]
      at src/images.prompts.json:1:15
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('manifest: one name twice', () => {
  expect(
    inManifest(`{
  "images": {
    "cat": "A cat.",
    "cat": "A dog."
  }
}`),
  ).toMatchInlineSnapshot(`
    "
    "cat" is defined twice. [DEFINED_TWICE]
      at src/images.prompts.json:4:5, src/images.prompts.json:3:5
      → Keep one of the two entries.
    "
  `)
})

test('manifest: single quotes', () => {
  expect(inManifest(`{ 'images': {} }`)).toMatchInlineSnapshot(`
    "
    The manifest can't be read: 'images' is not JSON; names and texts stand in "double quotes". [MANIFEST_SYNTAX]
      at src/images.prompts.json:1:3
      → Mend the JSON at this place; everything else in the file is left as it is.
    "
  `)
})

test('manifest: a missing comma', () => {
  expect(
    inManifest(`{
  "images": {
    "cat": "A cat."
    "dog": "A dog."
  }
}`),
  ).toMatchInlineSnapshot(`
    "
    The manifest can't be read: a comma is missing. [MANIFEST_SYNTAX]
      at src/images.prompts.json:4:5
      → Mend the JSON at this place; everything else in the file is left as it is.
    "
  `)
})

test('manifest: an empty file', () => {
  expect(inManifest('')).toMatchInlineSnapshot(`
    "
    The manifest can't be read: it is empty. [MANIFEST_SYNTAX]
      at src/images.prompts.json:1:1
      → Mend the JSON at this place; everything else in the file is left as it is.
    "
  `)
})

test('import: a word that does not exist', async () => {
  expect(await inImport('./cat.png?generate&widht=480')).toMatchInlineSnapshot(`
    "
    "widht" is not a known name here. Did you mean "w"? [UNKNOWN_FIELD]
      at src/main.ts:1:22
      → Known here: as, w, h, aspect, fit, position, format, q, effort, placeholder, alt, decorative, prompt, style, model, size, quality, background, output_format, output_compression, moderation.
    "
  `)
})

test('import: a word of a synonym', async () => {
  expect(await inImport('./cat.png?generate&ratio=16:9')).toMatchInlineSnapshot(`
    "
    "ratio" is not a known name here. Did you mean "aspect"? [UNKNOWN_FIELD]
      at src/main.ts:1:22
      → Known here: as, w, h, aspect, fit, position, format, q, effort, placeholder, alt, decorative, prompt, style, model, size, quality, background, output_format, output_compression, moderation.
    "
  `)
})

test('import: a word twice', async () => {
  expect(await inImport('./cat.png?generate&w=480&w=960')).toMatchInlineSnapshot(`
    "
    "./cat.png?generate&w=480&w=960" can't be read: "w" stands in it twice. [BAD_SPECIFIER]
      at src/main.ts:1:22
      → The form is ./name.png?generate&as=picture: a path or a name, then words joined by &.
    "
  `)
})

test('import: a width that is no number', async () => {
  expect(await inImport('./cat.png?generate&w=480px')).toMatchInlineSnapshot(`
    "
    "w" is "480px". [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: whole numbers from 1 to 8192, joined by ;.
    "
  `)
})

test('import: widths of nothing', async () => {
  expect(await inImport('./cat.png?generate&w=')).toMatchInlineSnapshot(`
    "
    "w" is an empty text. [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: whole numbers from 1 to 8192, joined by ;.
    "
  `)
})

test('import: a quality of the encoder in words', async () => {
  expect(await inImport('./cat.png?generate&q=high')).toMatchInlineSnapshot(`
    "
    "q" is "high". [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: a whole number from 1 to 100.
    "
  `)
})

test('import: a format that does not exist', async () => {
  expect(await inImport('./cat.png?generate&format=gif')).toMatchInlineSnapshot(`
    "
    "format" is "gif". [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: avif, webp, jpeg, png, joined by ;.
    "
  `)
})

test('import: a fit that does not exist', async () => {
  expect(await inImport('./cat.png?generate&fit=crop')).toMatchInlineSnapshot(`
    "
    "fit" is "crop". [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: cover, contain, fill, inside, outside.
    "
  `)
})

test('import: a shape that does not exist', async () => {
  expect(await inImport('./cat.png?generate&as=img-tag')).toMatchInlineSnapshot(`
    "
    "as" is "img-tag". [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: url, srcset, img, picture, image-set, metadata, original.
    "
  `)
})

test('import: an extension that can not be made', async () => {
  expect(await inImport('./cat.svg?generate')).toMatchInlineSnapshot(`
    "
    "./cat.svg?generate" can't be read: .svg can't be made; use .png, .jpg, .webp or .avif. [BAD_SPECIFIER]
      at src/main.ts:1:22
      → The form is ./name.png?generate&as=picture: a path or a name, then words joined by &.
    "
  `)
})

test('import: no path', async () => {
  expect(await inImport('?generate&prompt=A+cat')).toMatchInlineSnapshot(`
    "
    "?generate&prompt=A+cat" can't be read: it has no path. [BAD_SPECIFIER]
      at src/main.ts:1:22
      → The form is ./name.png?generate&as=picture: a path or a name, then words joined by &.
    "
  `)
})

test('import: a prompt of nothing', async () => {
  expect(await inImport('./cat.png?generate&prompt=')).toMatchInlineSnapshot(`
    "
    "prompt" is an empty text. [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: a text, or a list of lines.
    "
  `)
})

test('import: a size that is none', async () => {
  expect(await inImport('./new.png?generate&prompt=A+cat&size=16by9')).toMatchInlineSnapshot(`
    "
    "size" is "16by9". [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: WIDTHxHEIGHT in pixels up to 8192 (1200x630), a ratio (16:9), or auto.
    "
  `)
})

test('import: a word of the request for an entry', async () => {
  expect(await inImport('./cat.png?generate&quality=high')).toMatchInlineSnapshot(`
    "
    "quality" belongs to the request for src/cat, which the manifest holds. [SENT_IN_QUERY]
      at src/main.ts:1:22
      → Write "quality" into the manifest's entry, or give this import a path and a prompt of its own.
    "
  `)
})

test('import: an entry that does not exist', async () => {
  expect(await inImport('./cta.png?generate')).toMatchInlineSnapshot(`
    "
    No manifest entry for "./cta.png". Did you mean "./cat.png"? [NO_SUCH_ENTRY]
      at src/main.ts:1:22
      → Looked into src/images.prompts.json. Add the entry there, or add &prompt=… to the import.
    "
  `)
})

test('import: a name that does not exist', async () => {
  expect(await inImport('dog?generate')).toMatchInlineSnapshot(`
    "
    No manifest entry for "dog". [NO_SUCH_ENTRY]
      at src/main.ts:1:22
      → Looked into src/images.prompts.json. Add the entry there, or add &prompt=… to the import.
    "
  `)
})

test('import: a manifest that does not exist', async () => {
  expect(await inImport('./img/images.prompts.json?generate')).toMatchInlineSnapshot(`
    "
    There is no manifest "./img/images.prompts.json". Did you mean "./images.prompts.json"? [NO_SUCH_MANIFEST]
      at src/main.ts:1:22
      → Found: src/images.prompts.json.
    "
  `)
})

test('import: a path outside of the root', async () => {
  expect(await inImport('../../cat.png?generate')).toMatchInlineSnapshot(`
    "
    "../../cat.png" lies outside the project's root. [OUTSIDE_ROOT]
      at src/main.ts:1:22
      → Keep generated pictures inside the root, or set \`root\` to a folder that holds both.
    "
  `)
})

test('import: a path that is no name', async () => {
  expect(await inImport('./prn.png?generate&prompt=A+cat')).toMatchInlineSnapshot(`
    "
    "src/prn" can't be a picture's name: its part "prn" is a device on Windows. [BAD_NAME]
      at src/main.ts:1:22
      → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
    "
  `)
})

test('import: several mistakes in one', async () => {
  expect(await inImport('./cat.bmp?generate&as=pictur&w=0&sise=16:9')).toMatchInlineSnapshot(`
    "
    "sise" is not a known name here. Did you mean "size"? [UNKNOWN_FIELD]
      at src/main.ts:1:22
      → Known here: as, w, h, aspect, fit, position, format, q, effort, placeholder, alt, decorative, prompt, style, model, size, quality, background, output_format, output_compression, moderation.
    "w" is "0". [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: whole numbers from 1 to 8192, joined by ;.
    "as" is "pictur". [BAD_VALUE]
      at src/main.ts:1:22
      → Allowed: url, srcset, img, picture, image-set, metadata, original.
    "./cat.bmp?generate&as=pictur&w=0&sise=16:9" can't be read: .bmp can't be made; use .png, .jpg, .webp or .avif. [BAD_SPECIFIER]
      at src/main.ts:1:22
      → The form is ./name.png?generate&as=picture: a path or a name, then words joined by &.
    "
  `)
})
