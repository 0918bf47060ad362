using System.Data.Common;
using System.Text.Json;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>What rules compare a form with besides its own past: registers, schools like it, and a teaching point's central school.</summary>
/// <param name="Registers">Figures of registers by key, each with its register; null when there are none.</param>
/// <param name="Peers">Indicators of schools of the same type and class in the county, of this cycle or the latest one that has them.</param>
/// <param name="Parent">Of the central school's submitted values the fields that a rule of this module names.</param>
internal sealed record Comparisons(IReadOnlyDictionary<string, RegisterFigure>? Registers, IReadOnlyDictionary<string, PeerStatistics>? Peers, JsonElement? Parent)
{
    /// <summary>What rules see of them.</summary>
    public IReadOnlyDictionary<string, double>? Master { get; } = Registers?.ToDictionary(figure => figure.Key, figure => figure.Value.Value);

    /// <summary>Columns of the dossier's statement, beside m, r and c. The county is one of the places above the school.</summary>
    public const string Columns = """
        (select jsonb_object_agg(f.key, jsonb_build_object('value', f.value, 'source', f.source, 'asOf', f.as_of)) from master_figures f where f.organisation_id = m.organisation_id) as master,
        (select jsonb_agg(f.measures order by fc.period_start) from cycles fc join peer_figures f on f.cycle_id = fc.id
          and f.county_path = any(array(select array_to_string((string_to_array(m.organisation_path, '/'))[1:n], '/') || '/' from generate_series(2, 8) n))
          and f.school_type = r.school_type and f.urban_rural = coalesce(r.urban_rural, '')
          where fc.programme_key = c.programme_key and fc.period_start <= c.period_start) as peers
        """;

    private const string ParentSql = """
        select v.values from reports r join module_reports m on m.report_id = r.id and m.module_key = $3
        join revisions v on v.module_report_id = m.id and v.number = m.revision
        where r.cycle_id = $1 and r.code = $2 and r.level = 'school'
        """;

    public static async Task<Comparisons> ReadAsync(DbDataReader row, Report report, Module module, Database database, CancellationToken cancellationToken) => new(
        Json(row, "master") is { } master ? JsonSerializer.Deserialize<Dictionary<string, RegisterFigure>>(master, ModuleReport.Json) : null,
        Json(row, "peers") is { } peers ? Latest(peers, module) : null,
        await ParentAsync(report, module, database, cancellationToken));

    /// <summary>
    /// System: the people of a teaching point do not see the rows of their central school. What leaves here is what a rule names of
    /// them, once it is signed. A second round trip, for teaching points and modules with such a rule alone.
    /// </summary>
    private static async Task<JsonElement?> ParentAsync(Report report, Module module, Database database, CancellationToken cancellationToken)
    {
        if (report is not { SchoolType: "teaching-point", ParentCode: { } parent } || module.ParentFields.Count == 0)
        {
            return null;
        }

        await using var command = database.System.CreateCommand(ParentSql);
        command.Parameters.AddWithValue(report.CycleId);
        command.Parameters.AddWithValue(parent);
        command.Parameters.AddWithValue(module.Key);
        return await command.ExecuteScalarAsync(cancellationToken) is string values ? Named(values, module) : null;
    }

    /// <summary>The oldest cycle first: a newer one's figures take the place of an older one's.</summary>
    private static Dictionary<string, PeerStatistics>? Latest(string json, Module module)
    {
        if (module.PeerMeasures.Count == 0)
        {
            return null;
        }

        var latest = new Dictionary<string, PeerStatistics>();
        foreach (var cycle in JsonSerializer.Deserialize<List<Dictionary<string, PeerStatistics>>>(json, ModuleReport.Json)!)
        {
            foreach (var (measure, figures) in cycle.Where(pair => module.PeerMeasures.Contains(pair.Key)))
            {
                latest[measure] = figures;
            }
        }

        return latest;
    }

    private static string? Json(DbDataReader row, string column) => row.GetOrdinal(column) is var ordinal && row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static JsonElement Named(string json, Module module) => JsonSerializer.SerializeToElement(
        JsonElement.Parse(json).EnumerateObject().Where(field => module.ParentFields.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value));
}

/// <param name="Value">What it says.</param>
/// <param name="Source">Name of the register.</param>
/// <param name="AsOf">The day it was read.</param>
internal sealed record RegisterFigure(double Value, string Source, DateOnly AsOf);
