/**
 * Some of several tasks failed: `2 of 10 tasks failed`. `errors` are the failures in the order of the tasks.
 * @example
 * if (error instanceof TasksError) console.log(error.failed, error.total, error.names);
 */
export class TasksError extends AggregateError {
  override readonly name: string = "TasksError";
  /** How many failed. */
  readonly failed: number;
  /** How many there were. */
  readonly total: number;
  /** Names of those that failed, as their spans have them. */
  readonly names: readonly string[];

  /**
   * @param failures - name and error of each that failed.
   * @param total - how many there were.
   */
  constructor(failures: ReadonlyArray<{ readonly name: string; readonly error: unknown }>, total: number) {
    super(failures.map(({ error }) => error), `${failures.length} of ${total} tasks failed`);
    this.failed = failures.length;
    this.total = total;
    this.names = failures.map(({ name }) => name);
  }
}
