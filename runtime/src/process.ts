export { closeGracefully } from "./process/close.js";
export type { CloseOptions } from "./process/close.js";
export type { Flush } from "./process/flush.js";
export { guardProcess } from "./process/guard.js";
export type { Fatal, FatalOrigin, GuardOptions } from "./process/guard.js";
export { drainTasks, spawn, watchWorker, WorkerExitError } from "./process/spawn.js";
export type { BackgroundTask, SpawnOptions } from "./process/spawn.js";
