// What is needed when the first picture is, loaded at once: a site's configuration names the plugin long before.
export { createProject } from '../config/project.ts'
export { resolveOptions } from '../config/resolve-options.ts'
export { openOutput } from '../export/output.ts'
export { createExportPlacer } from '../export/placer.ts'
export { moduleOf } from '../plugin/module.ts'
export { createBuildPlacer } from '../plugin/place-in-build.ts'
export { createReporter } from '../plugin/report.ts'
export { createSession } from '../plugin/session.ts'
