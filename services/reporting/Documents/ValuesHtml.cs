using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Rules;

namespace Gengdu.Reporting.Documents;

/// <summary>The answered fields of one module, section by section. The only way a text gets into a document is <see cref="Encode"/>.</summary>
internal sealed class ValuesHtml(SignedModule signed, DocumentWords words)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _html = new();

    public static string Encode(string? text) => Encoder.Encode(text ?? "");

    public string Write()
    {
        foreach (var section in signed.Module.Sections)
        {
            var fields = section.Fields.Select(key => signed.Module.Field(key)!).Where(field => signed.Values.TryGetProperty(field.Key, out var value) && IsAnswered(value)).ToList();
            if (fields.Count > 0)
            {
                _html.Append(CultureInfo.InvariantCulture, $"<h3>{Encode(words.Of(section.Name))}</h3>");
                WriteGrades([.. fields.Where(field => field.IsMatrix)]);
                WriteSingle([.. fields.Where(field => !field.IsMatrix && field.Type != "rows")]);
                fields.Where(field => field.Type == "rows").ToList().ForEach(WriteRows);
            }
        }

        return _html.ToString();
    }

    private void WriteSingle(List<Field> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        _html.Append("<table class=\"pairs\">");
        foreach (var field in fields)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><th>{Label(field)}</th><td>{Cell(field, signed.Values.GetProperty(field.Key))}</td></tr>");
        }

        _html.Append("</table>");
    }

    // One table for all fields that ask for a value a grade: a line a field, a column a grade that has any.
    private void WriteGrades(List<Field> fields)
    {
        var grades = signed.Programme.Grades.Where(grade => fields.Exists(field => ValueAt(field, grade) is { } value && IsAnswered(value))).ToList();
        if (grades.Count == 0)
        {
            return;
        }

        _html.Append("<table class=\"grid\"><thead><tr><th></th>");
        grades.ForEach(grade => _html.Append(CultureInfo.InvariantCulture, $"<th>{Encode(words.Of(grade.Name))}</th>"));
        _html.Append("</tr></thead>");
        foreach (var field in fields)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><th>{Label(field)}</th>");
            grades.ForEach(grade => _html.Append(CultureInfo.InvariantCulture, $"<td>{(ValueAt(field, grade) is { } value ? Cell(field, value) : "")}</td>"));
            _html.Append("</tr>");
        }

        _html.Append("</table>");
    }

    private void WriteRows(Field field)
    {
        var rows = signed.Values.GetProperty(field.Key);
        _html.Append(CultureInfo.InvariantCulture, $"<h4>{Label(field)} {Encode(string.Format(CultureInfo.InvariantCulture, words.Rows, rows.GetArrayLength()))}</h4><table class=\"grid\"><thead><tr><th>#</th>");
        foreach (var column in field.Columns!)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<th>{Label(column)}</th>");
        }

        _html.Append("</tr></thead>");
        var number = 0;
        foreach (var row in rows.EnumerateArray())
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td>{++number}</td>");
            foreach (var column in field.Columns!)
            {
                _html.Append(CultureInfo.InvariantCulture, $"<td>{(row.TryGetProperty(column.Key, out var value) ? Cell(column, value) : "")}</td>");
            }

            _html.Append("</tr>");
        }

        _html.Append("</table>");
    }

    private JsonElement? ValueAt(Field field, Grade grade) =>
        signed.Values.GetProperty(field.Key) is { ValueKind: JsonValueKind.Object } cells && cells.TryGetProperty(grade.Key, out var value) ? value : null;

    private string Label(Field field) =>
        $"{(field.Number is null ? "" : $"<small>{Encode(field.Number)}</small> ")}{Encode(words.Of(field.Name))}{(field.Unit is null ? "" : $" <small>({Encode(words.Of(field.Unit))})</small>")}";

    private string Cell(Field field, JsonElement value) => PersonalCells.IsMark(value)
        ? $"<i>{Encode(value.TryGetProperty("erased", out _) ? words.Erased : words.Masked)}</i>"
        : Encode(TextOf(field, value));

    private string TextOf(Field field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => words.Yes,
        JsonValueKind.False => words.No,
        // A year is no quantity: 2019, not 2,019.
        JsonValueKind.Number when field is { Type: "integer", Min: >= 1000, Max: < 3000 } => value.GetRawText(),
        JsonValueKind.Number => value.GetDouble().ToString("#,0.######", CultureInfo.InvariantCulture),
        JsonValueKind.String => NameOf(field, value.GetString()!),
        JsonValueKind.Array => string.Join(words.Join, value.EnumerateArray().Select(item => TextOf(field, item))),
        _ => "",
    };

    private string NameOf(Field field, string key) => field.Options?.FirstOrDefault(option => option.Key == key) is { } option ? words.Of(option.Name) : key;

    private static bool IsAnswered(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };
}
