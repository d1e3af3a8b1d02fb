import type { TracedOptions } from "./options.js";
import { type AnyFunction, isClass, isWrapped, type Qualify, wrap } from "./wrap.js";

type AnyClass = abstract new (...args: never[]) => unknown;

/** What `traced(options)` gives: a decorator for methods, accessors, fields that hold functions, and classes. */
export interface TracedDecorator {
  <F extends AnyFunction>(method: F, context: ClassMethodDecoratorContext): F;
  <This, T>(getter: (this: This) => T, context: ClassGetterDecoratorContext<This, T>): (this: This) => T;
  <This, T>(setter: (this: This, value: T) => void, context: ClassSetterDecoratorContext<This, T>): (this: This, value: T) => void;
  <This, T>(
    accessor: ClassAccessorDecoratorTarget<This, T>,
    context: ClassAccessorDecoratorContext<This, T>,
  ): ClassAccessorDecoratorResult<This, T>;
  <This, F extends AnyFunction>(field: undefined, context: ClassFieldDecoratorContext<This, F>): (initial: F) => F;
  <C extends AnyClass>(target: C, context?: ClassDecoratorContext<C>): void;
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): TypedPropertyDescriptor<T>;
}

/**
 * Traces a function without a transformer, as a wrapper or as a decorator; under TypeScript's own decorators and
 * under `experimentalDecorators`. The transformer compiles the decorator away.
 *
 * A wrapper has the function's kind, name, length and `this`; what it returns is what the function returns. On a
 * class, every method of its own is traced, static ones too; constructors and accessors are not.
 *
 * @param options see {@link TracedOptions}
 * @throws TypeError where the decorator stands on something that cannot be traced
 * @example
 * const charge = traced({ name: "charge", args: ["amount"] }, async (amount: number, card: Card) => { … });
 *
 * class Orders {
 *   \@traced({ fields: (order: Order) => ({ "order.id": order.id }) })
 *   async place(order: Order) { … }
 * }
 */
export function traced<F extends AnyFunction>(options: TracedOptions<Parameters<F>>, fn: F): F;
export function traced<F extends AnyFunction>(fn: F, context?: ClassMethodDecoratorContext): F;
export function traced<This, T>(getter: (this: This) => T, context: ClassGetterDecoratorContext<This, T>): (this: This) => T;
export function traced<This, T>(
  setter: (this: This, value: T) => void,
  context: ClassSetterDecoratorContext<This, T>,
): (this: This, value: T) => void;
export function traced<This, T>(
  accessor: ClassAccessorDecoratorTarget<This, T>,
  context: ClassAccessorDecoratorContext<This, T>,
): ClassAccessorDecoratorResult<This, T>;
export function traced<This, F extends AnyFunction>(
  field: undefined,
  context: ClassFieldDecoratorContext<This, F>,
): (initial: F) => F;
export function traced<C extends AnyClass>(target: C, context?: ClassDecoratorContext<C>): void;
export function traced<T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): TypedPropertyDescriptor<T>;
export function traced(options: TracedOptions): TracedDecorator;
export function traced(...input: unknown[]): unknown {
  const [first, second] = input;
  if (input.length === 2 && typeof second === "function") return wrap(second as AnyFunction, first as TracedOptions);
  if (input.length === 1 && typeof first !== "function") {
    return (...target: unknown[]) => decorate(first as TracedOptions, target);
  }
  return decorate({}, input);
}

interface DecoratorContext {
  readonly kind: string;
  readonly name: string | symbol;
}

type Accessors = { get?: AnyFunction; set?: AnyFunction };

/** Tells by what it is called with which of the decorator protocols it is called by. */
function decorate(options: TracedOptions, [target, second, descriptor]: unknown[]): unknown {
  if (typeof second === "string" || typeof second === "symbol") {
    return decorateLegacy(options, target as object, second, descriptor as PropertyDescriptor | undefined);
  }
  const context = second as DecoratorContext | undefined;
  if (context?.kind === undefined) {
    if (typeof target !== "function") throw misplaced("something that is not a function");
    return isClass(target) ? decorateClass(options, target) : wrap(target as AnyFunction, options);
  }
  const qualify = qualifier(context.name);
  switch (context.kind) {
    case "class":
      return decorateClass(options, target as object);
    case "accessor": {
      const { get, set } = target as Required<Accessors>;
      return { get: wrap(get, options, qualify), set: wrap(set, options, qualify) };
    }
    case "field":
      return (initial: unknown) => {
        if (typeof initial !== "function") throw misplaced(`the field ${String(context.name)}, which is not a function`);
        return wrap(initial as AnyFunction, options, (self) => qualify(self, initial) ?? String(context.name));
      };
    default:
      return wrap(target as AnyFunction, options, qualify);
  }
}

function decorateLegacy(
  options: TracedOptions,
  target: object,
  key: string | symbol,
  descriptor: PropertyDescriptor | undefined,
): PropertyDescriptor {
  const owner = typeof target === "function" ? target : target.constructor;
  const qualify: Qualify = () => `${owner.name}.${String(key)}`;
  const { value, get, set } = (descriptor ?? {}) as { value?: unknown } & Accessors;
  if (typeof value === "function") return { ...descriptor, value: wrap(value as AnyFunction, options, qualify) };
  if (get === undefined && set === undefined) throw misplaced(`the property ${String(key)}, which is not a method`);
  return {
    ...descriptor,
    ...(get && { get: wrap<() => unknown>(get, options, qualify) }),
    ...(set && { set: wrap<(value: unknown) => void>(set as (value: unknown) => void, options, qualify) }),
  };
}

/** Wraps the methods of a class in place: the class itself must stay what it is. */
function decorateClass({ name, ...options }: TracedOptions, target: object): void {
  const className = name ?? (target as { name: string }).name;
  for (const holder of [(target as { prototype: object }).prototype, target]) {
    for (const key of Reflect.ownKeys(holder)) {
      const descriptor = Object.getOwnPropertyDescriptor(holder, key);
      const value: unknown = descriptor?.value;
      if (key === "constructor" || typeof value !== "function" || isClass(value) || isWrapped(value)) continue;
      if (descriptor?.configurable !== true && descriptor?.writable !== true) continue;
      const wrapped = wrap(value as AnyFunction, options, () => `${className}.${String(key)}`);
      Object.defineProperty(holder, key, { ...descriptor, value: wrapped });
    }
  }
}

/** The name of the class that a method stands in, found from `this`: a decorator is not told it. */
function qualifier(key: string | symbol): Qualify {
  return (self, wrapper) => {
    if ((typeof self !== "object" && typeof self !== "function") || self === null) return undefined;
    for (let holder: object | null = self; holder !== null; holder = Object.getPrototypeOf(holder) as object | null) {
      const own = Object.getOwnPropertyDescriptor(holder, key);
      if (own === undefined || ![own.value, own.get, own.set].includes(wrapper)) continue;
      const owner = (typeof holder === "function" ? holder : holder.constructor) as { name?: unknown };
      return typeof owner.name === "string" && owner.name !== "" ? `${owner.name}.${String(key)}` : undefined;
    }
    const { constructor } = self;
    return typeof constructor?.name === "string" ? `${constructor.name}.${String(key)}` : undefined;
  };
}

function misplaced(where: string): TypeError {
  return new TypeError(`errspan: @traced stands on ${where}; it can trace functions, methods, accessors and classes`);
}
