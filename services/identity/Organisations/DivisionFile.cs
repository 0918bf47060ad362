using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

/// <summary>The text of data/divisions.csv, line by line. Faults carry the line they stand in; the heading is line 1.</summary>
internal static class DivisionFile
{
    public const int MaxLines = 2000;
    private static readonly string[] Columns = ["code", "parent_code", "name_zh", "name_en", "level_roles", "kind", "valid_from", "valid_to"];

    public sealed record Line(int Number, string ParentCode, OrganisationFacts Facts);

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
        using var csv = new CsvReader(new StringReader(text.TrimStart('\uFEFF')), settings);
        if (!csv.Read() || !csv.ReadHeader() || Columns.Except(csv.HeaderRecord ?? []).ToArray() is { Length: > 0 })
        {
            errors.Add(OrganisationProblems.Fault("", "heading", new($"首行应包含列：{string.Join(", ", Columns)}", $"The first line must hold the columns {string.Join(", ", Columns)}"), 1));
            return (lines, errors);
        }

        while (csv.Read())
        {
            var line = csv.Parser.RawRow;
            if (lines.Count == MaxLines)
            {
                errors.Add(OrganisationProblems.Fault("", "length", new($"最多 {MaxLines} 行", $"At most {MaxLines} lines"), line));
                break;
            }

            var from = Date(csv, "valid_from", required: true, line, errors);
            var to = Date(csv, "valid_to", required: false, line, errors);
            var facts = new OrganisationFacts(
                csv.GetField("code") ?? "", csv.GetField("name_zh") ?? "", csv.GetField("name_en") ?? "",
                (csv.GetField("level_roles") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                csv.GetField("kind") ?? "", null, null, null, [], from ?? default, to);
            errors.AddRange(facts.Faults().Select(fault => OrganisationProblems.Fault(Column(fault.Member), fault.Code, fault.Text, line)));
            lines.Add(new(line, csv.GetField("parent_code") ?? "", facts));
        }

        return (lines, errors);
    }

    private static DateOnly? Date(CsvReader csv, string column, bool required, int line, List<FieldError> errors)
    {
        var text = csv.GetField(column) ?? "";
        if (text.Length == 0 && !required)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        errors.Add(OrganisationProblems.Fault(column, "date", new("日期应为 YYYY-MM-DD", "Dates are written YYYY-MM-DD"), line));
        return null;
    }

    private static string Column(string member) => SnakeCase.Of(member);
}
