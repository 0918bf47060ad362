using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>Merges edits into a values document, all or nothing: every fault is named at its cell.</summary>
internal sealed class CellEditor(Programme programme, Module module)
{
    private readonly List<FieldError> _errors = [];

    /// <returns>The new document, or the faults when there is one.</returns>
    public static (string? Values, IReadOnlyList<FieldError> Errors) Apply(Programme programme, Module module, string values, IReadOnlyList<CellChange> changes)
    {
        var editor = new CellEditor(programme, module);
        var document = JsonNode.Parse(values)!.AsObject();
        foreach (var change in changes)
        {
            editor.Apply(document, change);
        }

        return editor._errors.Count > 0 ? (null, editor._errors) : (document.ToJsonString(ModuleReport.Json), []);
    }

    private void Apply(JsonObject document, CellChange change)
    {
        var (at, value) = change;
        var parts = at.Split('/');
        if (module.Field(parts[0]) is not { } field)
        {
            Refuse(at, "unknown-field", "本模块没有这个字段", "This module has no such field");
        }
        else if (!CellType.IsReadable(value))
        {
            Refuse(at, "type", "文字中有无效字符", "The text has characters that are not valid");
        }
        else if (field.ReadOnly)
        {
            Refuse(at, "read-only", "该项来自机构库，不能修改", "It comes from the register of organisations and cannot be changed");
        }
        else if (field.Type == "rows")
        {
            new RowEditor(field, _errors).Apply(document, parts, at, value);
        }
        else if (field.IsMatrix)
        {
            ApplyMatrix(document, field, parts, at, value);
        }
        else if (parts.Length > 1)
        {
            Refuse(at, "unknown-cell", "该字段只有一个值", "This field has a single value");
        }
        else
        {
            Put(document, field, field.Key, at, value);
        }
    }

    private void ApplyMatrix(JsonObject document, Field field, string[] parts, string at, JsonElement value)
    {
        if (parts.Length == 2)
        {
            var grades = document[field.Key]?.AsObject() ?? [];
            PutGrade(grades, field, parts[1], at, value);
            Keep(document, field.Key, grades.Count > 0 ? grades : null);
        }
        else if (parts.Length > 2)
        {
            Refuse(at, "unknown-cell", "没有这个单元格", "There is no such cell");
        }
        else if (value.ValueKind == JsonValueKind.Null)
        {
            document.Remove(field.Key);
        }
        else if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse(at, "type", "应按年级填写", "It has one value for each grade");
        }
        else
        {
            var grades = new JsonObject();
            foreach (var cell in value.EnumerateObject())
            {
                PutGrade(grades, field, cell.Name, $"{at}/{cell.Name}", cell.Value);
            }

            Keep(document, field.Key, grades.Count > 0 ? grades : null);
        }
    }

    private void PutGrade(JsonObject grades, Field field, string grade, string at, JsonElement value)
    {
        if (!programme.Grades.Any(g => g.Key == grade))
        {
            Refuse(at, "unknown-cell", "没有这个年级", "There is no such grade");
            return;
        }

        Put(grades, field, grade, at, value);
    }

    private void Put(JsonObject target, Field field, string key, string at, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            target.Remove(key);
        }
        else if (CellType.Check(field, value, at) is { } error)
        {
            _errors.Add(error);
        }
        else
        {
            target[key] = JsonNode.Parse(value.GetRawText());
        }
    }

    private static void Keep(JsonObject document, string key, JsonObject? content)
    {
        document.Remove(key);
        if (content is not null)
        {
            document[key] = content.Parent is null ? content : content.DeepClone();
        }
    }

    private void Refuse(string at, string code, string zh, string en) => _errors.Add(new(at.Length > 200 ? at[..200] : at, code, new Text(zh, en)));
}
