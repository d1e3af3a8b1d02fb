import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TraceDocument } from "./otlp.js";

export interface Collector {
  /** What belongs into OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string;
  readonly received: readonly { readonly path: string; readonly document: TraceDocument }[];
  readonly close: () => void;
}

/**
 * An OpenTelemetry collector as small as can be: takes OTLP/JSON over HTTP on a loopback port and keeps it.
 *
 * @param status - the HTTP status that it answers with
 */
export async function startCollector(status = 200): Promise<Collector> {
  const received: { path: string; document: TraceDocument }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      received.push({ path: request.url ?? "", document: JSON.parse(body) as TraceDocument });
      response.writeHead(status, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    received,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
