/** Which one chart a person opened last on this device, so that the page can ask for it before the app is there (`early.ts`). Ids alone, no figure. */
export type LastBoard = { personId: string; organisationId: string; kind: 'province' | 'node' | 'school'; cycleId: string; programmeKey: string; programmeVersion: string }

const key = 'gengdu.board'

export const keepLastBoard = (board: LastBoard) => localStorage.setItem(key, JSON.stringify(board))

export const forgetLastBoard = () => localStorage.removeItem(key)

/** Of this person; null when there is none, or it was written by something else. */
export function lastBoard(personId: string | undefined): LastBoard | null {
  try {
    const board = JSON.parse(localStorage.getItem(key) ?? 'null') as LastBoard | null
    return board && board.personId === personId ? board : null
  } catch {
    return null
  }
}
