import type { MadeModule } from '../plugin/module.ts'
import type { Placer } from '../plugin/placer.ts'
import type { Opened } from './opened.ts'

/** What a specifier that stands in `file` (absolute) gives, in its own shape unless another is told. `placerFor`: by the picture's name. */
export async function valueIn(
  { project, session }: Opened,
  { meant, file, as }: { readonly meant: string; readonly file: string; readonly as?: 'original' },
  placerFor: (name: string) => Placer,
): Promise<{ readonly value: MadeModule['parts'][number]['value']; readonly alt: string | undefined }> {
  const { moduleOf } = await import('./begin.ts')
  const found = session.find(meant, project.store.layout.show(file))
  if (found.kind !== 'picture') throw new Error(`${meant} is no single picture`)
  const { parts } = await moduleOf(
    { ...found, as: as ?? found.as },
    {
      ...{ id: meant, project, placer: placerFor(found.picture.name), original: session.original },
      ...{ take: ({ file }) => file, follow: () => {} },
    },
  )
  return { value: parts[0]!.value, alt: found.alt }
}
