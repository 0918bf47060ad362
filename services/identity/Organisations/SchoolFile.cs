using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

/// <summary>The text of a list of schools, line by line. Faults carry line and column; the heading is line 1.</summary>
internal static class SchoolFile
{
    public const int MaxLines = 50_000;
    private static readonly string[] Columns = ["code", "parent_code", "name_zh", "name_en", "school_type", "urban_rural", "run_by", "grades"];

    /// <param name="ValidFrom">Of a new school; the day of the import when missing.</param>
    public sealed record Line(int Number, string ParentCode, OrganisationFacts Facts, DateOnly? ValidFrom);

    public static (IReadOnlyList<Line> Lines, List<FieldError> Errors) Read(string text)
    {
        var errors = new List<FieldError>();
        var lines = new List<Line>();
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            MissingFieldFound = null,
            BadDataFound = bad => errors.Add(OrganisationProblems.Fault("", "csv", new("引号使用有误", "A quote is out of place"), bad.Context.Parser?.RawRow)),
        };
        using var csv = new CsvReader(new StringReader(text), settings);
        if (!csv.Read() || !csv.ReadHeader() || Columns.Except(csv.HeaderRecord ?? []).Any() || csv.HeaderRecord!.Distinct().Count() != csv.HeaderRecord!.Length)
        {
            errors.Add(OrganisationProblems.Fault("", "heading", new($"首行应包含列（不重复）：{string.Join(", ", Columns)}", $"The first line must hold these columns, none twice: {string.Join(", ", Columns)}"), 1));
            return (lines, errors);
        }

        while (csv.Read())
        {
            var number = csv.Parser.RawRow;
            if (lines.Count == MaxLines)
            {
                errors.Add(OrganisationProblems.Fault("", "length", new($"最多 {MaxLines} 行", $"At most {MaxLines} lines"), number));
                break;
            }

            var facts = new OrganisationFacts(
                Field(csv, "code"), Field(csv, "name_zh"), Field(csv, "name_en"), ["school"], "school", Field(csv, "school_type"), Field(csv, "urban_rural"), Field(csv, "run_by"),
                Grades(Field(csv, "grades")), DateOnly.MinValue, null);
            errors.AddRange(facts.Faults().Select(fault => OrganisationProblems.Fault(SnakeCase.Of(fault.Member), fault.Code, fault.Text, number)));
            lines.Add(new(number, Field(csv, "parent_code"), facts, Date(csv, number, errors)));
        }

        return (lines, errors);
    }

    private static string Field(CsvReader csv, string column) => csv.GetField(column) ?? "";

    /// <summary>"g1;g2" or "g1-g6".</summary>
    private static string[] Grades(string text) => [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(part =>
        part.Split('-') is [[var stage, .. var first], [var same, .. var last]] && stage == same && int.TryParse(first, CultureInfo.InvariantCulture, out var from) && int.TryParse(last, CultureInfo.InvariantCulture, out var to) && from is > 0 and < 13 && to is > 0 and < 13 && from <= to
            ? Enumerable.Range(from, to - from + 1).Select(number => string.Create(CultureInfo.InvariantCulture, $"{stage}{number}"))
            : [part])];

    private static DateOnly? Date(CsvReader csv, int number, List<FieldError> errors)
    {
        if (!csv.HeaderRecord!.Contains("valid_from") || Field(csv, "valid_from") is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        errors.Add(OrganisationProblems.Fault("valid_from", "date", new("日期应为 YYYY-MM-DD", "Dates are written YYYY-MM-DD"), number));
        return null;
    }
}
