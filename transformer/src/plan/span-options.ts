import type { SelectorOptions } from "../config/config.js";
import { CODES } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";
import type { NamedAt, RawOptions } from "./option-types.js";
import type { PlannedField, SpanOptions } from "./plan.js";
import { didYouMean } from "./suggestion.js";

function unknownParameter({ name, offset }: NamedAt, option: string, parameters: readonly string[]): Problem {
  const listed = parameters.length > 0 ? `Its parameters are ${parameters.join(", ")}.` : "It has no parameters.";
  const hint = didYouMean(name, parameters) || ` ${listed}`;
  return {
    code: CODES.unknownParameter,
    severity: "error",
    message: `Option "${option}" names "${name}", which is not a parameter of the function.${hint}`,
    offset,
  };
}

/** Holds the names in `args` and `skip` against the parameters. */
export function checkParameterNames(options: RawOptions, parameters: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  for (const option of ["args", "skip"] as const) {
    const names = options[option];
    if (names === undefined || names === "all") continue;
    for (const named of names) {
      if (!parameters.includes(named.name)) problems.push(unknownParameter(named, option, parameters));
    }
  }
  const [first] = options.skip ?? [];
  if (first !== undefined && options.args === undefined && problems.length === 0) {
    problems.push({
      code: CODES.optionWithoutEffect,
      severity: "warning",
      message: 'Option "skip" has no effect without "args": arguments are captured only where "args" asks for it.',
      offset: first.offset,
    });
  }
  return problems;
}

/** The options of a selector in the form of a marker's; what a function does not have is left out. */
export function fromSelector(
  options: SelectorOptions,
  parameters: readonly string[],
  fieldApplies: (expression: string) => boolean,
): RawOptions {
  const { args, skip, fields, ...rest } = options;
  const named = (names: readonly string[]): NamedAt[] =>
    names.filter((name) => parameters.includes(name)).map((name) => ({ name, offset: 0 }));
  return {
    ...rest,
    ...(args === undefined ? {} : { args: args === "all" ? args : named(args) }),
    ...(skip === undefined ? {} : { skip: named(skip) }),
    ...(fields === undefined
      ? {}
      : {
          fields: Object.entries(fields)
            .filter(([, expression]) => fieldApplies(expression))
            .map(([key, expression]) => ({ key, expression, offset: 0 })),
        }),
  };
}

/** What the rewriters are told: captured parameters as a plain list, and only what differs from the default. */
export function toSpanOptions(options: RawOptions, parameters: readonly string[]): SpanOptions {
  const { name, kind, attributes, fields, args, skip, ret, root, span } = options;
  const skipped = new Set(skip?.map((parameter) => parameter.name));
  const wanted = args === "all" ? parameters : (args ?? []).map((parameter) => parameter.name);
  const captured = [...new Set(wanted)].filter((parameter) => !skipped.has(parameter));
  const plannedFields: readonly PlannedField[] | { readonly arrow: string } | undefined =
    fields === undefined || "arrow" in fields
      ? fields
      : fields.map(({ key, expression }) => ({ key, expression }));
  const hasFields = plannedFields !== undefined && ("arrow" in plannedFields || plannedFields.length > 0);
  return {
    ...(name === undefined ? {} : { name }),
    ...(kind === undefined || kind === "internal" ? {} : { kind }),
    ...(attributes === undefined || Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(hasFields ? { fields: plannedFields } : {}),
    ...(captured.length > 0 ? { args: captured } : {}),
    ...(ret === true ? { ret } : {}),
    ...(root === true ? { root } : {}),
    ...(span === false ? { span } : {}),
  };
}
