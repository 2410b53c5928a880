// What the component needs of this package: it is compiled by the project that uses it.
export { pictureParts } from '../embed/picture-parts.ts'
