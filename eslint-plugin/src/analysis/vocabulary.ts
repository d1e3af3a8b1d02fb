/**
 * What names say. Analysis comes first and names only break ties, for a tie broken wrongly is either an error
 * nobody hears of or a rule that somebody switches off.
 */

/** `closeAllConnections` → `["close", "all", "connections"]`. */
export function words(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const cleanUp = set(
  "close closes closing destroy dispose release unlink rm rmdir rimraf rmrf kill abort cancel terminate disconnect unsubscribe stop shutdown quit cleanup clean teardown rollback unlock detach end unref unpipe unwatch deregister unregister logout revoke cleartimeout clearinterval clear",
);
const removals = set("delete remove drop del purge uninstall truncate reset finish");

const dealings = set(
  "billing stripe account accounts order orders subscription subscriptions invoice invoices payment payments ticket tickets contract contracts booking bookings reservation reservations membership memberships position positions trade trades deal deals appointment appointments shipment shipments plan plans customer customers bid bids auction loan loans policy claim claims issue issues case cases",
);

/** What a business deals with, as it is called in names. */
export function isDealingWord(word: string): boolean {
  return dealings.has(word);
}

/** The call gives something back or puts something away; that it failed changes nothing for anybody. */
export function isCleanUpName(name: string): boolean {
  const all = words(name);
  const first = all[0] ?? "";
  // `closeAccount`, `cancelOrder`: what a business does is no clean-up.
  if (all.some((word, index) => index > 0 && dealings.has(word))) return false;
  if (cleanUp.has(first)) return true;
  return first === "tear" || (first === "shut" && all[1] === "down") || (first === "force" && cleanUp.has(all[1] ?? ""));
}

/** Puts something away only in a place where things are put away, such as `finally`. */
export function isRemovalName(name: string): boolean {
  return removals.has(words(name)[0] ?? "");
}

const extras = set("track prefetch preload warm prewarm");

/** The call only counts visitors or saves time later; what is done does not depend on it. */
export function isExtraName(name: string): boolean {
  return extras.has(words(name)[0] ?? "");
}

const predicates = set(
  "is has can could should was were are exists exist supports support includes matches try maybe safe safely attempt detect probe optional tolerant valid looks",
);

/** A function with such a name answers a question, or says that it may come back without a result. */
export function isPredicateName(name: string | undefined): boolean {
  if (!name) return false;
  const all = words(name);
  const last = all.at(-1) ?? "";
  if (predicates.has(all[0] ?? "")) return true;
  if (/Or(?:Null|Undefined|Default|Empty|False|None|Nothing|Else|Fallback)$|IfExists$|IfPresent$|IfAvailable$|Safe$|Safely$/.test(name)) return true;
  return last === "exists" || last === "available" || last === "reachable" || last === "supported";
}

const debugging = set("debug debugging dev development verbose trace tracing test testing prod production env environment node level silent quiet loglevel");
/** The condition asks how talkative the program is or where it runs, not what happened. */
export function isDebugName(name: string): boolean {
  return words(name).some((word) => debugging.has(word) && word !== "silent" && word !== "quiet" && word !== "test");
}

const stopping = set(
  "abort aborted aborting cancel canceled cancelled cancelling unmounted disposed destroyed closed closing stopped stopping shutdown shutting stale ended finished terminated quitting exiting ignore ignored silent quiet silently optional allow suppress tolerate lenient nothrow interrupted superseded settled responded resolved called sent",
);
/** The condition says that nobody waits for the outcome any more, or that the caller asked for silence. */
export function isStoppingName(name: string): boolean {
  return words(name).some((word) => stopping.has(word));
}

const living = set("mounted active alive current latest live open opened connected running newest");
/** The condition asks whether anybody is still there to be told. */
export function isLivingName(name: string): boolean {
  return words(name).some((word) => living.has(word));
}

const busy = set("loading busy pending submitting saving fetching spinner spinning progress isloading processing refreshing uploading downloading running connecting sending locked inflight");
/** State that only says whether work is going on. */
export function isBusyName(name: string): boolean {
  return words(name).some((word) => busy.has(word));
}

const failing = set(
  "error errors err fail failed fails failure failures failing reject rejected exception fatal invalid broken unavailable offline crash crashed abort aborted warn warning alert problem unhealthy degraded unreachable corrupt down dead missed skipped missing unreadable corrupted unsupported hidden redacted",
);
/** The name or text tells of a failure. */
export function isFailureName(name: string): boolean {
  return words(name).some((word) => failing.has(word));
}

const succeeded = set("ok success succeeded successful saved sent delivered paid valid");
/** Something went well where it is true. */
export function isSuccessName(name: string): boolean {
  return succeeded.has(words(name).at(-1) ?? "");
}

const shortfalls = set("truncated partial incomplete stale degraded fallback offline unknown timeout timedout timed");
/** What comes instead of the whole is said to be less than that. */
export function isShortfallName(name: string): boolean {
  return words(name).some((word) => shortfalls.has(word));
}

const commands = set(
  "save create update upsert insert send publish post put patch write charge pay process commit upload submit execute persist store transfer refund emit dispatch enqueue produce sync migrate apply delete remove place book import export register deploy notify deliver push",
);
/** The call is made for what it does, not for what it answers. */
export function isCommandName(name: string): boolean {
  return commands.has(words(name)[0] ?? "");
}

const counters = set("attempt attempts try tries retry retries retried retrying left remaining max count i n tried backoff");
/** The name counts attempts. */
export function isRetryName(name: string): boolean {
  return words(name).some((word) => counters.has(word));
}
