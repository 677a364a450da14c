declare module 'openapi-to-postmanv2' {
  import type { CollectionDefinition } from 'postman-collection'

  interface Conversion {
    result: boolean
    reason?: string
    output?: { type: 'collection'; data: CollectionDefinition }[]
  }

  const converter: {
    convertV2: (
      input: { type: 'string'; data: string },
      options: object,
      callback: (error: Error | null, conversion?: Conversion) => void,
    ) => void
  }
  export default converter
}
