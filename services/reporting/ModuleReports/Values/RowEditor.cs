using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>Edits of one repeating field: the whole table, a row, or a cell of a row. A row is known by its "_id" for ever.</summary>
internal sealed class RowEditor(Field field, List<FieldError> errors)
{
    private const string Id = "_id";

    public void Apply(JsonObject document, string[] parts, string at, JsonElement value)
    {
        var rows = document[field.Key]?.AsArray() ?? [];
        switch (parts.Length)
        {
            case 1 when value.ValueKind == JsonValueKind.Null:
                rows.Clear();
                break;
            case 1 when value.ValueKind == JsonValueKind.Array:
                rows.Clear();
                AddAll(rows, value);
                break;
            case 2 when value.ValueKind == JsonValueKind.Null:
                Remove(rows, parts[1]);
                break;
            case 2 when value.ValueKind == JsonValueKind.Object:
                Set(rows, parts[1], at, value);
                break;
            case 3:
                SetCell(rows, parts[1], parts[2], at, value);
                break;
            case > 3:
                Refuse(at, "unknown-cell", "没有这个单元格", "There is no such cell");
                break;
            default:
                Refuse(at, "type", "应为若干行，每行有自己的编号", "It holds rows, each with its own id");
                break;
        }

        if (rows.Count > field.MaxRows)
        {
            Refuse(field.Key, "rows", $"最多 {field.MaxRows} 行", $"At most {field.MaxRows} rows");
        }

        if (rows.Count == 0)
        {
            document.Remove(field.Key);
        }
        else if (rows.Parent is null)
        {
            document[field.Key] = rows;
        }
    }

    private void AddAll(JsonArray rows, JsonElement value)
    {
        foreach (var row in value.EnumerateArray())
        {
            if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty(Id, out var id) && id.ValueKind == JsonValueKind.String && Find(rows, id.GetString()!) is null)
            {
                Set(rows, id.GetString()!, $"{field.Key}/{id.GetString()}", row);
            }
            else
            {
                Refuse(field.Key, "row-id", "每行需有不重复的 _id", "Each row needs an _id of its own");
                return;
            }
        }
    }

    private void Set(JsonArray rows, string id, string at, JsonElement value)
    {
        var row = new JsonObject { [Id] = id };
        foreach (var cell in value.EnumerateObject())
        {
            if (cell.Name != Id)
            {
                Put(row, cell.Name, $"{at}/{cell.Name}", cell.Value);
            }
            else if (cell.Value.ValueKind != JsonValueKind.String || cell.Value.GetString() != id)
            {
                Refuse($"{at}/{Id}", "row-id", "行编号与地址不符", "The row's id differs from the address");
            }
        }

        if (!IsRowId(id))
        {
            Refuse(at, "row-id", "行编号只用字母、数字、下划线和连字符，至多 40 字", "A row's id has letters, digits, underscore and hyphen, at most 40");
        }
        else if (Find(rows, id) is { } old)
        {
            rows[rows.IndexOf(old)] = row;
        }
        else
        {
            rows.Add(row);
        }
    }

    private void SetCell(JsonArray rows, string id, string column, string at, JsonElement value)
    {
        if (Find(rows, id) is { } row)
        {
            Put(row, column, at, value);
        }
        else if (!IsRowId(id))
        {
            Refuse(at, "row-id", "行编号只用字母、数字、下划线和连字符，至多 40 字", "A row's id has letters, digits, underscore and hyphen, at most 40");
        }
        else if (value.ValueKind != JsonValueKind.Null)
        {
            var added = new JsonObject { [Id] = id };
            Put(added, column, at, value);
            rows.Add(added);
        }
    }

    private void Put(JsonObject row, string column, string at, JsonElement value)
    {
        if (field.Columns!.FirstOrDefault(c => c.Key == column) is not { } known)
        {
            Refuse(at, "unknown-cell", "没有这一列", "There is no such column");
        }
        else if (value.ValueKind == JsonValueKind.Null)
        {
            row.Remove(column);
        }
        else if (CellType.Check(known, value, at) is { } error)
        {
            errors.Add(error);
        }
        else
        {
            row[column] = JsonNode.Parse(value.GetRawText());
        }
    }

    private static void Remove(JsonArray rows, string id)
    {
        if (Find(rows, id) is { } row)
        {
            rows.Remove(row);
        }
    }

    private static JsonObject? Find(JsonArray rows, string id) =>
        rows.Select(r => r!.AsObject()).FirstOrDefault(r => (string?)r[Id] == id);

    private static bool IsRowId(string id) => id.Length is > 0 and <= 40 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private void Refuse(string at, string code, string zh, string en) => errors.Add(new(at.Length > 200 ? at[..200] : at, code, new Text(zh, en)));
}
