// Starts the machine's Chromium for a test: quiet, alone, and with a profile of its own.

import { execFileSync } from 'node:child_process'
import puppeteer from 'puppeteer-core'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--force-color-profile=srgb']

export const chromium = (profile, ...flags) => puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(),
    userDataDir: profile,
    args: [...FLAGS, ...flags],
})
