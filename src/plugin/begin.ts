// What a build needs when it asks for pictures, and a config file that names the plugin does not: loaded at once, as one file where
// the package is built.
export { createProject } from '../config/project.ts'
export { createMovingLine } from '../pipeline/moving-line.ts'
export { moduleOf } from './module.ts'
export { writePageFor } from './pages.ts'
export { createBuildPlacer } from './place-in-build.ts'
export { canMove, createReporter } from './report.ts'
export { createSession } from './session.ts'
export { writeFiles, writeOutStylesheet } from './stylesheets.ts'
