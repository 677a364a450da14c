/** Stands for `node:worker_threads` where that is loaded to ask one question. */
export const isMainThread = true
