/** On the prototype of a variant: `Set.Variant`, by which `instanceof` knows it across copies of this package. */
export const BRAND: unique symbol = Symbol.for("errspan.error.brand");

/** On the prototype of a transparent variant: message and meaning are those of its cause. */
export const TRANSPARENT: unique symbol = Symbol.for("errspan.error.transparent");
