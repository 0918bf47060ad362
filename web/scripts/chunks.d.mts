/** The name of the file a module comes in, if it is named. */
export function chunkOf(id: string): string | undefined
export const chunksInTurn: string[]
