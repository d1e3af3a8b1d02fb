// defect: the stack goes to the client
app.use((err, req, res, next) => {
  res.status(500).send(err.stack);
});

// defect: the stack in JSON
app.use((err, req, res, next) => {
  res.status(500).json({ message: err.message, stack: err.stack });
});

// defect: the whole error in JSON
app.get("/x", async (req, res) => {
  try {
    res.json(await load());
  } catch (error) {
    res.status(500).json({ error });
  }
});

// defect: the whole error sent
app.get("/x", async (req, res) => {
  try {
    res.json(await load());
  } catch (error) {
    res.status(500).send(error);
  }
});

// defect: the database's message
app.get("/x", async (req, res) => {
  try {
    res.json(await db.query("select 1"));
  } catch (error) {
    res.status(500).json({ error: error.message });
  }
});

// defect: a template of the error
app.get("/x", async (req, res) => {
  try {
    res.json(await load());
  } catch (error) {
    res.status(500).send(`Something broke: ${error}`);
  }
});

// defect: Fastify
fastify.setErrorHandler((error, request, reply) => {
  reply.status(500).send({ error: error.stack });
});

// defect: Koa
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (err) {
    ctx.status = 500;
    ctx.body = { message: err.message, stack: err.stack };
  }
});

// defect: a Next route
export async function GET() {
  try {
    return NextResponse.json(await load());
  } catch (error) {
    return NextResponse.json({ error: String(error) }, { status: 500 });
  }
}

// defect: a Response
export async function GET() {
  try {
    return Response.json(await load());
  } catch (error) {
    return new Response(error.stack, { status: 500 });
  }
}

// defect: node:http
createServer(async (req, res) => {
  try {
    res.end(await render(req.url));
  } catch (e) {
    res.statusCode = 500;
    res.end(e.stack);
  }
});

// defect: gRPC
const service = {
  async getUser(call, callback) {
    try {
      callback(null, await users.find(call.request.id));
    } catch (e) {
      callback({ code: status.INTERNAL, details: e.stack });
    }
  },
};

// defect: an unknown option
/** @traced({ nmae: "charge" }) */
export function charge(order: { id: string }) {
  return order.id;
}

// defect: a parameter that does not exist
/** @traced({ args: true, skip: ["card"] }) */
export function charge(order: { id: string }) {
  return order.id;
}

// defect: a marker on a type
/** @traced */
export interface Order {
  id: string;
}

// defect: a marker on a constant
/** @traced */
export const limit = 10;

// defect: a marker that is no literal
const options = { name: "x" };
/** @traced(options) */
export function charge(order: { id: string }) {
  return order.id;
}

// defect: a marker on an abstract method
abstract class Gateway {
  /** @traced */
  abstract charge(): Promise<void>;
}

// sound: a general message
app.use((err, req, res, next) => {
  logger.error(err);
  res.status(500).json({ message: "Internal server error" });
});

// sound: a validation error's message
app.get("/x", async (req, res) => {
  try {
    res.json(schema.parse(req.query));
  } catch (error) {
    if (error instanceof ValidationError) return res.status(400).json({ error: error.message });
    throw error;
  }
});

// sound: zod's issues
app.post("/x", (req, res) => {
  const result = schema.safeParse(req.body);
  if (!result.success) return res.status(400).json({ issues: result.error.issues });
  res.json(result.data);
});

// sound: the stack in development only
app.use((err, req, res, next) => {
  res.status(500).json({ message: "Internal server error", ...(process.env.NODE_ENV === "development" && { stack: err.stack }) });
});

// sound: a log
app.use((err, req, res, next) => {
  req.log.error({ stack: err.stack });
  next(err);
});

// sound: a client that shows a message
async function submit() {
  try {
    await api.save();
  } catch (e) {
    setState({ error: e.message, stack: e.stack });
  }
}

// sound: an http error that exposes itself
app.use((err, req, res, next) => {
  const status = err.status ?? 500;
  res.status(status).json({ error: err.expose ? err.message : "Internal server error" });
});

// sound: a problem's code
app.use((err, req, res, next) => {
  res.status(500).json({ code: err.code, requestId: req.id });
});

// sound: a worker's message
parentPort.on("message", async (task) => {
  try {
    parentPort.postMessage({ result: await run(task) });
  } catch (e) {
    parentPort.postMessage({ error: e.stack });
  }
});

// sound: a process's error output
try {
  main();
} catch (e) {
  process.stderr.write(e.stack);
  process.exitCode = 1;
}

// sound: a marker
/** @traced */
export async function charge(order: { id: string }) {
  return order.id;
}

// sound: a marker with options
/** @traced({ name: "orders.charge", args: "all", skip: ["card"] }) */
export async function charge(order: { id: string }, card: string) {
  return order.id + card;
}

// sound: a marker on an arrow
/**
 * Charges an order.
 * @traced
 */
export const charge = async (order: { id: string }) => order.id;

// sound: a marker on a method
class Gateway {
  /** @traced({ kind: "client" }) */
  async charge() {
    return 1;
  }
}

// sound: the word traced
/** Calls are traced by the proxy, see the `@traced` tag. */
export const limit = 10;

// sound: another decorator of that name
import { traced } from "some-other-tracer";
class Gateway {
  @traced("x")
  charge() {
    return 1;
  }
}

// defect: a tag that names another error than the one thrown
export class NotFound extends Error {}
export class Conflict extends Error {}
/**
 * Closes an order.
 * @throws {Conflict} if it is open
 */
export function close(order: { state?: string }) {
  if (!order.state) throw new NotFound("order");
}

// defect: a tag for an error that nothing throws any more
export class Conflict extends Error {}
/**
 * Closes an order.
 * @throws {Conflict} if it is open
 */
export function close(order: { state: string }) {
  return order.state === "closed";
}

// sound: a tag that is right through a call
export class NotFound extends Error {}
function find(id: string) {
  if (id === "") throw new NotFound(id);
  return { id };
}
/**
 * Closes an order.
 * @throws {NotFound} if there is none
 */
export function close(id: string) {
  return find(id).id;
}
