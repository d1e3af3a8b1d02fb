/** Version of this package: what was built by another one is out of date. */
export const VERSION = "0.1.0";
