import { setFlagsFromString } from 'node:v8'

/**
 * Lets V8's young generation stay as large as it is. Under load it would grow to 32 MiB and stay so, while what a request
 * leaves behind is a few hundred bytes.
 */
export function keepYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Sets what V8 has by itself: it takes a code cache only where its flags are those that the cache was made with. */
export function growYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}
