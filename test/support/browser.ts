import { type Browser, chromium } from 'playwright-core'

/** Starts headless Chromium, that of the system. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
