/** Taken off at load, so that a program that patches them later does not matter. */
export const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn, isExtensible, keys, setPrototypeOf } = Object;
export const { apply, defineProperty } = Reflect;
