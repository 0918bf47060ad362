/** A wall holds as many in each of two columns so that the back of the room can read them. */
export const schoolsOnAColumn = 20
export const schoolsOnAWall = 2 * schoolsOnAColumn

export const columnsOf = <Row>(rows: readonly Row[], onWall: boolean): (readonly Row[])[] =>
  onWall && rows.length > schoolsOnAColumn ? [rows.slice(0, schoolsOnAColumn), rows.slice(schoolsOnAColumn)] : [rows]

/** Long English words over a narrow column break where one may break them; browsers without a dictionary would break them anywhere. */
export const breakable = (text: string) => text.replace(/([a-z]{5,})(tion|sion|ment)(?![a-z])/g, '$1\u00AD$2')
