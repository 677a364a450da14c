/** Replaces a package that the bundles do not use. */
export {}
