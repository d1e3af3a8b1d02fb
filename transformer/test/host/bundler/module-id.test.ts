import { describe, expect, it } from "vitest";
import { codeModule, MAY_BE_CODE } from "../../../src/host/bundler/module-id.js";

describe("what a bundler calls a module", () => {
  it.each([
    ["/app/src/order.ts", "/app/src/order.ts"],
    ["/app/src/order.mts", "/app/src/order.mts"],
    ["/app/my src/order.jsx", "/app/my src/order.jsx"],
    ["/app/src/order.js?v=4f2a", "/app/src/order.js"],
    ["/app/src/order.ts?t=1795330000", "/app/src/order.ts"],
    ["/app/src/order.ts?used", "/app/src/order.ts"],
    ["/app/src/job.ts?worker_file&type=module", "/app/src/job.ts"],
    ["/@fs/home/me/shared/order.ts", "/home/me/shared/order.ts"],
    ["/@fs/C:/shared/order.ts", "C:/shared/order.ts"],
    ["C:\\app\\src\\order.ts", "C:\\app\\src\\order.ts"],
    ["/app/src/Cart.vue?vue&type=script&setup=true&lang.ts", "/app/src/Cart.vue"],
    ["/app/src/Cart.vue?vue&type=script&lang.tsx", "/app/src/Cart.vue"],
  ])("should be code: %s", (id, file) => {
    expect(codeModule(id)?.file).toBe(file);
    expect(MAY_BE_CODE.test(id)).toBe(true);
  });

  it.each([
    "\0virtual:routes.ts",
    "virtual:routes.ts",
    "vite/modulepreload-polyfill.js",
    "/app/src/order.ts?raw",
    "/app/src/order.ts?url",
    "/app/src/job.ts?worker",
    "/app/src/job.ts?worker&inline",
    "/app/src/order.js?commonjs-module\0",
    "/app/src/style.css",
    "/app/src/data.json",
    "/app/src/types.d.ts",
    "/app/src/Cart.vue",
    "/app/src/Cart.vue?vue&type=style&index=0&lang.css",
    "/app/src/Cart.vue?vue&type=template&id=1&lang.js",
  ])("should not be code: %s", (id) => {
    expect(codeModule(id)).toBeNull();
  });
});
