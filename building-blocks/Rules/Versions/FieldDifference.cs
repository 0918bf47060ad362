using System.Globalization;

namespace Gengdu.Rules;

/// <summary>What is different in one field or column.</summary>
/// <param name="Key">The field; a column as "table/column".</param>
/// <param name="Number">Number people know it by.</param>
/// <param name="Name">Its name, in the newer version where it has one.</param>
/// <param name="Kind">"added", "removed" or "changed".</param>
/// <param name="Carries">Whether values of the older version may be read with the newer one.</param>
/// <param name="Changes">What exactly, for a changed one.</param>
public sealed record FieldDifference(string Key, string? Number, Text Name, string Kind, bool Carries, IReadOnlyList<FieldChange> Changes)
{
    internal static IEnumerable<FieldDifference> Between(IReadOnlyList<Field> from, IReadOnlyList<Field> to, string? above)
    {
        foreach (var field in to)
        {
            var old = from.FirstOrDefault(other => other.Key == field.Key);
            List<FieldChange> changes = old is null ? [] : [.. FieldChange.Between(old, field)];
            if (old is null || changes.Count > 0)
            {
                yield return new(above + field.Key, field.Number, field.Name, ModuleDifference.KindOf(old, field), old is not null && FieldVersions.Carries(old, field), changes);
            }

            foreach (var column in Between(old?.Columns ?? [], old is null ? [] : field.Columns ?? [], $"{above}{field.Key}/"))
            {
                yield return column;
            }
        }

        foreach (var field in from.Where(field => to.All(other => other.Key != field.Key)))
        {
            yield return new(above + field.Key, field.Number, field.Name, "removed", Carries: false, []);
        }
    }
}

/// <summary>One property of a field that is different.</summary>
/// <param name="What">type, grades, unit, class, options, bounds, length, pattern, required, condition, evidence, rows, source, wording.</param>
/// <param name="Before">As it was, where that can be said in a few words.</param>
/// <param name="After">As it is.</param>
public sealed record FieldChange(string What, Text? Before = null, Text? After = null)
{
    private static readonly Dictionary<string, Text> Types = new(StringComparer.Ordinal)
    {
        ["integer"] = new("整数", "whole number"), ["decimal"] = new("数字", "number"), ["boolean"] = new("是或否", "yes or no"), ["choice"] = new("单选", "one choice"),
        ["choices"] = new("多选", "several choices"), ["text"] = new("文字", "text"), ["date"] = new("日期", "date"), ["rows"] = new("表格", "table"),
    };

    internal static IEnumerable<FieldChange> Between(Field a, Field b)
    {
        var (gone, fresh) = (Names(a, except: b), Names(b, except: a));
        (bool Differs, FieldChange Change)[] all =
        [
            (a.Type != b.Type, new("type", Types.GetValueOrDefault(a.Type), Types.GetValueOrDefault(b.Type))),
            (a.Per != b.Per || !Same(a.Grades, b.Grades), new("grades")),
            (a.Unit != b.Unit, new("unit", a.Unit, b.Unit)),
            (a.DataClass != b.DataClass, new("class")),
            (gone is not null || fresh is not null, new("options", gone, fresh)),
            ((a.Min, a.Max, a.Step) != (b.Min, b.Max, b.Step), new("bounds", Bounds(a), Bounds(b))),
            (a.MaxLength != b.MaxLength, new("length", Number(a.MaxLength), Number(b.MaxLength))),
            (a.Pattern != b.Pattern, new("pattern")),
            (a.Required != b.Required, new("required", YesNo(a.Required), YesNo(b.Required))),
            (a.ShowIf != b.ShowIf, new("condition")),
            (a.Evidence != b.Evidence, new("evidence", YesNo(a.Evidence), YesNo(b.Evidence))),
            (a.MaxRows != b.MaxRows, new("rows", Number(a.MaxRows), Number(b.MaxRows))),
            (a.Prefill != b.Prefill || a.ReadOnly != b.ReadOnly, new("source")),
            (a.Name != b.Name || a.Help != b.Help || a.Number != b.Number, new("wording", a.Name == b.Name ? null : a.Name, a.Name == b.Name ? null : b.Name)),
        ];
        return all.Where(one => one.Differs).Select(one => one.Change);
    }

    private static bool Same(IReadOnlyList<string>? a, IReadOnlyList<string>? b) => a is null || b is null ? a is null && b is null : a.SequenceEqual(b);

    private static Text? Names(Field field, Field except)
    {
        var known = except.Options?.Select(option => option.Key).ToHashSet(StringComparer.Ordinal) ?? [];
        var left = field.Options?.Where(option => !known.Contains(option.Key)).ToList() ?? [];
        return left.Count == 0 ? null : new(string.Join('、', left.Select(option => option.Name.Zh)), string.Join(", ", left.Select(option => option.Name.En)));
    }

    private static Text? Bounds(Field field)
    {
        if (field.Min is null && field.Max is null) return null;
        var (min, max) = (field.Min?.ToString(CultureInfo.InvariantCulture), field.Max?.ToString(CultureInfo.InvariantCulture));
        var words = min is null ? $"≤ {max}" : max is null ? $"≥ {min}" : $"{min} – {max}";
        return new(words, words);
    }

    private static Text? Number(int? number) => number is { } known ? new($"{known:N0}", $"{known:N0}") : null;

    private static Text YesNo(bool yes) => yes ? new("是", "yes") : new("否", "no");
}
