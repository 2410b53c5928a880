// Figures as people read them.

/** `$0.05`; below a cent with three digits: `$0.006`. */
export function dollars(usd: number): string {
  return usd > 0 && usd < 0.01 ? `$${usd.toFixed(3)}` : `$${usd.toFixed(2)}`
}

/** `1 picture`, `2 pictures`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** `12 s`, `3 min 05 s`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

/** `about 12 s left`, judged by what is finished; `ms` is the time that took. */
export function timeLeft({ finished, wanted, ms }: { finished: number; wanted: number; ms: number }): string {
  return `about ${duration((ms / finished) * (wanted - finished))} left`
}

/** `1.4 MB`, in powers of ten. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`
  const unit = size < 1e6 ? 'kB' : size < 1e9 ? 'MB' : 'GB'
  const value = size / { kB: 1e3, MB: 1e6, GB: 1e9 }[unit]
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

/** Another process, as far as it is known. */
export function processOf(pid: number | undefined): string {
  return pid === undefined ? 'another process' : `process ${pid}`
}
