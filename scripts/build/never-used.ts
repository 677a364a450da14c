/** Stands in a bundle for what is loaded at a start and never used. */
export {}
