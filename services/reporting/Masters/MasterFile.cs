using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gengdu.ServiceDefaults;
using Gengdu.Sheets;

namespace Gengdu.Reporting.Masters;

/// <param name="Column">code, or the key of a figure such as students or students/g1.</param>
/// <param name="Code">What kind of fault.</param>
/// <param name="Messages">What is wrong and what to do.</param>
internal sealed record MasterFault(string Column, string Code, Text Messages);

/// <summary>A file of register figures as its author sees it: rows with numbers, one school each.</summary>
internal static partial class MasterFile
{
    public const int MostRows = 50_000;
    public const long LargestFile = 12 * 1024 * 1024;
    private const int MostEmpty = 5000;
    private const double MostValue = 10_000_000;
    private static readonly SheetLimits Limits = new(LargestFile, 160 * 1024 * 1024, MostRows, MostColumns: 60);

    /// <param name="Row">As the sheet numbers it; the heading is 1.</param>
    /// <param name="Code">Of the school.</param>
    /// <param name="Values">Figures by key; an empty cell is none.</param>
    /// <param name="Faults">What the row says by itself.</param>
    public sealed record Line(int Row, string Code, IReadOnlyDictionary<string, double> Values, List<MasterFault> Faults);

    public static (IReadOnlyList<Line> Lines, Problem? Refused) Read(byte[] file, MasterColumns columns)
    {
        try
        {
            var (rows, refused) = Sheet.Read(file, Limits);
            return refused is { } fault ? ([], MasterProblems.Of(fault)) : Lines(rows, columns);
        }
        catch (Exception fault) when (Sheet.IsUnreadable(fault))
        {
            return ([], MasterProblems.NotReadable);
        }
    }

    private static (IReadOnlyList<Line> Lines, Problem? Refused) Lines(IEnumerable<SheetRow> rows, MasterColumns columns)
    {
        var (lines, empty) = (new List<Line>(), 0);
        Dictionary<string, int>? at = null;
        foreach (var row in rows)
        {
            if (at is null)
            {
                (at, var refused) = columns.Read(row.Cells);
                if (refused is not null)
                {
                    return ([], refused);
                }
            }
            else if (!row.IsEmpty)
            {
                if (lines.Count == MostRows)
                {
                    return ([], MasterProblems.TooManyRows);
                }

                lines.Add(LineOf(row, at));
            }
            else if (++empty > MostEmpty)
            {
                return ([], MasterProblems.TooManyRows);
            }
        }

        return lines.Count > 0 ? (lines, null) : ([], at is null ? columns.Read([]).Refused : MasterProblems.NoRows);
    }

    private static Line LineOf(SheetRow row, Dictionary<string, int> at)
    {
        var (values, faults) = (new Dictionary<string, double>(), new List<MasterFault>());
        foreach (var (key, column) in at)
        {
            if (key == MasterColumns.Name)
            {
                continue;
            }

            if (row.HasFormula(column))
            {
                faults.Add(new(key, "formula", MasterProblems.Formula));
            }
            else if (key != MasterColumns.Code && Plain(row[column]) is { Length: > 0 } text)
            {
                if (Number(text) is { } number)
                {
                    values[key] = number;
                }
                else
                {
                    faults.Add(new(key, "number", MasterProblems.BadNumber));
                }
            }
        }

        AddUp(values, faults);
        if (values.Count == 0 && faults.Count == 0)
        {
            faults.Add(new("", "empty", MasterProblems.Empty));
        }

        return new(row.Number, Plain(row[at[MasterColumns.Code]]), values, faults);
    }

    /// <summary>A total that is not given is that of the grades; one that is must be.</summary>
    private static void AddUp(Dictionary<string, double> values, List<MasterFault> faults)
    {
        foreach (var grades in values.Where(value => value.Key.Contains('/', StringComparison.Ordinal)).GroupBy(value => value.Key.Split('/')[0]).ToList())
        {
            var sum = grades.Sum(value => value.Value);
            if (!values.TryGetValue(grades.Key, out var total) && !faults.Exists(fault => fault.Column == grades.Key))
            {
                values[grades.Key] = sum;
            }
            else if (total < sum)
            {
                faults.Add(new(grades.Key, "total", MasterProblems.WrongTotal(total, sum)));
            }
        }
    }

    // Typed with a Chinese keyboard's full-width signs, or with thousands separators.
    private static string Plain(string text) => text.Normalize(NormalizationForm.FormKC).Trim();

    private static double? Number(string text) =>
        Whole().IsMatch(text) && double.Parse(text.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) is <= MostValue and var number ? number : null;

    // A comma divides thousands and nothing else: 1,5 is not fifteen.
    [GeneratedRegex(@"^([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})(\.0+)?$")]
    private static partial Regex Whole();
}
