import { createError } from '../errors/index.ts'

const FULL = ['ENOSPC', 'EDQUOT']
const REFUSED = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ENOTEMPTY', 'EBUSY']

/** The error of the catalogue for a failed write to `file`; any other error as it came (EEXIST among them). */
export function explainWriteError(error: unknown, file: string): unknown {
  const { code = '', syscall } = error as NodeJS.ErrnoException
  if (FULL.includes(code)) return createError('NO_SPACE', { file, problem: code }, { cause: error })
  // mkdir of several folders says EEXIST where a parent is a file, and ENOENT where the disk is read-only.
  if (REFUSED.includes(code) || (syscall === 'mkdir' && ['EEXIST', 'ENOENT'].includes(code)))
    return createError('FOLDER_UNWRITABLE', { file, problem: code }, { cause: error })
  return error
}
