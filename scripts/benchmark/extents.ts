/** How much of the emulator a benchmark measures, and how long. */
export interface Extent {
  rounds: number
  starts: number
  /** Numbers of orders among which one is asked for. */
  growth: readonly number[]
  /** Numbers of requests after which the memory is looked at. */
  memoryAfter: readonly number[]
  /** Of a load, and of the first one that a server gets, in which V8 goes on compiling, on the server's own core. */
  seconds: number
  warmUpSeconds: number
  cancelledEachRound: number
  /** Processes of the emulator that cancel: V8 compiles each of them a little differently. */
  cancelling: number
  cancellationRounds: number
  /** Rounds before those: a cancellation gets faster for tens of thousands of them. */
  cancellationWarmUps: number
}

export const extents: Record<'whole' | 'quick', Extent> = {
  whole: {
    rounds: 5,
    starts: 11,
    growth: [100, 10_000, 1_000_000],
    memoryAfter: [100_000, 1_000_000],
    seconds: 1.4,
    warmUpSeconds: 1.8,
    cancelledEachRound: 16_000,
    cancelling: 2,
    cancellationRounds: 4,
    cancellationWarmUps: 4,
  },
  quick: {
    rounds: 1,
    starts: 3,
    growth: [100, 10_000],
    memoryAfter: [100_000],
    seconds: 0.4,
    warmUpSeconds: 0.7,
    cancelledEachRound: 8000,
    cancelling: 1,
    cancellationRounds: 1,
    cancellationWarmUps: 1,
  },
}
