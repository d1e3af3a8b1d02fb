export { TasksError } from "./concurrency/errors.js";
export { joinAll, settleAll, tryJoin } from "./concurrency/join.js";
export type { Joined, Outcome, Settled, SettleOptions, Tasks } from "./concurrency/join.js";
export type { Task, TaskContext, TaskOptions } from "./concurrency/launch.js";
export { mapConcurrent, mapUnordered } from "./concurrency/map.js";
export type { Mapper, Source } from "./concurrency/map.js";
