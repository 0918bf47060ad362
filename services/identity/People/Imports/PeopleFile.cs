using System.Text;
using Gengdu.ServiceDefaults;
using Gengdu.Sheets;

namespace Gengdu.Identity.People.Imports;

/// <summary>A file of accounts as its author sees it: rows with numbers, one person each. It reads no further than it may.</summary>
internal static class PeopleFile
{
    public const int MostRows = 2000;
    public const long LargestFile = 2 * 1024 * 1024;

    private static readonly SheetLimits Limits = new(LargestFile, 32 * 1024 * 1024, MostRows, PeopleColumns.Most);

    // Rows that are only formatted cost reading too.
    private const int MostEmpty = 5000;

    /// <param name="Row">As the sheet numbers it; the heading is 1.</param>
    /// <param name="Formulas">Columns that hold one.</param>
    public sealed record Line(int Row, string Name, string UserName, string Role, string Code, string ValidTo, IReadOnlyList<string> Formulas);

    public static (IReadOnlyList<Line> Lines, Problem? Refused) Read(byte[] file)
    {
        try
        {
            var (rows, refused) = Sheet.Read(file, Limits);
            return refused is { } fault ? ([], ImportProblems.Of(fault)) : Lines(rows);
        }
        catch (Exception fault) when (Sheet.IsUnreadable(fault))
        {
            return ([], ImportProblems.NotAWorkbook);
        }
    }

    private static (IReadOnlyList<Line> Lines, Problem? Refused) Lines(IEnumerable<SheetRow> rows)
    {
        var (lines, empty) = (new List<Line>(), 0);
        Dictionary<string, int>? at = null;
        foreach (var row in rows)
        {
            if (at is null)
            {
                (at, var refused) = PeopleColumns.Read(row.Cells);
                if (refused is not null)
                {
                    return ([], refused);
                }

                continue;
            }

            if (row.IsEmpty)
            {
                if (++empty > MostEmpty)
                {
                    return ([], ImportProblems.TooManyRows(MostRows));
                }

                continue;
            }

            if (lines.Count == MostRows)
            {
                return ([], ImportProblems.TooManyRows(MostRows));
            }

            string Cell(string column) => at.TryGetValue(column, out var i) ? row[i] : "";
            // Names are as people write them; all else may be typed with a Chinese keyboard's full-width signs.
            string Plain(string column) => Cell(column).Normalize(NormalizationForm.FormKC).Trim();
            lines.Add(new(row.Number, Cell(PeopleColumns.Name), Plain(PeopleColumns.UserName), Cell(PeopleColumns.Role), Plain(PeopleColumns.Code), Plain(PeopleColumns.ValidTo),
                [.. at.Where(column => row.HasFormula(column.Value)).Select(column => column.Key)]));
        }

        return lines.Count == 0 ? ([], at is null ? PeopleColumns.Read([]).Refused : ImportProblems.NoRows) : (lines, null);
    }
}
