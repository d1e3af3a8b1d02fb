// Serves the application of fixtures/next that was built in this directory, looks at its page, orders twice, and prints what the server has printed.
import { pay, serve } from "../next/server.ts";

const server = await serve(process.cwd());
try {
  await (await fetch(server.address)).text();
  for (const id of ["A-1", "A-12345"]) await pay(id, server.address);
} finally {
  process.stdout.write(await server.stop());
}
