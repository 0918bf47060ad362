using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Reporting.Programmes;
using Gengdu.Rules;

namespace Gengdu.Reporting.ModuleReports.Versions;

/// <summary>In a cycle whose form has changed, the modules of one report may be on different versions.</summary>
internal static class RelatedForms
{
    /// <summary>The other modules' values as far as they mean in this version what they meant in theirs.</summary>
    public static async Task<JsonElement> ReadAsync(
        DbDataReader row, JsonElement related, CycleHead cycle, Programme programme, ProgrammeCatalogue catalogue, CancellationToken cancellationToken)
    {
        var column = row.GetOrdinal("related_versions");
        var versions = row.IsDBNull(column) ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(column))!;
        var read = new JsonObject();
        foreach (var document in related.EnumerateObject())
        {
            var theirs = await catalogue.GetAsync(cycle.ProgrammeKey, versions.GetValueOrDefault(document.Name, cycle.ProgrammeVersion), cancellationToken);
            if (theirs.Module(document.Name) is { } from && programme.Module(document.Name) is { } to)
            {
                read[document.Name] = JsonNode.Parse(FieldVersions.Read(from, to, document.Value).GetRawText());
            }
        }

        return JsonSerializer.SerializeToElement(read);
    }

    /// <summary>null when the report's form is the cycle's, or the module is the same in both.</summary>
    public static async Task<NewerForm?> NewerAsync(
        DbDataReader row, ModuleReport moduleReport, CycleHead cycle, Programme programme, ProgrammeCatalogue catalogue, CancellationToken cancellationToken)
    {
        if (programme.Version == cycle.ProgrammeVersion)
        {
            return null;
        }

        var newest = await catalogue.GetAsync(cycle.ProgrammeKey, cycle.ProgrammeVersion, cancellationToken);
        var column = row.GetOrdinal("version_required_by");
        return ModuleDifference.Between(programme.Module(moduleReport.ModuleKey), newest.Module(moduleReport.ModuleKey)).IsAny
            ? new(programme.Version, newest.Version, await row.IsDBNullAsync(column, cancellationToken) ? null : row.GetFieldValue<DateTimeOffset>(column))
            : null;
    }
}
