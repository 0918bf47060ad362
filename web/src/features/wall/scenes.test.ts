import { describe, expect, it } from 'vitest'
import { breakable, columnsOf, schoolsOnAWall } from '@/features/dashboards/progress'
import { scenesOf, turnsOf } from './scenes'

describe('the turns of a wall', () => {
  const county = scenesOf(['county'])

  it('show every school of a large county, page after page of one scene', () => {
    const turns = turnsOf(county, 200, schoolsOnAWall)
    expect(turns.filter(({ scene }) => scene === 'progress').map(({ page, pages }) => `${page}/${pages}`)).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5'])
    expect(turns.map(({ scene }) => scene).filter((scene, at, all) => scene !== all[at - 1])).toEqual(county)
  })
  it('are one for each scene where all fit, and where nothing is known yet', () => {
    for (const schools of [0, 1, schoolsOnAWall]) expect(turnsOf(county, schools, schoolsOnAWall)).toHaveLength(county.length)
    expect(turnsOf(county, schoolsOnAWall + 1, schoolsOnAWall)).toHaveLength(county.length + 1)
    expect(turnsOf(scenesOf(['province']), 14_858, schoolsOnAWall)).toHaveLength(4)
  })
  it('break long English words of their heads where one may', () => {
    expect(['Curriculum implementation', 'Capital investment', '课程实施', 'Safety', 'Section'].map((name) => breakable(name).replaceAll('\u00AD', '|')))
      .toEqual(['Curriculum implementa|tion', 'Capital invest|ment', '课程实施', 'Safety', 'Section'])
  })
  it('stand in two columns once one is full, each school in one of them', () => {
    const schools = Array.from({ length: schoolsOnAWall }, (_, at) => at)
    expect(columnsOf(schools.slice(0, 20), true)).toHaveLength(1)
    expect(columnsOf(schools, true).map((column) => column.length)).toEqual([20, 20])
    expect(columnsOf(schools, true).flat()).toEqual(schools)
    expect(columnsOf(schools, false)).toEqual([schools])
  })
})
