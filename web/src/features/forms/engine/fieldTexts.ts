import type { Field, Grade, Text } from './types'
import { numberText } from './valueText'

// What field checks tell people; building-blocks/Rules/Evaluation/FieldTexts.cs says the same, word for word.
export type Problem = { check: string; message: Text }

const say = (check: string, zh: string, en: string): Problem => ({ check, message: { zh, en } })

export const gradeLabel = (field: Field, grade: Grade): Text => ({
  zh: `${field.name.zh}（${grade.name.zh}）`,
  en: `${field.name.en} (${grade.name.en})`,
})

export const rowLabel = (column: Field, index: number): Text => ({
  zh: `${column.name.zh}（第${index + 1}行）`,
  en: `${column.name.en} (row ${index + 1})`,
})

export const required = (label: Text) => say('required', `请填写“${label.zh}”。`, `Please fill in "${label.en}".`)

const types: Record<string, [zh: string, en: string]> = {
  integer: ['应为整数', 'must be a whole number'],
  decimal: ['应为数字', 'must be a number'],
  boolean: ['应为是或否', 'must be yes or no'],
  date: ['应为日期（年-月-日）', 'must be a date (YYYY-MM-DD)'],
  choice: ['应为一个选项', 'must be one of the options'],
  choices: ['应为若干不重复的选项', 'must be options, each at most once'],
  rows: ['应为若干行，每行有自己的编号', 'must be rows, each with its own id'],
}

export function wrongType(field: Field, label: Text): Problem {
  const [zh, en] = types[field.type] ?? ['应为文字', 'must be text']
  return say('type', `“${label.zh}”${zh}。`, `"${label.en}" ${en}.`)
}

export const notByGrade = (label: Text) => say('type', `“${label.zh}”应按年级填写。`, `"${label.en}" must be given by grade.`)

export function outOfRange(field: Field, label: Text, value: number): Problem {
  const number = numberText(value)
  const min = field.min == null ? null : numberText(field.min)
  const max = field.max == null ? null : numberText(field.max)
  const [zh, en] =
    min !== null && max !== null
      ? [`应在 ${min} 与 ${max} 之间`, `must lie between ${min} and ${max}`]
      : min !== null
        ? [`应不小于 ${min}`, `must not be less than ${min}`]
        : [`应不大于 ${max}`, `must not be more than ${max}`]
  return say('range', `“${label.zh}”为 ${number}，${zh}。`, `"${label.en}" is ${number}: it ${en}.`)
}

export const offStep = (label: Text, step: number) =>
  say('step', `“${label.zh}”应为 ${numberText(step)} 的整数倍。`, `"${label.en}" must be a multiple of ${numberText(step)}.`)

export const noOption = (label: Text, key: string) =>
  say('option', `“${label.zh}”没有选项“${key}”。`, `"${label.en}" has no option "${key}".`)

export const tooLong = (label: Text, most: number, length: number) =>
  say('length', `“${label.zh}”最多 ${most} 字，现为 ${length} 字。`, `"${label.en}" may have ${most} characters at most, it has ${length}.`)

export const tooManyRows = (label: Text, most: number, count: number) =>
  say('length', `“${label.zh}”最多 ${most} 行，现为 ${count} 行。`, `"${label.en}" may have ${most} rows at most, it has ${count}.`)

export const wrongFormat = (label: Text) => say('pattern', `“${label.zh}”格式不正确。`, `"${label.en}" has the wrong format.`)

export const notForGrade = (name: Text, grade: Text) =>
  say('grade', `“${name.zh}”不适用于${grade.zh}，请清空。`, `"${name.en}" does not apply to ${grade.en}: please clear it.`)
