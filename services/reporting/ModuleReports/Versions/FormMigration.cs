using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Rules;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.ModuleReports.Versions;

/// <summary>
/// One module's values carried from the version they were typed on to another: every cell either stands on the new form or is set aside.
/// </summary>
internal sealed class FormMigration
{
    private readonly Module _from;
    private readonly string _fromVersion;
    private readonly DateTimeOffset _now;
    private readonly JsonObject _carried = [];
    private readonly List<SetAsideCell> _aside = [];

    private FormMigration(Programme from, Programme to, string moduleKey, DateTimeOffset now) =>
        (_from, _fromVersion, To, Module, _now) = (from.Module(moduleKey)!, from.Version, to, to.Module(moduleKey)!, now);

    public Programme To { get; }

    public Module Module { get; }

    public string Values => _carried.ToJsonString(ModuleReport.Json);

    public IReadOnlyList<Explanation> Explanations { get; private set; } = [];

    public IReadOnlyList<SetAsideCell> SetAside => _aside;

    /// <summary>Cells that stand on the new form as they stood on the old one; a row of a table is one.</summary>
    public int Carried { get; private set; }

    public static FormMigration Of(ModuleReport moduleReport, Programme from, Programme to, DateTimeOffset now)
    {
        var migration = new FormMigration(from, to, moduleReport.ModuleKey, now);
        foreach (var member in JsonElement.Parse(moduleReport.Values).EnumerateObject())
        {
            migration.Carry(member.Name, member.Value);
        }

        migration.Explanations = [.. moduleReport.Explanations.Where(migration.Explains)];
        return migration;
    }

    private void Carry(string key, JsonElement value)
    {
        var (old, field) = (_from.Field(key), Module.Field(key));
        if (old?.ReadOnly == true || field?.ReadOnly == true)
        {
            // Nobody typed it, or nobody may: the roster's master data come anew with the new form.
            if (old is { ReadOnly: false })
            {
                Aside(key, value, old);
            }
        }
        else if (old is null || field is null || !FieldVersions.Carries(old, field))
        {
            AsideWhole(key, value, old);
        }
        else if (field.IsMatrix && value.ValueKind == JsonValueKind.Object)
        {
            CarryGrades(key, value, field);
        }
        else if (field.Type == "rows" && value.ValueKind == JsonValueKind.Array)
        {
            CarryRows(key, value, old, field);
        }
        else
        {
            Put(_carried, key, key, value, field);
        }
    }

    private void CarryGrades(string key, JsonElement value, Field field)
    {
        var grades = new JsonObject();
        foreach (var cell in value.EnumerateObject())
        {
            if (To.Grades.Any(grade => grade.Key == cell.Name) && field.Grades?.Contains(cell.Name) != false)
            {
                Put(grades, cell.Name, $"{key}/{cell.Name}", cell.Value, field);
            }
            else
            {
                Aside($"{key}/{cell.Name}", cell.Value, field);
            }
        }

        if (grades.Count > 0)
        {
            _carried[key] = grades;
        }
    }

    private void CarryRows(string key, JsonElement value, Field old, Field field)
    {
        var rows = new JsonArray();
        foreach (var row in value.EnumerateArray())
        {
            var id = row.GetProperty("_id").GetString()!;
            if (rows.Count >= field.MaxRows)
            {
                Aside($"{key}/{id}", row, field);
                continue;
            }

            var kept = new JsonObject { ["_id"] = id };
            foreach (var cell in row.EnumerateObject().Where(cell => cell.Name != "_id"))
            {
                var (before, after) = (Column(old, cell.Name), Column(field, cell.Name));
                if (before is null || after is null || !FieldVersions.Carries(before, after))
                {
                    Aside($"{key}/{id}/{cell.Name}", cell.Value, before ?? field);
                }
                else
                {
                    Put(kept, cell.Name, $"{key}/{id}/{cell.Name}", cell.Value, after);
                }
            }

            rows.Add(kept);
            Carried++;
        }

        if (rows.Count > 0)
        {
            _carried[key] = rows;
        }
    }

    private void Put(JsonObject target, string key, string at, JsonElement value, Field field)
    {
        var fits = CellType.Check(field, value, at) is null;
        var known = field.Options?.Select(option => option.Key).ToHashSet(StringComparer.Ordinal);
        if (fits && known is not null && field.Type == "choices")
        {
            // The answers there still are stay; the whole answer is kept beside them.
            var left = value.EnumerateArray().Select(item => item.GetString()!).Where(known.Contains).ToArray();
            fits = left.Length == value.GetArrayLength();
            if (!fits && left.Length > 0)
            {
                target[key] = JsonSerializer.SerializeToNode(left);
            }
        }
        else if (fits && known is not null)
        {
            fits = value.GetString() is "" || known.Contains(value.GetString()!);
        }

        if (!fits)
        {
            Aside(at, value, field);
            return;
        }

        target[key] = JsonNode.Parse(value.GetRawText());
        Carried += at.Split('/').Length < 3 ? 1 : 0;
    }

    private void AsideWhole(string key, JsonElement value, Field? old)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var cell in value.EnumerateObject())
            {
                Aside($"{key}/{cell.Name}", cell.Value, old);
            }
        }
        else if (old?.Type == "rows" && value.ValueKind == JsonValueKind.Array)
        {
            foreach (var row in value.EnumerateArray())
            {
                Aside($"{key}/{row.GetProperty("_id").GetString()}", row, old);
            }
        }
        else
        {
            Aside(key, value, old);
        }
    }

    private void Aside(string at, JsonElement value, Field? field)
    {
        if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && !(value.ValueKind == JsonValueKind.String && value.GetString() is ""))
        {
            var name = field is null ? new Text(at, at) : new Text(field.Name.Zh, field.Name.En);
            _aside.Add(new(at, value.Clone(), null, name, _fromVersion, _now));
        }
    }

    /// <summary>An explanation of a rule that is gone or asks something else now explains nothing; a remark at a cell stays while the cell does.</summary>
    private bool Explains(Explanation explanation)
    {
        var (before, after) = (Rule(_from, explanation.Rule), Rule(Module, explanation.Rule));
        var stays = before is null && after is null ? Module.Field(explanation.At.Split('/')[0]) is not null
            : before is not null && after is { Severity: "warning" } && before.Expr == after.Expr && before.When == after.When;
        if (!stays)
        {
            var name = before is null ? new Text("说明", "Explanation") : new Text(before.Message.Zh, before.Message.En);
            _aside.Add(new(explanation.At, JsonSerializer.SerializeToElement(explanation.Text, ModuleReport.Json), explanation.Rule, name, _fromVersion, _now));
        }

        return stays;
    }

    private static Field? Column(Field table, string key) => table.Columns?.FirstOrDefault(column => column.Key == key);

    private static Rule? Rule(Module module, string id) => module.Rules.FirstOrDefault(rule => rule.Id == id);
}
