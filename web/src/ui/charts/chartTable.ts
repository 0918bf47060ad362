/** A cell of a chart's table twin: what it says, and its colour where the chart has one. */
export type ChartCell = { text: string; colour?: string }

/** The same as the chart, for whoever cannot or will not read a picture: the first cell of a row names it. */
export type ChartTable = { head: string[]; rows: (string | ChartCell)[][] }

export const cellText = (cell: string | ChartCell | undefined) => (cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text)
