/** Stands for `node:worker_threads` where that is loaded to ask one question. */
export const isMainThread = true
/** Not in a worker. */
export const workerData = undefined
export const parentPort = null
