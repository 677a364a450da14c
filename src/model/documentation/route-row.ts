/**
 * How often an application that orders calls a route: 1 for buying, reading, changing or cancelling, 2 for a route that is
 * often called beside these, 3 occasionally, 4 rarely.
 */
export type Rank = 1 | 2 | 3 | 4

/**
 * A row of the tables: rank; method and path, with the names of the query; the page below partner-center/developer and its
 * date. A page without a name is the source of the .NET SDK.
 */
export type RouteRow = readonly [rank: Rank, request: string, page: string, date: string]
