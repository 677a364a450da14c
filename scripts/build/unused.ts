/** Replaces a package that a bundle never uses. */
export {}
