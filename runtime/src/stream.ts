export { forEach, forEachBatch, mapEach, partitionEach } from "./stream/each.js";
export type {
  FailedItem,
  ItemContext,
  ItemHandler,
  ItemPolicy,
  PartitionedStream,
  StreamOptions,
  StreamReport,
} from "./stream/each.js";
export { chunks } from "./stream/source.js";
export type { StreamSource } from "./stream/source.js";
