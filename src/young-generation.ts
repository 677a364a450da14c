import { setFlagsFromString } from 'node:v8'

/**
 * Lets V8's young generation stay as large as it is. Under load it would grow to 32 MiB and stay so, while what a request
 * leaves behind is a few hundred bytes.
 */
export function keepYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Lets it grow, as V8 does by itself: what makes much that is soon forgotten is faster so. */
export function growYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}
