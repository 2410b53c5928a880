// The emulator: the contract of the real image APIs on loopback, free. It knows what the API takes, answers, refuses
// and bills, and how to paint; it must not know the client, so that the two can judge each other.
export type { Emulator } from './emulator.ts'
export { createEmulator } from './emulator.ts'
export type { Fault, FaultName, FaultQueue } from './faults.ts'
export { FAULTS } from './faults.ts'
export { BLOCKED } from './generate.ts'
export type { LedgerEntry, Totals } from './ledger.ts'
export { totalsOf } from './ledger.ts'
export type { EmulatorOptions, ServerOptions } from './options.ts'
export type { SeenRequest } from './seen-requests.ts'
export type { RunningEmulator } from './server.ts'
export { startEmulator } from './server.ts'
