import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
export interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  /** Paths inside the package, as npm lists them. */
  readonly files: readonly string[];
}

/** What the tests read of `npm pack --json`. */
interface Packed {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs one published package as `npm publish` would, into `directory`. */
export async function pack(directory: string, workspace: string): Promise<Tarball> {
  const args = ["pack", "--json", "--pack-destination", directory, "--workspace", workspace];
  const { stdout } = await execute("npm", args, { cwd: root });
  const [packed] = JSON.parse(stdout) as readonly Packed[];
  if (packed === undefined) throw new Error(`npm pack made no tarball of ${workspace}: ${stdout}`);
  const { name, version, filename, files } = packed;
  return { name, version, path: join(directory, filename), files: files.map((file) => file.path) };
}

/** Reads one file out of a tarball. */
export async function readPacked({ path }: Tarball, file: string): Promise<string> {
  const { stdout } = await execute("tar", ["-xzOf", path, `package/${file}`], { maxBuffer: 2 ** 24 });
  return stdout;
}

/**
 * Serves tarballs the way a package registry does, on a loopback port: with its address as the registry of the
 * scope `@errspan`, `npm install @errspan/runtime` installs what was packed, by the very words of the README.
 */
export async function serve(tarballs: readonly Tarball[]): Promise<Registry> {
  const manifests = new Map<Tarball, object>();
  for (const tarball of tarballs) manifests.set(tarball, JSON.parse(await readPacked(tarball, "package.json")) as object);

  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/").slice(1);
    const tarball = tarballs.find(({ name }) => path === name || path === `${name}.tgz`);
    if (tarball === undefined) {
      response.writeHead(404).end();
    } else if (path.endsWith(".tgz")) {
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(readFileSync(tarball.path));
    } else {
      const integrity = `sha512-${createHash("sha512").update(readFileSync(tarball.path)).digest("base64")}`;
      const dist = { integrity, tarball: `${address(server)}${tarball.name}.tgz` };
      response.writeHead(200, { "content-type": "application/json" }).end(
        JSON.stringify({
          name: tarball.name,
          "dist-tags": { latest: tarball.version },
          versions: { [tarball.version]: { ...manifests.get(tarball), dist } },
        }),
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: address(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export interface Registry {
  readonly address: string;
  readonly close: () => Promise<void>;
}

function address(server: Server): string {
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}
