/** The size and the duration of a benchmark. */
export interface Extent {
  rounds: number
  starts: number
  /** Numbers of orders that an emulator holds while it serves any of them. */
  growth: readonly number[]
  /** Numbers of requests after which memory is measured. */
  memoryAfter: readonly number[]
  /** The duration of a load, and of the first load of a server, during which V8 still compiles on the core of the server. */
  seconds: number
  warmUpSeconds: number
  cancelledEachRound: number
  /** The number of emulator processes for cancellations: V8 compiles each a little differently. */
  cancelling: number
  cancellationRounds: number
  /** Uncounted rounds before: cancellations get faster during the first tens of thousands. */
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
