import { readFileSync } from "node:fs";
import { mentionsMarker } from "../../plan/comment-markers.js";
import { directoryOf, locateConfig } from "./config-place.js";
import type { ConfigPlace } from "./config-place.js";
import { codeModule, isInstalled } from "./module-id.js";
import type { CodeModule } from "./module-id.js";
import type { BundlerOptions } from "./options.js";
import type { BundlerProject, NeutralFormat } from "./project.js";

/**
 * A project that is opened when it is needed. To load what rewrites takes longer than some bundlers take for a hundred
 * files, and with no config nothing of it is needed before a file holds a marker.
 */
export class DeferredProject {
  readonly #options: BundlerOptions;
  readonly #directory: string;
  readonly #neutral: NeutralFormat;
  #place: ConfigPlace;
  #configText: string | null = null;
  #opening: Promise<BundlerProject> | null = null;
  #opened: BundlerProject | null = null;

  /** @param directory what the bundler works from, absolute */
  constructor(options: BundlerOptions, directory: string, neutral: NeutralFormat) {
    this.#options = options;
    this.#directory = directory;
    this.#neutral = neutral;
    this.#place = this.#look();
  }

  /** Looks again whether the config is another one by now. Costs a look at the file system. */
  refresh(): void {
    this.#place = this.#look();
    this.#configText = null;
    this.#opened?.refresh();
  }

  /** There is no config: what has no marker is left alone. */
  get goesByMarkers(): boolean {
    return this.#place.inline === null && this.#place.file === null;
  }

  /** The config file, where there is one: what was built with it is out of date when it changes. */
  get configFile(): string | null {
    return this.#place.file;
  }

  /** Where a config file would be found first, but is none: what was built is out of date when there is one. */
  get absentConfigFile(): string | null {
    return this.#place.absent;
  }

  /** All that the config is made of, as text, for keys of caches. */
  get configText(): string {
    const { file } = this.#place;
    this.#configText ??= JSON.stringify([this.#options, this.#directory, file, file === null ? "" : textOf(file)]);
    return this.#configText;
  }

  /** The code that a module is; null where it is certainly not ours to look at. */
  codeOf(id: string): CodeModule | null {
    if (this.#opened !== null) return this.#opened.codeOf(id);
    const found = codeModule(id);
    return found !== null && this.goesByMarkers && isInstalled(found.file) ? null : found;
  }

  /** False where a text certainly has nothing to trace, which is told without opening the project. */
  mayConcern(text: string): boolean {
    return !this.goesByMarkers || mentionsMarker(text);
  }

  /** Null as long as nobody has needed it: then no file was looked at closely, and no selector is there. */
  get opened(): BundlerProject | null {
    return this.#opened;
  }

  open(): Promise<BundlerProject> {
    this.#opening ??= this.#load();
    return this.#opening;
  }

  #look(): ConfigPlace {
    return locateConfig(this.#options, directoryOf(this.#options, this.#directory));
  }

  async #load(): Promise<BundlerProject> {
    const { BundlerProject: Project } = await import("./project.js");
    this.#opened = new Project(this.#options, this.#directory, this.#neutral);
    return this.#opened;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    // The build will say so; until then nothing may be taken from a cache that was made with a config.
    return String(error);
  }
}
