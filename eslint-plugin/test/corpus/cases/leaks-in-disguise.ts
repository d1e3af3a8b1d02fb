// defect: an error that is formatted for the client
import type { ServerResponse } from "node:http";
import { format } from "node:util";
export function h(err: Error, res: ServerResponse): void { res.statusCode = 500; res.end(format("%s", err)); }

// sound: a formatted text without the error
import type { ServerResponse } from "node:http";
import { format } from "node:util";
export function h(err: Error, res: ServerResponse): void { console.error(format("%s", err)); res.statusCode = 500; res.end(format("%s", "internal")); }

// defect: a destructured stack under another name, sent
import type { ServerResponse } from "node:http";
declare function f(): string;
export function h(res: ServerResponse): void { try { res.end(f()); } catch (err) { const { stack: trace = "" } = err as Error; res.statusCode = 500; res.end(JSON.stringify({ trace })); } }

// sound: a destructured stack under another name, logged
import type { ServerResponse } from "node:http";
declare function f(): string; declare const log: { error(o: object): void };
export function h(res: ServerResponse): void { try { res.end(f()); } catch (err) { const { stack: trace = "" } = err as Error; log.error({ trace, err }); res.statusCode = 500; res.end(JSON.stringify({ error: "internal" })); } }

// defect: the rest of a destructured error, sent
import type { Request, Response } from "express";
declare function f(): Promise<string>;
export async function h(req: Request, res: Response): Promise<void> { try { res.json(await f()); } catch (err) { const { ...rest } = err as Error; res.status(500).json(rest); } }

// sound: the error given to the next handler
import type { Request, Response, NextFunction } from "express";
declare function f(): Promise<string>;
export async function h(req: Request, res: Response, next: NextFunction): Promise<void> { try { res.json(await f()); } catch (err) { next(err); } }

// defect: an error that a library serialises, sent
import { serializeError } from "serialize-error";
import type { Response } from "express";
declare function f(): string;
export function h(res: Response): void { try { res.send(f()); } catch (err) { res.status(500).json(serializeError(err)); } }

// sound: an error that a library serialises, logged
import { serializeError } from "serialize-error";
import type { Response } from "express";
declare function f(): string; declare const log: { error(e: unknown): void };
export function h(res: Response): void { try { res.send(f()); } catch (err) { log.error(serializeError(err)); res.status(500).json({ error: "internal" }); } }

// defect: a function of the file that puts the stack into the answer
import type { Response } from "express";
declare function f(): string;
const toBody = (e: Error) => ({ error: e.name, stack: e.stack });
export function h(res: Response): void { try { res.send(f()); } catch (err) { res.status(500).json(toBody(err as Error)); } }

// sound: a function of the file that says nothing of the error
import type { Response } from "express";
declare function f(): string; declare const log: { error(e: unknown): void };
const toBody = (e: Error) => ({ error: "internal", at: Date.now() });
export function h(res: Response): void { try { res.send(f()); } catch (err) { log.error(err); res.status(500).json(toBody(err as Error)); } }

// defect: a body that becomes the stack in the catch
import type { Response } from "express";
declare function f(): string;
export function h(res: Response): void { let body = {}; try { body = { ok: f() }; } catch (err) { body = { error: (err as Error).stack }; } res.json(body); }

// sound: a body that becomes a fixed text in the catch
import type { Response } from "express";
declare function f(): string; declare const log: { error(e: unknown): void };
export function h(res: Response): void { let body = {}; try { body = { ok: f() }; } catch (err) { log.error(err); body = { error: "internal" }; } res.json(body); }

// defect: a caught error given to a gRPC client
import type { sendUnaryData } from "@grpc/grpc-js";
declare function f(): number;
export function h(_c: unknown, callback: sendUnaryData<number>): void { try { callback(null, f()); } catch (err) { callback(err as Error); } }

// sound: a status made for a gRPC client
import type { sendUnaryData } from "@grpc/grpc-js";
declare function f(): number; declare function report(e: unknown): void;
export function h(_c: unknown, callback: sendUnaryData<number>): void { try { callback(null, f()); } catch (err) { report(err); callback({ code: 13, details: "internal" }); } }
