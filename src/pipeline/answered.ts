import type { SpooledRequest } from '../store/index.ts'

/** Whether any of an answer came, which is paid for. */
export function isAnswered({ body, pictures }: SpooledRequest): boolean {
  return body !== undefined || pictures.length > 0
}
