// defect: catch returns an empty list
export const loadTags = () => api.tags().catch(() => []);

// defect: catch noop from lodash
import noop from "lodash/noop";
saveSettings(settings).catch(noop);

// defect: then with an empty rejection handler
client.connect().then(onConnected, () => {});

// defect: computed catch
queue.publish(job)["catch"](() => undefined);

// defect: optional chain
store?.persist(state)?.catch(() => {});

// defect: a cast in between
(service.start() as Promise<void>).catch(() => {});

// defect: catch with an underscore
sendWelcomeMail(user).catch((_) => {});

// defect: block body that returns null
async function currentUser() {
  return fetchUser().catch((err) => {
    return null;
  });
}

// defect: console.error and then used
async function show() {
  const items = await loadItems().catch(console.error);
  render(items.length);
}

// defect: console log then used through a function
async function totals() {
  const rows = await db.query("select * from totals").catch((err) => {
    console.log("query failed", err);
  });
  return rows.map((row) => row.total);
}

// defect: default in Promise.all
const [user, orders] = await Promise.all([
  fetchAccount(id),
  fetchOrders(id).catch(() => []),
]);

// defect: then chain with a default at the end
getInventory()
  .then((inventory) => inventory.items)
  .then((items) => items.filter((item) => item.count > 0))
  .catch(() => ({}))
  .then(renderInventory);

// defect: an async handler that swallows
uploadReport(report).catch(async (error) => {
  await sleep(1000);
});

// defect: method reference to a local noop
function ignoreAll() {}
backup(database).catch(ignoreAll);

// defect: a catch without handler
syncCalendar(calendar).catch();

// defect: nullish handler
deliver(parcel).catch(undefined);

// defect: guard on wrong condition
persistOrder(order).catch((err) => {
  if (DEBUG) console.error(err);
});

// defect: false as a result of a command
const ok = await publishRelease(version).catch(() => false);

// defect: in a Prisma route
export async function GET() {
  const posts = await prisma.post.findMany().catch(() => []);
  return Response.json(posts);
}

// defect: partly handled
submitClaim(claim).catch((error) => {
  if (error.status === 422) {
    showValidation(error.body);
  }
});

// defect: ternary of handlers
writeAudit(entry).catch(strictMode ? rethrow : () => {});

// defect: zero for a total
const revenue = await stripe.balance.retrieve().then((b) => b.total).catch(() => 0);

// defect: callback swallow in finally chain
importFeed(feed).catch(() => {}).finally(() => setBusy(false));

// defect: react query fn with a made-up value
useQuery({ queryKey: ["cart"], queryFn: () => loadCart().catch(() => ({ items: [] })) });

// sound: handler reports
sendEvent(event).catch((error) => logger.error({ error }, "event lost"));

// sound: report by reference
flush().catch(reportError);

// sound: handler rethrows with cause
const load = () =>
  readManifest().catch((error) => {
    throw new ManifestError("cannot read the manifest", { cause: error });
  });

// sound: passes to next
app.get("/", (req, res, next) => {
  render(req).then((html) => res.send(html)).catch(next);
});

// sound: json parse fallback of a body
const body = await response.json().catch(() => null);

// sound: text of an error response
const detail = await response.text().catch(() => "");

// sound: closing
await browser.close().catch(() => {});

// sound: cleanup of a temp directory
await rm(directory, { recursive: true }).catch(() => {});

// sound: comment with a reason
track("opened").catch(() => {
  // analytics may be blocked; nothing depends on it
});

// sound: zod builder
const level = z.enum(["low", "high"]).catch("low");

// sound: effect
const program = Effect.tryPromise(() => load()).pipe(Effect.catchAll((e) => Effect.fail(e)));

// sound: promise awaited elsewhere
const ready = server.start();
ready.catch(() => {});
await ready;

// sound: typed narrowing
const profile = await getProfile(id).catch((error) => {
  if (error instanceof NotFound) return undefined;
  throw error;
});

// sound: exit on failure
main().catch((error) => {
  console.error(error);
  process.exit(1);
});

// sound: sets state
loadUsers().then(setUsers).catch(setError);

// sound: emits
this.connect().catch((error) => this.emit("error", error));

// sound: rejects
inner().then(resolve, reject);

// sound: converts to a result
const outcome = await charge(order).then(
  (value) => ({ ok: true, value }),
  (error) => ({ ok: false, error }),
);

// sound: cypress
cy.get("button").then(($b) => $b.click());

// sound: wallet user rejects
connectWallet().catch((error) => {
  if (error.code === 4001) return;
  notify.error(error);
});

// sound: race with a timeout
const winner = await Promise.race([work(), timeout(1000)]).catch((error) => {
  metrics.timeouts.add(1);
  throw error;
});

// sound: stat or null by ENOENT
const info = await stat(path).catch((error) => {
  if (error.code === "ENOENT") return null;
  throw error;
});

// sound: play may be refused by the browser
video.play().catch(() => {
  // autoplay is not allowed before a gesture
});

// sound: lambda error to dead letter queue
handle(message).catch((error) => deadLetters.send({ message, error }));

// sound: sentry then fallback
const flags = await fetchFlags().catch((error) => {
  Sentry.captureException(error);
  return defaultFlags;
});
