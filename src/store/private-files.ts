/** A path to or into what lies in the folder of pictures and is not meant for git, in any case of letters. */
export const PRIVATE_FILES = /[\\/]\.(takes|ledger\.jsonl)($|[\\/])/i
