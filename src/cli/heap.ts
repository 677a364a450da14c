import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Bytes that V8's young generation is to have, both of its halves together. */
const wanted = 8 * 1024 * 1024

/** Milliseconds between two looks at it. Under load V8 needs about as long to let it grow once more. */
const lookedAtEvery = 250

/** By how much it grows at once where V8 decides. */
const ownGrowth = 2

function setGrowth(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`)
}

function adjust(): void {
  const size = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? wanted
  setGrowth(Math.max(1, Math.floor(wanted / size)))
}

/**
 * Holds V8's young generation near a size from now on. Under load it would grow to eight times as much and stay so, while
 * what a request leaves behind is a few kilobytes; and an idle V8 makes it so small that it is collected every fifty
 * requests, which takes a third of their time. (An observer of collections would see it at once, but Node keeps some memory
 * for each.)
 */
export function holdYoungGeneration(): void {
  adjust()
  setInterval(adjust, lookedAtEvery).unref()
}

/**
 * Sets what V8 has by itself, until the next look: it takes a code cache only where its flags are those that the cache was
 * made with.
 */
export function restoreOwnFlags(): void {
  setGrowth(ownGrowth)
}
