import type { LedgerLine, SpoolEntry } from '../store/index.ts'

/** The ledger's line for a request that was sent and whose outcome is not known. */
export function unknownLine(entry: SpoolEntry, requestId: string | undefined): LedgerLine {
  const { id, at, name, key, request, n, provider, estimateUsd } = entry
  return {
    ...{ v: 1, at, id, name, key, model: request.model, n, provider, outcome: 'unknown' },
    ...{ usd: estimateUsd, basis: 'estimate' },
    ...(requestId === undefined ? {} : { requestId }),
  }
}
