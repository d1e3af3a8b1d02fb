/** Results and responses. `lost` must be reported by the strict configs, `sound` by none. */
const given = `import { err, ok, ResultAsync, type Result } from "neverthrow"; declare function save(x: number): Result<number, Error>; declare function saveAsync(x: number): ResultAsync<number, Error>; declare function load(): Promise<Result<number, Error>>; declare function run(): Promise<string>; declare function report(e: unknown): void; declare const res: { status(n: number): typeof res; json(x: unknown): void; send(x: unknown): void; end(x?: string): void };`;
const cases = (list: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(list).map(([name, code]) => [name, `${given}\n${code}`]));

export const lost: Record<string, string> = cases({
  "a dropped Result": `function f() { save(1); }`,
  "a dropped ResultAsync": `function f() { saveAsync(1); }`,
  "an awaited and dropped Result": `async function f() { await load(); }`,
  "a mapped and dropped Result": `function f() { save(1).map((x) => x + 1); }`,
  "a Result nobody reads": `function f() { const r = save(1); }`,
  "a dropped Result of the file": `function check(x: number) { if (x < 0) return err(new Error("negative")); return ok(x); } function f() { check(1); }`,
  "an error sent whole": `async function f() { try { res.json(await run()); } catch (e) { report(e); res.status(500).json(e); } }`,
  "an error sent in an object": `async function f() { try { res.json(await run()); } catch (error) { report(error); res.status(500).json({ error }); } }`,
  "a stack sent": `async function f() { try { res.json(await run()); } catch (e) { report(e); res.status(500).send((e as Error).stack); } }`,
  "a message sent with 500": `async function f() { try { res.json(await run()); } catch (e) { report(e); res.status(500).json({ error: (e as Error).message }); } }`,
  "an error sent by Response.json": `async function f() { try { return Response.json(await run()); } catch (e) { report(e); return Response.json({ stack: (e as Error).stack }, { status: 500 }); } }`,
  "a stack in a gRPC status": `function f(callback: (s: object) => void) { run().catch((err) => { report(err); callback({ code: 13, message: err.stack }); }); }`,
  "a stack by an error middleware": `export function onError(err: Error, req: unknown, response: typeof res, next: unknown) { report(err); response.status(500).send(err.stack); }`,
});

export const sound: Record<string, string> = cases({
  "a Result that is matched": `function f() { save(1).match((x) => x, (e) => report(e)); }`,
  "a Result that is returned": `function f() { return save(1); }`,
  "a Result that is checked": `function f() { const r = save(1); if (r.isErr()) report(r.error); }`,
  "a Result passed on": `declare function use(r: unknown): void; function f() { use(save(1)); }`,
  "an error looked at": `function f() { save(1).mapErr((e) => report(e)); }`,
  "no Result at all": `declare function log(x: string): void; function f() { log("x"); }`,
  "a text made for the client": `async function f() { try { res.json(await run()); } catch (e) { report(e); res.status(500).json({ error: "internal" }); } }`,
  "a validation's text": `class ValidationError extends Error {} async function f() { try { res.json(await run()); } catch (e) { if (e instanceof ValidationError) { res.status(400).json({ error: e.message }); return; } throw e; } }`,
  "a stack in development": `const isDev = process.env.NODE_ENV === "development"; async function f() { try { res.json(await run()); } catch (e) { report(e); res.status(500).json({ error: "internal", ...(isDev && { stack: (e as Error).stack }) }); } }`,
  "a code of the error": `async function f() { try { res.json(await run()); } catch (e) { report(e); res.status(500).json({ code: (e as { code: string }).code }); } }`,
  "next(err)": `export function f(next: (e: unknown) => void) { run().catch((e) => next(e)); }`,
  "an error logged, not sent": `async function f() { try { res.json(await run()); } catch (err) { report({ err }); res.status(500).end(); } }`,
});
