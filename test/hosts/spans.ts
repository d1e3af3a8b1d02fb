/**
 * What the programs of `fixtures/` record, whichever host has compiled them: name, status, place, parent, and what was
 * thrown. No relative imports here: the script beside loads this file as it is, without a compiler.
 */

/** Of `fixtures/bundlers`, in the order in which they end, with their own attributes. */
export const bundlersSpans = [
  "round 0 src/round.ts:4 in take money",
  "take money 0 src/checkout.ts:9 in checkout till.cents=20",
  "checkout 0 src/checkout.ts:18 in undefined order.id=A-1",
  "take money 2 src/checkout.ts:9 in checkout till.cents=2000 RangeError",
  "checkout 2 src/checkout.ts:18 in undefined order.id=A-2 Error",
  "greeting 0 src/greeting.jsx:5 in undefined",
  "total 0 src/legacy.cjs:2 in undefined",
  "stock 0 src/the shop/stock.ts:1 in undefined",
];

/** Hosts whose maps are exact to the line only: Farm's are so by themselves, and Bun takes none from its plugins. */
export const withoutColumns = ["farm", "bun"];

/** Stack traces of the build without the plugin have the frames of the decorator, which then works when the program runs. */
export function withoutRuntime(output: string): string {
  return output.replaceAll(/^ +at .*[\\/]runtime[\\/].*\n/gm, "");
}

/** Of `fixtures/compiled`, sorted. */
export const compiledSpans = [
  "checkout 0 src/checkout.ts:23 in undefined",
  "checkout 2 src/checkout.ts:23 in undefined Error",
  "coins 0 src/lib/round.ts:7 in undefined",
  "round 0 src/lib/round.ts:2 in take money",
  "take money 0 src/checkout.ts:15 in checkout",
  "take money 2 src/checkout.ts:15 in checkout RangeError",
];

/** Where the errors that `fixtures/compiled` prints were made. */
export const compiledPlaces = ["checkout.ts:27:11", "checkout.ts:17:35"];

/** Of the tests in `fixtures/jest` and `fixtures/vitest`, in the order in which they end. */
export const testedSpans = [
  "take money 0 src/checkout.ts:9 in checkout",
  "checkout 0 src/checkout.ts:15 in undefined",
  "Till.constructor 0 src/checkout.ts:29 in undefined",
  "Till.accepts 0 src/checkout.ts:31 in undefined",
  "take money 2 src/checkout.ts:9 in checkout RangeError",
  "checkout 2 src/checkout.ts:15 in undefined Error",
];

/** Where the errors that those tests print were made. */
export const testedPlaces = ["checkout.ts:19:11", "checkout.ts:11:35"];

/** Of `fixtures/nest`, in the order in which they end; an error stands where it was thrown, not also in what it passes. */
export const nestSpans = [
  "OrderService.constructor 0 src/order.service.ts:6 in undefined",
  "PaymentService.charge 0 src/payment.service.ts:5 in place order",
  "place order 0 src/order.service.ts:9 in undefined",
  "PaymentService.charge 2 src/payment.service.ts:5 in place order RangeError",
  "place order 2 src/order.service.ts:9 in undefined",
];

/** Where the error that `fixtures/nest` prints was made. */
export const nestPlaces = ["payment.service.ts:7:29"];

/** What the console exporter prints of `fixtures/next`: a page and two orders. Next.js makes spans of its own, which are around these. */
export const nextSpans = [
  "✓ render the shop app/page.tsx:9:16",
  "✓ priceOf lib/pay.ts:2:8",
  "✓ label app/cart.tsx:7:1",
  "✓ POST app/api/pay/route.ts:4:8",
  "✓ pay order.id=A-1 lib/pay.ts:7:8",
  "✓ priceOf lib/pay.ts:2:8",
  "✓ POST app/api/pay/route.ts:4:8",
  "✗ pay order.id=A-12345 lib/pay.ts:7:8 RangeError: 700 is too much",
  "✓ priceOf lib/pay.ts:2:8",
];
