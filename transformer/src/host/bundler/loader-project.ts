import { DeferredProject } from "./deferred-project.js";
import type { BundlerOptions } from "./options.js";

/** The projects of plugins, by the very object that each gives its loader as options. */
const ofPlugins = new WeakMap<object, DeferredProject>();

/** Projects are read once for all files; options tell them apart, as a build may have several rules. */
const ofRules = new Map<string, DeferredProject>();

/** @returns the options that a plugin's rule has to hand to the loader, for that to work on the plugin's own project */
export function loaderOptionsOf(project: DeferredProject, options: BundlerOptions): BundlerOptions {
  const own = { ...options };
  ofPlugins.set(own, project);
  return own;
}

/** @param options As a loader is given them: copies of a plugin's, where loaders run in threads of their own. */
export function projectOfLoader(options: BundlerOptions, directory: string): DeferredProject {
  const shared = ofPlugins.get(options);
  if (shared !== undefined) return shared;
  const key = JSON.stringify([directory, options]);
  let project = ofRules.get(key);
  if (project === undefined) {
    project = new DeferredProject(options, directory, "commonjs");
    ofRules.set(key, project);
  } else {
    project.refresh();
  }
  return project;
}
